//! Reading a form with files (RFC 7578), in the order in which the page has its fields.

use super::incoming::{AS_IT_WAS, Intake, NOT_ASKED};
use super::kept::{Kept, KeptUpload};

use crate::domain::file_name;
use crate::web::AppState;
use crate::web::arrival::Patience;
use crate::web::flood;
use crate::web::reporter::body::{BodyError, LARGEST_BODY};
use crate::web::reporter::form::{Form, FormFault};
use crate::web::reporter::posted::from_our_page;
use crate::web::reporter::status;
use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, web};
use candor_crypto::{CaseKey, PublicKey, RetrievalToken};
use futures_util::StreamExt;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The field that holds files.
const FILES: &str = "files";

/// What the form is for, and with it what its files are sealed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A new report: its case begins with the form.
    Report,
    /// A message: its case is the one that the words open.
    Message,
}

/// What files are sealed to.
pub enum SealedTo {
    /// A case that is not stored yet.
    New(CaseKey),
    /// A case that is.
    Existing(Uuid, PublicKey),
}

/// Why a file did not come along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    /// It is larger than is taken.
    TooLarge(String),
    /// There is nothing in it.
    Empty(String),
    /// There are more than are taken.
    TooMany,
    /// It could not be stored.
    NotStored,
    /// There is no room for it just now.
    Busy,
    /// The sender went away.
    Gone,
    /// Files that came before are not there any more: the form lay too long, or was tampered with.
    Lost,
    /// They went with a report that was sent already: somebody went back, and changed the form.
    Sent,
    /// It came before hidden data was to be removed, and is sealed as it was.
    ChooseAgain(String),
    /// The words that come with the message open nothing.
    NoCase,
}

/// The files of a form.
pub struct Chosen {
    /// What they are sealed to; `None` where there are none.
    pub sealed_to: Option<SealedTo>,
    /// All that came, before and now.
    pub uploads: Vec<KeptUpload>,
    /// Which of them go along.
    pub chosen: Vec<bool>,
    /// Whether one that came just now holds something to be looked at before it is sent.
    pub to_look_at: bool,
    /// Why others did not come along.
    pub problems: Vec<FileProblem>,
    /// Whether hidden data is removed.
    pub clean: bool,
    /// Whether names are replaced.
    pub neutral_names: bool,
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            sealed_to: None,
            uploads: Vec::new(),
            chosen: Vec::new(),
            to_look_at: false,
            problems: Vec::new(),
            clean: true,
            neutral_names: false,
        }
    }
}

impl Chosen {
    /// Those that go along.
    pub fn going(&self) -> impl Iterator<Item = &KeptUpload> {
        self.uploads.iter().zip(&self.chosen).filter(|(_, chosen)| **chosen).map(|(upload, _)| upload)
    }

    /// Leaves out the files that went with another report.
    pub fn forget_sent(&mut self) {
        self.sealed_to = None;
        self.uploads.clear();
        self.chosen.clear();
        self.problems.push(FileProblem::Sent);
    }

    /// The hidden field that brings them along when the form comes back.
    pub fn kept(&self) -> Option<Kept> {
        let (case, key) = match self.sealed_to.as_ref()? {
            SealedTo::New(key) => (key.case(), key.carry().to_string()),
            SealedTo::Existing(case, _) => (*case, String::new()),
        };
        (!self.uploads.is_empty()).then(|| Kept { case, key, files: self.uploads.clone() })
    }
}

/// Reads a form with files. Files are sealed and stored as they come; whatever else is wrong with the form, they need not
/// come again.
///
/// # Errors
/// [`BodyError`] where there is nothing to keep.
pub async fn read_form(
    request: &HttpRequest,
    payload: web::Payload,
    state: &AppState,
    target: Target,
) -> Result<(Form, Chosen), BodyError> {
    let mut parts = Multipart::new(request.headers(), payload);
    let mut reading = Reading {
        request,
        state,
        target,
        patience: Patience::begin(),
        received: 0,
        text: 0,
        form: Form::empty(),
        files: Chosen::default(),
    };
    loop {
        let wait = reading.patience.left(reading.received).ok_or(BodyError::Incomplete)?;
        match tokio::time::timeout(wait, parts.next()).await {
            Ok(Some(Ok(field))) => reading.take(field).await?,
            Ok(None) => break,
            Ok(Some(Err(_))) | Err(_) => return Err(BodyError::Incomplete),
        }
    }
    reading.finish().await
}

