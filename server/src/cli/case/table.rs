//! Rows with columns as wide as their widest cell.

use crate::cli::terminal::{Page, one_line};

/// A table whose columns are aligned; each row may have a line below it.
pub(super) struct Table {
    headings: Vec<&'static str>,
    rows: Vec<(Vec<String>, String)>,
}

impl Table {
    /// A table without rows.
    pub(super) fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new() }
    }

    /// Adds a row with one cell a column, and the line below it.
    pub(super) fn row(&mut self, cells: &[&str], below: &str) {
        // Made harmless before it is measured: what is escaped takes more room.
        self.rows.push((cells.iter().map(|cell| one_line(cell)).collect(), one_line(below)));
    }

    /// Writes it onto a page.
    pub(super) fn write(&self, page: &mut Page) {
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|column| {
                let cells = self
                    .rows
                    .iter()
                    .filter_map(|(cells, _)| cells.get(column))
                    .map(|cell| cell.chars().count());
                cells.chain([self.headings[column].len()]).max().unwrap_or(0)
            })
            .collect();
        page.line(&aligned(&self.headings, &widths));
        let indent = " ".repeat(widths.first().copied().unwrap_or(0) + 2);
        for (cells, below) in &self.rows {
            page.line(&aligned(cells, &widths));
            if !below.is_empty() {
                page.line(&format!("{indent}{below}"));
            }
        }
    }
}

fn aligned<T: AsRef<str>>(cells: &[T], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        let cell = cell.as_ref();
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.chars().count()) + 2));
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new(&["", "CASE", "STATUS", "KIND"]);
        table.row(&["new", "3f2a9c1e", "question_asked", "concern"], "Überwiesen");
        table.row(&["", "77777777", "received", "x\u{1b}"], "");
        let mut page = Page::default();
        table.write(&mut page);
        assert_eq!(
            page.as_str(),
            concat!(
                "     CASE      STATUS          KIND\n",
                "new  3f2a9c1e  question_asked  concern\n",
                "     Überwiesen\n",
                "     77777777  received        x\\u{1b}\n",
            )
        );
    }
}
