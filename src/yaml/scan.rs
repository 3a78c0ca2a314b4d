//! Where things end that the parser does not place.

use crate::text::Span;

/// The byte after blanks, line breaks and comments from `at` on.
pub(super) fn skip_blank(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
            Some(b'#') => at += line_length(&bytes[at..]),
            Some(0xEF) if text[at..].starts_with('\u{FEFF}') => at += '\u{FEFF}'.len_utf8(),
            _ => return at,
        }
    }
}

/// The byte after what may stand before a document without `---`: lines that end a document (`...`).
pub(super) fn skip_document_ends(text: &str) -> usize {
    let mut at = skip_blank(text, 0);
    while let (before, [b'.', b'.', b'.', rest @ ..]) = text.as_bytes().split_at(at)
        && matches!(before, [] | [.., b'\n' | b'\r'] | [.., 0xEF, 0xBB, 0xBF])
        && matches!(rest, [] | [b' ' | b'\t' | b'\r' | b'\n', ..])
    {
        at = skip_blank(text, at + 3);
    }
    at
}

/// The byte after an anchor, a tag, or both, as many as `count`, from `at` on, and after what is blank behind each.
pub(super) fn skip_properties(text: &str, mut at: usize, count: usize) -> usize {
    let bytes = text.as_bytes();
    for _ in 0..count {
        if !matches!(bytes.get(at), Some(b'&' | b'!')) {
            break;
        }
        let verbatim = bytes[at..].starts_with(b"!<");
        let ends = |byte: &u8| match byte {
            b' ' | b'\t' | b'\r' | b'\n' => true,
            b',' | b'[' | b']' | b'{' | b'}' => !verbatim,
            _ => false,
        };
        let length = bytes[at..].iter().position(ends).unwrap_or(bytes.len() - at);
        at = skip_blank(text, at + length);
    }
    at
}

/// The text from byte `at` on, in pieces: quoted texts, comments, and the bytes between them. Each has its first byte.
pub(super) fn pieces(text: &str, mut at: usize) -> impl Iterator<Item = (u8, Span)> {
    let bytes = text.as_bytes();
    std::iter::from_fn(move || {
        let start = at;
        let byte = *bytes.get(start)?;
        let before = start.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        at = match byte {
            b'"' | b'\'' if b" \t\r\n,:[{".contains(&before) => quoted_end(text, start),
            b'#' if b" \t\r\n".contains(&before) => start + line_length(&bytes[start..]),
            _ => start + 1,
        };
        Some((byte, Span::new(start, at)))
    })
}

/// The byte after the quoted text that starts at `at`.
pub(super) fn quoted_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.get(at).copied().unwrap_or_default();
    let mut next = at + 1;
    while let Some(byte) = bytes.get(next) {
        match byte {
            b'\\' if quote == b'"' => next += 2,
            b'\'' if quote == b'\'' && bytes.get(next + 1) == Some(&b'\'') => next += 2,
            byte if *byte == quote => return next + 1,
            _ => next += 1,
        }
    }
    text.len()
}

fn line_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len())
}
