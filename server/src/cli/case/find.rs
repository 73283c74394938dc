//! Which case is meant: whole ids, or as much of one as makes it unmistakable.

use crate::cli::client::Session;
use crate::cli::failure::Failure;
use uuid::Uuid;

/// The fewest characters that name a case.
const SHORTEST: usize = 4;
/// How many characters of an id are shown where they suffice.
const SHOWN: usize = 8;

/// The case that `text` names.
///
/// # Errors
/// [`Failure`] if it names none or several.
pub(super) fn find(session: &Session, text: &str) -> Result<Uuid, Failure> {
    if let Ok(id) = Uuid::parse_str(text.trim()) {
        return Ok(id);
    }
    let beginning = beginning_of(text)?;
    let ids: Vec<Uuid> = session.all_cases(false)?.iter().map(|case| case.id).collect();
    choose(&beginning, &ids)
}

fn beginning_of(text: &str) -> Result<String, Failure> {
    let beginning = text.trim().to_ascii_lowercase();
    if beginning.len() < SHORTEST || !beginning.chars().all(|c| c.is_ascii_hexdigit() || c == '-') {
        return Err(Failure::usage(format!(
            "{text} names no case. Write the id that `candor case list` shows, or its first {SHORTEST} characters or \
             more."
        )));
    }
    Ok(beginning)
}

fn choose(beginning: &str, ids: &[Uuid]) -> Result<Uuid, Failure> {
    let fitting: Vec<Uuid> = ids.iter().copied().filter(|id| id.to_string().starts_with(beginning)).collect();
    match fitting.as_slice() {
        [id] => Ok(*id),
        [] => Err(Failure::not_readable(format!(
            "There is no case whose id begins with {beginning}, or your key does not open it. See `candor case list`."
        ))),
        several => {
            let several: Vec<String> = several.iter().map(Uuid::to_string).collect();
            Err(Failure::not_readable(format!(
                "Several cases begin with {beginning}: {}. Write more of the id.",
                several.join(", ")
            )))
        }
    }
}

/// The length at which the beginnings of all these ids differ, 8 at least.
pub(super) fn short_length(ids: &[Uuid]) -> usize {
    let mut texts: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    texts.sort();
    texts.dedup();
    let shared = |pair: &[String]| {
        pair[0].bytes().zip(pair[1].bytes()).take_while(|(one, other)| one == other).count()
    };
    texts.windows(2).map(|pair| shared(pair) + 1).max().unwrap_or(0).max(SHOWN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::failure::Ending;

    fn ids() -> Vec<Uuid> {
        [
            "3f2a9c1e-0000-4000-8000-000000000000",
            "3f2a9c1e-0001-4000-8000-000000000000",
            "77777777-0000-4000-8000-000000000000",
        ]
        .map(|id| id.parse().unwrap())
        .to_vec()
    }

    fn chosen(text: &str) -> Result<Uuid, Ending> {
        beginning_of(text)
            .and_then(|beginning| choose(&beginning, &ids()))
            .map_err(|failure| failure.ending())
    }

    #[test]
    fn an_unmistakable_beginning_suffices() {
        assert_eq!(chosen("7777"), Ok(ids()[2]));
        assert_eq!(chosen(" 77777777-0 "), Ok(ids()[2]));
        assert_eq!(chosen("3F2A9C1E-0001"), Ok(ids()[1]));
    }

    #[test]
    fn anything_else_is_refused() {
        assert_eq!(chosen("3f2a9c1e"), Err(Ending::NotReadable));
        assert_eq!(chosen("abcd"), Err(Ending::NotReadable));
        assert_eq!(chosen("777"), Err(Ending::Usage));
        assert_eq!(chosen("../../etc"), Err(Ending::Usage));
        assert_eq!(chosen(""), Err(Ending::Usage));
    }

    #[test]
    fn short_ids_are_as_long_as_they_must_be() {
        assert_eq!(short_length(&[]), 8);
        assert_eq!(short_length(&ids()[1..]), 8);
        assert_eq!(short_length(&ids()), "3f2a9c1e-0001".len());
        assert_eq!(short_length(&[ids()[0], ids()[0]]), 8);
    }
}
