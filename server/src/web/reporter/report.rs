//! Taking a report in: check, seal, store, and only then show the words.

use super::answer::{error, page};
use super::files::{Chosen, FilesForPage, Target};
use super::form::Form;
use super::pages::{ConfirmationPage, Notice, Page, ReportPage};
use super::posted::{Posted, from_our_page};
use super::sealed;
use super::sealing::{Submission, seal_submission};
use super::static_pages::closed;
use crate::domain::category::Category;
use crate::domain::day::Day;
use crate::domain::deadlines::{CaseDays, Deadlines};
use crate::domain::report::{Draft, FieldProblem, check};
use crate::domain::routing::Route;
use crate::domain::status::CaseKind;
use crate::store::{Received, StoreError};
use crate::web::AppState;
use crate::web::flood;
use crate::web::texts::Texts;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use candor_crypto::{CaseKey, RetrievalToken};
use zeroize::Zeroizing;

/// `POST /report`
pub async fn submit_concern(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<AppState>,
) -> HttpResponse {
    submit(&request, payload, &state, CaseKind::Concern).await
}

/// `POST /ask`
pub async fn submit_question(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<AppState>,
) -> HttpResponse {
    submit(&request, payload, &state, CaseKind::Question).await
}

async fn submit(
    request: &HttpRequest,
    payload: web::Payload,
    state: &AppState,
    kind: CaseKind,
) -> HttpResponse {
    let (form, mut files) = match Posted::read(request, payload, state, Target::Report).await {
        Ok(Posted::Typed(form, files)) => (form, files),
        Ok(Posted::Sealed(body)) => return sealed::receive(request, state, kind, &body).await,
        Err(fault) => return error(&state.site, fault.into()),
    };
    if !state.recipients.readable() {
        return closed(state);
    }
    let draft = read_draft(&form, kind);
    let token = if from_our_page(request) {
        read_token(form.value("form"))
    } else {
        RetrievalToken::generate(&mut crate::randomness::system())
    };
    if let Some(fault) = form.fault {
        return again(state, &draft, &token, &files, &[], Some(fault.into()));
    }
    let (category, route) = match check(&draft, &state.recipients) {
        Ok(accepted) => accepted,
        Err(problems) => return again(state, &draft, &token, &files, &problems, None),
    };
    if !files.problems.is_empty() {
        return again(state, &draft, &token, &files, &[], None);
    }
    if files.to_look_at {
        return again(state, &draft, &token, &files, &[], Some(Notice::LookAtFiles));
    }
    let Ok(_turn) = flood::sender(request).report(form.body().len()).await else {
        return again(state, &draft, &token, &files, &[], Some(Notice::Busy));
    };
    match receive(state, &draft, category, &route, token, &files, form.body()).await {
        Ok((token, day)) => {
            confirmation(state, kind, token.words(), &token.phrase(), (day, files.going().count()))
        }
        Err((token, NotReceived::Notice(notice))) => again(state, &draft, &token, &files, &[], Some(notice)),
        Err((token, NotReceived::FilesSent)) => {
            files.forget_sent();
            again(state, &draft, &token, &files, &[], None)
        }
    }
}

/// Why a report was not taken.
enum NotReceived {
    /// What the page says.
    Notice(Notice),
    /// Its files went with another report: the same form, changed after it was sent.
    FilesSent,
}

fn read_draft(form: &Form, kind: CaseKind) -> Draft {
    let mut draft = Draft::new(kind);
    draft.concerns = form.values("concerns");
    form.value("chosen").clone_into(&mut draft.chosen);
    form.value("category").clone_into(&mut draft.category);
    form.value("narrative").clone_into(&mut draft.narrative);
    form.value("when").clone_into(&mut draft.when);
    form.value("where").clone_into(&mut draft.where_);
    form.value("who_else_knows").clone_into(&mut draft.who_else_knows);
    form.value("how_you_know").clone_into(&mut draft.how_you_know);
    form.value("how_many_know").clone_into(&mut draft.how_many_know);
    draft.confidential = form.value("identity") == "confidential";
    form.value("name").clone_into(&mut draft.name);
    form.value("contact").clone_into(&mut draft.contact);
    draft
}

