//! The emulated surface: one request through a list of steps that can be read top to bottom.
