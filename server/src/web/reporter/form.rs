//! Reading a posted form. What a person typed is never thrown away for a fault of form: it comes back beside the fault.

use zeroize::Zeroizing;

/// The most fields a form may have; the pages have about twenty.
const MOST_FIELDS: usize = 200;

/// Fields that may come several times.
const REPEATABLE: [&str; 2] = ["concerns", "keep"];

/// A form as it was posted. Wiped when dropped.
pub struct Form {
    fields: Vec<(String, Zeroizing<String>)>,
    /// What was wrong with it, if anything: the values are kept all the same, repaired as far as possible.
    pub fault: Option<FormFault>,
    body: Zeroizing<Vec<u8>>,
}

/// A form that no browser sends for our pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormFault {
    /// Bytes that are no UTF-8 text.
    NotUtf8,
    /// A field came twice that may come once; the first is kept.
    Repeated,
    /// More fields than any page has.
    TooMany,
}

impl Form {
    /// Parses `name=value&…` (WHATWG URL, section 5.1).
    pub fn parse(body: Zeroizing<Vec<u8>>) -> Self {
        let mut fields: Vec<(String, Zeroizing<String>)> = Vec::new();
        let mut fault = None;
        for (count, pair) in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).enumerate() {
            if count == MOST_FIELDS {
                fault = Some(FormFault::TooMany);
                break;
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let (name, name_whole) = decode(halves.next().unwrap_or_default());
            let (value, value_whole) = decode(halves.next().unwrap_or_default());
            if !(name_whole && value_whole) {
                fault = fault.or(Some(FormFault::NotUtf8));
            }
            if !REPEATABLE.contains(&name.as_str()) && fields.iter().any(|(known, _)| *known == *name) {
                fault = fault.or(Some(FormFault::Repeated));
                continue;
            }
            fields.push((name.to_string(), value));
        }
        Self { fields, fault, body }
    }

    /// A form whose fields come one by one: [`Form::push`], then [`Form::finish`].
    pub fn empty() -> Self {
        Self { fields: Vec::new(), fault: None, body: Zeroizing::new(Vec::new()) }
    }

    /// Adds a field.
    pub fn push(&mut self, name: &str, value: Zeroizing<String>) {
        if self.fields.len() >= MOST_FIELDS {
            self.fault = self.fault.or(Some(FormFault::TooMany));
        } else if !REPEATABLE.contains(&name) && self.fields.iter().any(|(known, _)| known == name) {
            self.fault = self.fault.or(Some(FormFault::Repeated));
        } else {
            self.fields.push((name.to_owned(), value));
        }
    }

    /// Ends it. What makes it "the same form" is what was typed and the contents of its files: boundaries between the
    /// parts, and where files were stored, differ each time.
    pub fn finish(&mut self, contents: &[&str]) {
        let typed = self.fields.iter().filter(|(name, _)| !matches!(name.as_str(), "kept" | "keep"));
        let pieces = || {
            typed
                .clone()
                .flat_map(|(name, value)| [name.as_str(), value.as_str()])
                .chain(contents.iter().copied())
        };
        let length = pieces().map(|piece| piece.len() + 1).sum();
        let mut body = Zeroizing::new(Vec::with_capacity(length));
        for piece in pieces() {
            body.extend_from_slice(piece.as_bytes());
            body.push(0);
        }
        self.body = body;
    }

    /// The value of a field; empty if it did not come.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of a field that may come several times.
    pub fn values(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.to_string()).collect()
    }

    /// The body as it came: what makes a form "the same form".
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// Decodes one half of a pair. The second answer says whether it was whole UTF-8 text; if not, what could not be read
/// has become U+FFFD.
fn decode(encoded: &[u8]) -> (Zeroizing<String>, bool) {
    let mut spaced = Zeroizing::new(encoded.to_vec());
    for byte in spaced.iter_mut().filter(|byte| **byte == b'+') {
        *byte = b' ';
    }
    let bytes = Zeroizing::new(percent_encoding::percent_decode(&spaced).collect::<Vec<u8>>());
    match std::str::from_utf8(&bytes) {
        Ok(text) => (Zeroizing::new(text.to_owned()), true),
        Err(_) => (Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned()), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: &str) -> Form {
        Form::parse(Zeroizing::new(body.as_bytes().to_vec()))
    }

    #[test]
    fn values_are_decoded_as_browsers_encode_them() {
        let form = parse("narrative=a+b%2Bc%0D%0A%C3%A9&concerns=chair&concerns=counsel");
        assert_eq!(form.value("narrative"), "a b+c\r\n\u{e9}");
        assert_eq!(form.values("concerns"), ["chair", "counsel"]);
        assert_eq!(form.fault, None);
        assert_eq!(form.value("absent"), "");
    }

    #[test]
    fn a_repeated_field_is_named_a_fault_and_the_first_value_is_kept() {
        let form = parse("narrative=first&narrative=second");
        assert_eq!(form.fault, Some(FormFault::Repeated));
        assert_eq!(form.value("narrative"), "first");
    }

    #[test]
    fn bytes_that_are_no_text_are_a_fault_and_the_rest_is_kept() {
        let form = parse("narrative=all+of+%ff+this");
        assert_eq!(form.fault, Some(FormFault::NotUtf8));
        assert_eq!(form.value("narrative"), "all of \u{fffd} this");
    }

    #[test]
    fn ten_thousand_fields_are_cut_short() {
        let body = (0..10_000).map(|n| format!("f{n}=x")).collect::<Vec<_>>().join("&");
        let form = parse(&body);
        assert_eq!(form.fault, Some(FormFault::TooMany));
        assert_eq!(form.fields.len(), MOST_FIELDS);
    }
}
