//! Pages that are the same for everyone, written out once at the start: no request can make them slow.

use super::answer::fresh_page;
use super::pages::{CheckPage, ClosedPage, FilesView, Page, PrivacyPage, ReportPage, StartPage, assets};
use crate::domain::report::Draft;
use crate::domain::status::CaseKind;
use crate::web::AppState;
use crate::web::prepared::Prepared;
use crate::web::texts::Texts;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use candor_crypto::RetrievalToken;
use std::collections::HashMap;

/// Stands where the hidden field's value goes; no text of ours contains it.
const PLACE: &str = "0000000000000000000000";

/// All of them.
pub struct StaticPages {
    start: Prepared,
    privacy: Prepared,
    check: Prepared,
    style: Prepared,
    icon: Prepared,
    scripts: HashMap<String, Prepared>,
    concern: FormPage,
    question: FormPage,
}

/// An empty form, cut where the hidden value goes. `None` while nobody could read a report.
struct FormPage(Option<(String, String)>);

impl FormPage {
    fn render(state: &AppState, kind: CaseKind) -> Self {
        if !state.recipients.readable() {
            return Self(None);
        }
        let html = ReportPage {
            texts: Texts::default(),
            site: &state.site,
            recipients: &state.recipients,
            draft: &Draft::new(kind),
            problems: &[],
            notice: None,
            files: FilesView::empty(state.most_files, state.largest_file),
            form_value: PLACE,
        }
        .html();
        Self(html.split_once(PLACE).map(|(before, after)| (before.to_owned(), after.to_owned())))
    }

    fn send(&self, request: &HttpRequest, state: &AppState) -> HttpResponse {
        let Some((before, after)) = &self.0 else { return closed(state) };
        let token = RetrievalToken::generate(&mut crate::randomness::system());
        let value = URL_SAFE_NO_PAD.encode(token.as_bytes());
        fresh_page(request, [before.as_str(), value.as_str(), after.as_str()].concat())
    }
}

/// The page in place of a form while nobody could read a report.
pub fn closed(state: &AppState) -> HttpResponse {
    super::answer::page(503, ClosedPage { texts: Texts::default(), site: &state.site }.html())
}

impl StaticPages {
    /// Writes all of them out.
    pub fn render(state: &AppState) -> Self {
        let texts = Texts::default();
        let site = &state.site;
        Self {
            start: Prepared::page(StartPage { texts, site }.html()),
            privacy: Prepared::page(PrivacyPage { texts, site, recipients: &state.recipients }.html()),
            check: Prepared::page(
                CheckPage {
                    texts,
                    site,
                    typed: "",
                    problem: None,
                    most_files: state.most_files,
                    largest_file: state.largest_file,
                }
                .html(),
            ),
            style: Prepared::new("text/css; charset=utf-8", assets::STYLE.to_owned()),
            icon: Prepared::new("image/svg+xml", assets::ICON.to_owned()),
            scripts: assets::Scripts::iter()
                .filter_map(|name| {
                    let file = assets::Scripts::get(&name)?;
                    Some((
                        name.into_owned(),
                        Prepared::new("text/javascript; charset=utf-8", file.data.into_owned()),
                    ))
                })
                .collect(),
            concern: FormPage::render(state, CaseKind::Concern),
            question: FormPage::render(state, CaseKind::Question),
        }
    }
}

/// `GET /`
pub async fn start(request: HttpRequest, pages: web::Data<StaticPages>) -> HttpResponse {
    pages.start.send(&request)
}

/// `GET /privacy`
pub async fn privacy(request: HttpRequest, pages: web::Data<StaticPages>) -> HttpResponse {
    pages.privacy.send(&request)
}

/// `GET /check`
pub async fn check(request: HttpRequest, pages: web::Data<StaticPages>) -> HttpResponse {
    pages.check.send(&request)
}

/// `GET /report`
pub async fn concern(
    request: HttpRequest,
    pages: web::Data<StaticPages>,
    state: web::Data<AppState>,
) -> HttpResponse {
    pages.concern.send(&request, &state)
}

/// `GET /ask`
pub async fn question(
    request: HttpRequest,
    pages: web::Data<StaticPages>,
    state: web::Data<AppState>,
) -> HttpResponse {
    pages.question.send(&request, &state)
}

/// `GET /assets/reporter.css`
pub async fn style(request: HttpRequest, pages: web::Data<StaticPages>) -> HttpResponse {
    pages.style.send(&request)
}

/// `GET /assets/icon.svg`
pub async fn icon(request: HttpRequest, pages: web::Data<StaticPages>) -> HttpResponse {
    pages.icon.send(&request)
}

/// `GET /assets/{name}`: the parts of the script.
pub async fn script(
    request: HttpRequest,
    name: web::Path<String>,
    pages: web::Data<StaticPages>,
    state: web::Data<AppState>,
) -> HttpResponse {
    match pages.scripts.get(name.as_str()) {
        Some(script) => script.send(&request),
        None => super::answer::not_found(state).await,
    }
}
