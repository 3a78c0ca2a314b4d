//! Bytes as characters that an address may hold.

/// The alphabet of base64url (<https://www.rfc-editor.org/rfc/rfc4648#section-5>).
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// In base64url, without padding.
pub fn to_base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        let digit = |place: usize| char::from(ALPHABET[(bits >> (18 - 6 * place) & 63) as usize]);
        text.extend((0..=chunk.len()).map(digit));
    }
    text
}

/// The bytes of a text in base64url; nothing if it is none. The other alphabet of base64, padding, and the line breaks
/// that mail puts in are taken too.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let decoded = from_percent(text);
    let digits = decoded.iter().copied().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=');
    let mut bytes = Vec::with_capacity(decoded.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for digit in digits {
        bits = bits << 6 | u32::from(value(digit)?);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    // A single digit is left over, which is less than a byte.
    (count != 6).then_some(bytes)
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'-' | b'+' => Some(62),
        b'_' | b'/' => Some(63),
        _ => None,
    }
}

/// What is percent-encoded, decoded as browsers do it: a `%` that no two hexadecimal digits follow is itself
/// (<https://url.spec.whatwg.org/#percent-decode>).
pub fn from_percent(text: &str) -> Vec<u8> {
    let mut rest = text.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let [first, after @ ..] = rest {
        let (byte, left) = match after {
            [high, low, left @ ..] if *first == b'%' => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, left),
                _ => (*first, after),
            },
            _ => (*first, after),
        };
        bytes.push(byte);
        rest = left;
    }
    bytes
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_agrees_with_the_standards_examples() {
        // <https://www.rfc-editor.org/rfc/rfc4648#section-10>, and the two digits that differ.
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foobar", "Zm9vYmFy"),
            (b"\xfb\xff\xfe", "-__-"),
        ] {
            assert_eq!(to_base64url(bytes), text);
            assert_eq!(from_base64url(text).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn other_spellings_of_base64_are_read() {
        for text in ["Zm8=", "Z\r\nm8", "Zm%38%3D", " Zm8 "] {
            assert_eq!(from_base64url(text).as_deref(), Some(&b"fo"[..]), "{text}");
        }
        assert_eq!(from_base64url("+//+"), from_base64url("-__-"));
        for text in ["Z", "Zm9vY", "Zm.8", "Zmé8", "Zm8)"] {
            assert_eq!(from_base64url(text), None, "{text}");
        }
    }
}
