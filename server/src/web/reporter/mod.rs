//! The reporter's side. No cookie, no session, no script needed: each step posts what it needs again. Where scripts run,
//! the same addresses take what was sealed in the browser ([`sealed`]).

mod answer;
pub mod body;
pub mod check;
pub mod files;
pub mod form;
pub mod pages;
pub mod posted;
pub mod record;
pub mod record_proof;
pub mod reply_file;
pub mod report;
pub mod sealed;
pub mod sealing;
pub mod static_pages;
pub mod status;
pub mod upload;

use actix_web::guard::{Any, Get, Head};
use actix_web::{Resource, Route, web};
use pages::ErrorKind;

/// The routes of the reporter's pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(page("/").route(read().to(static_pages::start)))
        .service(page("/privacy").route(read().to(static_pages::privacy)))
        .service(page("/record").route(read().to(record::page)))
        .service(page("/record.txt").route(read().to(record::list)))
        .service(
            page("/report")
                .route(read().to(static_pages::concern))
                .route(web::post().to(report::submit_concern)),
        )
        .service(
            page("/ask")
                .route(read().to(static_pages::question))
                .route(web::post().to(report::submit_question)),
        )
        .service(page("/check").route(read().to(static_pages::check)).route(web::post().to(check::look_up)))
        .service(page("/check/message").route(web::post().to(check::add_message)))
        .service(page("/check/record").route(web::post().to(record_proof::save)))
        .service(page("/check/file").route(web::post().to(reply_file::save)))
        .service(page("/upload").route(web::post().to(upload::take)))
        .service(page("/assets/reporter.css").route(read().to(static_pages::style)))
        .service(page("/assets/icon.svg").route(read().to(static_pages::icon)))
        .service(page("/assets/{name}").route(read().to(static_pages::script)))
        .default_service(web::to(answer::not_found));
}

fn page(path: &str) -> Resource {
    web::resource(path).default_service(web::to(answer::method_not_allowed))
}

fn read() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}

impl From<body::BodyError> for ErrorKind {
    fn from(error: body::BodyError) -> Self {
        match error {
            body::BodyError::WrongType => Self::WrongType,
            body::BodyError::TooLarge => Self::TooLarge,
            body::BodyError::Incomplete => Self::TimedOut,
        }
    }
}

impl From<form::FormFault> for pages::Notice {
    fn from(fault: form::FormFault) -> Self {
        match fault {
            form::FormFault::NotUtf8 => Self::NotText,
            form::FormFault::Repeated => Self::Repeated,
            form::FormFault::TooMany => Self::TooMany,
        }
    }
}
