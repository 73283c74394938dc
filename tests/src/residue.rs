//! Searching what a service leaves behind: its memory and its files.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// Everything that can be read of a process's writable memory. An error of kind `PermissionDenied` where not even an
/// account of the same name may look.
///
/// # Errors
/// What the system says.
pub fn memory(process: u32) -> std::io::Result<Vec<Vec<u8>>> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps"))?;
    let mut memory = File::open(format!("/proc/{process}/mem"))?;
    let mut regions = Vec::new();
    for region in maps.lines().filter(|line| line.contains(" rw")) {
        let Some((start, end)) = region.split_whitespace().next().and_then(|range| range.split_once('-'))
        else {
            continue;
        };
        let address = |text| u64::from_str_radix(text, 16).expect("an address");
        let mut bytes = vec![0; usize::try_from(address(end) - address(start)).expect("a length")];
        if memory.seek(SeekFrom::Start(address(start))).is_ok() && memory.read_exact(&mut bytes).is_ok() {
            regions.push(bytes);
        }
    }
    Ok(regions)
}

/// The content of every file below `folder`.
pub fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(std::fs::read(&path).expect("a readable file"));
        }
    }
    found
}

/// Those of `words` that stand somewhere in `places`.
pub fn found<'a>(places: &[Vec<u8>], words: impl IntoIterator<Item = &'a String>) -> Vec<&'a str> {
    words.into_iter().map(String::as_str).filter(|word| holds(places, word.as_bytes())).collect()
}

/// Whether `bytes` stand somewhere in `places`.
pub fn holds(places: &[Vec<u8>], bytes: &[u8]) -> bool {
    places.iter().any(|place| memchr::memmem::find(place, bytes).is_some())
}
