//! Taking in a report that was sealed in the browser.

use super::Refusal;
use super::submission::Submission;
use crate::domain::status::CaseKind;
use crate::store::{Received, StoreError};
use crate::web::AppState;
use crate::web::flood::{self, Refused};
use crate::web::reporter::pages::Notice;
use crate::web::reporter::report::confirmation;
use actix_web::{HttpRequest, HttpResponse};

/// Stands for each word on the page that confirms: this server does not know them, the script puts them there.
const UNKNOWN_WORD: &str = "…";

/// Stores it, and answers with the page that confirms it, without the words.
pub async fn receive(request: &HttpRequest, state: &AppState, kind: CaseKind, body: &[u8]) -> HttpResponse {
    if !state.recipients.readable() {
        return Refusal::Closed.answer();
    }
    let Ok(submission) = serde_json::from_slice::<Submission>(body) else {
        return Refusal::Malformed.answer();
    };
    let (access_hash, work) = submission.work();
    let sender = flood::sender(request).with_work(access_hash, work);
    let today = state.clock.today();
    let slot = state.mail_slot();
    let case =
        submission.into_case(kind, &state.recipients, &state.blobs, state.most_files, today, slot).await;
    let case = match case {
        Ok(case) => case,
        Err(refusal) => return refusal.answer(),
    };
    let _turn = match sender.report(body.len()).await {
        Ok(turn) => turn,
        Err(Refused::Crowded) => return Refusal::Crowded(sender.work_to_do()).answer(),
        Err(Refused::NoRoom) => return Refusal::Notice(Notice::Busy).answer(),
    };
    let files = case.attachments.len();
    let day = match state.store.receive(case).await {
        Ok(Received::New) => {
            state.wake_outbox.notify_one();
            today
        }
        Ok(Received::Again { day }) => day,
        Ok(Received::AccessKeyTaken | Received::CaseTaken) => return Refusal::Taken.answer(),
        // The only thing that two reports can be at odds about is an upload.
        Err(StoreError::Conflict) => return Refusal::UploadGone.answer(),
        Err(_) => return Refusal::Notice(Notice::NotStored).answer(),
    };
    confirmation(state, kind, [UNKNOWN_WORD; 12], "", (day, files))
}
