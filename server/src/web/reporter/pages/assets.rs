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

/// Where a page finds the part of the script that it loads; that part loads the others where it needs them. `None` if the
/// script was not built. Its name holds a hash of its content, and the other parts know it by that name.
pub fn script_href() -> Option<&'static str> {
    static HREF: LazyLock<Option<String>> = LazyLock::new(|| {
        Scripts::iter().find(|name| name.starts_with("reporter-")).map(|name| format!("/assets/{name}"))
    });
    HREF.as_deref()
}

fn versioned(path: &str, content: &str) -> String {
    let hash = Sha256::digest(content.as_bytes());
    format!("{path}?v={}", URL_SAFE_NO_PAD.encode(&hash[..9]))
}
