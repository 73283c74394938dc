//! What is accepted, what is refused, and how it is named.

use candor_crypto::PublicKey;
use zeroize::Zeroize;

use super::*;
use crate::domain::{Recipient, RecipientKind};

const KEY: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

fn recipients() -> Recipients {
    let one = |id: &str, kind, choosable| Recipient {
        id: id.to_owned(),
        kind,
        title: id.to_owned(),
        email: format!("{id}@example.com"),
        public_key: Some(PublicKey::parse(KEY).unwrap()),
        choosable,
        reads: false,
    };
    Recipients::new(vec![
        one("chair", RecipientKind::Committee, true),
        one("alternate", RecipientKind::Committee, false),
        one("compliance", RecipientKind::Compliance, true),
    ])
}

fn draft() -> Draft {
    let mut draft = Draft::new(CaseKind::Concern);
    draft.narrative = "It happened on a Tuesday.".to_owned();
    draft
}

fn problems(change: impl FnOnce(&mut Draft)) -> Vec<(Field, Problem)> {
    let mut draft = draft();
    change(&mut draft);
    let found = check(&draft, &recipients()).err().unwrap_or_default();
    found.into_iter().map(|each| (each.field, each.problem)).collect()
}

#[test]
fn a_narrative_is_enough() {
    let (category, route) = check(&draft(), &recipients()).unwrap();
    assert_eq!(category, Category::NotSure);
    assert_eq!(route.granted, ["chair", "alternate"]);
    assert_eq!(route.told, ["chair"]);
}

#[test]
fn a_question_has_its_own_category() {
    for (kind, code, expected) in [
        (CaseKind::Question, "", Some(Category::Question)),
        (CaseKind::Question, "question", Some(Category::Question)),
        (CaseKind::Question, "legal", None),
        (CaseKind::Concern, "question", None),
        (CaseKind::Concern, "legal", Some(Category::Legal)),
        (CaseKind::Concern, "Legal", None),
    ] {
        let mut draft = draft();
        draft.kind = kind;
        draft.category = code.to_owned();
        match (check(&draft, &recipients()), expected) {
            (Ok((found, _)), Some(expected)) => assert_eq!(found, expected),
            (Err(found), None) => {
                assert_eq!(found, [FieldProblem { field: Field::Category, problem: Problem::Unknown }]);
            }
            (found, _) => panic!("{kind:?} {code:?}: {found:?}"),
        }
    }
}

#[test]
fn nothing_but_white_space_is_empty() {
    for blank in ["", " ", "\r\n\t\r\n", "\u{a0}\u{3000}"] {
        assert_eq!(
            problems(|draft| draft.narrative = blank.to_owned()),
            [(Field::Narrative, Problem::Empty)]
        );
    }
}

#[test]
fn every_limit_counts_characters_after_line_ends_are_made_one() {
    type Set = fn(&mut Draft, String);
    let fields: [(Field, Set); 8] = [
        (Field::Narrative, |draft, text| draft.narrative = text),
        (Field::When, |draft, text| draft.when = text),
        (Field::Where, |draft, text| draft.where_ = text),
        (Field::WhoElseKnows, |draft, text| draft.who_else_knows = text),
        (Field::HowYouKnow, |draft, text| draft.how_you_know = text),
        (Field::HowManyKnow, |draft, text| draft.how_many_know = text),
        (Field::Name, |draft, text| draft.name = text),
        (Field::Contact, |draft, text| draft.contact = text),
    ];
    for (field, set) in fields {
        let limit = field.limit().unwrap();
        // Four bytes each, and two bytes of line end that count as one.
        for unit in ["x", "\u{1f4a1}", "\r\n", "e\u{301}"] {
            let each = if unit == "e\u{301}" { 2 } else { 1 };
            let fits = format!("x{}", unit.repeat((limit - 1) / each));
            let exact = limit - count(&fits);
            let fits = fits + &"x".repeat(exact);
            let too_long = format!("{fits}x");
            let accepted = problems(|draft| {
                draft.confidential = matches!(field, Field::Name | Field::Contact);
                set(draft, fits);
            });
            assert_eq!(accepted, [], "{field:?} {unit:?}");
            let refused = problems(|draft| {
                draft.confidential = matches!(field, Field::Name | Field::Contact);
                set(draft, too_long);
            });
            assert_eq!(refused, [(field, Problem::TooLong { limit, found: limit + 1 })], "{unit:?}");
        }
    }
}

#[test]
fn recipients_that_cannot_be_meant_are_named_by_their_field() {
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    for (concerns, chosen, expected) in [
        (ids(&["ghost"]), "", vec![(Field::Concerns, Problem::Unknown)]),
        (ids(&[""]), "", vec![(Field::Concerns, Problem::Unknown)]),
        (ids(&[]), "ghost", vec![(Field::Chosen, Problem::Unknown)]),
        (ids(&[]), "alternate", vec![(Field::Chosen, Problem::NotChoosable)]),
        (ids(&["compliance"]), "compliance", vec![(Field::Chosen, Problem::ExcludedAndChosen)]),
        (ids(&["chair", "alternate"]), "", vec![(Field::Concerns, Problem::NobodyCanRead)]),
        (
            ids(&["ghost", "compliance"]),
            "compliance",
            vec![(Field::Concerns, Problem::Unknown), (Field::Chosen, Problem::ExcludedAndChosen)],
        ),
        (
            ids(&["ghost"]),
            "ghost",
            vec![(Field::Concerns, Problem::Unknown), (Field::Chosen, Problem::Unknown)],
        ),
        (ids(&["chair", "chair"]), "compliance", vec![]),
    ] {
        let found = problems(|draft| {
            draft.concerns.clone_from(&concerns);
            draft.chosen = chosen.to_owned();
        });
        assert_eq!(found, expected, "{concerns:?} {chosen:?}");
    }
}

