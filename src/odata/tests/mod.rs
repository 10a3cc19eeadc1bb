//! The protocol as a whole: a small service, and what it answers.

#![cfg(test)]

mod bookshelf;
mod properties;
mod protocol;
