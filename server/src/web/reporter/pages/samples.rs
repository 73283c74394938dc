//! One sample of each page in each of its states, for the tests and for looking at.

use super::*;
use crate::domain::calendar::WorkingDays;
use crate::domain::deadlines::{CaseDays, Deadlines, Duty};
use crate::domain::record::Head;
use crate::domain::record::missed::Missed;
use crate::domain::report::{Draft, FieldProblem, Problem, check};
use crate::domain::{CaseKind, Day, Outcome, Recipient, RecipientKind, Recipients, Status};
use crate::web::reporter::files::FileProblem;
use crate::web::texts::Texts;
use candor_crypto::CaseKey;
use candor_crypto::record::RecordKey;

const WORDS: [&str; 12] = [
    "harvest", "quiet", "lantern", "obey", "marble", "window", "drift", "early", "cotton", "provide",
    "salute", "yellow",
];
const FORM: &str = "c2FtcGxlLXZhbHVlLTIyLW";
const TEXTS: fn() -> Texts = Texts::default;

/// A page under a name that is also its file's.
pub(super) struct Sample {
    pub name: &'static str,
    pub html: String,
}

pub(super) fn site() -> Site {
    Site {
        organisation: "Northwind & Daughters plc".to_owned(),
        leave_url: "https://www.wikipedia.org/".to_owned(),
        onion_url: Some("http://candor2gfqzvhytexample7kq4uwzsjx5n6r3e2bcoq.onion".to_owned()),
        demo: false,
        public_url: "https://report.northwind.example".to_owned(),
    }
}

fn recipient(
    id: &str,
    kind: RecipientKind,
    title: &str,
    key: bool,
    choosable: bool,
    reads: bool,
) -> Recipient {
    Recipient {
        id: id.to_owned(),
        kind,
        title: title.to_owned(),
        email: format!("{id}@northwind.example"),
        public_key: key.then(|| CaseKey::generate(uuid::Uuid::nil()).public_key()),
        choosable,
        reads,
    }
}

/// One recipient of every kind, each with a key.
pub(super) fn recipients_of_every_kind() -> Recipients {
    Recipients::new(
        RecipientKind::ALL.map(|kind| recipient(kind.code(), kind, kind.code(), true, true, false)).into(),
    )
}

pub(super) fn recipients() -> Recipients {
    Recipients::new(vec![
        recipient("chair", RecipientKind::Committee, "Audit Committee chair", true, true, false),
        recipient("alternate", RecipientKind::Committee, "Audit Committee alternate", true, false, false),
        recipient("compliance", RecipientKind::Compliance, "Compliance Office", true, true, false),
        recipient("finance", RecipientKind::Supervisor, "Head of Finance", false, true, false),
        recipient("plant", RecipientKind::Supervisor, "Plant manager, Rotterdam", true, true, true),
        recipient("counsel", RecipientKind::Counsel, "Outside counsel (Okafor & Lind)", true, false, false),
    ])
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A draft in which most things are wrong, with text that would be markup if it were let.
fn wrong_draft() -> Draft {
    let mut draft = Draft::new(CaseKind::Concern);
    draft.concerns = vec!["chair".to_owned()];
    "chair".clone_into(&mut draft.chosen);
    "accounting".clone_into(&mut draft.category);
    " \n".clone_into(&mut draft.narrative);
    draft.when = "since spring ".repeat(100);
    draft.name = "\"><script>alert(1)</script>".to_owned();
    draft
}

/// A draft with nothing wrong in it.
fn good_draft() -> Draft {
    let mut draft = Draft::new(CaseKind::Concern);
    "compliance".clone_into(&mut draft.chosen);
    "pressure".clone_into(&mut draft.category);
    "\nI was told to date three deliveries back to March.\n\nThere was <b>no</b> reason given & no paper."
        .clone_into(&mut draft.narrative);
    "The last two weeks of every quarter".clone_into(&mut draft.when);
    draft.confidential = true;
    "Kim".clone_into(&mut draft.name);
    draft
}

fn report(draft: &Draft, problems: &[FieldProblem], notice: Option<Notice>, site: &Site) -> String {
    report_with(20, draft, problems, notice, site)
}

/// The same where so many files go along.
fn report_with(
    most_files: usize,
    draft: &Draft,
    problems: &[FieldProblem],
    notice: Option<Notice>,
    site: &Site,
) -> String {
    ReportPage {
        texts: TEXTS(),
        site,
        recipients: &recipients(),
        draft,
        problems,
        notice,
        files: FilesView::empty(most_files, 250 << 20),
        form_value: FORM,
    }
    .html()
}

fn confirmation(kind: CaseKind, site: &Site) -> String {
    ConfirmationPage {
        texts: TEXTS(),
        site,
        kind,
        words: WORDS,
        phrase: &WORDS.join(" "),
        files: 3,
        received: day("2026-11-23"),
        acknowledge_by: day("2026-11-30"),
        result_by: day("2027-02-28"),
    }
    .html()
}

fn check_page(typed: &str, problem: Option<TokenProblem>, site: &Site) -> String {
    CheckPage { texts: TEXTS(), site, typed, problem, most_files: 20, largest_file: 250 << 20 }.html()
}

/// A case as it was received, on which each sample builds.
pub(super) fn status(site: &Site, status: Status, outcome: Option<Outcome>) -> StatusPage<'_> {
    let received = day("2026-11-23");
    let acknowledged = status.acknowledges().then(|| day("2026-11-25"));
    StatusPage {
        texts: TEXTS(),
        site,
        phrase: "harvest quiet lantern obey marble window drift early cotton provide salute yellow",
        kind: CaseKind::Concern,
        status,
        outcome,
        received,
        today: day("2026-11-26"),
        deadlines: Deadlines::new(
            CaseDays {
                kind: CaseKind::Concern,
                received,
                acknowledged,
                last_update: None,
                open: status.is_open(),
            },
            &WorkingDays::default(),
        ),
        history: vec![HistoryLine { day: received, event: HistoryEvent::Received }],
        replies: Vec::new(),
        unreadable_replies: 0,
        own_messages: Vec::new(),
        message_draft: "",
        message_problem: None,
        notice: None,
        next_number: 1,
        just_added: false,
        files: FilesView::empty(20, 250 << 20),
        recorded: None,
    }
}

