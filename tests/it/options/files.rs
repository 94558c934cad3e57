//! Settings that are read from a file.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use authlete::funcs::misc_echo;
use authlete::models::operations::MiscEchoApiRequest;
use authlete::transport::{ResponseBody, transport_fn};
use authlete::{
    AuthleteCore, AuthleteError, Backoff, RetryConfig, Server, SizeLimits, Timeouts, WaitOptions,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, from_str, json};

fn refusal<T: DeserializeOwned>(text: &str) -> String {
    from_str::<T>(text).err().expect("it must be refused").to_string()
}

#[test]
fn what_is_left_out_has_its_default() {
    assert_eq!(from_str::<Backoff>("{}").unwrap(), Backoff::default());
    assert_eq!(from_str::<Timeouts>("{}").unwrap(), Timeouts::default());
    assert_eq!(from_str::<SizeLimits>("{}").unwrap(), SizeLimits::default());
    let wait = from_str::<WaitOptions>("{}").unwrap();
    assert_eq!(format!("{wait:?}"), format!("{:?}", WaitOptions::new()));
}

#[test]
fn every_setting_can_be_read() {
    let backoff = json!({
        "initial_interval": "250ms",
        "max_interval": "20s",
        "exponent": 2,
        "max_elapsed_time": "5m",
        "retry_connection_errors": false,
        "max_attempts": 7,
    });
    let expected = Backoff::new()
        .initial_interval(Duration::from_millis(250))
        .max_interval(Duration::from_secs(20))
        .exponent(2.0)
        .max_elapsed_time(Duration::from_secs(300))
        .retry_connection_errors(false)
        .max_attempts(7);
    assert_eq!(from_str::<Backoff>(&backoff.to_string()).unwrap(), expected);
    // Also from values that are not borrowed from a text.
    assert_eq!(serde_json::from_value::<RetryConfig>(backoff).unwrap(), RetryConfig::Backoff(expected));

    let timeouts = json!({"call": "1h", "attempt": "12s", "stall": "900ms", "connect": "3 s", "idle": "1m"});
    let timeouts: Timeouts = from_str(&timeouts.to_string()).unwrap();
    let mut expected = Timeouts::default();
    expected.call = Duration::from_secs(3_600);
    expected.attempt = Duration::from_secs(12);
    expected.stall = Duration::from_millis(900);
    expected.connect = Some(Duration::from_secs(3));
    expected.idle = Some(Duration::from_secs(60));
    assert_eq!(timeouts, expected);

    let limits: SizeLimits = from_str(r#"{"max_response_bytes": 1000, "max_error_bytes": 10}"#).unwrap();
    assert_eq!((limits.max_response_bytes, limits.max_error_bytes), (1_000, 10));

    let wait = json!({
        "timeout": "2h",
        "initial_interval": "1s",
        "max_interval": "30s",
        "not_found_grace": "5s",
        "max_outage": "20m",
    });
    let wait: WaitOptions = from_str(&wait.to_string()).unwrap();
    let expected = WaitOptions::new()
        .timeout(Duration::from_secs(7_200))
        .initial_interval(Duration::from_secs(1))
        .max_interval(Duration::from_secs(30))
        .not_found_grace(Duration::from_secs(5))
        .max_outage(Duration::from_secs(1_200));
    assert_eq!(format!("{wait:?}"), format!("{expected:?}"));
}

#[test]
fn retries_are_off_on_or_a_backoff() {
    assert_eq!(from_str::<RetryConfig>(r#""none""#).unwrap(), RetryConfig::None);
    assert_eq!(from_str::<RetryConfig>(r#""backoff""#).unwrap(), RetryConfig::backoff());
    assert_eq!(from_str::<RetryConfig>("{}").unwrap(), RetryConfig::backoff());
    assert!(refusal::<RetryConfig>(r#""of course""#).contains("expected `none` or `backoff`"));
    assert!(refusal::<RetryConfig>("3").contains(r#"expected "none", "backoff", or a map"#));
    assert!(refusal::<RetryConfig>(r#"{"attempts": 3}"#).contains("unknown field `attempts`"));
}

#[test]
fn an_unknown_key_is_named_in_its_refusal() {
    let unknown = r#"{"speed": "10s"}"#;
    for refusal in [
        refusal::<Backoff>(unknown),
        refusal::<Timeouts>(unknown),
        refusal::<SizeLimits>(unknown),
        refusal::<WaitOptions>(unknown),
    ] {
        assert!(refusal.contains("unknown field `speed`, expected "), "{refusal}");
    }
    let twice = refusal::<Timeouts>(r#"{"call": "1s", "call": "2s"}"#);
    assert!(twice.contains("duplicate field `call`"), "{twice}");
}

#[test]
fn a_length_of_time_has_a_unit() {
    for wrong in [
        r#""""#,
        r#""10""#,
        r#""s""#,
        r#""1.5s""#,
        r#""-1s""#,
        r#""+1s""#,
        r#"" 1s""#,
        r#""1s ""#,
        r#""1  s""#,
        r#""10 days""#,
        r#""1S""#,
        r#""1sec""#,
        r#""1us""#,
        r#""٣s""#,
        r#""18446744073709551616s""#,
        r#""18446744073709551615h""#,
        "10",
        "1.5",
        "null",
        "true",
        "[]",
        "{}",
    ] {
        let refusal = refusal::<Timeouts>(&format!(r#"{{"call": {wrong}}}"#));
        assert!(refusal.contains("a whole number with the unit ms, s, m or h"), "{wrong}: {refusal}");
    }
    for (text, expected) in [
        ("0ms", Duration::ZERO),
        ("90s", Duration::from_secs(90)),
        ("2 m", Duration::from_secs(120)),
        ("18446744073709551615s", Duration::from_secs(u64::MAX)),
    ] {
        let timeouts: Timeouts = serde_json::from_value(json!({ "call": text })).unwrap();
        assert_eq!(timeouts.call, expected, "{text}");
    }
}

#[test]
fn other_values_are_of_their_type() {
    for wrong in [
        json!({"exponent": "2"}),
        json!({"max_attempts": -1}),
        json!({"max_attempts": 4_294_967_296_u64}),
        json!({"retry_connection_errors": "yes"}),
    ] {
        assert!(serde_json::from_value::<Backoff>(wrong.clone()).is_err(), "{wrong}");
    }
    for wrong in
        [json!({"max_response_bytes": "16 MiB"}), json!({"max_error_bytes": -1}), Value::Null, json!([])]
    {
        assert!(serde_json::from_value::<SizeLimits>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn a_server_has_a_name() {
    for (name, server) in [("us", Server::Us), ("jp", Server::Jp), ("EU", Server::Eu), ("Br", Server::Br)] {
        assert_eq!(name.parse::<Server>().unwrap(), server);
        assert_eq!(serde_json::from_value::<Server>(json!(name)).unwrap(), server);
    }
    for wrong in ["", "uk", " us", "https://us.authlete.com"] {
        let refusal = wrong.parse::<Server>().unwrap_err().to_string();
        assert_eq!(refusal, "server is none of us, jp, eu and br");
        assert!(serde_json::from_value::<Server>(json!(wrong)).unwrap_err().to_string().contains(&refusal));
    }
    assert!(from_str::<Server>("1").is_err());
}

#[tokio::test(start_paused = true)]
async fn time_limits_bound_calls() {
    let timeouts: Timeouts = from_str(r#"{"attempt": "2s", "call": "3s"}"#).unwrap();
    let attempts = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&attempts);
    let silent = transport_fn(move |_| {
        seen.fetch_add(1, SeqCst);
        std::future::pending()
    });
    let core = AuthleteCore::builder()
        .bearer("b")
        .transport(silent)
        .timeouts(timeouts)
        .retries(from_str::<RetryConfig>(r#"{"initial_interval": "0ms"}"#).unwrap())
        .build()
        .unwrap();
    let started = tokio::time::Instant::now();
    let error = misc_echo(&core, &MiscEchoApiRequest::new(), None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::RequestTimeout { .. }), "{error:?}");
    assert_eq!(started.elapsed().as_secs(), 3);
    assert_eq!(attempts.load(SeqCst), 2);
}

#[tokio::test]
async fn limits_of_size_bound_responses() {
    for (limit, fits) in [(11, true), (10, false)] {
        let limits: SizeLimits = from_str(&format!(r#"{{"max_response_bytes": {limit}}}"#)).unwrap();
        let transport =
            transport_fn(|_| async { Ok(http::Response::new(ResponseBody::from(r#"{"a":"bcd"}"#))) });
        let core =
            AuthleteCore::builder().bearer("b").transport(transport).size_limits(limits).build().unwrap();
        let answer = misc_echo(&core, &MiscEchoApiRequest::new(), None).await;
        assert_eq!(answer.is_ok(), fits);
        assert!(matches!(answer, Ok(_) | Err(AuthleteError::ResponseValidation { .. })), "{answer:?}");
    }
}

#[test]
fn time_limits_of_connecting_are_settings_of_the_built_in_transport() {
    let timeouts: Timeouts = from_str(r#"{"connect": "1s"}"#).unwrap();
    let other = transport_fn(|_| std::future::pending());
    let refused = AuthleteCore::builder().bearer("b").transport(other).timeouts(timeouts).build();
    assert!(refused.unwrap_err().to_string().contains("beside settings of the built-in one"));
    assert!(AuthleteCore::builder().bearer("b").timeouts(timeouts).build().is_ok());
}
