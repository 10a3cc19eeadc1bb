//! Scenarios that come over the network.

#![no_main]

use certmimic::scenario::{Source, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = load(&[Source::Sent { text: text.to_owned() }]);
});
