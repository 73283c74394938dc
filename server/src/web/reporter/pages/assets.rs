//! The files that the pages load: a style sheet and an icon, embedded, and nothing else.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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

fn versioned(path: &str, content: &str) -> String {
    let hash = Sha256::digest(content.as_bytes());
    format!("{path}?v={}", URL_SAFE_NO_PAD.encode(&hash[..9]))
}
