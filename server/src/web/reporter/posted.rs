//! What was posted, by who seals it.

use super::body::{BodyError, media_type, read_whole};
use super::files::{Chosen, Target, read_form};
use super::form::Form;
use crate::web::AppState;
use actix_web::{HttpRequest, web};
use zeroize::Zeroizing;

/// What was posted. Wiped when dropped.
pub enum Posted {
    /// A form, as browsers without scripts send it: this server seals it. Its files are sealed already.
    Typed(Form, Chosen),
    /// JSON from our script, which sealed it before it left the browser.
    Sealed(Zeroizing<Vec<u8>>),
}

impl Posted {
    /// Reads the body of `request`.
    ///
    /// # Errors
    /// [`BodyError`] where there is nothing to keep.
    pub async fn read(
        request: &HttpRequest,
        payload: web::Payload,
        state: &AppState,
        target: Target,
    ) -> Result<Self, BodyError> {
        match media_type(request).as_str() {
            "multipart/form-data" => {
                let (form, files) = read_form(request, payload, state, target).await?;
                Ok(Self::Typed(form, files))
            }
            "application/x-www-form-urlencoded" => {
                Ok(Self::Typed(Form::parse(read_whole(request, payload).await?), Chosen::default()))
            }
            "application/json" => Ok(Self::Sealed(read_whole(request, payload).await?)),
            _ => Err(BodyError::WrongType),
        }
    }
}

/// Whether a request comes from our script.
pub fn is_json(request: &HttpRequest) -> bool {
    media_type(request) == "application/json"
}

/// Whether the form was sent by a page of ours, as far as the browser says (Fetch Metadata). A copy on another site could
/// carry a token or a case key that its maker knows; such a report is taken, under secrets of our own making.
pub fn from_our_page(request: &HttpRequest) -> bool {
    request
        .headers()
        .get("sec-fetch-site")
        .is_none_or(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
}
