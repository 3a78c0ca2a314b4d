//! The natural logarithm by basic arithmetic: `f64::ln` may give other bits natively than in WebAssembly.

/// The natural logarithm of a positive, normal number, to the bit as Go's `math.Log` computes it, on every platform.
/// Source: <https://github.com/golang/go/blob/go1.26.0/src/math/log.go>, after FreeBSD's `e_log.c`.
#[allow(clippy::many_single_char_names, clippy::similar_names, reason = "the names are those of the source")]
pub fn ln(number: f64) -> f64 {
    const LN2_HI: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
    const LN2_LO: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
    const L1: f64 = f64::from_bits(0x3fe5_5555_5555_5593);
    const L2: f64 = f64::from_bits(0x3fd9_9999_9997_fa04);
    const L3: f64 = f64::from_bits(0x3fd2_4924_9422_9359);
    const L4: f64 = f64::from_bits(0x3fcc_71c5_1d8e_78af);
    const L5: f64 = f64::from_bits(0x3fc7_4664_96cb_03de);
    const L6: f64 = f64::from_bits(0x3fc3_9a09_d078_c69f);
    const L7: f64 = f64::from_bits(0x3fc2_f112_df3e_5244);
    // number = fraction * 2^exponent, with the fraction from 1/2 to 1.
    let bits = number.to_bits();
    let mut exponent = f64::from(u16::try_from(bits >> 52).unwrap_or(0)) - 1022.0;
    let mut fraction = f64::from_bits(bits & 0x000f_ffff_ffff_ffff | 0x3fe0_0000_0000_0000);
    if fraction < std::f64::consts::FRAC_1_SQRT_2 {
        fraction *= 2.0;
        exponent -= 1.0;
    }
    let f = fraction - 1.0;
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let t1 = s2 * (L1 + s4 * (L3 + s4 * (L5 + s4 * L7)));
    let t2 = s4 * (L2 + s4 * (L4 + s4 * L6));
    let r = t1 + t2;
    let half_square = 0.5 * f * f;
    exponent * LN2_HI - ((half_square - (s * (half_square + r) + exponent * LN2_LO)) - f)
}

#[cfg(test)]
mod tests {
    use super::ln;

    #[test]
    fn the_logarithm_is_that_of_go() {
        assert_eq!(ln(1.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(ln(2.0).to_bits(), std::f64::consts::LN_2.to_bits());
        let wholes = (1_u32..6000).map(f64::from);
        for number in wholes.flat_map(|number| [number, 1.0 / number, number * 1e-290, number * 1e290]) {
            let (ours, platform) = (ln(number), number.ln());
            assert!(ours.to_bits().abs_diff(platform.to_bits()) <= 1, "ln {number}: {ours} {platform}");
        }
    }
}
