//! A document in a link: text ⇄ the part of an address after `#`, which no browser sends to any server.
//!
//! `docs/share-links.md` states the format for those who write links by hand or by script. In short: `v1=` and the text,
//! packed by zlib (RFC 1950, <https://www.rfc-editor.org/rfc/rfc1950>) and written in base64url, then `&by=` and the
//! version of Plimsoll; or `text=` and the text, percent-encoded. Whatever was a link once has to open for ever:
//! `tests/links/` holds some to that.
//!
//! Packing itself is left to what is there: a browser has zlib of its own, so that the page need not load another.

mod encoding;
mod markdown;
#[cfg(not(target_arch = "wasm32"))]
mod zlib;

pub use markdown::{Review, markdown};
#[cfg(not(target_arch = "wasm32"))]
pub use zlib::{fragment, open};

use crate::VERSION;
use crate::yaml::tree::MAX_TEXT;
use std::fmt;

/// The parameter with a packed text.
const PACKED: &str = "v1";
/// The parameter with a text as it is.
const PLAIN: &str = "text";
/// The parameter with the version that wrote the link. It comes last, so that a link without it is known to be cut off.
const BY: &str = "by";

/// The longest text that a link carries, in bytes: the largest document that is read.
pub const MAX_BYTES: usize = MAX_TEXT;

/// What a fragment carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// The text itself.
    Plain(String),
    /// The text, packed.
    Packed(Packed),
}

/// A packed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    bytes: Vec<u8>,
    has_end: bool,
}

/// Why a link does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// Something in it is not as it was written.
    Damaged,
    /// Its end is missing.
    CutOff,
    /// The text has more than [`MAX_BYTES`].
    TooLong,
    /// The bytes are no text in UTF-8.
    NotText,
    /// It has a format that only later versions of Plimsoll know.
    Newer {
        /// The version that wrote it, if it says so.
        by: Option<String>,
    },
}

/// What `fragment`, with or without its `#`, carries; nothing if it is not about a document.
///
/// # Errors
/// It is about a document, which cannot be read.
pub fn read(fragment: &str) -> Result<Option<Link>, LinkError> {
    let parameters = || fragment.trim_start_matches('#').split('&').filter_map(|part| part.split_once('='));
    let value = |name| parameters().find(|(found, _)| *found == name).map(|(_, value)| value);
    let by = value(BY).filter(|by| is_version(by));
    if let Some(value) = value(PACKED) {
        // What zlib cannot make smaller it makes at most a thousandth larger.
        if value.len() > MAX_BYTES * 3 / 2 {
            return Err(LinkError::TooLong);
        }
        let has_end = by.is_some();
        let bytes = encoding::from_base64url(value).ok_or(LinkError::of(has_end))?;
        return Ok(Some(Link::Packed(Packed { bytes, has_end })));
    }
    if let Some(value) = value(PLAIN) {
        return text_of(encoding::from_percent(value)).map(|text| Some(Link::Plain(text)));
    }
    if parameters().any(|(name, _)| is_later_format(name)) {
        return Err(LinkError::Newer { by: by.map(str::to_owned) });
    }
    Ok(None)
}

/// The fragment, without its `#`, that carries a text packed by zlib.
pub fn write(packed: &[u8]) -> String {
    format!("{PACKED}={}&{BY}={VERSION}", encoding::to_base64url(packed))
}

/// The bytes of `text` that are to be packed.
///
/// # Errors
/// There are more than a link carries.
pub fn bytes_to_pack(text: &str) -> Result<&[u8], LinkError> {
    if text.len() > MAX_BYTES { Err(LinkError::TooLong) } else { Ok(text.as_bytes()) }
}

impl Packed {
    /// What zlib is to unpack: to at most one byte more than [`MAX_BYTES`], by which more is known to be too much.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text, from what zlib made of the bytes; nothing, if it could not read them.
    ///
    /// # Errors
    /// There is no such text, or it is too long.
    pub fn text(&self, unpacked: Option<Vec<u8>>) -> Result<String, LinkError> {
        text_of(unpacked.ok_or(LinkError::of(self.has_end))?)
    }
}

