//! A search for inputs that break a promise: it changes known inputs at random, keeps those that behave in a new way, and
//! goes on from them. It takes no instrumented build, and draws the same numbers every time.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// What is tried: a function that panics on a broken promise, and otherwise tells kinds of behaviour apart.
pub type Target = fn(&[u8]) -> u64;

/// What a search did.
#[derive(Debug)]
pub struct Summary {
    /// How many inputs it tried.
    pub tried: usize,
    /// How many kinds of behaviour it saw.
    pub behaviours: usize,
    /// How long the slowest input took.
    pub slowest: Duration,
}

/// No input grows beyond this, in bytes: larger ones are slow, and rarely different.
const LONGEST: usize = 16 * 1024;

/// Tries all `seeds`, and then searches from them while `goes_on`, which gets the number of inputs tried. The input being
/// tried stands in the file `current`, so that it survives a crash.
///
/// # Errors
/// When that file can't be written.
pub fn search(
    target: Target,
    seeds: &[Vec<u8>],
    goes_on: impl Fn(usize) -> bool,
    current: &Path,
) -> std::io::Result<Summary> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut pool: Vec<Vec<u8>> = Vec::new();
    let mut seen = HashSet::new();
    let mut summary = Summary { tried: 0, behaviours: 0, slowest: Duration::ZERO };
    let mut untouched = seeds.iter();
    loop {
        let input = match untouched.next() {
            Some(unchanged) => unchanged.clone(),
            None if !goes_on(summary.tried) || seeds.is_empty() => break,
            None => mutated(&pool, &mut random),
        };
        fs::write(current, &input)?;
        let start = Instant::now();
        let behaviour = target(&input);
        summary.slowest = summary.slowest.max(start.elapsed());
        summary.tried += 1;
        if seen.insert(behaviour) {
            pool.push(input);
        }
    }
    fs::remove_file(current)?;
    summary.behaviours = seen.len();
    Ok(summary)
}

/// One of `pool`, changed in a few places.
fn mutated(pool: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = pool[random.below(pool.len())].clone();
    for _ in 0..=random.below(4) {
        let start = random.below(input.len() + 1);
        let end = (start + random.below(32)).min(input.len());
        match random.below(6) {
            0 => drop(input.drain(start..end)),
            1 => drop(input.splice(start..end, piece(pool, random))),
            2 => drop(input.splice(start..start, piece(pool, random))),
            3 => {
                let repeated = input[start..end].repeat(1 + random.below(8));
                input.splice(start..start, repeated);
            }
            4 => {
                const SPECIAL: &[u8] = b"\n \t:-,[]{}#&*!|>'\"%@`~?<0\0\xff=_\r";
                input.splice(start..end.min(start + 1), [SPECIAL[random.below(SPECIAL.len())]]);
            }
            _ => {
                if let Some(byte) = input.get_mut(start) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    input.truncate(LONGEST);
    input
}

/// A piece of one of `pool`: of its bytes, or of its lines.
fn piece(pool: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let from = &pool[random.below(pool.len())];
    if random.below(2) == 0 {
        let lines: Vec<&[u8]> = from.split_inclusive(|byte| *byte == b'\n').collect();
        let start = random.below(lines.len() + 1);
        let end = (start + 1 + random.below(4)).min(lines.len());
        return lines.get(start..end).unwrap_or_default().concat();
    }
    let start = random.below(from.len() + 1);
    from[start..(start + random.below(24)).min(from.len())].to_vec()
}

/// Marsaglia's xorshift64.
struct Random(u64);

impl Random {
    /// A number below `end`; 0 if that is 0.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 32).unwrap_or_default() % end.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::search;

    #[test]
    fn the_search_finds_its_way_step_by_step() {
        const TRIES: usize = 8000;
        /// How many letters of a word stand at the beginning: a search that learns nothing would not get far.
        fn depth(input: &[u8]) -> u64 {
            input.iter().zip(b"[[#:-").take_while(|(byte, letter)| byte == letter).count() as u64
        }
        let current = std::env::temp_dir().join(format!("plimsoll-fuzz-{}", std::process::id()));
        let few = |tried| tried < TRIES;
        let summary = search(depth, &[b"seed".to_vec()], few, &current).expect("a folder to write to");
        assert!(summary.behaviours >= 4, "{summary:?}");
        assert!(!current.exists());
    }
}
