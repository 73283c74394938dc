//! What a report is about.

use serde::{Deserialize, Serialize};

/// What a report is about, as the reporter chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Books, internal controls, auditing matters.
    Accounting,
    /// Influencing or misleading auditors.
    AuditObstruction,
    /// SEC filings and other public statements.
    Disclosure,
    /// Fraud by management.
    ManagementFraud,
    /// Conflicts of interest.
    ConflictOfInterest,
    /// Confidential information, insider dealing included.
    ConfidentialInformation,
    /// Misuse of the organisation's assets.
    MisuseOfAssets,
    /// Any other law.
    Legal,
    /// Pressure on someone's judgement.
    Pressure,
    /// Retaliation for having spoken up.
    Retaliation,
    /// Another policy of the organisation.
    OtherPolicy,
    /// The reporter is not sure.
    NotSure,
    /// A request for guidance rather than a concern.
    Question,
}

/// One row per category: the category, its code, whether it goes to the committee alone, whether
/// the page advises against choosing a supervisor.
const TABLE: [(Category, &str, bool, bool); 13] = [
    (Category::Accounting, "accounting", true, false),
    (Category::AuditObstruction, "audit_obstruction", true, false),
    (Category::Disclosure, "disclosure", true, false),
    (Category::ManagementFraud, "management_fraud", true, false),
    (Category::ConflictOfInterest, "conflict_of_interest", false, false),
    (Category::ConfidentialInformation, "confidential_information", false, false),
    (Category::MisuseOfAssets, "misuse_of_assets", false, false),
    (Category::Legal, "legal", false, false),
    (Category::Pressure, "pressure", false, true),
    (Category::Retaliation, "retaliation", false, true),
    (Category::OtherPolicy, "other_policy", false, false),
    (Category::NotSure, "not_sure", false, false),
    (Category::Question, "question", false, false),
];

impl Category {
    /// Every category, in the order of the page.
    pub const ALL: [Self; 13] = {
        let mut all = [Self::Question; 13];
        let mut at = 0;
        while at < all.len() {
            all[at] = TABLE[at].0;
            at += 1;
        }
        all
    };

    fn row(self) -> &'static (Self, &'static str, bool, bool) {
        // The table is in the order of the enum; a test holds it to that.
        &TABLE[self as usize]
    }

    /// The code in forms, in the sealed report and in the database, for example `not_sure`.
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// The category with this code; `None` when there is none.
    pub fn parse(code: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == code).map(|row| row.0)
    }

    /// Whether such a report always goes to the committee, whatever recipient is chosen
    /// (Sarbanes-Oxley Act, section 301: accounting, controls and auditing matters).
    pub fn committee_only(self) -> bool {
        self.row().2
    }

    /// Whether the page advises against choosing a supervisor.
    pub fn steers_away_from_supervisor(self) -> bool {
        self.row().3
    }

    /// The categories of a concern: all but `question`, in the order of the page.
    pub fn concerns() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|&each| each != Self::Question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum_and_codes_are_read_back() {
        for (at, category) in Category::ALL.into_iter().enumerate() {
            assert_eq!(category as usize, at);
            assert_eq!(category.row().0, category);
            assert_eq!(Category::parse(category.code()), Some(category));
            let value = serde_json::to_value(category).unwrap();
            assert_eq!(value.as_str(), Some(category.code()));
        }
    }

    #[test]
    fn the_four_of_section_301_are_for_the_committee_alone() {
        let alone: Vec<_> =
            Category::ALL.into_iter().filter(|each| each.committee_only()).map(Category::code).collect();
        assert_eq!(alone, ["accounting", "audit_obstruction", "disclosure", "management_fraud"]);
    }

    #[test]
    fn pressure_and_retaliation_steer_away_from_the_supervisor() {
        let steering: Vec<_> = Category::ALL
            .into_iter()
            .filter(|each| each.steers_away_from_supervisor())
            .map(Category::code)
            .collect();
        assert_eq!(steering, ["pressure", "retaliation"]);
    }

    #[test]
    fn a_question_is_no_concern() {
        assert_eq!(Category::concerns().count(), Category::ALL.len() - 1);
        assert!(!Category::concerns().any(|each| each == Category::Question));
    }

    #[test]
    fn unknown_codes_are_none() {
        for code in ["", "Accounting", "accounting ", "fraud"] {
            assert_eq!(Category::parse(code), None, "{code:?}");
        }
    }
}
