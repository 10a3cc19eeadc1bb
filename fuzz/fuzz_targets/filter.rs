//! `$filter` and `$orderby`, through the gateway; what a filter finds is what it says of each entity alone.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    certmimic_fuzz::filter(text);
});
