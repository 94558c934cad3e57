//! Dates of HTTP against the crate httpdate.
#![no_main]

use std::time::{Duration, SystemTime};

libfuzzer_sys::fuzz_target!(|parts: (&str, u32)| {
    let (text, now) = parts;
    let ours = authlete::fuzzing::date(text, now.into());
    // Two digits of a year mean another century there once it is over.
    let Ok(theirs) = httpdate::parse_http_date(text) else { return };
    let is_short = text.contains('-');
    let theirs = theirs.duration_since(SystemTime::UNIX_EPOCH).ok().as_ref().map(Duration::as_secs);
    if let Some(ours) = ours.filter(|_| !is_short) {
        assert_eq!(Some(ours), theirs, "{text}");
    }
    if let Some(theirs) = theirs {
        let again = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(theirs));
        assert_eq!(authlete::fuzzing::date(&again, now.into()), Some(theirs), "{again}");
    }
});