/// The public record after two days.
fn record(site: &Site, days: i64) -> String {
    let key = RecordKey::from_file(&format!("CANDOR-RECORD-KEY-1-{}", "07".repeat(32))).unwrap();
    let head = |at: i64| {
        let head = Head {
            installation: uuid::Uuid::nil(),
            day: day("2026-11-24").plus_days(-at),
            size: 1280 - 64 * at.unsigned_abs(),
            root: [0x5f; 32],
            previous: [0x3a; 32],
        };
        head.sign(&key)
    };
    let heads: Vec<_> = (0..days).map(head).collect();
    RecordPage { texts: TEXTS(), site, key: key.public_key(), heads: &heads }.html()
}

/// A case with everything that can be in one.
fn full_status(site: &Site) -> StatusPage<'_> {
    let line = |text, event| HistoryLine { day: day(text), event };
    let missed = |duty| HistoryEvent::Missed(Missed { duty, due: day("2026-11-30") });
    let title = "Audit Committee chair".to_owned();
    StatusPage {
        recorded: Some(day("2026-11-23")),
        history: vec![
            line("2026-11-23", HistoryEvent::Received),
            line("2026-11-25", HistoryEvent::Opened),
            line("2026-11-25", HistoryEvent::Status(Status::Acknowledged, None)),
            line("2026-11-25", HistoryEvent::Reply { title: title.clone() }),
            line("2026-11-26", HistoryEvent::OwnMessage),
            line("2026-11-30", missed(Duty::Acknowledge)),
            line("2026-11-30", missed(Duty::Update)),
            line("2026-11-30", missed(Duty::Feedback)),
            line("2026-11-30", missed(Duty::Guidance)),
            line("2026-12-01", HistoryEvent::Status(Status::QuestionAsked, None)),
            line("2026-12-01", HistoryEvent::Reply { title: title.clone() }),
        ],
        replies: vec![
            ReplyView {
                number: 1,
                files: Vec::new(),
                day: day("2026-11-25"),
                title: title.clone(),
                text: "Thank you for writing. We have read it and take it seriously.\n\nNobody outside the committee \
                       knows of it."
                    .to_owned(),
            },
            ReplyView {
                number: 2,
                files: vec![
                    ReplyFile { name: "Statement to sign.pdf".to_owned(), size: 48_000 },
                    ReplyFile { name: "Deliveries <b>2026</b>.xlsx".to_owned(), size: 3_412_000 },
                ],
                day: day("2026-12-01"),
                title,
                text: "You write about three deliveries. Do you remember:\n  1. which customers they were for?\n  2. \
                       whether the dates were changed on paper or in the system?\n\n<i>Please do not</i> look anything \
                       up for us."
                    .to_owned(),
            },
        ],
        own_messages: vec![day("2026-11-26"), day("2026-11-26")],
        today: day("2026-12-02"),
        next_number: 3,
        ..status(site, Status::QuestionAsked, None)
    }
}

