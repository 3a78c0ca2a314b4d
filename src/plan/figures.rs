//! Amounts of memory in sentences: rounded, but never so far that two that differ look the same.

use crate::quantity::Memory;

const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/// Formats the amount in its largest unit: `156 MiB`, `1.4 GiB`.
pub fn about(amount: Memory) -> String {
    in_unit(amount, largest_unit(amount))
}

/// Formats the amounts from `least` to `most`: `25 to 38 MiB`.
pub fn range(least: Memory, most: Memory) -> String {
    let (least, most) = (about(least), about(most));
    match (least.split_once(' '), most.split_once(' ')) {
        _ if least == most => most,
        (Some((number, unit)), Some((_, same))) if unit == same => format!("{number} to {most}"),
        _ => format!("{least} to {most}"),
    }
}

/// Formats two amounts that are compared, in units that tell them apart.
pub fn pair(one: Memory, other: Memory) -> (String, String) {
    let shown =
        |unit: usize| (in_unit(one, unit.min(largest_unit(one))), in_unit(other, unit.min(largest_unit(other))));
    let units = (1..=largest_unit(one.max(other))).rev();
    units.map(shown).find(|(a, b)| a != b || one == other).unwrap_or_else(|| shown(0))
}

/// Formats a part of a whole: `1.4 of 11.7 GiB`, `160 MiB of 11.7 GiB`.
pub fn part_of(part: Memory, whole: Memory) -> String {
    let (part, whole) = pair(part, whole);
    match (part.split_once(' '), whole.split_once(' ')) {
        (Some((number, unit)), Some((_, same))) if unit == same => format!("{number} of {whole}"),
        _ => format!("{part} of {whole}"),
    }
}

/// Formats the amount in whole MiB, without the unit.
pub fn mib(amount: Memory) -> String {
    ((u128::from(amount.bytes()) + (1 << 19)) >> 20).to_string()
}

fn largest_unit(amount: Memory) -> usize {
    (amount.bytes().checked_ilog2().unwrap_or(0) / 10) as usize
}

/// Whole up to MiB, with a decimal from GiB up unless it is whole.
fn in_unit(amount: Memory, unit: usize) -> String {
    let size = 1_u128 << (10 * unit);
    let bytes = u128::from(amount.bytes());
    if unit < 3 || bytes.is_multiple_of(size) {
        return format!("{} {}", (bytes + size / 2) / size, UNITS[unit]);
    }
    let tenths = (bytes * 10 + size / 2) / size;
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_to_what_a_sentence_needs() {
        for (mib, text) in [(0, "0 B"), (156, "156 MiB"), (1024, "1 GiB"), (1408, "1.4 GiB"), (7992, "7.8 GiB")] {
            assert_eq!(about(Memory::from_mib(mib)), text);
        }
        assert_eq!(about(Memory::from_bytes(u64::MAX)), "8.0 EiB");
    }

    #[test]
    fn amounts_that_differ_look_different() {
        let mib = Memory::from_mib;
        for (part, whole, text) in [
            (mib(1408), mib(11988), "1.4 of 11.7 GiB"),
            (mib(160), mib(11988), "160 MiB of 11.7 GiB"),
            (mib(2561), mib(2560), "2561 of 2560 MiB"),
            (mib(64) + Memory::from_bytes(1), mib(64), "67108865 of 67108864 B"),
            (mib(64), mib(64), "64 of 64 MiB"),
            (Memory::ZERO, mib(2560), "0 B of 2.5 GiB"),
            (Memory::ZERO, Memory::ZERO, "0 of 0 B"),
        ] {
            assert_eq!(part_of(part, whole), text);
        }
    }

    #[test]
    fn a_range_names_a_unit_once() {
        let mib = Memory::from_mib;
        for (least, most, text) in [(25, 38, "25 to 38 MiB"), (25, 25, "25 MiB"), (25, 2048, "25 MiB to 2 GiB")] {
            assert_eq!(range(mib(least), mib(most)), text);
        }
    }
}
