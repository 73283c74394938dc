//! From the layers to a [`Config`]: values, paths, secrets.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::error::Kind;
use figment::value::Value;
use serde::{Deserialize, Deserializer, de};

use super::error::ConfigError;
use super::layers::{Layer, spelt};
use super::{Config, Secret};

/// A secret file is a line, not a book.
const SECRET_FILE_MAX: u64 = 64 * 1024;

impl Config {
    /// Reads the configuration: the built-in layer, then the file at `path` if one is given, then
    /// those `environment` variables that begin with `CANDOR_` (`std::env::vars_os()`).
    ///
    /// Secrets that are named by a file are read here. What was read may still be unfit to serve
    /// with: ask [`Config::check`].
    ///
    /// # Errors
    /// [`ConfigError`] says what cannot be read and what to change.
    pub fn load(
        path: Option<&Path>,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigError> {
        let mut default = Layer::default()?;
        // Recipients have no default, and yet they are a key.
        default.dict.entry("recipients".to_owned()).or_insert_with(|| Value::from(Vec::<Value>::new()));
        let file = path.map(|path| Layer::from_file(path, &default.dict)).transpose()?;
        let environment = Layer::from_environment(environment, &default.dict)?;

        let chosen: Vec<&Layer> = file.iter().chain([&environment]).collect();
        let sets = |key: &str| chosen.iter().any(|layer| layer.sets(key));
        for key in ["database.url", "mail.smtp.password"] {
            if sets(key) && sets(&format!("{key}_file")) {
                return Err(ConfigError::SecretTwice { key });
            }
        }

        let mut figment = Figment::from(&default);
        for layer in chosen {
            figment = figment.merge(layer);
        }
        let mut config: Self = figment.extract().map_err(in_words)?;
        config.read_secrets_and_resolve(path.and_then(Path::parent).unwrap_or(Path::new("")))?;
        Ok(config)
    }

    fn read_secrets_and_resolve(&mut self, folder: &Path) -> Result<(), ConfigError> {
        let from_folder = |path: &mut PathBuf| *path = folder.join(&*path);
        from_folder(&mut self.storage.data_dir);
        let smtp = &mut self.mail.smtp;
        [&mut smtp.ca_file, &mut smtp.password_file, &mut self.database.url_file, &mut self.record.key_file]
            .into_iter()
            .flatten()
            .for_each(from_folder);

        if let Some(path) = &smtp.password_file {
            smtp.password = Some(secret_from("mail.smtp.password_file", path)?);
        }
        if let Some(path) = &self.database.url_file {
            self.database.url = secret_from("database.url_file", path)?;
        }

        if let Some(path) = &self.record.key_file {
            self.record.key = Some(secret_from("record.key_file", path)?);
        }

        let data_dir = &self.storage.data_dir;
        self.mail.folder = data_dir.join(&self.mail.folder);
        if let Some(url) = sqlite_in(data_dir, self.database.url.expose())? {
            self.database.url = Secret::new(url);
        }
        Ok(())
    }
}

/// The file of a SQLite url and what follows it (`?…`); `None` for other urls and for memory.
pub(super) fn sqlite_file(url: &str) -> Option<(String, &str)> {
    let file = url.strip_prefix("sqlite:")?;
    let file = file.strip_prefix("//").unwrap_or(file);
    let (file, options) = file.split_at(file.find('?').unwrap_or(file.len()));
    (!matches!(file, "" | ":memory:")).then(|| (percent_decoded(file), options))
}

/// A relative SQLite url made to count from the data folder; `None` where nothing is to change.
fn sqlite_in(data_dir: &Path, url: &str) -> Result<Option<String>, ConfigError> {
    let Some((file, options)) = sqlite_file(url) else {
        return Ok(None);
    };
    let path = data_dir.join(&file);
    let path = path.to_str().ok_or(ConfigError::DataDirNotUnicode)?;
    Ok(Some(format!("sqlite:{}{options}", percent_encoded(path))))
}

/// The url of a SQLite file; `None` if its name is not valid Unicode.
pub fn sqlite_url(file: &Path) -> Option<String> {
    file.to_str().map(|file| format!("sqlite:{}", percent_encoded(file)))
}

/// What a url would take for something else than a path.
fn percent_encoded(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

fn percent_decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// Reads a secret from its file: one line end after it does not belong to it.
fn secret_from(key: &str, path: &Path) -> Result<Secret, ConfigError> {
    let problem =
        |problem: String| ConfigError::SecretFile { key: key.to_owned(), path: path.to_owned(), problem };
    let unreadable = |error: std::io::Error| problem(format!("which cannot be read: {error}"));
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > SECRET_FILE_MAX {
        return Err(problem("which is far too large to hold a secret".to_owned()));
    }
    let text = std::fs::read_to_string(path).map(Secret::new).map_err(unreadable)?;
    let line = text.expose();
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return Err(problem("which is empty".to_owned()));
    }
    Ok(Secret::new(line.to_owned()))
}

/// What figment found, in a sentence without the value.
fn in_words(error: figment::Error) -> ConfigError {
    let origin = error
        .metadata
        .as_ref()
        .map_or_else(|| "The configuration".to_owned(), |metadata| metadata.name.to_string());
    let mut path = error.path.clone();
    let expected = match error.kind {
        Kind::MissingField(field) => {
            path.push(field.into_owned());
            return ConfigError::Missing { key: spelt(&origin, &path.join(".")), origin };
        }
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => plainly(&expected),
        Kind::UnknownVariant(_, known) => format!("one of {}", quoted(known)),
        Kind::Message(message) => message,
        _ => "what `candor config default` describes".to_owned(),
    };
    ConfigError::WrongValue { key: spelt(&origin, &path.join(".")), origin, expected }
}

fn plainly(expected: &str) -> String {
    match expected {
        "a string" | "string" | "path string" => "text in quotes",
        "a boolean" => "true or false",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "a sequence" => "a list",
        other if other.starts_with("struct") => "a section with keys of its own",
        other if other.contains("enum") => "one of the words that `candor config default` lists, in quotes",
        other => other,
    }
    .to_owned()
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

/// Reads an address with its port.
pub(super) fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    String::deserialize(deserializer)?.trim().parse().map_err(|_| {
        de::Error::custom("an IP address and a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\"")
    })
}

/// Reads a text; an empty one means that nothing is set.
pub(super) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Some(String::deserialize(deserializer)?).filter(|text| !text.is_empty()))
}

/// Reads a secret; an empty one means that nothing is set.
pub(super) fn optional_secret<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Secret>, D::Error> {
    Ok(Some(Secret::deserialize(deserializer)?).filter(|secret| !secret.is_empty()))
}

/// Reads a path; an empty one means that nothing is set.
pub(super) fn optional_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    Ok(optional_text(deserializer)?.map(PathBuf::from))
}
