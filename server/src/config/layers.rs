//! The layers of the configuration, each with its origin.

use std::ffi::OsString;
use std::ops::Range;
use std::path::Path;

use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

use super::error::ConfigError;
use super::key;

/// The built-in layer: every key with its default.
pub const DEFAULT: &str = include_str!("../../../config/default.toml");

const PREFIX: &str = "CANDOR_";

/// Variables for the tests, which start this program and hand their environment on.
const TESTS_PREFIX: &str = "CANDOR_TEST_";

/// Variables that belong to the commands, not to the configuration.
const NOT_CONFIGURATION: [&str; 3] = ["CANDOR_CONFIG", "CANDOR_PASSPHRASE", "CANDOR_BIN"];

const ENVIRONMENT: &str = "The environment";

/// One layer: what it sets, and what to call it in a sentence.
pub(super) struct Layer {
    pub(super) origin: String,
    pub(super) dict: Dict,
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.origin.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Map::from([(Profile::Default, self.dict.clone())]))
    }
}

impl Layer {
    pub(super) fn default() -> Result<Self, ConfigError> {
        Self::from_toml("The built-in configuration".to_owned(), DEFAULT)
    }

    /// The layer of a file.
    pub(super) fn from_file(path: &Path, known: &Dict) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map(zeroize::Zeroizing::new)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        let layer = Self::from_toml(format!("The configuration file {}", path.display()), &text)?;
        layer.refuse_unknown_keys(known)?;
        Ok(layer)
    }

    /// The layer of the environment: each variable is read as the kind of value that its key takes.
    pub(super) fn from_environment(
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        known: &Dict,
    ) -> Result<Self, ConfigError> {
        let mut layer = Self { origin: ENVIRONMENT.to_owned(), dict: Dict::new() };
        for (name, value) in variables {
            // A name that is not Unicode is not one of ours.
            let Some(name) = name.to_str().filter(|name| is_ours(name)) else {
                continue;
            };
            let path: Vec<String> = name[PREFIX.len()..].split("__").map(str::to_ascii_lowercase).collect();
            let Some(default) = find(known, &path) else {
                return Err(layer.unknown_key(&path.join("."), name.to_owned(), known));
            };
            let wrong = |expected: &str| ConfigError::WrongValue {
                origin: ENVIRONMENT.to_owned(),
                key: name.to_owned(),
                expected: expected.to_owned(),
            };
            let text = value.into_string().map_err(|_| wrong("valid Unicode"))?;
            let value = typed(text, default).map_err(wrong)?;
            insert(&mut layer.dict, &path, value);
        }
        layer.refuse_unknown_keys(known)?;
        Ok(layer)
    }

    /// Whether this layer sets a key to more than an empty text.
    pub(super) fn sets(&self, key: &str) -> bool {
        let path: Vec<String> = key.split('.').map(str::to_owned).collect();
        find(&self.dict, &path).is_some_and(|value| value.as_str() != Some(""))
    }

    fn from_toml(origin: String, text: &str) -> Result<Self, ConfigError> {
        let table: toml::Table = text.parse().map_err(|error| syntax(&origin, text, &error))?;
        let value = Value::serialize(table).ok().and_then(Value::into_dict);
        // A TOML table is a dictionary in every format; the error is for the type's sake.
        let dict = value.ok_or_else(|| ConfigError::Syntax {
            origin: origin.clone(),
            line: None,
            message: "it is not a table".to_owned(),
        })?;
        Ok(Self { origin, dict })
    }

    fn refuse_unknown_keys(&self, known: &Dict) -> Result<(), ConfigError> {
        match key::first_unknown(&self.dict, known) {
            Some(key) => Err(self.unknown_key(&key, spelt(&self.origin, &key), known)),
            None => Ok(()),
        }
    }

    fn unknown_key(&self, key: &str, as_typed: String, known: &Dict) -> ConfigError {
        let advice = key::nearest(key, known).map_or_else(
            || "Remove it; `candor config default` lists every key.".to_owned(),
            |near| format!("Did you mean {}?", spelt(&self.origin, &near)),
        );
        ConfigError::UnknownKey { origin: self.origin.clone(), key: as_typed, advice }
    }
}

/// A key (with dots; recipients by a number from 0) as people write it in that layer.
pub(super) fn spelt(origin: &str, key: &str) -> String {
    let mut parts = key.split('.').peekable();
    if parts.next_if_eq(&"recipients").is_some() {
        let number = parts.next_if(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let rest = parts.next().unwrap_or_default();
        let list = if origin == ENVIRONMENT { "CANDOR_RECIPIENTS" } else { "recipients" };
        return match (number.and_then(|at| at.parse::<usize>().ok()), rest) {
            (Some(at), "") => format!("recipient {} of {list}", at + 1),
            (Some(at), rest) => format!("{rest} (recipient {} of {list})", at + 1),
            (None, "") => list.to_owned(),
            (None, rest) => rest.to_owned(),
        };
    }
    if origin == ENVIRONMENT {
        format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
    } else {
        key.to_owned()
    }
}

fn is_ours(name: &str) -> bool {
    name.starts_with(PREFIX) && !name.starts_with(TESTS_PREFIX) && !NOT_CONFIGURATION.contains(&name)
}

/// The value at a path; an empty list for recipients, which have no default.
fn find<'a>(dict: &'a Dict, path: &[String]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let value = dict.get(first)?;
    if rest.is_empty() { Some(value) } else { find(value.as_dict()?, rest) }
}

fn insert(dict: &mut Dict, path: &[String], value: Value) {
    match path {
        [] => {}
        [last] => {
            dict.insert(last.clone(), value);
        }
        [first, rest @ ..] => {
            let inner = dict.entry(first.clone()).or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// A variable's text as the same kind of value as the default; what it must be otherwise.
fn typed(text: String, default: &Value) -> Result<Value, &'static str> {
    match default {
        Value::Bool(..) => text.trim().parse::<bool>().map(Value::from).map_err(|_| "true or false"),
        Value::Num(..) => text.trim().parse::<i64>().map(Value::from).map_err(|_| "a whole number"),
        Value::Array(..) => {
            const EXPECTED: &str = "a TOML list such as [{ id = \"chair\", … }]";
            let table: toml::Table = format!("list = {text}").parse().map_err(|_| EXPECTED)?;
            let list = table.get("list").filter(|list| list.is_array()).ok_or(EXPECTED)?;
            Value::serialize(list).map_err(|_| EXPECTED)
        }
        Value::Dict(..) => Err("left unset: it is a section, and only its keys have a value"),
        // Never guessed from its look: a password may be all digits.
        _ => Ok(Value::from(text)),
    }
}

/// The parser's own words and the line; never its excerpt, which may show a secret.
fn syntax(origin: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let line_of = |span: Range<usize>| {
        let before = text.get(..span.start).unwrap_or(text);
        before.matches('\n').count() + 1
    };
    ConfigError::Syntax {
        origin: origin.to_owned(),
        line: error.span().map(line_of),
        message: error.message().to_owned(),
    }
}
