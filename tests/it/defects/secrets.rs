//! What shows, and what goes out in the clear.

use authlete::{AuthleteCore, AuthleteError, CredentialError};
use authlete_simulator::Fault;

use crate::child;
use crate::fake::{Fake, batch_status, create, fine, ok, status};
use crate::support::{BEARER, RawServer, SERVER_SECRET, TOKEN, assert_discreet, core, simulator};

/// Fails if a canary shows.
fn assert_clean(shown: &str) {
    for canary in [BEARER, TOKEN, SERVER_SECRET] {
        assert!(!shown.contains(canary), "{canary} shows in {shown}");
    }
}

#[tokio::test]
async fn t18_errors_hold_no_request() {
    let simulator = simulator().await;
    simulator.inject(Fault::status(500).with_body(format!(r#"{{"resultMessage":"{SERVER_SECRET}"}}"#)));
    let core = core(simulator.url()).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert!(simulator.ledger().requests()[0].header("authorization").unwrap().contains(BEARER));
    assert_discreet(&error);
    // What the server said is there for whoever asks.
    assert!(String::from_utf8_lossy(error.body().unwrap()).contains(SERVER_SECRET));
}

#[tokio::test]
async fn t19_error_texts_are_short_however_long_the_body() {
    let simulator = simulator().await;
    let core = core(simulator.url()).build().unwrap();
    for (start, end) in [("{\"resultMessage\":\"", "\"}"), ("<html>", "")] {
        let body = format!("{start}{}{end}", SERVER_SECRET.repeat(100_000));
        simulator.inject(Fault::status(500).with_body(body));
        let error = create(&core, None).await.unwrap_err();
        assert!(error.to_string().len() < 120, "{error}");
        assert!(format!("{error:?}").len() < 400);
        assert_eq!(error.body().unwrap().len(), 64 << 10);
        assert_discreet(&error);
    }
}

#[test]
fn t20_core_does_not_show_its_bearer() {
    let builder = AuthleteCore::builder().bearer(BEARER).header("x-key", SERVER_SECRET);
    assert_clean(&format!("{builder:?} {builder:#?}"));
    let core = builder.build().unwrap();
    assert_clean(&format!("{core:?} {core:#?} {:?}", authlete::Authlete::new(core.clone())));
}

/// There is no logger to print anything. The events of the feature `tracing` have tests of their own.
#[test]
fn t21_nothing_is_printed() {
    quiet("defects::secrets::t21_nothing_is_printed", &[]);
}

#[test]
fn t22_no_variable_turns_debugging_on() {
    let test = "defects::secrets::t22_no_variable_turns_debugging_on";
    quiet(test, &[("AUTHLETE_DEBUG", "false"), ("RUST_LOG", "trace")]);
    quiet(test, &[("AUTHLETE_DEBUG", "true"), ("RUST_LOG", "trace")]);
}

/// Makes calls that succeed and fail, in a process whose output is looked at.
fn quiet(test: &str, variables: &[(&str, &str)]) {
    if child::is_child() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let fake = Fake::new(|number| if number == 0 { fine() } else { status(500) });
            let core = fake.core().build().unwrap();
            create(&core, None).await.unwrap();
            create(&core, None).await.unwrap_err();
        });
        return;
    }
    let printed = child::run(test, variables);
    assert_clean(&printed);
    // Beside what the test harness prints.
    let others: Vec<_> = printed
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("running 1 test") && !line.starts_with("test "))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn t23_malformed_bearer_does_not_show() {
    let bearers = [
        format!("{BEARER}\r\nx: y"),
        format!("{BEARER} {TOKEN}"),
        format!("{BEARER}\n"),
        format!("'{BEARER}'"),
    ];
    for bearer in bearers {
        let error = AuthleteCore::builder().bearer(bearer).build().unwrap_err();
        let AuthleteError::Credential { source, .. } = &error else { panic!("{error:?}") };
        use CredentialError::{Malformed, Padded, Quoted};
        assert!(matches!(source, Malformed | Padded | Quoted), "{error:?}");
        assert_discreet(&error);
    }
}

#[tokio::test]
async fn t29_path_values_do_not_change_the_route() {
    use authlete::funcs::token_operations_auth_token_create_batch_status_api as status;
    use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest as Request;

    let simulator = simulator().await;
    let core = core(simulator.url()).build().unwrap();
    for id in ["", ".", "..", "a\0b", "a\r\nb"] {
        let requests = [Request::new(id), Request::new("r-1").service_id(id)];
        for request in requests {
            let error = status(&core, &request, None).await.unwrap_err();
            assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{error:?}");
        }
    }
    assert_eq!(simulator.ledger().request_count(), 0);
    for (id, sent) in [("a/b", "a%2Fb"), ("../x", "..%2Fx"), ("%2e%2e", "%252e%252e"), ("a?b#c", "a%3Fb%23c")]
    {
        status(&core, &Request::new(id), None).await.unwrap_err();
        let requests = simulator.ledger().requests();
        let last = requests.last().unwrap();
        assert_eq!(last.path, format!("/api/1234567890/auth/token/create/batch/status/{sent}"));
        assert_eq!(last.query, None);
    }
}

#[tokio::test]
async fn t30_no_call_without_credentials_and_none_in_the_clear() {
    // What is sent, all of it.
    let fake = Fake::new(|_| ok("{}"));
    create(&fake.core().build().unwrap(), None).await.unwrap();
    let request = fake.request();
    let mut names: Vec<_> = request.headers().keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "content-type", "user-agent"]);

    // An empty bearer, plain http to another machine.
    let error = AuthleteCore::builder().bearer("").build().unwrap_err();
    assert!(matches!(error, AuthleteError::Credential { .. }), "{error:?}");
    let error = AuthleteCore::builder().bearer(BEARER).base_url("http://example.com").build().unwrap_err();
    assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{error:?}");

    // No bearer at all, in a process without the variable.
    let server = RawServer::start(|_, _| async {}).await;
    if child::is_child() {
        let error = AuthleteCore::builder().base_url(server.url()).build().unwrap_err();
        assert!(matches!(error, AuthleteError::Credential { source: CredentialError::Missing, .. }));
        assert_eq!(server.connections(), 0);
        return;
    }
    child::run("defects::secrets::t30_no_call_without_credentials_and_none_in_the_clear", &[]);
    // The status operation, like every other, names who calls.
    batch_status(&fake.core().build().unwrap(), None).await.unwrap();
    assert_eq!(fake.header("authorization")[1], format!("Bearer {BEARER}"));
}