/// The token that came with the form, so that the same form sent again finds the same case; a fresh one if none did.
fn read_token(value: &str) -> RetrievalToken {
    let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(value).unwrap_or_default());
    match <[u8; 16]>::try_from(bytes.as_slice()) {
        Ok(bytes) => RetrievalToken::from_bytes(bytes),
        Err(_) => RetrievalToken::generate(&mut crate::randomness::system()),
    }
}

/// Seals and stores. What comes back as `Ok` is on disk; otherwise nothing was stored and the token still serves.
async fn receive(
    state: &AppState,
    draft: &Draft,
    category: Category,
    route: &Route,
    mut token: RetrievalToken,
    files: &Chosen,
    body: &[u8],
) -> Result<(RetrievalToken, Day), (RetrievalToken, NotReceived)> {
    let day = state.clock.today();
    let Some(attached) = files.attach(&state.blobs).await else {
        return Err((token, NotReceived::Notice(Notice::NotStored)));
    };
    let fresh = CaseKey::generate(uuid::Builder::from_random_bytes(rand::random()).into_uuid());
    let case_key = files.case_key().unwrap_or(&fresh);
    // A token is taken only where the form came back with another text: one fresh token settles it.
    for _ in 0..3 {
        let submission = Submission {
            draft,
            category,
            route,
            token: &token,
            case_key,
            files: &attached,
            body,
            day,
            slot: state.mail_slot(),
        };
        let Ok(case) = seal_submission(&submission, &state.recipients) else {
            return Err((token, NotReceived::Notice(Notice::NotSealed)));
        };
        match state.store.receive(case).await {
            Ok(Received::New) => {
                state.wake_outbox.notify_one();
                return Ok((token, day));
            }
            Ok(Received::Again { day }) => return Ok((token, day)),
            Ok(Received::AccessKeyTaken) => {
                token = RetrievalToken::generate(&mut crate::randomness::system());
            }
            // The only thing that two reports can be at odds about is an upload.
            Ok(Received::CaseTaken) | Err(StoreError::Conflict) => {
                return Err((token, NotReceived::FilesSent));
            }
            Err(_) => return Err((token, NotReceived::Notice(Notice::NotStored))),
        }
    }
    Err((token, NotReceived::Notice(Notice::NotStored)))
}

/// The page that confirms a report and shows its words.
pub fn confirmation(
    state: &AppState,
    kind: CaseKind,
    words: [&'static str; 12],
    phrase: &str,
    (received, files): (Day, usize),
) -> HttpResponse {
    let deadlines = Deadlines::new(CaseDays::on_receipt(kind, received), &state.calendar);
    let html = ConfirmationPage {
        texts: Texts::default(),
        site: &state.site,
        kind,
        words,
        phrase,
        files,
        received,
        acknowledge_by: deadlines.acknowledge_by,
        result_by: deadlines.result_by(),
    }
    .html();
    page(200, html)
}

/// The form as it was typed, with what stands in the way.
fn again(
    state: &AppState,
    draft: &Draft,
    token: &RetrievalToken,
    files: &Chosen,
    problems: &[FieldProblem],
    notice: Option<Notice>,
) -> HttpResponse {
    let form_value = Zeroizing::new(URL_SAFE_NO_PAD.encode(token.as_bytes()));
    let files = FilesForPage::new(files);
    let html = ReportPage {
        files: files.view(state),
        texts: Texts::default(),
        site: &state.site,
        recipients: &state.recipients,
        draft,
        problems,
        notice,
        form_value: &form_value,
    }
    .html();
    page(notice.map_or(422, Notice::status_code), html)
}
