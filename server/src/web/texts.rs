//! Texts for people, from `locales`. There is no other source of sentences: code and templates name them by id.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::static_loader;
use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Isolation marks protect mixed writing directions; in plain pages and copied text they are litter.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The language in which a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
}

/// Texts in one language. Costs nothing to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Texts {
    language: Language,
}

impl Texts {
    /// The texts of a language.
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language's tag for `lang` attributes (BCP 47).
    pub fn tag(self) -> &'static str {
        match self.language {
            Language::English => "en",
        }
    }

    /// The text with this id. A missing one shows as its id in ⟦ ⟧; tests look for that.
    ///
    /// Written out once and kept: a page has dozens of them, and resolving each anew would cost more than the page.
    pub fn t(self, id: &str) -> String {
        static WRITTEN: LazyLock<RwLock<HashMap<(Language, String), String>>> =
            LazyLock::new(RwLock::default);
        let key = (self.language, id.to_owned());
        if let Some(text) = WRITTEN.read().ok().and_then(|written| written.get(&key).cloned()) {
            return text;
        }
        let text = self.look_up(id, None);
        if let Ok(mut written) = WRITTEN.write() {
            written.insert(key, text.clone());
        }
        text
    }

    /// The text with this id, with one value filled in.
    pub fn t1(self, id: &str, name: &'static str, value: impl AsRef<str>) -> String {
        self.with(id, &[(name, value.as_ref())])
    }

    /// The text with this id, with values filled in.
    pub fn with(self, id: &str, values: &[(&'static str, &str)]) -> String {
        let values = values.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.look_up(id, Some(&values))
    }

    /// The text with this id, which depends on how many there are (`$count`; `$shown` is the same as people write it).
    pub fn count(self, id: &str, count: usize) -> String {
        let shown = self.number(count);
        let values =
            HashMap::from([("count", FluentValue::from(count)), ("shown", FluentValue::from(shown))]);
        self.look_up(id, Some(&values))
    }

    /// A whole number as people write it: `100,000`.
    pub fn number(self, number: usize) -> String {
        let separator = self.t("number-separator");
        let digits = number.to_string();
        let mut written = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                written.push_str(&separator);
            }
            written.push(digit);
        }
        written
    }

    fn look_up(self, id: &str, values: Option<&HashMap<&'static str, FluentValue<'_>>>) -> String {
        let language = match self.language {
            Language::English => LOCALES.fallback(),
        };
        LOCALES
            .lookup_single_language(language, id, values)
            .or_else(|_| LOCALES.lookup_single_language(LOCALES.fallback(), id, values))
            .unwrap_or_else(|_| format!("⟦{id}⟧"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let texts = Texts::default();
        for (number, written) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (100_000, "100,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(texts.number(number), written);
        }
    }

    #[test]
    fn a_missing_text_shows() {
        assert_eq!(Texts::default().t("no-such-text"), "⟦no-such-text⟧");
    }
}
