//! JKS and JCEKS; what is read is written and read again.

#![no_main]

use certmimic::pki::jks::{Format, read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes, Some("changeit"));
    let Ok(entries) = read(bytes, None) else { return };
    for format in [Format::Jks, Format::Jceks] {
        // An alias can become too long when it is made lower case.
        let Ok(written) = write(format, &entries, None) else { continue };
        assert!(read(&written, None).is_ok());
    }
});
