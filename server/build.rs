//! Compiles again when the console was built anew: the macro that embeds it notices changed files, but no new ones.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../console/dist");
    println!("cargo::rerun-if-changed=../console/dist-reporter");
    println!("cargo::rerun-if-changed=../migrations");
}
