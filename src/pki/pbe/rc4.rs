//! RC4, which only old PKCS#12 files have.

/// The text XOR the stream of the key.
pub(super) fn decrypt(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut state = State::scheduled(key);
    text.iter().map(|byte| byte ^ state.next()).collect()
}

struct State {
    permutation: [u8; 256],
    i: u8,
    j: u8,
}

impl State {
    fn scheduled(key: &[u8]) -> Self {
        let mut state = Self { permutation: std::array::from_fn(|at| at.to_le_bytes()[0]), i: 0, j: 0 };
        for (i, key) in (0..=u8::MAX).zip(key.iter().cycle()) {
            state.j = state.j.wrapping_add(state.at(i)).wrapping_add(*key);
            state.permutation.swap(i.into(), state.j.into());
        }
        state.j = 0;
        state
    }

    fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.at(self.i));
        self.permutation.swap(self.i.into(), self.j.into());
        self.at(self.at(self.i).wrapping_add(self.at(self.j)))
    }

    fn at(&self, index: u8) -> u8 {
        self.permutation.get(usize::from(index)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6229 section 2, keys of 40 and 128 bits.
    #[test]
    fn streams_of_rfc_6229() {
        assert_eq!(hex::encode(decrypt(&[1, 2, 3, 4, 5], &[0; 16])), "b2396305f03dc027ccc3524a0a1118a8");
        let key: Vec<u8> = (1..=16).collect();
        assert_eq!(hex::encode(decrypt(&key, &[0; 16])), "9ac7cc9a609d1ef7b2932899cde41b97");
    }
}
