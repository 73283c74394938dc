//! The transition table, read from outside.

use std::collections::HashSet;

use super::*;

/// The whole table once more, as a person would draw it: a row per status that the case is in, a
/// mark for each status that may follow, in the order of [`Status::ALL`].
const CONCERN: [(&str, &str); 10] = [
    //                     RAaqIDCNPO   Received Acknowledged assessing question-asked Investigating
    //                                  Deciding Concluded aNswered Passed reOpened
    ("received", "         .xxx......"),
    ("acknowledged", "     ..xxx...x."),
    ("assessing", "        ...xxxx.x."),
    ("question_asked", "   ..x.xxx.x."),
    ("investigating", "    ..xx.xx.x."),
    ("deciding", "         ...xx.x.x."),
    ("concluded", "        .........x"),
    ("answered", "         .........."),
    ("passed", "           .........x"),
    ("reopened", "         ..xxx...x."),
];

const QUESTION: [(&str, &str); 10] = [
    ("received", "         .xxx...x.."),
    ("acknowledged", "     ..xx...xx."),
    ("assessing", "        ...x...xx."),
    ("question_asked", "   ..x....xx."),
    ("investigating", "    .........."),
    ("deciding", "         .........."),
    ("concluded", "        .........."),
    ("answered", "         .........x"),
    ("passed", "           .........x"),
    ("reopened", "         ..xx...xx."),
];

fn drawn(kind: CaseKind, from: Status, to: Status) -> bool {
    let drawing = match kind {
        CaseKind::Concern => CONCERN,
        CaseKind::Question => QUESTION,
    };
    let (code, marks) = drawing[from as usize];
    assert_eq!(code, from.code());
    marks.trim().as_bytes()[to as usize] == b'x'
}

#[test]
fn every_kind_from_to_and_outcome() {
    let outcomes: Vec<Option<Outcome>> =
        std::iter::once(None).chain(Outcome::ALL.into_iter().map(Some)).collect();
    for kind in CaseKind::ALL {
        for from in Status::ALL {
            for to in Status::ALL {
                let possible = drawn(kind, from, to);
                assert_eq!(allowed(kind, from).contains(&to), possible, "{kind:?} {from:?} {to:?}");
                for &outcome in &outcomes {
                    let expected = match (to, outcome) {
                        _ if !possible => Err(TransitionError::NotAllowed { kind, from, to }),
                        (Concluded, None) => Err(TransitionError::OutcomeMissing),
                        (Concluded, Some(outcome @ (Outcome::Answered | Outcome::Referred))) => {
                            Err(TransitionError::OutcomeUnfit { to, outcome })
                        }
                        (Answered, Some(Outcome::Answered))
                        | (Passed, Some(Outcome::Referred))
                        | (Concluded, Some(_))
                        | (_, None) => Ok(()),
                        (to, Some(outcome)) => Err(TransitionError::OutcomeUnfit { to, outcome }),
                    };
                    assert_eq!(
                        check(kind, from, to, outcome),
                        expected,
                        "{kind:?} {from:?} {to:?} {outcome:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_table_has_each_row_once_and_no_status_follows_itself() {
    let mut seen = HashSet::new();
    for row in TRANSITIONS {
        assert!(seen.insert((row.kind, row.from)), "{row:?}");
        let mut to = HashSet::new();
        assert!(row.to.iter().all(|status| to.insert(*status) && *status != row.from), "{row:?}");
        assert!(!row.to.contains(&Received), "nothing is received twice: {row:?}");
    }
}

#[test]
fn each_kind_has_its_own_end() {
    for from in Status::ALL {
        assert!(!allowed(CaseKind::Concern, from).contains(&Answered));
        for never in [Concluded, Investigating, Deciding] {
            assert!(!allowed(CaseKind::Question, from).contains(&never));
        }
    }
}

#[test]
fn every_case_can_end_and_an_end_can_only_be_reopened() {
    for kind in CaseKind::ALL {
        for from in reachable(kind, Received) {
            if from.is_open() {
                assert!(reachable(kind, from).iter().any(|status| !status.is_open()), "{kind:?} {from:?}");
            } else {
                assert_eq!(allowed(kind, from), [Reopened], "{kind:?} {from:?}");
            }
        }
        // No rows for what can never be.
        let seen: HashSet<Status> = reachable(kind, Received).into_iter().collect();
        assert!(TRANSITIONS.iter().filter(|row| row.kind == kind).all(|row| seen.contains(&row.from)));
    }
}

#[test]
fn only_received_leaves_the_acknowledgement_owed() {
    let owed: Vec<Status> = Status::ALL.into_iter().filter(|status| !status.acknowledges()).collect();
    assert_eq!(owed, [Received]);
}

#[test]
fn codes_are_read_back_and_are_the_ones_that_travel() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.code()), Some(status));
        assert_eq!(travelling(status), status.code());
    }
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::parse(outcome.code()), Some(outcome));
        assert_eq!(travelling(outcome), outcome.code());
    }
    for kind in CaseKind::ALL {
        assert_eq!(CaseKind::parse(kind.code()), Some(kind));
        assert_eq!(travelling(kind), kind.code());
    }
    for code in ["", "Received", "received ", "closed"] {
        assert_eq!(Status::parse(code), None);
        assert_eq!(Outcome::parse(code), None);
        assert_eq!(CaseKind::parse(code), None);
    }
}

fn travelling(value: impl Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn reachable(kind: CaseKind, from: Status) -> Vec<Status> {
    let mut seen = vec![from];
    let mut at = 0;
    while at < seen.len() {
        for next in allowed(kind, seen[at]) {
            if !seen.contains(&next) {
                seen.push(next);
            }
        }
        at += 1;
    }
    seen
}

#[test]
fn a_concern_is_assessed_before_it_is_looked_into() {
    let assessed: Vec<_> = Status::ALL.into_iter().filter(|status| status.follows_assessment()).collect();
    assert_eq!(assessed, [Investigating, Deciding, Concluded, Answered, Passed, Reopened]);
}