#[test]
fn anonymous_and_confidential_do_not_mix() {
    for (confidential, name, contact, expected) in [
        (false, "", "", vec![]),
        (false, " \r\n", "", vec![]),
        (false, "A. Reporter", "", vec![(Field::Confidential, Problem::Contradictory)]),
        (false, "", "at home", vec![(Field::Confidential, Problem::Contradictory)]),
        (true, "", "", vec![(Field::Name, Problem::Empty)]),
        (true, " ", "\t", vec![(Field::Name, Problem::Empty)]),
        (true, "A. Reporter", "", vec![]),
        (true, "", "at home", vec![]),
    ] {
        let found = problems(|draft| {
            draft.confidential = confidential;
            draft.name = name.to_owned();
            draft.contact = contact.to_owned();
        });
        assert_eq!(found, expected, "{confidential} {name:?} {contact:?}");
    }
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_page() {
    let found = problems(|draft| {
        draft.concerns = vec!["ghost".to_owned()];
        draft.chosen = "phantom".to_owned();
        draft.category = "gossip".to_owned();
        draft.narrative = " ".repeat(NARRATIVE_MAX + 1);
        draft.when = "x".repeat(SHORT_MAX + 1);
        draft.where_ = "x".repeat(SHORT_MAX + 1);
        draft.who_else_knows = "x".repeat(LONG_MAX + 1);
        draft.how_you_know = "x".repeat(LONG_MAX + 1);
        draft.how_many_know = "x".repeat(SHORT_MAX + 1);
        draft.name = "x".repeat(NAME_MAX + 1);
        draft.contact = "x".repeat(CONTACT_MAX + 1);
    });
    let too_long = |limit| Problem::TooLong { limit, found: limit + 1 };
    assert_eq!(
        found,
        [
            (Field::Concerns, Problem::Unknown),
            (Field::Chosen, Problem::Unknown),
            (Field::Category, Problem::Unknown),
            (Field::Narrative, too_long(NARRATIVE_MAX)),
            (Field::Narrative, Problem::Empty),
            (Field::When, too_long(SHORT_MAX)),
            (Field::Where, too_long(SHORT_MAX)),
            (Field::WhoElseKnows, too_long(LONG_MAX)),
            (Field::HowYouKnow, too_long(LONG_MAX)),
            (Field::HowManyKnow, too_long(SHORT_MAX)),
            (Field::Confidential, Problem::Contradictory),
            (Field::Name, too_long(NAME_MAX)),
            (Field::Contact, too_long(CONTACT_MAX)),
        ]
    );
}

#[test]
fn line_ends_become_one() {
    for (typed, plain) in [
        ("", ""),
        ("a\nb", "a\nb"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\rb", "a\nb"),
        ("\r\r\n\n", "\n\n\n"),
        ("\u{fe0f}\r\né", "\u{fe0f}\né"),
    ] {
        assert_eq!(normalise_newlines(typed), plain, "{typed:?}");
        assert_eq!(count(typed), plain.chars().count(), "{typed:?}");
    }
    assert!(matches!(normalise_newlines("as it is"), Cow::Borrowed(_)));
}

#[test]
fn a_message_has_the_narratives_limits() {
    assert_eq!(check_message(" \r\n"), Err(Problem::Empty));
    assert_eq!(check_message(&"\r\n".repeat(NARRATIVE_MAX)), Err(Problem::Empty));
    assert_eq!(check_message(&"x\r\n".repeat(NARRATIVE_MAX / 2)), Ok(()));
    assert_eq!(
        check_message(&"x".repeat(NARRATIVE_MAX + 1)),
        Err(Problem::TooLong { limit: NARRATIVE_MAX, found: NARRATIVE_MAX + 1 })
    );
}

#[test]
fn every_field_has_a_name_of_its_own() {
    let names: std::collections::HashSet<_> = Field::ALL.into_iter().map(Field::name).collect();
    assert_eq!(names.len(), Field::ALL.len());
    assert!(Field::ALL.is_sorted());
    let draft = draft();
    for field in Field::ALL {
        assert_eq!(draft.text(field).is_some(), field.limit().is_some(), "{field:?}");
    }
}

#[test]
fn wiping_leaves_nothing() {
    let mut draft = draft();
    draft.concerns = vec!["chair".to_owned()];
    draft.name = "A. Reporter".to_owned();
    draft.zeroize();
    assert!(draft.narrative.is_empty() && draft.name.is_empty() && draft.concerns.is_empty());
}
