//! Whether a name is among raw parameters, against the crate form_urlencoded: it must never be missed.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    const NAME: &str = "code";
    let is_there = form_urlencoded::parse(text.as_bytes()).any(|(name, _)| name == NAME);
    assert!(!is_there || authlete::fuzzing::may_name(text, NAME), "{text}");
});
