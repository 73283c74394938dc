//! Showing text that others wrote. Everything decrypted is hostile input: a report may hold escape sequences that
//! rewrite the screen, or characters that turn the direction of the text around. Here they become visible.

use super::failure::Failure;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write as _};
use zeroize::Zeroizing;

/// Where quoted text is wrapped, in characters: a comfortable line, and narrow enough for most windows.
const QUOTE_WIDTH: usize = 76;
/// Stands before each line that somebody else wrote, so that none can pass for a line of ours.
const QUOTE_MARK: &str = "    | ";

/// Whether a character may change how a terminal behaves, or how other characters are read.
pub(super) fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // Soft hyphen; direction marks, embeddings, overrides and isolates; separators that break lines.
            '\u{ad}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            | '\u{2028}' | '\u{2029}'
            // Invisible: zero-width space, word joiner and operators, byte order mark, fillers, annotations, tags.
            | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
            // Joiners, fillers, selectors of variants and marks of notation that are not drawn either.
            | '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{1d173}'..='\u{1d17a}'
        )
}

/// The text on one line: what is hostile, line ends included, is shown as `\u{1b}`.
pub(super) fn one_line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hostile(character) {
            let _ = write!(shown, "{}", character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// At most `limit` characters of a text on one line; what was left off shows as `…`.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    let shown = one_line(text);
    if shown.chars().count() <= limit {
        return shown;
    }
    let mut short: String = shown.chars().take(limit.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// JSON in which hostile characters are escaped too: `serde_json` leaves those beyond ASCII as they are. The value
/// stays the same.
pub(super) fn escaped_json(json: &str) -> Zeroizing<String> {
    let mut escaped = Zeroizing::new(String::with_capacity(json.len() + json.len() / 8));
    let mut units = [0; 2];
    for character in json.chars() {
        // Outside strings JSON has line ends between fields, and nothing else that this would touch.
        if character != '\n' && is_hostile(character) {
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// A value as indented JSON with a line end.
///
/// # Errors
/// [`Failure`] if the value has no JSON form.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<Zeroizing<String>, Failure> {
    let json = serde_json::to_string_pretty(value)
        .map(Zeroizing::new)
        .map_err(|error| Failure::failed(format!("this cannot be written as JSON: {error}")))?;
    let mut escaped = escaped_json(&json);
    escaped.push('\n');
    Ok(escaped)
}

/// Writes to standard output. A reader that has seen enough (`| head`) is no failure.
///
/// # Errors
/// [`Failure`] if the output cannot be written.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::failed(format!("the output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Text that is put together for reading. Whatever comes in is made harmless on the way.
#[derive(Default)]
pub(super) struct Page(Zeroizing<String>);

impl Page {
    /// A line.
    pub(super) fn line(&mut self, text: &str) {
        self.0.push_str(one_line(text).trim_end());
        self.0.push('\n');
    }

    /// An empty line, unless the page is empty or ends with one.
    pub(super) fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    /// A label and a value beside it.
    pub(super) fn field(&mut self, label: &str, value: &str) {
        self.line(&format!("  {label:<16} {value}"));
    }

    /// What somebody else wrote, wrapped, each line marked.
    pub(super) fn quote(&mut self, text: &str) {
        for line in wrapped(text) {
            self.0.push_str(QUOTE_MARK);
            self.0.push_str(&line);
            let length = self.0.trim_end_matches(' ').len();
            self.0.truncate(length);
            self.0.push('\n');
        }
    }

    /// The text so far.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The lines of a text, made harmless and wrapped between words where they are too long.
fn wrapped(text: &str) -> Vec<Zeroizing<String>> {
    let mut lines = Vec::new();
    for paragraph in text.trim_end().split('\n') {
        let paragraph = paragraph.strip_suffix('\r').unwrap_or(paragraph).replace('\t', "    ");
        let shown = Zeroizing::new(one_line(&paragraph));
        let mut line = Zeroizing::new(String::new());
        let mut width = 0;
        for word in shown.split_inclusive(' ') {
            let length = word.trim_end().chars().count();
            if width > 0 && width + length > QUOTE_WIDTH {
                lines.push(std::mem::take(&mut line));
                width = 0;
            }
            for character in word.chars() {
                if width == QUOTE_WIDTH && character != ' ' {
                    lines.push(std::mem::take(&mut line));
                    width = 0;
                }
                if width < QUOTE_WIDTH {
                    line.push(character);
                    width += 1;
                }
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_changes_become_visible() {
        assert_eq!(one_line("\u{1b}[2Jgone"), "\\u{1b}[2Jgone");
        assert_eq!(one_line("a\u{9b}31mb"), "a\\u{9b}31mb");
        assert_eq!(one_line("abc\u{202e}fdp.exe"), "abc\\u{202e}fdp.exe");
        assert_eq!(one_line("one\r\ntwo\u{7f}\u{0}"), "one\\u{d}\\u{a}two\\u{7f}\\u{0}");
        assert_eq!(one_line("x\u{e0041}\u{2066}\u{feff}"), "x\\u{e0041}\\u{2066}\\u{feff}");
    }

    #[test]
    fn ordinary_text_of_every_script_stays() {
        for text in ["Grüße, 監査委員会, عربي, नमस्ते", "می\u{200c}خواهم", "👩\u{200d}💻 €"]
        {
            assert_eq!(one_line(text), text);
        }
    }

    #[test]
    fn a_quoted_line_cannot_pass_for_one_of_ours() {
        let mut page = Page::default();
        page.quote("first\r\n2026-11-23  Reply 1\n\n\u{1b}[1Alast\r");
        assert_eq!(page.as_str(), "    | first\n    | 2026-11-23  Reply 1\n    |\n    | \\u{1b}[1Alast\n");
        let mut long = Page::default();
        long.quote(&" ".repeat(300));
        long.quote(&"word ".repeat(60));
        long.quote(&"x".repeat(200));
        for line in long.as_str().lines() {
            assert!(line.starts_with("    |") && line.chars().count() <= 6 + QUOTE_WIDTH, "{line}");
        }
    }

    #[test]
    fn wrapping_loses_no_word() {
        let text = format!("{} end {}", "lorem ipsum dolor sit amet ".repeat(30), "x".repeat(500));
        let joined: String = wrapped(&text).iter().map(|line| line.replace(' ', "")).collect();
        assert_eq!(joined, text.replace(' ', ""));
    }

    #[test]
    fn json_keeps_its_value_and_loses_its_danger() {
        let text = "\u{1b}[2J \u{9b}1m \u{202e} \u{e0041} ü \\u{1b} \n";
        let shown = json(&vec![text]).unwrap();
        assert!(!shown.trim_end().contains(|c| c != '\n' && is_hostile(c)), "{}", *shown);
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).unwrap(), [text]);
    }

    #[test]
    fn long_text_is_shortened_with_a_sign() {
        assert_eq!(shortened("abcdef", 6), "abcdef");
        assert_eq!(shortened("abcdefg", 6), "abcde…");
    }
}