struct Reading<'a> {
    request: &'a HttpRequest,
    state: &'a AppState,
    target: Target,
    patience: Patience,
    /// Bytes of the whole form so far.
    received: u64,
    /// Bytes of its text fields so far.
    text: usize,
    form: Form,
    files: Chosen,
}

impl Reading<'_> {
    async fn take(&mut self, mut field: Field) -> Result<(), BodyError> {
        let name = field.name().unwrap_or_default().to_owned();
        let sent = field.content_disposition().and_then(|part| part.get_filename()).map(str::to_owned);
        match sent {
            Some(sent) if name == FILES => {
                // Where nothing was chosen, browsers send a file without a name.
                let chosen = !sent.is_empty();
                self.take_file(&mut field, file_name::plain(&sent), chosen).await
            }
            _ => self.take_text(&mut field, &name).await,
        }
    }

    async fn take_text(&mut self, field: &mut Field, name: &str) -> Result<(), BodyError> {
        let mut value = Zeroizing::new(Vec::new());
        loop {
            let wait = self.patience.left(self.received).ok_or(BodyError::Incomplete)?;
            let piece = match tokio::time::timeout(wait, field.next()).await {
                Ok(Some(Ok(piece))) => piece,
                Ok(None) => break,
                Ok(Some(Err(_))) | Err(_) => return Err(BodyError::Incomplete),
            };
            self.received += piece.len() as u64;
            self.text += piece.len();
            if self.text > LARGEST_BODY {
                return Err(BodyError::TooLarge);
            }
            if !flood::charge(self.request, piece.len()).await {
                return Err(BodyError::Incomplete);
            }
            value.extend_from_slice(&piece);
        }
        // An empty part costs something, too.
        self.text += name.len() + 64;
        let (text, whole) = match std::str::from_utf8(&value) {
            Ok(text) => (Zeroizing::new(text.to_owned()), true),
            Err(_) => (Zeroizing::new(String::from_utf8_lossy(&value).into_owned()), false),
        };
        if !whole {
            self.form.fault = self.form.fault.or(Some(FormFault::NotUtf8));
        }
        self.form.push(name, text);
        Ok(())
    }

    async fn take_file(&mut self, field: &mut Field, name: String, chosen: bool) -> Result<(), BodyError> {
        let state = self.state;
        let mut refused = open(state, self.source(), &self.form, &mut self.files).await.err();
        if self.files.sealed_to.is_some()
            && let Some(problem) = refused.take()
        {
            self.problem(problem);
        }
        if self.files.uploads.len() >= state.most_files {
            refused = Some(FileProblem::TooMany);
        }
        let to = match (&self.files.sealed_to, &refused) {
            (Some(SealedTo::New(key)), None) => key.public_key(),
            (Some(SealedTo::Existing(_, key)), None) => key.clone(),
            // Read to its end all the same: what was typed may stand behind it. Sealed to nobody, kept by nobody.
            _ => return self.pass_over(field, refused).await,
        };
        let intake = Intake {
            request: self.request,
            blobs: &state.blobs,
            largest: state.largest_file,
            clean: self.form.value("clean") == "yes",
            patience: &self.patience,
        };
        match intake.take(field, name.clone(), &mut self.received, &to).await {
            Ok(None) if chosen => self.problem(FileProblem::Empty(name)),
            Ok(None) => {}
            Ok(Some(upload)) => {
                self.files.to_look_at |= upload.is_telling();
                self.files.uploads.push(upload);
                self.files.chosen.push(true);
            }
            Err(FileProblem::Gone) => return Err(BodyError::Incomplete),
            Err(problem) => self.problem(problem),
        }
        Ok(())
    }

    async fn pass_over(&mut self, field: &mut Field, refused: Option<FileProblem>) -> Result<(), BodyError> {
        let mut something = false;
        loop {
            let wait = self.patience.left(self.received).ok_or(BodyError::Incomplete)?;
            match tokio::time::timeout(wait, field.next()).await {
                Ok(Some(Ok(piece))) => {
                    something |= !piece.is_empty();
                    self.received += piece.len() as u64;
                }
                Ok(None) => break,
                Ok(Some(Err(_))) | Err(_) => return Err(BodyError::Incomplete),
            }
        }
        // A field in which nothing was chosen is no problem.
        if let (true, Some(problem)) = (something, refused) {
            self.problem(problem);
        }
        Ok(())
    }

    /// What was sealed as it was cannot be cleaned any more: it does not go along behind the back of somebody who has
    /// changed their mind.
    fn leave_out_as_they_were(&mut self) {
        for at in 0..self.files.uploads.len() {
            let upload = &self.files.uploads[at];
            if self.files.chosen[at] && upload.why_not == NOT_ASKED {
                let problem = FileProblem::ChooseAgain(upload.name.clone());
                self.files.chosen[at] = false;
                // Whoever ticks it again has read this.
                AS_IT_WAS.clone_into(&mut self.files.uploads[at].why_not);
                self.problem(problem);
            }
        }
    }

    fn source(&self) -> (Target, bool) {
        (self.target, from_our_page(self.request))
    }

    fn problem(&mut self, problem: FileProblem) {
        if !self.files.problems.contains(&problem) {
            self.files.problems.push(problem);
        }
    }

    async fn finish(mut self) -> Result<(Form, Chosen), BodyError> {
        if !self.form.value("kept").is_empty()
            && self.files.sealed_to.is_none()
            && let Err(problem) = open(self.state, self.source(), &self.form, &mut self.files).await
        {
            self.problem(problem);
        }
        self.files.clean = self.form.value("clean") == "yes";
        self.files.neutral_names = self.form.value("neutral_names") == "yes";
        if self.files.clean {
            self.leave_out_as_they_were();
        }
        // Those that go along: with others it is another report.
        let contents: Vec<&str> = self.files.going().map(|upload| upload.sha256.as_str()).collect();
        self.form.finish(&contents);
        Ok((self.form, self.files))
    }
}

