//! Where a case stands, as its reporter reads it.

use super::files::size;
use super::form_field::TextField;
use super::form_problem::ProblemView;
use super::{FilesView, Notice, Site, assets, dates};
use crate::domain::closing::only_disposition;
use crate::domain::deadlines::{Deadlines, Duty};
use crate::domain::record::missed::Missed;
use crate::domain::report::Problem;
use crate::domain::{CaseKind, Day, Outcome, Status};
use crate::web::texts::Texts;
use askama::Template;

/// One line of the history.
pub struct HistoryLine {
    /// The day it happened.
    pub day: Day,
    /// What happened.
    pub event: HistoryEvent,
}

/// What happened to a case, as far as its reporter is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryEvent {
    /// The report was received.
    Received,
    /// Someone who may read it opened it for the first time.
    Opened,
    /// Its status changed.
    Status(Status, Option<Outcome>),
    /// A recipient replied.
    Reply {
        /// The recipient's title; empty for one that is no longer configured.
        title: String,
    },
    /// The reporter added a message.
    OwnMessage,
    /// What was promised by a day was not kept.
    Missed(Missed),
}

/// A file that came with a reply.
#[derive(Clone, Default)]
pub struct ReplyFile {
    /// Its name; empty where our script is to put it.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

impl ReplyFile {
    fn size(&self, texts: Texts) -> String {
        if self.name.is_empty() { String::new() } else { size(texts, self.size) }
    }
}

/// A reply, opened for this one answer.
pub struct ReplyView {
    /// Counts from 1 within the case.
    pub number: u32,
    /// The day it was written.
    pub day: Day,
    /// The title of the recipient who wrote it.
    pub title: String,
    /// What they wrote.
    pub text: String,
    /// The files that came with it.
    pub files: Vec<ReplyFile>,
}

/// `POST /check` with words that opened a case, and `POST /check/message`.
#[derive(Template)]
#[template(path = "reporter/status.html")]
pub struct StatusPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
    /// The 12 words joined by spaces, for the hidden field `words`.
    pub phrase: &'a str,
    /// A concern or a question.
    pub kind: CaseKind,
    /// Where it stands.
    pub status: Status,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The day it was received.
    pub received: Day,
    /// Today: deadlines that have passed are said to have passed.
    pub today: Day,
    /// What is owed and by when.
    pub deadlines: Deadlines,
    /// What happened, oldest first.
    pub history: Vec<HistoryLine>,
    /// The replies, oldest first.
    pub replies: Vec<ReplyView>,
    /// How many replies could not be opened, if any: said, never hidden.
    pub unreadable_replies: usize,
    /// The days on which the reporter added messages, oldest first; never their text.
    pub own_messages: Vec<Day>,
    /// What was typed into the message field; empty after success.
    pub message_draft: &'a str,
    /// What is wrong with it. Answer with 422 where there is any.
    pub message_problem: Option<Problem>,
    /// Why the form came back, where it is not for what was typed.
    pub notice: Option<Notice>,
    /// The number of the next message, for the hidden field `number`.
    pub next_number: u32,
    /// Whether a message was stored just now.
    pub just_added: bool,
    /// The part where files are attached.
    pub files: FilesView<'a>,
    /// The day at whose end the receipt was entered in the public record.
    pub recorded: Option<Day>,
}

/// The longest that a reporter is left without a day to look again, in days.
const LOOK_AGAIN: i64 = 7;

