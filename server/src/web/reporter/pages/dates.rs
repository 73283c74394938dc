//! Days in words.

use crate::domain::Day;
use crate::web::texts::Texts;

/// A day in words, for example "30 November 2026".
pub fn long(texts: &Texts, day: &Day) -> String {
    let date = day.date();
    let month = texts.t(&format!("month-{}", date.month()));
    texts.with(
        "date-long",
        &[("day", &date.day().to_string()), ("month", &month), ("year", &date.year().to_string())],
    )
}
