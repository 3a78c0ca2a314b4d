//! Packing where there is no browser to do it.

use super::{Link, LinkError, MAX_BYTES};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

/// The fragment, without its `#`, that carries `text`.
///
/// ```
/// use plimsoll::share::{fragment, open};
///
/// let text = "services: { api: { python: {} } }\n";
/// assert_eq!(open(&fragment(text)?)?.as_deref(), Some(text));
/// # Ok::<(), plimsoll::share::LinkError>(())
/// ```
///
/// # Errors
/// The text has more than [`MAX_BYTES`].
pub fn fragment(text: &str) -> Result<String, LinkError> {
    const SMALLEST: u8 = 10;
    Ok(super::write(&compress_to_vec_zlib(super::bytes_to_pack(text)?, SMALLEST)))
}

/// The text that `fragment`, with or without its `#`, carries; nothing if it is not about a document.
///
/// # Errors
/// It is about a document, which cannot be read.
pub fn open(fragment: &str) -> Result<Option<String>, LinkError> {
    match super::read(fragment)? {
        None => Ok(None),
        Some(Link::Plain(text)) => Ok(Some(text)),
        Some(Link::Packed(packed)) => match decompress_to_vec_zlib_with_limit(packed.bytes(), MAX_BYTES) {
            Ok(bytes) => packed.text(Some(bytes)).map(Some),
            Err(error) if error.status == TINFLStatus::HasMoreOutput => Err(LinkError::TooLong),
            Err(_) => packed.text(None).map(Some),
        },
    }
}