/// Finds out what files are sealed to, once; and takes in those that came before, if the form is `ours`: another site's
/// copy could bring a case key that its maker knows.
async fn open(
    state: &AppState,
    (target, ours): (Target, bool),
    form: &Form,
    files: &mut Chosen,
) -> Result<(), FileProblem> {
    if files.sealed_to.is_some() {
        return Ok(());
    }
    let kept = Kept::read(form.value("kept")).filter(|_| ours);
    let lost = !form.value("kept").is_empty() && kept.is_none();
    let (sealed_to, fits) = match target {
        Target::Report => {
            let resumed = kept.as_ref().and_then(|kept| CaseKey::resume(kept.case, &kept.key).ok());
            let fits = resumed.is_some();
            let fresh = || CaseKey::generate(uuid::Builder::from_random_bytes(rand::random()).into_uuid());
            (SealedTo::New(resumed.unwrap_or_else(fresh)), fits)
        }
        Target::Message => {
            let token = RetrievalToken::parse(form.value("words")).map_err(|_| FileProblem::NoCase)?;
            let found = status::find(state, &token.access_key().hash()).await;
            let case = found.ok().flatten().ok_or(FileProblem::NoCase)?.case;
            let fits = kept.as_ref().is_some_and(|kept| kept.case == case.id);
            (SealedTo::Existing(case.id, case.public_key), fits)
        }
    };
    files.sealed_to = Some(sealed_to);
    let mut gone = lost || (!fits && kept.as_ref().is_some_and(|kept| !kept.files.is_empty()));
    for (number, upload) in (1..).zip(kept.filter(|_| fits).map_or_else(Vec::new, |kept| kept.files)) {
        let there = match crate::blobs::BlobId::parse(&upload.upload) {
            Some(id) => state.blobs.claimable(id).await.is_ok(),
            None => false,
        };
        gone |= !there;
        if there && files.uploads.len() < state.most_files {
            files.chosen.push(form.values("keep").contains(&number.to_string()));
            files.uploads.push(upload);
        }
    }
    if gone { Err(FileProblem::Lost) } else { Ok(()) }
}
