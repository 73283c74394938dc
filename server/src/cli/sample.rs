//! Made-up cases for the demonstration, so that the console and the command line have something to show. They come in
//! by the same sealing as real ones, dated back.

use crate::blobs::Blobs;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::domain::category::Category;
use crate::domain::closing;
use crate::domain::day::Day;
use crate::domain::recipient::Recipients;
use crate::domain::report::{Draft, check};
use crate::domain::status::{self, CaseKind, Outcome, Status};
use crate::store::{Conclusion, Holder, Move, Received, Store};
use crate::web::reporter::files::Attached;
use crate::web::reporter::sealing::{Submission, seal_submission};
use anyhow::{Context, anyhow, bail};
use candor_crypto::{
    AttachmentInfo, CaseKey, ContentSealer, Envelope, Note, PublicKey, Reply, RetrievalToken, seal_note,
    seal_reply,
};
use futures_util::{StreamExt, TryStreamExt};
use serde::Deserialize;
use uuid::Uuid;
use zeroize::Zeroizing;

const CASES: &str = include_str!("../../samples/cases.toml");
const FILES: [(&str, &[u8]); 3] = [
    ("shift-board.png", include_bytes!("../../samples/files/shift-board.png")),
    ("overtime-records.csv", include_bytes!("../../samples/files/overtime-records.csv")),
    ("how-you-are-protected.txt", include_bytes!("../../samples/files/how-you-are-protected.txt")),
];

