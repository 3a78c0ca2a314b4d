//! Time on the timeline: its format, the pace of playback, and the step of a key.

/// The paces of playback: seconds of the simulation per second.
const PACES: [u64; 14] = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
/// The longest that playback takes, in seconds, roughly.
const MOST_SECONDS: u64 = 20;
/// The steps of a key, in milliseconds.
const STEPS: [u64; 10] = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 300_000, 600_000];
/// The most key presses from one end to the other.
const MOST_STEPS: u64 = 150;

/// A time such as `0:24` or `12:05`, or from an hour up `6:00:30`.
pub fn time(millis: u64) -> String {
    let seconds = millis / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The pace at which `until` milliseconds are played.
pub fn pace(until: u64) -> u64 {
    let seconds = until.div_ceil(1000);
    PACES.into_iter().find(|pace| seconds <= pace * MOST_SECONDS).unwrap_or(PACES[PACES.len() - 1])
}

/// A pace in words, such as `2 min a second`.
pub fn pace_label(seconds: u64) -> String {
    match seconds {
        1 => "real time".to_owned(),
        2..60 => format!("{seconds} s a second"),
        60..3600 => format!("{} min a second", seconds / 60),
        _ => format!("{} h a second", seconds / 3600),
    }
}

/// The step of a key for `until` milliseconds.
pub fn step(until: u64) -> u64 {
    STEPS.into_iter().find(|step| until <= step * MOST_STEPS).unwrap_or(STEPS[STEPS.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * 3600 * 1000;

    #[test]
    fn times_read_as_on_a_stopwatch() {
        assert_eq!([0, 999, 24_000, 70_000, 3_599_999].map(time), ["0:00", "0:00", "0:24", "1:10", "59:59"]);
        assert_eq!([3_600_000, DAY].map(time), ["1:00:00", "24:00:00"]);
    }

    #[test]
    fn whatever_its_length_it_is_played_in_seconds() {
        for (until, expected) in [
            (0, "real time"),
            (14_000, "real time"),
            (70_000, "5 s a second"),
            (360_000, "20 s a second"),
            (1_800_000, "2 min a second"),
            (DAY, "2 h a second"),
        ] {
            let pace = pace(until);
            assert_eq!(pace_label(pace), expected);
            assert!(until / 1000 / pace <= MOST_SECONDS, "{until}");
        }
    }

    #[test]
    fn a_key_goes_a_round_time_and_the_end_is_within_reach() {
        assert_eq!([10_000, 70_000, 360_000, 1_800_000, DAY].map(step), [500, 500, 5000, 15_000, 600_000]);
    }
}
