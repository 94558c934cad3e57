//! What holds for any input.

use std::future::Future;
use std::time::{Duration, SystemTime};

use authlete::AuthleteError;
use authlete::funcs::{
    token_operations_auth_token_create_batch_api as create_batch,
    token_operations_auth_token_create_batch_status_api as batch_status_of,
};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{
    BatchKind, ClientType, GrantType, IntrospectionResponseAction, TokenBatchStatusResult, TokenCreateRequest,
};
use http::HeaderValue;
use proptest::prelude::*;

use crate::fake::{Fake, asks, attempts, batch_status, fine, ms, secs, status};

/// Longer than anything asked for here.
const AGES: Duration = Duration::from_secs(10_000 * 365 * 24 * 3_600);

/// Runs on a paused clock.
fn paused<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap().block_on(future)
}

/// Strings of every kind, with those preferred that mean something in a URL.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(prop::sample::select(b"./%?#&=+ 2eE\0\r\n\x7f\\a".as_slice()), 0..6)
            .prop_map(|bytes| String::from_utf8(bytes).unwrap()),
        prop::sample::select(
            &["", ".", "..", "...", "%2e", "%00", "\u{85}", "\u{2028}", "ü", "\u{10ffff}"][..]
        )
        .prop_map(str::to_owned),
    ]
}

