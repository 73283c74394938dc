//! The built `candor` program, for what only a process can show: command lines, signals, death.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

/// The program, built by cargo once for all tests (or named by `CANDOR_BIN`).
pub fn path() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        if let Some(given) = std::env::var_os("CANDOR_BIN") {
            return given.into();
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--quiet", "--package", "candor", "--bin", "candor"])
            .current_dir(root)
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the program does not build");
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        target.join("debug/candor")
    })
}

/// Runs a command to its end.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(path()).args(arguments).stdin(Stdio::null()).output().expect("the program runs")
}

/// A service in a process of its own.
pub struct Program {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub url: String,
    /// Where its standard error goes.
    pub log: PathBuf,
}

impl Program {
    /// Starts `candor demo` on a free port with its data in `data`, and waits until it serves.
    pub fn demo(data: &Path, further: &[&str]) -> Self {
        Self::demo_of(path(), data, further, &[])
    }

    /// The same with settings from the environment.
    pub fn demo_with(data: &Path, settings: &[(&str, &str)]) -> Self {
        Self::demo_of(path(), data, &[], settings)
    }

    /// The same with another program that takes the same command line.
    pub fn demo_of(program: &Path, data: &Path, further: &[&str], settings: &[(&str, &str)]) -> Self {
        let data_text = data.to_str().expect("a plain path");
        let mut arguments = vec!["demo", "--listen", "127.0.0.1:0", "--data", data_text];
        arguments.extend_from_slice(further);
        let mut command = Command::new(program);
        command.args(arguments).envs(settings.iter().copied());
        Self::start(command, data.with_extension("log"))
    }

    /// Starts `candor serve` with a configuration, and waits until it serves.
    pub fn serve(config: &Path) -> Self {
        let mut command = Command::new(path());
        command.args(["serve", "--config", config.to_str().expect("a plain path")]);
        Self::start(command, config.with_extension("log"))
    }

    fn start(mut command: Command, log: PathBuf) -> Self {
        let errors = std::fs::OpenOptions::new().create(true).append(true).open(&log).expect("a log file");
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let url = lines
            .find_map(|line| line.ok()?.strip_prefix("listening on ").map(ToOwned::to_owned))
            .unwrap_or_else(|| {
                panic!("it never served: {}", std::fs::read_to_string(&log).unwrap_or_default())
            });
        // Keeps reading, so that the program never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url, log }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it without warning, as a power cut would end it.
    pub fn kill(mut self) {
        self.child.kill().expect("it was running");
        self.child.wait().expect("it ended");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
