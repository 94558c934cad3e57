//! Any text for one of all models, which the first two bytes choose, judged as in the tests of the gate.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| authlete::fuzzing::any_text(bytes));
