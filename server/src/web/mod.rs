//! The route table. `reporter` and `console` are two applications that share nothing but the store.

pub mod arrival;
pub mod console;
pub mod flood;
pub mod headers;
pub mod prepared;
pub mod reporter;
pub mod request_head;
pub mod request_log;
pub mod texts;

use crate::blobs::Blobs;
use crate::clock::Clock;
use crate::domain::calendar::WorkingDays;
use crate::domain::recipient::Recipients;
use crate::store::Store;
use actix_web::{HttpResponse, web};
use candor_crypto::record::RecordPublicKey;
use reporter::pages::Site;
use std::sync::Arc;
use tokio::sync::Notify;

/// What handlers work with.
pub struct AppState {
    /// What every page shows of the organisation.
    pub site: Site,
    /// Who can receive reports.
    pub recipients: Recipients,
    /// The database.
    pub store: Store,
    /// Object storage, for the contents of attachments.
    pub blobs: Blobs,
    /// The largest file that is taken, in bytes.
    pub largest_file: u64,
    /// The most files that come with one report or message.
    pub most_files: usize,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// On which days people work.
    pub calendar: WorkingDays,
    /// By which anybody can check the heads of the record.
    pub record_key: RecordPublicKey,
    /// Wakes the outbox when a notice was written.
    pub wake_outbox: Arc<Notify>,
    /// How notices leave: `smtp`, or `folder` or `memory` where no mail server is configured.
    pub mail_transport: &'static str,
    /// Seconds of one mail batch; 0 sends at once.
    pub batch_seconds: i64,
}

impl AppState {
    /// The start of the mail batch that a notice written now waits for, in unix seconds; 0 means at once. The slot is
    /// all that the outbox keeps of the time.
    pub fn mail_slot(&self) -> i64 {
        if self.batch_seconds <= 0 {
            return 0;
        }
        (self.clock.unix_seconds() / self.batch_seconds + 1) * self.batch_seconds
    }
}

/// Every route of the service.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/healthz", web::get().to(healthz)).configure(console::routes).configure(reporter::routes);
}

/// For load balancers and the container: 200 while the database answers.
async fn healthz(state: web::Data<AppState>) -> HttpResponse {
    match state.store.ping().await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n"),
        Err(_) => {
            HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body("not ready\n")
        }
    }
}