/// RFC 3986 section 2.1, in reverse. Anything but unreserved characters and triplets is a failure.
fn decode(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            let digits = std::str::from_utf8(&digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
        } else {
            assert!(byte.is_ascii_alphanumeric() || b"-._~".contains(&byte), "{segment}");
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn refused(value: &str) -> bool {
    matches!(value, "" | "." | "..") || value.chars().any(char::is_control)
}

/// Whether a value is one in white space or quotes.
fn pasted(value: &str) -> bool {
    const QUOTES: &str = "\"'`\u{2018}\u{2019}\u{201a}\u{201b}\u{201c}\u{201d}\u{201e}\u{201f}«»";
    let blank = |letter: char| letter.is_whitespace() || letter == '\u{feff}' || letter == '\u{200b}';
    let around = |letter: char| blank(letter) || QUOTES.contains(letter);
    value.starts_with(around) || value.ends_with(around)
}

proptest! {
    #[test]
    fn path_values_arrive_as_one_segment_or_not_at_all(service in text(), id in text()) {
        let fake = Fake::new(|_| fine());
        let core = fake.core().build().unwrap();
        let request = AuthTokenCreateBatchStatusApiRequest::new(&*id).service_id(&*service);
        let result = paused(batch_status_of(&core, &request, None));
        if refused(&service) || refused(&id) || pasted(&service) {
            let error = result.unwrap_err();
            prop_assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{:?}", error);
            prop_assert_eq!(fake.count(), 0);
        } else {
            result.unwrap();
            let uri = fake.request().uri().clone();
            let segments: Vec<_> = uri.path().split('/').collect();
            let [_, "api", sent_service, "auth", "token", "create", "batch", "status", sent_id] = segments[..]
            else { panic!("{uri}") };
            prop_assert_eq!(decode(sent_service), service);
            prop_assert_eq!(decode(sent_id), id);
            prop_assert_eq!(uri.query(), None);
            prop_assert_eq!(uri.authority().unwrap().as_str(), "us.authlete.com");
        }
    }

    #[test]
    fn query_is_intact_whatever_the_path_value(service in text(), dry_run in any::<bool>()) {
        let fake = Fake::new(|_| fine());
        // As the core's default this time.
        let core = fake.core().service_id(&*service).build();
        prop_assert_eq!(core.is_err(), pasted(&service));
        let Ok(core) = core else { return Ok(()) };
        let request = AuthTokenCreateBatchApiRequest::new([TokenCreateRequest::new("PASSWORD")]).dry_run(dry_run);
        if paused(create_batch(&core, &request, None)).is_err() {
            prop_assert!(refused(&service));
            prop_assert_eq!(fake.count(), 0);
        } else {
            let uri = fake.request().uri().clone();
            let segments: Vec<_> = uri.path().split('/').collect();
            let [_, "api", sent, "auth", "token", "create", "batch"] = segments[..] else { panic!("{uri}") };
            prop_assert_eq!(decode(sent), service);
            prop_assert_eq!(uri.query(), Some(if dry_run { "dryRun=true" } else { "dryRun=false" }));
        }
    }

    #[test]
    fn any_retry_after_is_honoured_or_ignored(value in retry_after()) {
        let Ok(value) = HeaderValue::from_bytes(&value) else { return Ok(()) };
        let sent = value.clone();
        let fake = Fake::new(move |number| if number == 0 { asks(503, sent.as_bytes()) } else { fine() });
        let patient = attempts(2).max_elapsed_time(AGES);
        let core = fake.core().retries(patient).timeout(AGES).build().unwrap();
        let before = SystemTime::now();
        paused(batch_status(&core, None)).unwrap();
        let after = SystemTime::now();
        let gap = fake.gaps()[0];
        let text = value.to_str().unwrap_or_default();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            prop_assert_eq!(gap, secs(text.parse::<u32>().unwrap_or(u32::MAX).into()));
        } else if let Some(date) = date(text) {
            // The clock's granularity is a millisecond.
            let earliest = date.duration_since(after).unwrap_or_default();
            let latest = date.duration_since(before).unwrap_or_default() + ms(1);
            prop_assert!(gap == ms(500) && date <= after || gap >= earliest && gap <= latest, "{:?}", gap);
        } else {
            prop_assert_eq!(gap, ms(500));
        }
    }

    #[test]
    fn future_date_is_waited_for(seconds in 2_u64..100_000_000, form in 0_u32..3) {
        let date = SystemTime::UNIX_EPOCH
            + secs(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() + seconds);
        let text = written(date, form);
        let fake = Fake::new(move |number| if number == 0 { asks(429, &text) } else { fine() });
        let patient = attempts(2).max_elapsed_time(AGES);
        let core = fake.core().retries(patient).timeout(AGES).build().unwrap();
        paused(batch_status(&core, None)).unwrap();
        prop_assert!(fake.gaps()[0] >= date.duration_since(SystemTime::now()).unwrap());
        prop_assert!(fake.gaps()[0] <= secs(seconds));
    }

    #[test]
    fn pauses_stay_under_their_ceilings(
        initial in duration(), max in duration(), exponent in number(), jitter in number(), limit in 1_u32..6,
    ) {
        let fake = Fake::new(|_| status(503));
        let backoff = attempts(limit).initial_interval(initial).max_interval(max).exponent(exponent).max_elapsed_time(AGES);
        let core = fake.core().retries(backoff).jitter(move || jitter).timeout(AGES).build().unwrap();
        let error = paused(batch_status(&core, None)).unwrap_err();
        prop_assert_eq!(error.attempts() as usize, fake.count());
        let growth = if exponent > 1.0 { exponent } else { 1.0 };
        for (number, gap) in fake.gaps().into_iter().enumerate() {
            let grown = if initial.is_zero() { 0.0 } else { initial.as_secs_f64() * growth.powi(number as i32) };
            let ceiling = grown.min(max.as_secs_f64());
            // The clock's granularity is a millisecond, and doubles round.
            prop_assert!(gap.as_secs_f64() <= ceiling * 1.000_001 + 0.001, "{:?} over {}", gap, ceiling);
            if jitter >= 1.0 {
                prop_assert!(gap.as_secs_f64() >= ceiling * 0.999_999 - 0.001, "{:?} under {}", gap, ceiling);
            }
        }
    }

    #[test]
    fn batches_are_sent_as_plain_json_whatever_their_size(
        lengths in proptest::collection::vec(prop_oneof![9 => 0_usize..40, 1 => 0_usize..4_000], 0..120),
    ) {
        let fake = Fake::new(|_| fine());
        let core = fake.core().build().unwrap();
        let tokens: Vec<_> = lengths
            .into_iter()
            .map(|length| TokenCreateRequest::new("PASSWORD").subject("\"ü\u{1}".repeat(length)))
            .collect();
        let expected = serde_json::to_vec(&tokens).unwrap();
        paused(create_batch(&core, &tokens.into(), None)).unwrap();
        let request = fake.request();
        prop_assert!(request.body() == &expected);
    }

    #[test]
    fn any_enum_value_comes_back(value in wire_value()) {
        round_trip::<GrantType>(&value, GrantType::KNOWN);
        round_trip::<BatchKind>(&value, BatchKind::KNOWN);
        round_trip::<ClientType>(&value, ClientType::KNOWN);
        round_trip::<IntrospectionResponseAction>(&value, IntrospectionResponseAction::KNOWN);
        if value != "SUCCEED" {
            round_trip::<TokenBatchStatusResult>(&value, TokenBatchStatusResult::KNOWN);
        }
    }
}

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A date in one of the three forms of RFC 9110 section 5.6.7.
fn written(date: SystemTime, form: u32) -> String {
    let date = httpdate::fmt_http_date(date);
    let (weekday, day, month, year, time) =
        (&date[..3], &date[5..7], &date[8..11], &date[12..16], &date[17..25]);
    match form {
        0 => date,
        1 => {
            let weekday = WEEKDAYS.iter().find(|name| name.starts_with(weekday)).unwrap();
            format!("{weekday}, {day}-{month}-{} {time} GMT", &year[2..])
        }
        _ => format!("{weekday} {month} {:>2} {time} {year}", day.trim_start_matches('0')),
    }
}

/// The date that this is a form of. Two digits mean the later year that is at most 50 years ahead.
fn date(text: &str) -> Option<SystemTime> {
    let read = |text: &str, form| {
        let date = httpdate::parse_http_date(text).ok()?;
        (written(date, form) == text).then_some(date)
    };
    let Some((weekday, [day, month, rest])) = text.split_once(", ").and_then(|(weekday, rest)| {
        Some((weekday, <[&str; 3]>::try_from(rest.splitn(3, '-').collect::<Vec<_>>()).ok()?))
    }) else {
        return read(text, 0).or_else(|| read(text, 2));
    };
    let soon = SystemTime::now() + secs(50 * 31_556_952);
    ["20", "19"].into_iter().find_map(|century| {
        let date = read(&format!("{}, {day} {month} {century}{rest}", weekday.get(..3)?), 0)?;
        (date <= soon && written(date, 1) == text).then_some(date)
    })
}

fn retry_after() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<Vec<u8>>(),
        any::<u64>().prop_map(|number| number.to_string().into_bytes()),
        any::<u32>().prop_map(|number| format!("{number:012}").into_bytes()),
        (0_u64..8_000_000_000, 0_u32..3).prop_map(|(seconds, form)| {
            written(SystemTime::UNIX_EPOCH + secs(seconds), form).into_bytes()
        }),
        "[0-9a-fxA-Z,:+\\-. ]{0,30}".prop_map(String::into_bytes),
        "(Sun|Mon|Xyz), [0-9]{2} (Jan|Feb|Foo) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (GMT|UTC)"
            .prop_map(String::into_bytes),
    ]
}

