//! Numbers by chance from a seed, the same everywhere.

/// SplitMix64 (<https://doi.org/10.1145/2714064.2660195>).
///
/// Seed 0 draws nothing: all that could vary takes its nominal time, so that times can be followed on paper.
#[derive(Debug, Clone)]
pub(super) struct Random {
    state: u64,
    is_nominal: bool,
}

impl Random {
    pub fn new(seed: u64) -> Self {
        Self { state: seed, is_nominal: seed == 0 }
    }

    /// A time from 0 to less than `period`, in milliseconds, for something that happens every `period`; 0 if nominal.
    pub fn phase(&mut self, period: u64) -> u64 {
        if self.is_nominal { 0 } else { self.next() % period.max(1) }
    }

    /// From 90 to 110 percent of `amount`; itself if nominal.
    pub fn about(&mut self, amount: u64) -> u64 {
        if self.is_nominal {
            return amount;
        }
        let percent = u128::from(90 + self.next() % 21);
        u64::try_from(u128::from(amount) * percent / 100).unwrap_or(u64::MAX)
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of <https://prng.di.unimi.it/splitmix64.c> from this seed.
    #[test]
    fn draws_what_the_published_code_draws() {
        let mut random = Random::new(1_234_567);
        let drawn = [random.next(), random.next(), random.next()];
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn what_is_drawn_stays_within_its_bounds_and_is_nominal_without_a_seed() {
        let mut random = Random::new(7);
        for _ in 0..1000 {
            assert!(random.phase(15_000) < 15_000);
            assert!((900..=1100).contains(&random.about(1000)));
        }
        assert_eq!((random.phase(0), random.about(0)), (0, 0));
        let mut nominal = Random::new(0);
        assert_eq!((nominal.phase(15_000), nominal.about(1000)), (0, 1000));
    }
}
