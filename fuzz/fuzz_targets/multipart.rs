//! Forms with the boundary `b`.

#![no_main]

use certmimic::http::Form;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let limits = certmimic::http::multipart::Limits { parts: 20, part_bytes: 1000 };
    if let Ok(form) = Form::parse("multipart/form-data; boundary=b", &body.to_vec().into(), limits) {
        assert!(form.parts.len() <= 20 && form.parts.iter().all(|part| part.bytes.len() <= 1000));
    }
});
