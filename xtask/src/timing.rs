//! How long something takes: by the clock, and in processor time, which other programs on the machine change little.

use std::fmt;
use std::fs;
use std::time::{Duration, Instant};

/// Measures one process's children from when it was made.
pub struct Stopwatch {
    process: String,
    start: Instant,
    cpu: Option<Duration>,
}

/// What a stopwatch measured.
#[derive(Clone, Copy, Default)]
pub struct Time {
    /// By the clock.
    pub wall: Duration,
    /// In user and system mode, by processes that have ended. Only Linux tells.
    pub cpu: Option<Duration>,
}

impl Stopwatch {
    /// Starts to measure what this process starts.
    pub fn start() -> Self {
        Self::of("self".to_owned())
    }

    /// Starts to measure what the process with this id starts.
    pub fn of_process(id: u32) -> Self {
        Self::of(id.to_string())
    }

    fn of(process: String) -> Self {
        let cpu = cpu_of_children(&process);
        Self { process, start: Instant::now(), cpu }
    }

    /// Returns the time since the start or the last lap, and starts the next lap.
    pub fn lap(&mut self) -> Time {
        let next = Self::of(std::mem::take(&mut self.process));
        let cpu = next.cpu.zip(self.cpu).map(|(now, before)| now.saturating_sub(before));
        let time = Time { wall: next.start - self.start, cpu };
        *self = next;
        time
    }
}

impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", minutes(self.wall))?;
        match self.cpu {
            Some(cpu) => write!(out, "  {}", minutes(cpu)),
            None => Ok(()),
        }
    }
}

fn minutes(time: Duration) -> String {
    let seconds = time.as_secs_f64().round();
    format!("{:>3.0}:{:02.0}", (seconds / 60.0).floor(), seconds % 60.0)
}

/// The processor time of the ended children of `process`, theirs included.
fn cpu_of_children(process: &str) -> Option<Duration> {
    children_in(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
}

/// Reads `cutime` and `cstime` from the text of `/proc/PID/stat`, see `man 5 proc_pid_stat`.
fn children_in(stat: &str) -> Option<Duration> {
    /// Linux shows programs a clock of 100 ticks a second on every platform that Rust's hosts run on.
    const TICK: Duration = Duration::from_millis(10);
    // The program's name, in parentheses, may hold spaces; the state behind it is field 3.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut times = fields.split(' ').skip(16 - 3).map(str::parse::<u32>);
    let (user, system) = (times.next()?.ok()?, times.next()?.ok()?);
    Some(TICK * user + TICK * system)
}

#[cfg(test)]
mod tests {
    use super::{Time, children_in};
    use std::time::Duration;

    #[test]
    fn times_are_shown_in_minutes() {
        let time = Time { wall: Duration::from_millis(61_400), cpu: Some(Duration::from_millis(119_600)) };
        assert_eq!(time.to_string(), "  1:01    2:00");
        assert_eq!(Time { cpu: None, ..time }.to_string(), "  1:01");
    }

    #[test]
    fn processor_time_is_read_from_linux() {
        let stat = "7 (a ) b) S 1 7 7 0 -1 4194304 100 200 0 0 11 12 1300 47 20 0 1 0 99 0 0";
        assert_eq!(children_in(stat), Some(Duration::from_millis(13_470)));
        assert_eq!(children_in("7 (a) S 1"), None);
    }
}
