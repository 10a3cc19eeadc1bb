//! The same entity sent in JSON and in Atom: one outcome, one entity.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    certmimic_fuzz::formats(text);
});
