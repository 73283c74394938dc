//! The keys that exist, and the one somebody probably meant.

use figment::value::{Dict, Value};

/// The keys of one recipient; `default.toml` shows them as a comment, since it has none.
pub(super) const RECIPIENT_KEYS: [&str; 7] =
    ["id", "kind", "title", "email", "public_key", "choosable", "reads"];

/// The first key of `dict` that `known` does not have, with dots; recipients by their number.
pub(super) fn first_unknown(dict: &Dict, known: &Dict) -> Option<String> {
    dict.iter().find_map(|(key, value)| {
        if key == "recipients" {
            return unknown_in_recipients(value);
        }
        match (known.get(key), value) {
            (None, _) => Some(key.clone()),
            (Some(Value::Dict(_, known)), Value::Dict(_, inner)) => {
                first_unknown(inner, known).map(|rest| format!("{key}.{rest}"))
            }
            // A wrong kind of value is found when it is read.
            (Some(_), _) => None,
        }
    })
}

fn unknown_in_recipients(value: &Value) -> Option<String> {
    let Value::Array(_, entries) = value else {
        return None;
    };
    entries.iter().enumerate().find_map(|(at, entry)| {
        let key = entry.as_dict()?.keys().find(|key| !RECIPIENT_KEYS.contains(&key.as_str()))?;
        Some(format!("recipients.{at}.{key}"))
    })
}

/// The known key or section that is nearest to `key`, if one is near enough to be meant.
pub(super) fn nearest(key: &str, known: &Dict) -> Option<String> {
    let of_recipients = key.starts_with("recipients.");
    let mut all = Vec::new();
    if of_recipients {
        all.extend(RECIPIENT_KEYS.map(|key| format!("recipients.{key}")));
    } else {
        collect(known, "", &mut all);
    }
    all.into_iter()
        .map(|known| (strangeness(key, &known), known))
        .min()
        .filter(|(strangeness, known)| *strangeness <= 2.max(last_part(known).len() / 3))
        .map(|(_, known)| known)
}

/// How far what was typed is from a known key: the characters to change, or little where the right
/// name stands in the wrong section, or where a name goes on after the right one.
fn strangeness(typed: &str, known: &str) -> usize {
    let by_letters = distance(&plain(typed), &plain(known));
    let (typed_last, known_last) = (plain(last_part(typed)), plain(last_part(known)));
    let same_section = typed.rsplit_once('.').map(|cut| cut.0) == known.rsplit_once('.').map(|cut| cut.0);
    if typed_last == known_last {
        by_letters.min(1)
    } else if same_section && typed_last.starts_with(&known_last) {
        by_letters.min(2)
    } else {
        by_letters
    }
}

fn collect(dict: &Dict, prefix: &str, keys: &mut Vec<String>) {
    for (key, value) in dict {
        keys.push(format!("{prefix}{key}"));
        if let Value::Dict(_, inner) = value {
            collect(inner, &format!("{prefix}{key}."), keys);
        }
    }
}

fn last_part(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// Without what people mix up: capitals, dots, hyphens, doubled underscores, a recipient's number.
fn plain(key: &str) -> Vec<char> {
    key.split(['.', '_', '-'])
        .filter(|part| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join("_")
        .to_lowercase()
        .chars()
        .collect()
}

/// Levenshtein distance: the fewest characters to add, drop or change.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}
