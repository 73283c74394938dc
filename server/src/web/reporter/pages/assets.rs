//! The files that the pages load: a style sheet, an icon and a script, embedded, and nothing else.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The style sheet, `text/css; charset=utf-8`, under `/assets/reporter.css`.
pub const STYLE: &str = include_str!("../../../../assets/reporter.css");

/// The icon, `image/svg+xml`, under `/assets/icon.svg`.
pub const ICON: &str = include_str!("../../../../assets/icon.svg");

/// Where a page finds the style sheet: the address changes with its content, so that it can be kept for ever.
pub fn style_href() -> &'static str {
    static HREF: LazyLock<String> = LazyLock::new(|| versioned("/assets/reporter.css", STYLE));
    &HREF
}

/// Where a page finds the icon.
pub fn icon_href() -> &'static str {
    static HREF: LazyLock<String> = LazyLock::new(|| versioned("/assets/icon.svg", ICON));
    &HREF
}

/// The script that seals in the browser, in parts, as Vite wrote it. Without it every page works all the same.
#[derive(RustEmbed)]
#[folder = "../console/dist-reporter"]
#[allow_missing = true]
#[include = "*.js"]
pub struct Scripts;

/// The part of the script that pages load; it loads the others where it needs them.
const SCRIPT: &str = "reporter.js";

/// Where a page finds the script; `None` if it was not built.
pub fn script_href() -> Option<&'static str> {
    static HREF: LazyLock<Option<String>> =
        LazyLock::new(|| Scripts::get(SCRIPT).map(|file| versioned("/assets/reporter.js", &file.data)));
    HREF.as_deref()
}

fn versioned(path: &str, content: impl AsRef<[u8]>) -> String {
    let hash = Sha256::digest(content.as_ref());
    format!("{path}?v={}", URL_SAFE_NO_PAD.encode(&hash[..9]))
}