#[derive(Deserialize)]
struct Samples {
    case: Vec<Sample>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Sample {
    age: i64,
    kind: Option<String>,
    category: String,
    chosen: String,
    #[serde(default)]
    concerns: Vec<String>,
    narrative: String,
    #[serde(default)]
    when: String,
    #[serde(default)]
    r#where: String,
    #[serde(default)]
    who_else_knows: String,
    #[serde(default)]
    how_you_know: String,
    #[serde(default)]
    how_many_know: String,
    #[serde(default)]
    confidential: bool,
    #[serde(default)]
    name: String,
    #[serde(default)]
    contact: String,
    #[serde(default)]
    files: Vec<String>,
    /// `DAYS: STATUS [OUTCOME]` or `DAYS: reply [FILE] TEXT`; the brackets stand there.
    steps: Vec<String>,
}

/// A stored case, as far as its next steps need it.
struct Placed {
    id: Uuid,
    public_key: PublicKey,
    mailbox: PublicKey,
    kind: CaseKind,
    status: Status,
    received: Day,
    replies: u32,
}

/// How many cases are sealed at a time where many are wanted: they share their commits.
const AT_A_TIME: usize = 64;

/// Fills an empty demonstration; one that holds cases is left as it is. Where `at_least` is more than there are samples,
/// they are repeated, further and further back. Answers the words of a case with a reply and a file, to try checking
/// back with.
///
/// # Errors
/// A sentence that says what failed.
pub async fn fill(
    config: &Config,
    store: &Store,
    blobs: &Blobs,
    at_least: usize,
) -> anyhow::Result<Option<Zeroizing<String>>> {
    let recipients = config.recipients();
    let chair = recipients.chair().context("the demonstration has no chair")?;
    let holder = Holder {
        recipient_id: chair.id.clone(),
        public_key: chair.public_key.clone().context("the demonstration's chair has no key")?,
    };
    if !store.list_cases(&holder, None, 1, 0).await?.is_empty() {
        return Ok(None);
    }
    let today = SystemClock::new(config.time_zone()).today();
    let samples: Samples = toml::from_str(CASES)?;
    let further = (samples.case.len()..at_least).map(|number| repeated(&samples.case, number));
    let cases: Vec<Sample> = samples.case.iter().cloned().chain(further).collect();
    let (recipients, holder) = (&recipients, &holder);
    let words: Vec<Option<Zeroizing<String>>> = futures_util::stream::iter(cases)
        .map(|sample| async move {
            let token = RetrievalToken::generate(&mut crate::randomness::system());
            let mut placed = place(&sample, &token, today, recipients, (store, blobs)).await?;
            for step in &sample.steps {
                take_step(step, &mut placed, holder, &chair.title, (store, blobs)).await?;
            }
            let answered_with_file = sample.steps.iter().any(|step| step.contains(": reply ["));
            anyhow::Ok(answered_with_file.then(|| token.phrase()))
        })
        .buffered(AT_A_TIME)
        .try_collect()
        .await?;
    Ok(words.into_iter().flatten().next())
}

/// A sample once more, told apart by its number and received earlier: about thirty in a month, some of them old.
fn repeated(samples: &[Sample], number: usize) -> Sample {
    let mut sample = samples[number % samples.len()].clone();
    sample.narrative = format!("{} (made-up case {})", sample.narrative.trim(), number + 1);
    sample.age += i64::try_from(number - samples.len()).unwrap_or(0) % 2000;
    sample
}

async fn place(
    sample: &Sample,
    token: &RetrievalToken,
    today: Day,
    recipients: &Recipients,
    (store, blobs): (&Store, &Blobs),
) -> anyhow::Result<Placed> {
    let kind = match &sample.kind {
        None => CaseKind::Concern,
        Some(code) => CaseKind::parse(code).with_context(|| format!("{code} is no kind of case"))?,
    };
    let mut draft = Draft::new(kind);
    draft.category.clone_from(&sample.category);
    draft.chosen.clone_from(&sample.chosen);
    draft.concerns.clone_from(&sample.concerns);
    sample.narrative.trim().clone_into(&mut draft.narrative);
    draft.when.clone_from(&sample.when);
    draft.where_.clone_from(&sample.r#where);
    draft.who_else_knows.clone_from(&sample.who_else_knows);
    draft.how_you_know.clone_from(&sample.how_you_know);
    draft.how_many_know.clone_from(&sample.how_many_know);
    draft.confidential = sample.confidential;
    draft.name.clone_from(&sample.name);
    draft.contact.clone_from(&sample.contact);
    let (category, route): (Category, _) =
        check(&draft, recipients).map_err(|_| anyhow!("a sample case is not fit: {}", sample.category))?;
    let received = today.plus_days(-sample.age);
    let case_key = CaseKey::generate(uuid::Uuid::new_v4());
    let mut files = Vec::new();
    for name in &sample.files {
        files.push(attach(name, &[&case_key.public_key()], blobs).await?);
    }
    let submission = Submission {
        draft: &draft,
        category,
        route: &route,
        token,
        case_key: &case_key,
        files: &files,
        body: b"sample",
        day: received,
        slot: 0,
    };
    let mut case = seal_submission(&submission, recipients)?;
    // Old news: nobody is mailed about a sample.
    case.told.clear();
    let placed = Placed {
        id: case.id,
        public_key: case.public_key.clone(),
        mailbox: case.mailbox.clone(),
        kind,
        status: Status::Received,
        received,
        replies: 0,
    };
    match store.receive(case).await? {
        Received::New => Ok(placed),
        _ => bail!("a sample case could not be stored"),
    }
}

/// Seals one of the files and stores it.
async fn attach(name: &str, keys: &[&PublicKey], blobs: &Blobs) -> anyhow::Result<Attached> {
    let (_, content) = FILES
        .iter()
        .find(|(known, _)| *known == name)
        .with_context(|| format!("there is no file {name} among the samples"))?;
    let mut sealer = ContentSealer::new(keys)?;
    let mut blob = blobs.begin().await?;
    blob.write(sealer.seal(content)?).await?;
    let (ending, summary) = sealer.finish();
    for piece in ending {
        blob.write(piece?).await?;
    }
    let mut info = AttachmentInfo::default();
    name.clone_into(&mut info.name);
    info.size = summary.size;
    info.sha256 = summary.sha256_hex();
    if content.starts_with(b"\x89PNG") {
        info.cleaned = vec!["software".to_owned(), "dates".to_owned()];
    }
    Ok(Attached { info, content: blob.finish().await? })
}

async fn take_step(
    step: &str,
    case: &mut Placed,
    holder: &Holder,
    title: &str,
    (store, blobs): (&Store, &Blobs),
) -> anyhow::Result<()> {
    let (days, what) = step.split_once(": ").with_context(|| format!("not a step: {step}"))?;
    let day = case.received.plus_days(days.parse()?);
    if let Some(text) = what.strip_prefix("reply ") {
        case.replies += 1;
        let envelope = Envelope { case: case.id, number: case.replies, day: day.iso() };
        let (file, text) =
            text.strip_prefix('[').and_then(|rest| rest.split_once("] ")).unwrap_or(("", text));
        let (mut attachments, mut contents) = (Vec::new(), Vec::new());
        if !file.is_empty() {
            let attached = attach(file, &[&case.public_key, &case.mailbox], blobs).await?;
            attachments.push(attached.info);
            contents.push(attached.content);
        }
        let reply = Reply {
            recipient: holder.recipient_id.clone(),
            title: title.to_owned(),
            text: text.to_owned(),
            attachments,
        };
        let sealed = seal_reply(&envelope, &reply, &case.public_key, &case.mailbox)?;
        return Ok(store.add_reply(holder.clone(), case.id, case.replies, sealed, contents, day).await?);
    }
    let mut parts = what.split(" | ");
    let what = parts.next().unwrap_or_default();
    let (to, outcome) = what.split_once(' ').unwrap_or((what, ""));
    let to = Status::parse(to).with_context(|| format!("not a status: {to}"))?;
    let outcome = Outcome::parse(outcome).or_else(|| closing::only_disposition(to));
    status::check(case.kind, case.status, to, outcome)?;
    store.mark_opened(holder.clone(), case.id, day).await?;
    let step = Move { from: case.status, to, outcome };
    if to.is_open() {
        store.change_status(holder.clone(), case.id, step, day).await?;
    } else {
        let measures = parts.next().context("an end says what was done")?.split(", ").map(str::to_owned);
        let note = Note {
            recipient: holder.recipient_id.clone(),
            title: title.to_owned(),
            text: parts.next().context("an end says why")?.to_owned(),
            assessment: String::new(),
            conclusion: Some(candor_crypto::Conclusion {
                status: to.code().to_owned(),
                disposition: outcome.map_or("", Outcome::code).to_owned(),
                measures: measures.collect(),
            }),
        };
        let envelope = Envelope { case: case.id, number: 1, day: day.iso() };
        let sealed = seal_note(&envelope, &note, &case.public_key)?;
        // Nobody else is asked: a made-up case waits for nobody.
        let conclusion = Conclusion { number: 1, sealed, may_agree: Vec::new() };
        store.end(holder.clone(), case.id, step, conclusion, day).await?;
    }
    case.status = to;
    Ok(())
}
