//! The public record: the same for everybody, written out once a day.

use super::answer::error;
use super::pages::record::DAYS;
use super::pages::{ErrorKind, Page, RecordPage};
use crate::domain::record::SignedHead;
use crate::store::StoreError;
use crate::web::AppState;
use crate::web::prepared::Prepared;
use crate::web::texts::Texts;
use actix_web::{HttpRequest, HttpResponse, web};
use std::sync::{Arc, PoisonError, RwLock};

/// The page and the list, as they were when the last day was closed.
#[derive(Default)]
pub struct RecordPages(RwLock<Option<Arc<Written>>>);

struct Written {
    last: Option<SignedHead>,
    page: Prepared,
    list: Prepared,
}

impl RecordPages {
    async fn current(&self, state: &AppState) -> Result<Arc<Written>, StoreError> {
        let last = state.store.last_head().await?;
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(written) = known.filter(|written| written.last == last) {
            return Ok(written);
        }
        let heads = state.store.all_heads().await?;
        let written = Arc::new(Written::new(state, &heads));
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(written.clone());
        Ok(written)
    }
}

impl Written {
    fn new(state: &AppState, heads: &[SignedHead]) -> Self {
        let latest: Vec<_> = heads.iter().rev().take(DAYS).cloned().collect();
        let key = state.record_key;
        let page = RecordPage { texts: Texts::default(), site: &state.site, key, heads: &latest };
        let list = heads.iter().fold(format!("public key {key}\n"), |list, head| list + "\n" + &head.text());
        Self {
            last: heads.last().cloned(),
            page: Prepared::page(page.html()),
            list: Prepared::new("text/plain; charset=utf-8", list),
        }
    }
}

/// `GET /record`
pub async fn page(
    request: HttpRequest,
    pages: web::Data<RecordPages>,
    state: web::Data<AppState>,
) -> HttpResponse {
    match pages.current(&state).await {
        Ok(written) => written.page.send(&request),
        Err(_) => error(&state.site, ErrorKind::Unavailable),
    }
}

/// `GET /record.txt`: every head since the beginning, as `candor log verify --head` takes it.
pub async fn list(
    request: HttpRequest,
    pages: web::Data<RecordPages>,
    state: web::Data<AppState>,
) -> HttpResponse {
    match pages.current(&state).await {
        Ok(written) => written.list.send(&request),
        Err(_) => error(&state.site, ErrorKind::Unavailable),
    }
}
