//! Lengths of time.

/// A length of time in the unit that it is counted in: `45 s`, `12 min`, `7 h`, `3 days`.
pub fn about(seconds: u64) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    match seconds {
        0..MINUTE => format!("{seconds} s"),
        MINUTE..HOUR => format!("{} min", (seconds + MINUTE / 2) / MINUTE),
        HOUR..=DAY => format!("{} h", (seconds + HOUR / 2) / HOUR),
        _ => match seconds.saturating_add(DAY / 2) / DAY {
            days @ ..=1 => format!("{days} day"),
            days @ 2..=9999 => format!("{days} days"),
            _ => "years".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_told_in_their_own_unit() {
        for (seconds, text) in
            [(0, "0 s"), (90, "2 min"), (3600, "1 h"), (86_400, "24 h"), (90_000, "1 day"), (200_000, "2 days")]
        {
            assert_eq!(super::about(seconds), text);
        }
    }
}
