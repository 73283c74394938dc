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
        choosable: true,
        reads: false,
    }
}

fn everyone() -> Vec<Recipient> {
    table()
        .recipients
        .into_iter()
        .map(|each| Recipient {
            choosable: each.choosable,
            reads: each.reads,
            ..recipient(&each.id, each.kind)
        })
        .collect()
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

/// One situation of the table that both implementations are held to.
#[derive(serde::Deserialize)]
struct Row {
    name: String,
    /// What is taken away from the table's recipients.
    configuration: String,
    category: String,
    chosen: String,
    excluded: String,
    /// "granted | told | addressed", or the error.
    expected: String,
}

#[derive(serde::Deserialize)]
struct Table {
    recipients: Vec<TableRecipient>,
    rows: Vec<Row>,
}

#[derive(serde::Deserialize)]
struct TableRecipient {
    id: String,
    kind: RecipientKind,
    choosable: bool,
    reads: bool,
}

fn table() -> Table {
    serde_json::from_str(include_str!("routing_table.json")).unwrap()
}

#[test]
fn one_row_per_situation() {
    for row in table().rows {
        let excluded: Vec<String> = row.excluded.split_whitespace().map(str::to_owned).collect();
        let choice = Choice {
            category: Category::parse(&row.category).unwrap(),
            chosen: Some(row.chosen.as_str()).filter(|id| !id.is_empty()),
            excluded: &excluded,
        };
        let found = match route(&configured(&row.configuration), &choice) {
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
fn a_route_that_no_answers_lead_to_is_not_possible() {
    let recipients = configured("");
    let route = |granted: &str, told: &str, addressed: Option<&str>| Route {
        granted: granted.split_whitespace().map(str::to_owned).collect(),
        told: told.split_whitespace().map(str::to_owned).collect(),
        addressed: addressed.map(str::to_owned),
    };
    let possible = |route: &Route| is_possible(&recipients, CaseKind::Concern, route);
    assert!(possible(&route("alternate-1 alternate-2", "alternate-1", None)), "the chair left out");
    for (wrong, found) in [
        ("nobody reads", route("", "chair", None)),
        (
            "a supervisor who does not read",
            route("chair alternate-1 alternate-2 supervisor", "supervisor", None),
        ),
        ("counsel beside the committee", route("chair alternate-1 alternate-2 counsel", "chair", None)),
        ("nobody told", route("chair alternate-1 alternate-2", "", None)),
        ("somebody told for nothing", route("chair alternate-1 alternate-2", "chair compliance", None)),
        ("addressed and granted", route("chair alternate-1 alternate-2", "chair", Some("chair"))),
        ("a stranger", route("chair alternate-1 alternate-2 ghost", "chair", None)),
    ] {
        assert!(!possible(&found), "{wrong}");
    }
    let committee_alone = route("chair alternate-1 alternate-2", "chair compliance", Some("compliance"));
    assert!(possible(&committee_alone));
    assert!(
        !is_possible(&recipients, CaseKind::Question, &committee_alone),
        "no question is for the committee alone"
    );
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

        // A browser that seals the report itself comes to the same, and is believed.
        let kind = if category == Category::Question { CaseKind::Question } else { CaseKind::Concern };
        prop_assert!(is_possible(&recipients, kind, &route));

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
