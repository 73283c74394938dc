//! Routing as a table, one row per situation, and as properties of all configurations.

use candor_crypto::PublicKey;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

/// Keys of nobody: only their being there matters to routing.
const KEY: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

fn key() -> PublicKey {
    PublicKey::parse(KEY).unwrap()
}

fn recipient(id: &str, kind: RecipientKind) -> Recipient {
    Recipient {
        id: id.to_owned(),
        kind,
        title: id.to_owned(),
        email: format!("{id}@example.com"),
        public_key: Some(key()),
        choosable: id != "alternate-1" && id != "alternate-2" && kind != RecipientKind::Counsel,
        reads: false,
    }
}

fn everyone() -> Vec<Recipient> {
    use RecipientKind::{Committee, Compliance, Counsel, Investigator, Supervisor};
    vec![
        recipient("chair", Committee),
        recipient("alternate-1", Committee),
        recipient("compliance", Compliance),
        // Between others on purpose: answers come in the order of the configuration.
        recipient("alternate-2", Committee),
        recipient("supervisor", Supervisor),
        Recipient { reads: true, ..recipient("reading-supervisor", Supervisor) },
        recipient("counsel", Counsel),
        recipient("second-counsel", Counsel),
        recipient("investigator", Investigator),
    ]
}

fn configured(change: &str) -> Recipients {
    let mut all = everyone();
    for word in change.split_whitespace() {
        if let Some(id) = word.strip_prefix("keyless:") {
            all.iter_mut().find(|each| each.id == id).unwrap().public_key = None;
        } else if let Some(id) = word.strip_prefix("without:") {
            all.retain(|each| each.id != id);
        } else {
            panic!("{word}");
        }
    }
    Recipients::new(all)
}

struct Row {
    name: &'static str,
    configuration: &'static str,
    category: &'static str,
    chosen: &'static str,
    excluded: &'static str,
    /// "granted | told | addressed", or the error.
    expected: &'static str,
}