fn text_of(bytes: Vec<u8>) -> Result<String, LinkError> {
    if bytes.len() > MAX_BYTES {
        return Err(LinkError::TooLong);
    }
    String::from_utf8(bytes).map_err(|_| LinkError::NotText)
}

/// Whether it reads as a version, which is all that a message repeats of a link.
fn is_version(by: &str) -> bool {
    (1..=32).contains(&by.len()) && by.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte))
}

/// `v2`, `v3` and so on.
fn is_later_format(name: &str) -> bool {
    name.strip_prefix('v').and_then(|number| number.parse::<u32>().ok()).is_some_and(|number| number > 1)
}

impl LinkError {
    /// What is wrong with a packed text that cannot be read.
    fn of(has_end: bool) -> Self {
        if has_end { Self::Damaged } else { Self::CutOff }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => f.write_str("This link is damaged: something in it was changed on its way. Copy it again"),
            Self::CutOff => {
                f.write_str("This link is cut off: its end is missing. Copy all of it, or ask for it in another way")
            }
            Self::TooLong => write!(f, "This is too long for a link: a document has at most {} MiB", MAX_BYTES >> 20),
            Self::NotText => f.write_str("This link carries no text in UTF-8"),
            Self::Newer { by: Some(by) } => {
                write!(f, "This link was made by Plimsoll {by}; this is {VERSION}, which cannot read it. Open it there")
            }
            Self::Newer { by: None } => {
                write!(f, "This link was made by a later version of Plimsoll; this is {VERSION}, which cannot read it")
            }
        }
    }
}

impl std::error::Error for LinkError {}

/// How far a link of some length gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Any program takes it: at most 2,000 characters, which is as much as the shortest messages have.
    All,
    /// Most programs take it: at most 8,000 characters, which RFC 9110 recommends to support at least
    /// (<https://www.rfc-editor.org/rfc/rfc9110#section-4.1>).
    Most,
    /// Many programs cut it.
    Few,
}

impl Reach {
    /// The reach of a link of so many characters.
    pub fn of(characters: usize) -> Self {
        match characters {
            0..=2000 => Self::All,
            2001..=8000 => Self::Most,
            _ => Self::Few,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_about_something_else_is_none_of_ours() {
        for fragment in ["", "#", "#plan", "#v=1", "#vx=1", "#by=0.1.0", "#texts=a", "a&b=c"] {
            assert_eq!(read(fragment), Ok(None), "{fragment}");
        }
    }

    #[test]
    fn a_later_format_names_its_version_and_nothing_else() {
        let by = |fragment| match read(fragment) {
            Err(LinkError::Newer { by }) => by,
            other => panic!("{other:?}"),
        };
        assert_eq!(by("#v2=abc&by=1.4.0"), Some("1.4.0".to_owned()));
        assert_eq!(by("#by=2.0.0-rc.1&v17=~"), Some("2.0.0-rc.1".to_owned()));
        for fragment in ["#v2=abc", "#v2=a&by=", "#v2=a&by=<b>", "#v2=a&by=1%20or%20so"] {
            assert_eq!(by(fragment), None, "{fragment}");
        }
    }

    #[test]
    fn plain_text_is_percent_encoded_and_a_plus_is_a_plus() {
        let plain = |fragment| read(fragment).unwrap().unwrap();
        for (fragment, text) in [
            ("#text=services%3A%0A%20%20a%3A%20%7B%7D%0A", "services:\n  a: {}\n"),
            ("#text=a+b", "a+b"),
            ("#text=cpu:%2070%", "cpu: 70%"),
            ("#text=100%zz%2", "100%zz%2"),
            ("#text=%C3%A9é&view=plan", "éé"),
            ("#text=a%26b%3Dc=d", "a&b=c=d"),
            ("#text=", ""),
        ] {
            assert_eq!(plain(fragment), Link::Plain(text.to_owned()), "{fragment}");
        }
        assert_eq!(read("#text=%FF"), Err(LinkError::NotText));
    }

    #[test]
    fn lengths_are_judged_by_what_programs_take() {
        assert_eq!([0, 2000, 2001, 8000, 8001].map(Reach::of), {
            use Reach::{All, Few, Most};
            [All, All, Most, Most, Few]
        });
    }
}
