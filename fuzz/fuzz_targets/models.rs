//! Texts made up for one of all models, judged as in the tests of the gate.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| authlete::fuzzing::made_up(bytes));
