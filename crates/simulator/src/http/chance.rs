//! Chance that can be repeated.

/// Says yes with a probability, in an order that depends on the seed alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    probability: f64,
    state: u64,
}

impl Chance {
    pub(super) fn new(probability: f64, seed: u64) -> Self {
        // The state of xorshift must not be zero.
        Self { probability, state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1 }
    }

    pub(super) fn draw(&mut self) -> bool {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        // The upper 53 bits, as a number from 0 up to 1.
        let unit = (self.state >> 11) as f64 / (1_u64 << 53) as f64;
        unit < self.probability
    }
}
