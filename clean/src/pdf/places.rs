//! Where a file's tables say that its objects stand.
//!
//! The library that reads it takes apart what stands at each place that a table names, as often as it is named: a table
//! that names one large object ten thousand times would have it ten thousand times in memory. Honest tables name each
//! place once, and once more for each state of the file that wrote its whole table again.

use std::collections::HashMap;

use crate::why_not::WhyNot;

/// How often tables may name one place.
const MOST_OFTEN: u32 = 16;

/// Counts how often each place is named.
#[derive(Default)]
pub(super) struct Places {
    named: HashMap<u64, u32>,
}

impl Places {
    /// Counts everything in the file that could be a line of a table: `OFFSET GENERATION n`, in whatever spacing.
    pub(super) fn count_lines(&mut self, file: &[u8]) -> Result<(), WhyNot> {
        for (at, _) in file.iter().enumerate().filter(|(_, byte)| **byte == b'n') {
            if let Some(offset) = line_before(&file[..at]) {
                self.name(offset)?;
            }
        }
        Ok(())
    }

    /// Counts the places in an unpacked table that is a stream (ISO 32000-1, section 7.5.8), by its dictionary.
    pub(super) fn count_table(&mut self, dictionary: &[u8], unpacked: &[u8]) -> Result<(), WhyNot> {
        let widths = widths(dictionary).ok_or(WhyNot::Damaged)?;
        let length: usize = widths.iter().sum();
        // What is said elsewhere in the file cannot be seen here, and no program says it elsewhere.
        let elsewhere = [b"/DecodeParms".as_slice(), b"/DP", b"/Predictor", b"/Columns"]
            .iter()
            .any(|key| values(dictionary, key).any(|value| value.contains(&b'R')));
        if length == 0 || elsewhere {
            return Err(WhyNot::Damaged);
        }
        let predictor = number(dictionary, b"/Predictor").unwrap_or(1);
        if predictor < 2 {
            return unpacked.chunks_exact(length).try_for_each(|entry| self.count_entry(&widths, entry));
        }
        if predictor < 10 || number(dictionary, b"/Columns") != Some(length) {
            return Err(WhyNot::Damaged);
        }
        let mut above = vec![0_u8; length];
        for row in unpacked.chunks_exact(length + 1) {
            match row[0] {
                0 => above.copy_from_slice(&row[1..]),
                2 => above
                    .iter_mut()
                    .zip(&row[1..])
                    .for_each(|(above, more)| *above = above.wrapping_add(*more)),
                _ => return Err(WhyNot::Damaged),
            }
            self.count_entry(&widths, &above)?;
        }
        Ok(())
    }

    fn count_entry(&mut self, widths: &[usize; 3], entry: &[u8]) -> Result<(), WhyNot> {
        let (kind, rest) = entry.split_at(widths[0]);
        let whole = |bytes: &[u8]| bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        // Without a kind, all are of the first.
        if kind.is_empty() || whole(kind) == 1 { self.name(whole(&rest[..widths[1]])) } else { Ok(()) }
    }

    fn name(&mut self, place: u64) -> Result<(), WhyNot> {
        let often = self.named.entry(place).or_default();
        *often += 1;
        if *often > MOST_OFTEN { Err(WhyNot::Damaged) } else { Ok(()) }
    }
}

/// The offset of a line whose `n` comes next.
fn line_before(text: &[u8]) -> Option<u64> {
    let generation = text.trim_ascii_end();
    let rest = generation.trim_ascii_end_digits();
    let offset = rest.trim_ascii_end();
    let before = offset.trim_ascii_end_digits();
    let spaced = generation.len() < text.len() && rest.len() < generation.len() && offset.len() < rest.len();
    let digits = &offset[before.len()..];
    (spaced && !digits.is_empty()).then(|| {
        digits
            .iter()
            .fold(0_u64, |number, digit| number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0')))
    })
}

trait TrimDigits {
    fn trim_ascii_end_digits(&self) -> &[u8];
}

impl TrimDigits for [u8] {
    fn trim_ascii_end_digits(&self) -> &[u8] {
        let digits = self.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        &self[..self.len() - digits]
    }
}

/// What follows each of a dictionary's keys of this name, up to the next key.
fn values<'a>(dictionary: &'a [u8], key: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let starts = (0..dictionary.len()).filter(move |at| dictionary[*at..].starts_with(key));
    starts.filter_map(move |at| {
        let value = &dictionary[at + key.len()..];
        let ends = value.first().is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let length = value.iter().position(|byte| *byte == b'/').unwrap_or(value.len());
        ends.then_some(&value[..length])
    })
}

fn numbers(value: &[u8]) -> Vec<usize> {
    let words = value.split(|byte| !byte.is_ascii_digit()).filter(|word| !word.is_empty());
    words.filter_map(|word| std::str::from_utf8(word).ok()?.parse().ok()).collect()
}

fn number(dictionary: &[u8], key: &[u8]) -> Option<usize> {
    numbers(values(dictionary, key).next()?).first().copied()
}

/// The one `/W [a b c]` of the dictionary; each at most 8 bytes.
fn widths(dictionary: &[u8]) -> Option<[usize; 3]> {
    let mut all = values(dictionary, b"/W");
    let widths: [usize; 3] =
        numbers(all.next()?.trim_ascii().strip_prefix(b"[")?).get(..3)?.try_into().ok()?;
    (all.next().is_none() && widths.iter().all(|width| *width <= 8)).then_some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_may_be_named_again_by_each_state_of_a_file_and_not_a_hundred_times() {
        let lines = |times| "0000000123 00000 n \n".repeat(times);
        let count = |text: &str| Places::default().count_lines(text.as_bytes());
        assert_eq!(count(&lines(16)), Ok(()));
        assert_eq!(count(&lines(17)), Err(WhyNot::Damaged));
        assert_eq!(count(&"123\t0\r\nn".repeat(17)), Err(WhyNot::Damaged), "in whatever spacing");
        let others: Vec<String> = (0..1_000).map(|at| format!("{at:010} 00000 n \n")).collect();
        assert_eq!(count(&others.concat()), Ok(()));
    }

    #[test]
    fn the_same_holds_for_tables_that_are_streams() {
        let count =
            |dictionary: &str, table: &[u8]| Places::default().count_table(dictionary.as_bytes(), table);
        let plain = "<</Type/XRef/W[1 2 1]/Size 100>>";
        assert_eq!(count(plain, &[1, 0, 9, 0].repeat(16)), Ok(()));
        assert_eq!(count(plain, &[1, 0, 9, 0].repeat(17)), Err(WhyNot::Damaged));
        assert_eq!(count(plain, &[2, 0, 9, 0].repeat(1_000)), Ok(()), "in streams of objects");
        let up = "<</W [1 2 1]/DecodeParms<</Columns 4/Predictor 12>>>>";
        let row = |entry: [u8; 4]| [2, entry[0], entry[1], entry[2], entry[3]];
        let same = [row([1, 0, 9, 0]).to_vec(), row([0; 4]).repeat(16)].concat();
        assert_eq!(count(up, &same), Err(WhyNot::Damaged));
        let rising = [row([1, 0, 9, 0]).to_vec(), row([0, 0, 1, 0]).repeat(200)].concat();
        assert_eq!(count(up, &rising), Ok(()));
        for odd in
            ["<</W[1 2 1]/W[1 1 1]>>", "<</W 5 0 R>>", "<</W[1 2 1]/DecodeParms 7 0 R>>", "<</W[0 0 0]>>"]
        {
            assert_eq!(count(odd, &[1; 8]), Err(WhyNot::Damaged), "{odd}");
        }
    }
}
