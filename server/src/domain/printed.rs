//! The rules as a page to read, printed from the tables that the program goes by: `candor rules`, docs/case-rules.md.

use std::fmt::Write;

use super::calendar::WorkingDays;
use super::closing::{DISPOSITIONS, MEASURES, takes_two};
use super::deadlines::{Duty, Length, RULES};
use super::permission::{PERMISSIONS, act_of};
use super::reminders::{AGAIN, LEADS};
use super::status::{TRANSITIONS, allowed};
use super::{CaseKind, Category, Outcome, RecipientKind, Status};

const HEAD: &str = "\
# The rules that a case goes by

For the Audit Committee, its counsel and auditors: who reads, who may do what, what may follow what, and what is owed by
when. `candor rules` prints this page from the tables that the program itself goes by.
";

const ENDING: &str = "\
Every end has a disposition, which the reporter reads, and a conclusion that readers alone see: what was done, from the
list below, and the reasons. What is in a conclusion is sealed; that there is one is not.

A case ends for want of information only when the reporter was asked and the time to answer has passed.
";

const REMINDED: &str = "\
A reminder falls on a working day. It goes to those who were told of the case or have done something in it, and once a
deadline has passed to the whole committee, as far as it reads the case. Where nobody has opened a case within the time
for that, the next on the committee who reads it is told, and after as long again the one after. All of that is the one
e-mail that says that something waits, once a day, whatever it is about.
";

const SECOND: &str = "\
Of a case in one of these categories, or about a senior officer, one reader proposes the end, and another who may
agree ends it. Whoever proposed it cannot agree to it. Where nobody else who may agree can read the case, one ends it
alone, and the case says so for good; but not whoever took somebody off it. The service is not told the category: a
reader's program marks such a case when it is opened, a mark that nobody takes off, and every other reader sees when
one is missing.
";

/// The page, in Markdown.
pub fn case_rules() -> String {
    let mut page = HEAD.to_owned();
    let mut section = |title: &str, body: String| {
        // Writing to a text cannot fail.
        let _ = write!(page, "\n## {title}\n\n{body}");
    };
    section("Who reads, and who is told", routing());
    section("Who may do what", permissions());
    section("What may follow: concerns", transitions(CaseKind::Concern));
    section("What may follow: questions", transitions(CaseKind::Question));
    section("What is owed, and by when", deadlines());
    section("Who is reminded, and when", reminders());
    section("How a case ends", format!("{ENDING}\n{}\n{}", dispositions(), measures()));
    section("What two have to agree on", second());
    page
}

fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let ruler = format!("|{}\n", "---|".repeat(N));
    let rows: String = rows.into_iter().map(|row| line(&row)).collect();
    line(&head.map(str::to_owned)) + &ruler + &rows
}

fn routing() -> String {
    #[derive(serde::Deserialize)]
    struct Table {
        rows: Vec<Row>,
    }
    #[derive(serde::Deserialize)]
    struct Row {
        name: String,
        category: String,
        chosen: String,
        excluded: String,
        expected: String,
    }
    let table_text = include_str!("routing_table.json");
    // Built in, and read by the tests.
    let found: Table = serde_json::from_str(table_text).unwrap_or(Table { rows: Vec::new() });
    let or_none = |text: &str| if text.trim().is_empty() { "–".to_owned() } else { text.trim().to_owned() };
    let rows = found.rows.iter().map(|row| {
        let mut lists = row.expected.split('|').map(or_none);
        let mut next = || lists.next().unwrap_or_else(|| "–".to_owned());
        [
            row.name.clone(),
            row.category.clone(),
            or_none(&row.chosen),
            or_none(&row.excluded),
            next(),
            next(),
            next(),
        ]
    });
    let intro = "\
An example of each situation, with a chair, two alternates, a Compliance Office, two supervisors (one configured to
read), two outside counsel and an investigator. The same rows test the service and the reporter's page.

";
    intro.to_owned()
        + &table(["situation", "category", "chosen", "it is about", "read", "are told", "is addressed"], rows)
}

fn permissions() -> String {
    let [committee, compliance, supervisor, counsel, investigator] = RecipientKind::ALL;
    let head = [
        "in a case that they can read",
        committee.code(),
        compliance.code(),
        supervisor.code(),
        counsel.code(),
        investigator.code(),
    ];
    let rows = PERMISSIONS.iter().map(|(_, words, kinds)| {
        let mark = |kind| if kinds.contains(&kind) { "yes" } else { "–" }.to_owned();
        let [first, second, third, fourth, fifth] = RecipientKind::ALL.map(mark);
        [(*words).to_owned(), first, second, third, fourth, fifth]
    });
    table(head, rows)
}

