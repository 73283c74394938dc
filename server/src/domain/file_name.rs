//! Names of files as senders give them.

/// The longest name that is kept, in characters.
const LONGEST: usize = 200;

/// The longest name that a file is saved under, in bytes: file systems hold 255, and some room is left for a number that
/// tells two of the same name apart.
const LONGEST_TO_SAVE: usize = 200;

/// Signs that turn the direction of writing, and with it whatever stands beside a name.
const TURNS: fn(char) -> bool = |each| matches!(each, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');

/// The last part of what a browser sent as a name, without signs that turn the direction of what stands around it; some
/// browsers send the whole path. Twin of `plainFileName` in `console/src/files/file-name.ts`.
pub fn plain(sent: &str) -> String {
    let name: String = last_part(sent).replace(TURNS, "").chars().take(LONGEST).collect();
    if name.trim().is_empty() { "file".to_owned() } else { name }
}

/// The name under which a file is offered to be saved: what was sent, without what could mislead about its ending, which
/// stays where the name has to be cut. Twin of `console/src/files/file-name.ts`.
pub fn to_save(sent: &str) -> String {
    // A run of spaces would push the real ending out of sight.
    let name = last_part(sent).replace(TURNS, "").split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|each: char| each == '.' || each.is_whitespace());
    if name.is_empty() { "file".to_owned() } else { cut(name) }
}

fn last_part(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|each| !each.is_control()).collect()
}

fn cut(name: &str) -> String {
    let is_ending = |ending: &&str| {
        (1..=10).contains(&ending.len()) && ending.bytes().all(|each| each.is_ascii_alphanumeric())
    };
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(is_ending)
        .map_or(0, |ending| ending.len() + 1);
    let (stem, ending) = name.split_at(name.len() - ending);
    let end = stem.floor_char_boundary(LONGEST_TO_SAVE - ending.len());
    format!("{}{ending}", &stem[..end])
}

/// A name that says nothing but what kind of file it is: `file 2.pdf`.
pub fn neutral(name: &str, number: usize) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).filter(|ending| {
        (1..=5).contains(&ending.len()) && ending.bytes().all(|each| each.is_ascii_alphanumeric())
    });
    match ending {
        Some(ending) => format!("file {number}.{ending}"),
        None => format!("file {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_name_and_nothing_becomes_something() {
        for (sent, name) in [
            ("ledger.xlsx", "ledger.xlsx"),
            ("C:\\Users\\clerk\\ledger.xlsx", "ledger.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("a\u{0}b\r\nc.txt", "abc.txt"),
            ("plan\u{202e}fdp.exe", "planfdp.exe"),
            ("..", ".."),
            ("", "file"),
            ("dir/", "file"),
        ] {
            assert_eq!(plain(sent), name);
        }
        assert_eq!(plain(&"x".repeat(1_000)).len(), LONGEST);
    }

    #[test]
    fn a_file_is_saved_under_a_name_that_does_not_mislead() {
        for (sent, name) in [
            ("Statement to sign.pdf", "Statement to sign.pdf"),
            ("..", "file"),
            (".profile", "profile"),
            ("plan\u{202e}fdp.exe", "planfdp.exe"),
            ("/etc/passwd", "passwd"),
            ("invoice.pdf          \u{202e}.exe", "invoice.pdf .exe"),
        ] {
            assert_eq!(to_save(sent), name);
        }
    }

    #[test]
    fn a_long_name_is_cut_as_file_systems_count_and_keeps_its_ending() {
        let ledger = "ledger ".repeat(100);
        for (sent, name) in [
            (format!("{ledger}.xlsx"), format!("{}.xlsx", &ledger[..195])),
            ("😀".repeat(1_000), "😀".repeat(50)),
            (format!("{}.pdf.exe", "漢".repeat(100)), format!("{}.exe", "漢".repeat(65))),
            (format!("a.{}", "x".repeat(300)), format!("a.{}", "x".repeat(198))),
        ] {
            assert_eq!(to_save(&sent), name);
        }
    }

    #[test]
    fn a_neutral_name_keeps_nothing_but_the_ending() {
        for (name, neutral_name) in [
            ("Memo of the payroll clerk.DOCX", "file 2.docx"),
            ("archive.tar.gz", "file 2.gz"),
            ("no ending", "file 2"),
            ("who.is this", "file 2"),
            ("notes.from-the-clerk", "file 2"),
        ] {
            assert_eq!(neutral(name, 2), neutral_name);
        }
    }
}