impl<'a> StatusPage<'a> {
    fn title(&self) -> &'static str {
        match self.kind {
            CaseKind::Concern => "status-title-concern",
            CaseKind::Question => "status-title-question",
        }
    }

    fn summary(&self) -> Vec<ProblemView> {
        let typed = self.message_problem.map(|problem| ProblemView::of_message(self.texts, problem));
        typed.into_iter().chain(ProblemView::of_files(&self.files.problems)).collect()
    }

    fn status_name(&self) -> String {
        status_name(self.texts, self.status)
    }

    fn status_text(&self) -> String {
        self.texts.t(&format!("{}-text", status_id(self.status)))
    }

    /// The name of the outcome and its sentence.
    fn outcome(&self) -> Option<(String, String)> {
        // Where an end has but one, the status says it all.
        let outcome = self.outcome.filter(|_| only_disposition(self.status).is_none());
        outcome.map(|outcome| {
            (outcome_name(self.texts, outcome), self.texts.t(&format!("{}-text", outcome_id(outcome))))
        })
    }

    fn unreadable(&self) -> Option<String> {
        (self.unreadable_replies > 0).then(|| self.texts.count("status-unreadable", self.unreadable_replies))
    }

    /// The days of the reporter's messages, each once.
    fn own_days(&self) -> Vec<Day> {
        let mut days = self.own_messages.clone();
        days.dedup();
        days
    }

    fn own_messages(&self) -> Option<String> {
        let count = self.own_messages.len();
        (count > 0).then(|| self.texts.count("status-own-messages", count))
    }

    fn own_messages_why(&self) -> String {
        self.texts.count("status-own-messages-why", self.own_messages.len())
    }

    /// What the reporter can expect and by when; nothing once the case is closed.
    fn expected(&self) -> Vec<String> {
        if !self.status.is_open() {
            return Vec::new();
        }
        let sentence = |by: Day, ahead: &str, late: &str| {
            let id = if by < self.today { late } else { ahead };
            self.texts.t1(id, "day", dates::long(&self.texts, &by))
        };
        let mut sentences = Vec::new();
        if !self.status.acknowledges() {
            let by = self.deadlines.acknowledge_by;
            sentences.push(sentence(by, "status-acknowledge-by", "status-acknowledge-late"));
        } else if let Some(by) = self.deadlines.update_by {
            sentences.push(sentence(by, "status-update-by", "status-update-late"));
        }
        sentences.push(match self.deadlines.answer_by {
            Some(by) => sentence(by, "status-answer-by", "status-answer-late"),
            None => sentence(self.deadlines.feedback_by, "status-feedback-by", "status-feedback-late"),
        });
        sentences
    }

    /// What the public record has of this report.
    fn record_sentence(&self) -> String {
        match self.recorded {
            Some(day) => self.texts.t1("status-record-since", "day", dates::long(&self.texts, &day)),
            // A day is closed when the next one has begun.
            None if self.today.days_since(self.received) > 1 => self.texts.t("status-record-late"),
            None => self.texts.t("status-record-tonight"),
        }
    }

    /// The day to look again: the next deadline, or in a week where all have passed.
    fn next_look(&self) -> Day {
        let acknowledge_by = (!self.status.acknowledges()).then_some(self.deadlines.acknowledge_by);
        [acknowledge_by, self.deadlines.update_by, Some(self.deadlines.result_by())]
            .into_iter()
            .flatten()
            .filter(|&day| day > self.today)
            .min()
            .unwrap_or_else(|| self.today.plus_days(LOOK_AGAIN))
    }

    fn come_back(&self) -> String {
        self.texts.t1("status-come-back", "day", dates::long(&self.texts, &self.next_look()))
    }

    fn message(&self) -> TextField<'a> {
        TextField {
            name: "message",
            label: self.texts.t("status-message"),
            hint: Some(self.texts.t("status-message-hint")),
            problems: self
                .message_problem
                .map(|problem| ProblemView::of_message(self.texts, problem).text)
                .into_iter()
                .collect(),
            rows: 8,
            optional: false,
            prose: true,
            value: self.message_draft,
        }
    }

    fn history_text(&self, event: &HistoryEvent) -> String {
        match event {
            HistoryEvent::Received => self.texts.t("history-received"),
            HistoryEvent::Opened => self.texts.t("history-opened"),
            HistoryEvent::Status(status, None) => status_name(self.texts, *status),
            HistoryEvent::Status(status, Some(outcome)) => self.texts.with(
                "history-outcome",
                &[
                    ("status", &status_name(self.texts, *status)),
                    ("outcome", &outcome_name(self.texts, *outcome)),
                ],
            ),
            HistoryEvent::Reply { title } if title.is_empty() => self.texts.t("history-reply-unsigned"),
            HistoryEvent::Reply { title } => self.texts.t1("history-reply", "title", title),
            HistoryEvent::OwnMessage => self.texts.t("history-own-message"),
            HistoryEvent::Missed(Missed { duty, due }) => {
                let id = match duty {
                    Duty::Acknowledge => "history-missed-acknowledge",
                    Duty::Guidance => "history-missed-answer",
                    Duty::Update => "history-missed-update",
                    _ => "history-missed-feedback",
                };
                self.texts.t1(id, "day", dates::long(&self.texts, due))
            }
        }
    }
}

fn status_id(status: Status) -> String {
    format!("status-{}", status.code().replace('_', "-"))
}

fn status_name(texts: Texts, status: Status) -> String {
    texts.t(&status_id(status))
}

fn outcome_id(outcome: Outcome) -> String {
    format!("outcome-{}", outcome.code().replace('_', "-"))
}

fn outcome_name(texts: Texts, outcome: Outcome) -> String {
    texts.t(&outcome_id(outcome))
}
