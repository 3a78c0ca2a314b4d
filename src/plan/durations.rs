//! Lengths of time in sentences.

/// Formats a length of time in its largest unit: `45 s`, `12 min`, `7 h`, `3 days`.
pub(crate) fn roughly(seconds: u64) -> String {
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

/// Formats a length of time as a person writes it: `350 ms`, `2.5 s`, `350 s`, `2 h 57 min`.
pub(crate) fn exactly(millis: u64) -> String {
    match (millis / 1000, millis % 1000) {
        (0, rest @ 1..) => format!("{rest} ms"),
        (whole @ 3600.., _) => match (whole / 3600, whole % 3600 / 60) {
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes} min"),
        },
        (whole, rest) if rest == 0 || whole >= 600 => format!("{whole} s"),
        (whole, rest) => format!("{whole}.{} s", format!("{rest:03}").trim_end_matches('0')),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_told_in_their_own_unit() {
        for (seconds, text) in
            [(0, "0 s"), (90, "2 min"), (3600, "1 h"), (86_400, "24 h"), (90_000, "1 day"), (200_000, "2 days")]
        {
            assert_eq!(super::roughly(seconds), text);
        }
    }
}