const fn row(
    name: &'static str,
    configuration: &'static str,
    [category, chosen, excluded]: [&'static str; 3],
    expected: &'static str,
) -> Row {
    Row { name, configuration, category, chosen, excluded, expected }
}

const NO_COUNSEL: &str = "without:counsel without:second-counsel";
const ROWS: &[Row] = &[
    // Nobody excluded.
    row("no choice", "", ["legal", "", ""], "chair alternate-1 alternate-2 | chair |"),
    row("the chair chosen", "", ["legal", "chair", ""], "chair alternate-1 alternate-2 | chair |"),
    row(
        "compliance chosen",
        "",
        ["legal", "compliance", ""],
        "chair alternate-1 compliance alternate-2 | compliance |",
    ),
    row(
        "a supervisor chosen: the committee reads and releases, so it must know",
        "",
        ["legal", "supervisor", ""],
        "chair alternate-1 alternate-2 | chair supervisor | supervisor",
    ),
    row(
        "a supervisor configured to read",
        "",
        ["legal", "reading-supervisor", ""],
        "chair alternate-1 alternate-2 reading-supervisor | reading-supervisor |",
    ),
    row(
        "an investigator made choosable",
        "",
        ["legal", "investigator", ""],
        "chair alternate-1 alternate-2 investigator | investigator |",
    ),
    row(
        "a question",
        "",
        ["question", "compliance", ""],
        "chair alternate-1 compliance alternate-2 | compliance |",
    ),
    row("not sure", "", ["not_sure", "", ""], "chair alternate-1 alternate-2 | chair |"),
    row(
        "pressure steers, it does not forbid",
        "",
        ["pressure", "supervisor", ""],
        "chair alternate-1 alternate-2 | chair supervisor | supervisor",
    ),
    // Committee alone.
    row("committee alone, no choice", "", ["accounting", "", ""], "chair alternate-1 alternate-2 | chair |"),
    row(
        "committee alone, the chair chosen",
        "",
        ["disclosure", "chair", ""],
        "chair alternate-1 alternate-2 | chair |",
    ),
    row(
        "committee alone, compliance chosen: told, not granted",
        "",
        ["accounting", "compliance", ""],
        "chair alternate-1 alternate-2 | chair compliance | compliance",
    ),
    row(
        "committee alone beats a reading supervisor",
        "",
        ["management_fraud", "reading-supervisor", ""],
        "chair alternate-1 alternate-2 | chair reading-supervisor | reading-supervisor",
    ),
    row(
        "committee alone, supervisor",
        "",
        ["audit_obstruction", "supervisor", ""],
        "chair alternate-1 alternate-2 | chair supervisor | supervisor",
    ),
    // The chair excluded.
    row("about the chair", "", ["legal", "", "chair"], "alternate-1 alternate-2 | alternate-1 |"),
    row(
        "about the chair, compliance chosen",
        "",
        ["legal", "compliance", "chair"],
        "alternate-1 compliance alternate-2 | compliance |",
    ),
    row(
        "accounting about the chair, compliance chosen: the alternate in the chair's place",
        "",
        ["accounting", "compliance", "chair"],
        "alternate-1 alternate-2 | alternate-1 compliance | compliance",
    ),
    row(
        "about the chair, supervisor chosen",
        "",
        ["legal", "supervisor", "chair"],
        "alternate-1 alternate-2 | alternate-1 supervisor | supervisor",
    ),
    // An alternate excluded.
    row("about an alternate", "", ["legal", "", "alternate-1"], "chair alternate-2 | chair |"),
    row(
        "about chair and first alternate",
        "",
        ["accounting", "", "chair alternate-1"],
        "alternate-2 | alternate-2 |",
    ),
    // The whole committee excluded.
    row("about the committee", "", ["legal", "", "chair alternate-1 alternate-2"], "counsel | counsel |"),
    row(
        "accounting about the committee",
        "",
        ["accounting", "", "chair alternate-1 alternate-2"],
        "counsel | counsel |",
    ),
    row(
        "about the committee, compliance chosen: counsel reads and is told as well",
        "",
        ["legal", "compliance", "chair alternate-1 alternate-2"],
        "compliance counsel | compliance counsel |",
    ),
    row(
        "accounting about the committee, compliance chosen",
        "",
        ["accounting", "compliance", "chair alternate-1 alternate-2"],
        "counsel | compliance counsel | compliance",
    ),
    row(
        "about the committee, no counsel",
        NO_COUNSEL,
        ["legal", "", "chair alternate-1 alternate-2"],
        "nobody can read",
    ),
    row(
        "about the committee, no counsel, compliance chosen: it reads",
        NO_COUNSEL,
        ["legal", "compliance", "chair alternate-1 alternate-2"],
        "compliance | compliance |",
    ),
    row(
        "about the committee, no counsel, a supervisor chosen who does not read",
        NO_COUNSEL,
        ["legal", "supervisor", "chair alternate-1 alternate-2"],
        "nobody can read",
    ),
    row(
        "accounting about the committee, no counsel, compliance chosen",
        NO_COUNSEL,
        ["accounting", "compliance", "chair alternate-1 alternate-2"],
        "nobody can read",
    ),
    // Committee and counsel excluded.
    row(
        "about the committee and a counsel: the next counsel",
        "",
        ["legal", "", "chair alternate-1 alternate-2 counsel"],
        "second-counsel | second-counsel |",
    ),
    row(
        "about the committee and both counsel",
        "",
        ["legal", "", "chair alternate-1 alternate-2 counsel second-counsel"],
        "nobody can read",
    ),
    row(
        "about the committee and both counsel, compliance chosen",
        "",
        ["legal", "compliance", "chair alternate-1 alternate-2 counsel second-counsel"],
        "compliance | compliance |",
    ),
    // Others excluded.
    row("about compliance", "", ["legal", "", "compliance"], "chair alternate-1 alternate-2 | chair |"),
    row(
        "about one supervisor, the other chosen",
        "",
        ["legal", "reading-supervisor", "supervisor"],
        "chair alternate-1 alternate-2 reading-supervisor | reading-supervisor |",
    ),
    row("marked twice", "", ["legal", "", "chair chair"], "alternate-1 alternate-2 | alternate-1 |"),
    // Keys missing.
    row(
        "compliance chosen without a key: told, and so is someone who can read",
        "keyless:compliance",
        ["legal", "compliance", ""],
        "chair alternate-1 alternate-2 | chair compliance | compliance",
    ),
    row(
        "the chair without a key, no choice",
        "keyless:chair",
        ["legal", "", ""],
        "alternate-1 alternate-2 | alternate-1 |",
    ),
    row(
        "the chair without a key, chosen",
        "keyless:chair",
        ["legal", "chair", ""],
        "alternate-1 alternate-2 | chair alternate-1 | chair",
    ),
    row(
        "a committee without keys: counsel",
        "keyless:chair keyless:alternate-1 keyless:alternate-2",
        ["accounting", "", ""],
        "counsel | counsel |",
    ),
    row(
        "about the only committee recipient with a key: counsel",
        "keyless:alternate-1 keyless:alternate-2",
        ["legal", "", "chair"],
        "counsel | counsel |",
    ),
    row(
        "the first counsel without a key",
        "keyless:counsel",
        ["legal", "", "chair alternate-1 alternate-2"],
        "second-counsel | second-counsel |",
    ),
    row(
        "no key anywhere that matters",
        "keyless:chair keyless:alternate-1 keyless:alternate-2 keyless:counsel keyless:second-counsel",
        ["legal", "", ""],
        "nobody can read",
    ),
    // Refused.
    row("chosen and excluded", "", ["legal", "compliance", "compliance"], "excluded and chosen: compliance"),
    row("the chair chosen and excluded", "", ["accounting", "chair", "chair"], "excluded and chosen: chair"),
    row("an alternate chosen", "", ["legal", "alternate-1", ""], "not choosable: alternate-1"),
    row("counsel chosen", "", ["legal", "counsel", ""], "not choosable: counsel"),
    row("an unknown one chosen", "", ["legal", "ghost", ""], "unknown: ghost"),
    row("an unknown one excluded", "", ["legal", "", "chair ghost"], "unknown: ghost"),
];

#[test]
fn one_row_per_situation() {
    for row in ROWS {
        let excluded: Vec<String> = row.excluded.split_whitespace().map(str::to_owned).collect();
        let choice = Choice {
            category: Category::parse(row.category).unwrap(),
            chosen: Some(row.chosen).filter(|id| !id.is_empty()),
            excluded: &excluded,
        };
        let found = match route(&configured(row.configuration), &choice) {
            Ok(route) => {
                let addressed = route.addressed.unwrap_or_default();
                let text = format!("{} | {} | {addressed}", route.granted.join(" "), route.told.join(" "));
                text.trim_end().to_owned()
            }
            Err(RoutingError::NobodyCanRead) => "nobody can read".to_owned(),
            Err(RoutingError::UnknownRecipient(id)) => format!("unknown: {id}"),
            Err(RoutingError::NotChoosable(id)) => format!("not choosable: {id}"),
            Err(RoutingError::ExcludedAndChosen(id)) => format!("excluded and chosen: {id}"),
        };
        assert_eq!(found, row.expected, "{}", row.name);
    }
}

#[test]
fn all_thirteen_categories_route_by_their_class() {
    let recipients = configured("");
    for category in Category::ALL {
        let choice = Choice { category, chosen: Some("compliance"), excluded: &[] };
        let route = route(&recipients, &choice).unwrap();
        let reads = route.granted.contains(&"compliance".to_owned());
        assert_eq!(reads, !category.committee_only(), "{category:?}");
        assert_eq!(route.told.contains(&"chair".to_owned()), category.committee_only(), "{category:?}");
    }
}

/// Any configuration of up to eight recipients, with or without keys.
fn any_recipients() -> impl Strategy<Value = Recipients> {
    let one = (select(RecipientKind::ALL.to_vec()), any::<[bool; 3]>());
    prop::collection::vec(one, 0..8).prop_map(|all| {
        let recipient =
            |(at, (kind, [has_key, choosable, reads])): (usize, (RecipientKind, [bool; 3]))| Recipient {
                public_key: has_key.then(key),
                choosable,
                reads,
                ..recipient(&format!("recipient-{at}"), kind)
            };
        Recipients::new(all.into_iter().enumerate().map(recipient).collect())
    })
}

fn any_choice() -> impl Strategy<Value = (Recipients, Category, Option<String>, Vec<String>)> {
    any_recipients().prop_flat_map(|recipients| {
        let ids: Vec<String> = recipients.iter().map(|each| each.id.clone()).collect();
        let mut choosable = ids.clone();
        choosable.push("ghost".to_owned());
        let excluded = subsequence(ids.clone(), 0..=ids.len());
        (Just(recipients), select(Category::ALL.to_vec()), prop::option::of(select(choosable)), excluded)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_configured_and_chosen((recipients, category, chosen, excluded) in any_choice()) {
        let choice = Choice { category, chosen: chosen.as_deref(), excluded: &excluded };
        let Ok(route) = route(&recipients, &choice) else { return Ok(()) };
        let order: Vec<&String> = recipients.iter().map(|each| &each.id).collect();
        let place = |id: &String| order.iter().position(|each| *each == id);

        // Nobody whom the report is about is anywhere.
        for id in route.granted.iter().chain(&route.told).chain(&route.addressed) {
            prop_assert!(!excluded.contains(id), "{id} is excluded");
            prop_assert!(recipients.get(id).is_some());
        }
        // Somebody reads, each reader has a key, and somebody who is told can read.
        prop_assert!(!route.granted.is_empty());
        prop_assert!(route.granted.iter().all(|id| recipients.get(id).is_some_and(Recipient::has_key)));
        prop_assert!(route.told.iter().any(|id| route.granted.contains(id)));
        // In the order of the configuration, none twice.
        for list in [&route.granted, &route.told] {
            prop_assert!(list.iter().map(place).is_sorted_by(|one, next| one < next));
        }
        // Every committee recipient who may and can read does.
        for member in recipients.committee().filter(|each| each.has_key() && !excluded.contains(&each.id)) {
            prop_assert!(route.granted.contains(&member.id));
        }
        // The chosen one is told, and is addressed exactly when it cannot read.
        if let Some(chosen) = &chosen {
            prop_assert!(route.told.contains(chosen));
            prop_assert_eq!(route.addressed.as_ref() == Some(chosen), !route.granted.contains(chosen));
        } else {
            prop_assert_eq!(&route.addressed, &None);
        }
        // What is for the committee alone is read by the committee alone, or by counsel in its place.
        if category.committee_only() {
            for id in &route.granted {
                let kind = recipients.get(id).map(|each| each.kind);
                prop_assert!(matches!(kind, Some(RecipientKind::Committee | RecipientKind::Counsel)));
            }
        }
    }
}