fn transitions(kind: CaseKind) -> String {
    let rows = TRANSITIONS.iter().filter(|row| row.kind == kind).map(|row| {
        let to: Vec<_> = allowed(kind, row.from).iter().map(|status| name(*status)).collect();
        [name(row.from), to.join(", ")]
    });
    let intro = "Whoever moves a case needs the right to do so in the table above: ";
    let acts: Vec<_> = Status::ALL
        .into_iter()
        .filter(|status| TRANSITIONS.iter().any(|row| row.kind == kind && row.to.contains(status)))
        .map(|status| format!("{} = *{}*", name(status), PERMISSIONS[act_of(status) as usize].1))
        .collect();
    format!("{}\n{intro}{}.\n", table(["from", "to"], rows), acts.join("; "))
}

fn deadlines() -> String {
    let rows = RULES.iter().map(|rule| {
        let kinds = if rule.kinds.len() == CaseKind::ALL.len() {
            "every case".to_owned()
        } else {
            rule.kinds.iter().map(|kind| format!("{}s", kind.code())).collect::<Vec<_>>().join(", ")
        };
        [rule.what.to_owned(), kinds, words(rule.length), rule.from.to_owned(), rule.source.to_owned()]
    });
    let week: Vec<_> = super::calendar::WEEKDAYS
        .iter()
        .zip(0..)
        .filter(|(_, ahead)| {
            // 1970-01-05 was a Monday.
            WorkingDays::default().is_working(super::Day::from_number(4 + ahead))
        })
        .map(|((name, _), _)| *name)
        .collect();
    format!(
        "{}\nWorking days are those of `calendar.working_days` ({} unless configured) without `calendar.holidays`.\n",
        table(["what", "in", "within", "of", "source"], rows),
        week.join(", ")
    )
}

fn reminders() -> String {
    let rows = LEADS.iter().map(|(duty, _, days)| {
        let rule = &RULES[*duty as usize];
        let first = match days {
            0 => "on the last day".to_owned(),
            1 => "a day before".to_owned(),
            days => format!("{days} days before"),
        };
        let late = if *duty == Duty::AcknowledgeTarget {
            "–".to_owned()
        } else {
            format!("the day after, and every {AGAIN} days")
        };
        [rule.what.to_owned(), first, late]
    });
    format!("{}\n{REMINDED}", table(["what", "reminded of", "once it is late"], rows))
}

fn words(length: Length) -> String {
    match length {
        Length::Days(days) => format!("{days} days"),
        Length::WorkingDays(days) => format!("{days} working days"),
        Length::Months(months) => format!("{months} months"),
    }
}

fn dispositions() -> String {
    let rows = DISPOSITIONS.iter().map(|(status, outcomes)| {
        let outcomes: Vec<_> = outcomes.iter().copied().map(outcome_name).collect();
        [name(*status), outcomes.join(", ")]
    });
    table(["end", "dispositions"], rows)
}

fn measures() -> String {
    let rows = MEASURES.iter().map(|(code, words, ends)| {
        let ends: Vec<_> = ends.iter().copied().map(name).collect();
        [format!("`{code}`"), (*words).to_owned(), ends.join(", ")]
    });
    table(["outcome", "what was done", "goes with"], rows)
}

fn second() -> String {
    let categories: Vec<_> = Category::ALL
        .into_iter()
        .filter(|category| takes_two(*category))
        .map(|category| format!("`{}`", category.code()))
        .collect();
    format!("{SECOND}\nCategories: {}.\n", categories.join(", "))
}

fn name(status: Status) -> String {
    status.code().replace('_', " ")
}

fn outcome_name(outcome: Outcome) -> String {
    outcome.code().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `CANDOR_WRITE_DOCS=1 cargo test -p candor --lib printed` writes the page anew.
    #[test]
    fn the_page_in_the_manual_is_what_the_tables_say() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/case-rules.md");
        if std::env::var_os("CANDOR_WRITE_DOCS").is_some() {
            std::fs::write(&file, case_rules()).unwrap();
        }
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(written == case_rules(), "docs/case-rules.md: write it anew with CANDOR_WRITE_DOCS=1");
    }

    #[test]
    fn it_has_every_rule() {
        let page = case_rules();
        for rule in RULES {
            assert!(page.contains(&format!("| {} | ", rule.what)), "{}", rule.what);
        }
        for category in Category::ALL {
            assert_eq!(page.contains(&format!("`{}`", category.code())), takes_two(category), "{category:?}");
        }
        assert!(page.contains("accounting about the chair, compliance chosen"), "the routing rows");
        assert!(page.contains("(monday, tuesday, wednesday, thursday, friday unless configured)"), "{page}");
    }
}
