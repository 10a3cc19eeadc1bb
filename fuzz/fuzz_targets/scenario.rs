//! Scenarios that come over the network; one that loads is exported, loaded and exported again as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| certmimic_fuzz::scenario(text));
