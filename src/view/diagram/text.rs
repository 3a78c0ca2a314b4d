//! Text that has to fit into a box of a drawing, which does not cut it by itself.

/// Cuts `words` to `width` in a font of `size`, with an ellipsis if that is not all.
pub fn fitted(words: &str, size: f64, width: f64) -> String {
    if self::width(words, size) <= width {
        return words.to_owned();
    }
    let room = width / size;
    let mut used = advance('…');
    let fits = |letter: &char| {
        used += advance(*letter);
        used <= room
    };
    let kept: String = words.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// The width of `words` in a font of `size`.
pub fn width(words: &str, size: f64) -> f64 {
    words.chars().map(advance).sum::<f64>() * size
}

/// The width of a letter in the widest usual fonts, relative to their size.
fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 0.29,
        ' ' | '.' | ',' | ':' | ';' | '!' | '·' | '/' | '-' => 0.34,
        'f' | 'r' | 't' | 'I' | '(' | ')' => 0.41,
        'm' | 'w' | 'M' | 'W' | '@' | '…' => 0.98,
        'A'..='Z' => 0.71,
        letter if letter.is_ascii() => 0.6,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_whole_and_what_does_not_ends_with_an_ellipsis() {
        assert_eq!(fitted("api", 14.0, 140.0), "api");
        let name = "a-service-with-a-very-long-name-indeed";
        let cut = fitted(name, 14.0, 140.0);
        assert!(cut.ends_with('…') && cut.chars().count() < name.len(), "{cut}");
        assert!(name.starts_with(cut.trim_end_matches('…')));
        assert_eq!(fitted("wide", 14.0, 0.0), "…");
    }
}
