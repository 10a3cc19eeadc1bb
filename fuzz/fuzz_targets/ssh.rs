//! Private keys of OpenSSH and PuTTY; a key that is read has a public line, or none is defined.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::ssh(bytes));
