#![no_main]

use candor_clean::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| candor_fuzz::holds(file, &[Format::Webp]));