/// Every page in every state that looks different.
/// A form that came back with a file of every sort.
fn with_files(site: &Site) -> String {
    let why = [
        "unknown_format",
        "encrypted",
        "damaged",
        "too_large",
        "too_many_parts",
        "old_office",
        "not_asked",
        "as_it_was",
    ];
    let codes = |kinds: &[&str]| kinds.iter().map(|&kind| kind.to_owned()).collect::<Vec<_>>();
    let file = |name: &str, size, removed: &[&str], left: &[&str], why_not: &str| KeptFile {
        name: name.to_owned(),
        size,
        removed: codes(removed),
        left: codes(left),
        why_not: why_not.to_owned(),
        chosen: why_not.is_empty(),
    };
    let mut kept = vec![
        file(
            "IMG_0042 <b>.jpg",
            3_412_000,
            &["author", "last_editor", "company", "place", "device"],
            &[],
            "",
        ),
        file("plan.pdf", 48_000, &["serial_number", "dates", "software", "title", "comment"], &["other"], ""),
        file(
            "list.xlsx",
            912,
            &["thumbnail", "revisions", "print_settings", "profile", "identifier"],
            &[],
            "",
        ),
        file("notes.txt", 12, &[], &[], ""),
    ];
    kept.extend(why.map(|why_not| file(why_not, 1, &[], &[], why_not)));
    let problems = [
        FileProblem::TooLarge("film.mp4".to_owned()),
        FileProblem::Empty("notes.txt".to_owned()),
        FileProblem::TooMany,
        FileProblem::NotStored,
        FileProblem::Busy,
        FileProblem::Lost,
        FileProblem::Sent,
        FileProblem::ChooseAgain("plan.pdf".to_owned()),
        FileProblem::NoCase,
    ];
    let files = FilesView {
        kept: &kept,
        neutral_names: true,
        kept_value: "eyJjYXNlIjoiIn0",
        problems: problems.iter().map(|problem| problem.describe(20, 250 << 20, TEXTS())).collect(),
        ..FilesView::empty(20, 250 << 20)
    };
    ReportPage {
        texts: TEXTS(),
        site,
        recipients: &recipients(),
        draft: &good_draft(),
        problems: &[],
        notice: Some(Notice::LookAtFiles),
        files,
        form_value: FORM,
    }
    .html()
}

pub(super) fn all() -> Vec<Sample> {
    let site = site();
    let demo = Site { demo: true, onion_url: None, ..site.clone() };
    let recipients = recipients();
    let wrong = wrong_draft();
    let problems = check(&wrong, &recipients).err().unwrap_or_default();
    let full = full_status(&site);
    let closed_case = StatusPage {
        unreadable_replies: 1,
        ..status(&site, Status::Concluded, Some(Outcome::PartlySubstantiated))
    };
    let late = StatusPage { today: day("2027-04-01"), ..status(&site, Status::Received, None) };
    let added = StatusPage { just_added: true, ..full_status(&site) };
    let refused = StatusPage {
        message_draft: "It was in the system, on a Friday.",
        notice: Some(Notice::NotStored),
        ..full_status(&site)
    };
    let empty =
        StatusPage { message_problem: Some(Problem::Empty), ..status(&site, Status::Assessing, None) };
    let kept = ErrorPage {
        texts: TEXTS(),
        site: &site,
        kind: ErrorKind::NotStored,
        kept: vec![
            KeptText { field: "narrative", text: "First line.\n\nSecond <b>line</b>." },
            KeptText { field: "when", text: "  " },
            KeptText { field: "where", text: "Rotterdam" },
        ],
    };
    let question = |today| StatusPage {
        kind: CaseKind::Question,
        today,
        deadlines: Deadlines::new(
            CaseDays::on_receipt(CaseKind::Question, day("2026-11-23")),
            &WorkingDays::default(),
        ),
        ..status(&site, Status::Received, None)
    };
    let mut samples = vec![
        ("start", StartPage { texts: TEXTS(), site: &site }.html()),
        ("start-demo", StartPage { texts: TEXTS(), site: &demo }.html()),
        ("privacy", PrivacyPage { texts: TEXTS(), site: &site, recipients: &recipients }.html()),
        ("record", record(&site, 14)),
        ("record-none", record(&site, 0)),
        ("closed", ClosedPage { texts: TEXTS(), site: &site }.html()),
        ("report", report(&Draft::new(CaseKind::Concern), &[], None, &site)),
        ("report-wrong", report(&wrong, &problems, None, &site)),
        ("report-not-stored", report(&good_draft(), &[], Some(Notice::NotStored), &site)),
        ("report-files", with_files(&site)),
        ("report-one-file", report_with(1, &Draft::new(CaseKind::Concern), &[], None, &site)),
        ("ask", report(&Draft::new(CaseKind::Question), &[], None, &site)),
        ("confirmation", confirmation(CaseKind::Concern, &site)),
        ("confirmation-question", confirmation(CaseKind::Question, &demo)),
        ("check", check_page("", None, &site)),
        ("check-word", check_page("harvest quite lantern", Some(TokenProblem::Word { position: 2 }), &site)),
        ("check-count", check_page("harvest", Some(TokenProblem::Count { found: 1 }), &site)),
        ("check-unknown", check_page(&WORDS.join(" "), Some(TokenProblem::Unknown), &site)),
        ("status", full.html()),
        (
            "status-received",
            StatusPage { today: day("2026-11-23"), ..status(&site, Status::Received, None) }.html(),
        ),
        ("status-late", late.html()),
        ("status-question", question(day("2026-11-26")).html()),
        ("status-question-late", question(day("2026-12-04")).html()),
        ("status-closed", closed_case.html()),
        ("status-added", added.html()),
        ("status-not-stored", refused.html()),
        ("status-empty", empty.html()),
        ("error-kept", kept.html()),
    ];
    samples.extend(ErrorKind::ALL.map(|kind| {
        let page = ErrorPage { texts: TEXTS(), site: &site, kind, kept: Vec::new() };
        (kind.id(), page.html())
    }));
    samples.into_iter().map(|(name, html)| Sample { name, html }).collect()
}