fn duration() -> impl Strategy<Value = Duration> {
    prop_oneof![
        Just(Duration::ZERO),
        Just(Duration::MAX),
        Just(Duration::from_nanos(1)),
        (0_u64..100_000).prop_map(Duration::from_millis),
        (any::<u64>(), 0_u32..1_000_000_000).prop_map(|(seconds, nanos)| Duration::new(seconds, nanos)),
    ]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        prop::num::f64::ANY,
        0.0..3.0,
        prop::sample::select(&[0.0, -0.0, 1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX][..]),
    ]
}

fn wire_value() -> impl Strategy<Value = String> {
    let known = GrantType::KNOWN.iter().map(|kind| kind.as_str().to_owned()).collect::<Vec<_>>();
    prop_oneof![
        any::<String>(),
        prop::sample::select(known),
        "(CREATE|SUCCEED|SUCCEEDED|FAILED|failed| FAILED|PUBLIC|CONFIDENTIAL|OK|UNAUTHORIZED)"
    ]
}

/// What every open enum promises.
fn round_trip<T>(value: &str, known: &[T])
where
    T: for<'a> From<&'a str>
        + From<String>
        + std::str::FromStr<Err = std::convert::Infallible>
        + std::fmt::Display
        + std::fmt::Debug
        + PartialEq
        + serde::Serialize
        + serde::de::DeserializeOwned,
{
    let parsed = T::from(value);
    assert_eq!(parsed.to_string(), value);
    assert_eq!(value.parse::<T>().unwrap(), parsed);
    assert_eq!(T::from(value.to_owned()), parsed);
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::to_string(&parsed).unwrap(), json);
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), parsed);
    // A known value never hides among the unrecognized.
    let is_known = known.iter().any(|kind| kind.to_string() == value);
    assert_eq!(known.contains(&parsed), is_known);
    assert_eq!(format!("{parsed:?}").starts_with("Unrecognized("), !is_known);
}

#[test]
fn older_spelling_is_read_and_the_newer_written() {
    let result: TokenBatchStatusResult = serde_json::from_str("\"SUCCEED\"").unwrap();
    assert_eq!(result, TokenBatchStatusResult::Succeeded);
    assert_eq!(serde_json::to_string(&result).unwrap(), "\"SUCCEEDED\"");
}
