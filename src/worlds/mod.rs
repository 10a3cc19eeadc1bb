//! Worlds: isolated copies of everything.
