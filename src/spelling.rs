//! Guesses which name a person meant.

/// Returns the name of `known` that is similar enough to `written` to be what was meant.
pub fn nearest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = |name: &str| name.replace(['-', '_', ' '], "").to_lowercase();
    let written = Some(written).filter(|written| written.len() <= 64).map(plain)?;
    let (distance, near) = known
        .iter()
        .map(|name| (strsim::osa_distance(&written, &plain(name)), *name))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= near.len().max(3) / 3).then_some(near)
}
