//! Who watches how far it has got.

/// Somebody who watches.
pub trait Watch {
    /// So many more requests are ahead.
    fn ahead(&self, count: usize);

    /// One is being sent; for which part.
    fn step(&self, part: &str);
}

/// Nobody.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn ahead(&self, _count: usize) {}

    fn step(&self, _part: &str) {}
}
