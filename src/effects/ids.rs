//! Identifiers and randomness that derive from a seed and a count.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A source of identifiers: plain data, so it forks and snapshots with the state that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    seed: u64,
    drawn: u64,
}

impl Ids {
    /// The source for a seed, from its beginning.
    pub const fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    /// The source for a seed after `drawn` draws: to restore an exported state.
    pub const fn resume(seed: u64, drawn: u64) -> Self {
        Self { seed, drawn }
    }

    /// The seed it derives from.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// How many draws there have been.
    pub const fn drawn(&self) -> u64 {
        self.drawn
    }

    /// A generator of its own for one purpose; two draws never share one.
    pub fn rng(&mut self) -> ChaCha20Rng {
        self.drawn += 1;
        generator(self.seed, &self.drawn.to_be_bytes())
    }

    /// The generator that belongs to a name: independent of how much was drawn before, so that adding one
    /// named thing to a scenario changes no other.
    pub fn rng_for(&self, name: &str) -> ChaCha20Rng {
        generator(self.seed, name.as_bytes())
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng().fill_bytes(&mut bytes);
        bytes
    }

    /// A version 4 UUID, lower case (RFC 9562 section 5.4).
    pub fn uuid(&mut self) -> String {
        uuid(self.bytes())
    }

    /// The UUID that belongs to a name, independent of how much was drawn.
    pub fn uuid_for(&self, name: &str) -> String {
        let mut bytes = [0; 16];
        self.rng_for(name).fill_bytes(&mut bytes);
        uuid(bytes)
    }
}

fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = (bytes[6] & 0x0F) | 0x40;
    bytes[8] = (bytes[8] & 0x3F) | 0x80;
    let digits = hex::encode(bytes);
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

fn generator(seed: u64, purpose: &[u8]) -> ChaCha20Rng {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    hash.update(seed.to_be_bytes());
    hash.update(purpose);
    ChaCha20Rng::from_seed(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_identifiers_and_each_draw_another() {
        let (mut one, mut other) = (Ids::new(7), Ids::new(7));
        let first = one.uuid();
        assert_eq!(first, other.uuid());
        assert_ne!(first, one.uuid());
        assert_ne!(first, Ids::new(8).uuid());
        assert_eq!(&first[14..15], "4");
    }
}
