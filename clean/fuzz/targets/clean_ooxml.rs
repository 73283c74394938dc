#![no_main]

use candor_clean::Format;
use libfuzzer_sys::fuzz_target;

const FORMATS: &[Format] = &[Format::Docx, Format::Xlsx, Format::Pptx];

// Checksums keep changed bytes of an archive from being read at all, so most inputs are parts that are packed here.
fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK") {
        candor_fuzz::holds(data, FORMATS);
    } else {
        candor_fuzz::holds(&candor_fuzz::office_document(data), FORMATS);
    }
});
