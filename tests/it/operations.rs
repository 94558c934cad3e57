//! The operations on single tokens: introspection, list, deletion.

use authlete::funcs::{
    introspection_process, token_management_delete, token_management_list,
    token_operations_auth_token_create_batch_api,
};
use authlete::models::operations::{
    AuthIntrospectionApiRequest, AuthTokenCreateBatchApiRequest, AuthTokenDeleteApiRequest,
    AuthTokenGetListApiRequest,
};
use authlete::models::{
    GrantType, IntrospectionRequest, IntrospectionResponseAction, Pair, Secret, TokenCreateRequest,
};
use authlete::{Authlete, AuthleteCore, AuthleteError, Backoff, Delivery, ResponseProblem};
use authlete_simulator::{Fault, Ledger, Operation, Simulator};
use std::time::Duration;

use crate::support::{BEARER, TOKEN, assert_discreet, core, token};

async fn simulator() -> Simulator {
    Simulator::builder().bearer(BEARER).manual_clock().batch_delay(Duration::ZERO).start().await.unwrap()
}

async fn with_tokens(tokens: Vec<TokenCreateRequest>) -> (Simulator, AuthleteCore) {
    let simulator = simulator().await;
    let core = core(simulator.url()).build().unwrap();
    let request = AuthTokenCreateBatchApiRequest::new(tokens);
    token_operations_auth_token_create_batch_api(&core, &request, None).await.unwrap();
    (simulator, core)
}

fn question(request: IntrospectionRequest) -> AuthIntrospectionApiRequest {
    AuthIntrospectionApiRequest::new(request)
}

#[tokio::test]
async fn introspection_tells_what_the_token_is() {
    let (simulator, core) = with_tokens(vec![token().scopes(["read"]).acr("gold").auth_time(7)]).await;
    let request = question(IntrospectionRequest::new(TOKEN).scopes(["read"]).subject("john"));
    let answer = introspection_process(&core, &request, None).await.unwrap();

    assert_eq!(answer.http.status, 200);
    let value = answer.value;
    assert_eq!(value.action, Some(IntrospectionResponseAction::Ok));
    assert_eq!((value.existent, value.usable, value.sufficient), (Some(true), Some(true), Some(true)));
    assert_eq!(value.client_id, Some(42));
    assert_eq!(value.subject.as_deref(), Some("john"));
    assert_eq!(value.scopes, Some(vec!["read".to_owned()]));
    assert_eq!(value.grant_type, Some(GrantType::AuthorizationCode));
    assert_eq!(value.acr.as_deref(), Some("gold"));
    assert_eq!(value.auth_time, Some(7));
    let stored = simulator.ledger().token(TOKEN).unwrap();
    assert_eq!(value.expires_at, stored.access_token_expires_at);

    let seen = &simulator.ledger().requests_for(Operation::Introspect)[0];
    assert_eq!(
        seen.json().unwrap(),
        serde_json::json!({"token": TOKEN, "scopes": ["read"], "subject": "john"})
    );
}

#[tokio::test]
async fn an_insufficient_or_unknown_token_is_an_answer() {
    let (_simulator, core) = with_tokens(vec![token().scopes(["read"])]).await;
    let write = question(IntrospectionRequest::new(TOKEN).scopes(["write"]));
    let answer = introspection_process(&core, &write, None).await.unwrap();
    assert_eq!(answer.value.action, Some(IntrospectionResponseAction::Forbidden));
    assert_eq!(answer.value.existent, Some(true));

    let unknown = question(IntrospectionRequest::new("nothing"));
    let answer = introspection_process(&core, &unknown, None).await.unwrap();
    assert_eq!(answer.value.action, Some(IntrospectionResponseAction::Unauthorized));
    assert_eq!(answer.value.existent, Some(false));
}

#[tokio::test]
async fn an_expired_token_is_reported_once() {
    let (simulator, core) = with_tokens(vec![token().access_token_duration(10)]).await;
    simulator.advance(Duration::from_secs(11));
    let request = question(IntrospectionRequest::new(TOKEN));
    let first = introspection_process(&core, &request, None).await.unwrap().value;
    assert_eq!((first.existent, first.usable), (Some(true), Some(false)));
    let second = introspection_process(&core, &request, None).await.unwrap().value;
    assert_eq!(second.existent, Some(false));
}

#[tokio::test]
async fn introspection_is_repeated_when_its_answer_is_lost() {
    let (simulator, _) = with_tokens(vec![token()]).await;
    simulator.inject(Fault::close_after_processing().on(Operation::Introspect));
    let quick = Backoff::new().initial_interval(Duration::from_millis(1));
    let core = core(simulator.url()).retries(quick).build().unwrap();
    let answer =
        introspection_process(&core, &question(IntrospectionRequest::new(TOKEN)), None).await.unwrap();
    assert_eq!(answer.http.attempts, 2);
    assert_eq!(answer.value.usable, Some(true));
}

#[tokio::test]
async fn nothing_of_an_introspection_shows() {
    let request = question(
        IntrospectionRequest::new(TOKEN)
            .dpop(TOKEN)
            .message(TOKEN)
            .headers([Pair::new().key("authorization").value(TOKEN)]),
    );
    let shown = format!("{request:?} {request:#?}");
    assert!(shown.contains("authorization") && !shown.contains(TOKEN), "{shown}");

    let simulator = simulator().await;
    simulator.inject(Fault::status(400).with_body(format!(r#"{{"resultCode":"{TOKEN}"}}"#)));
    let core = core(simulator.url()).build().unwrap();
    let error = introspection_process(&core, &request, None).await.unwrap_err();
    assert_eq!(error.operation(), Some("auth_introspection_api"));
    assert_discreet(&error);
}

#[tokio::test]
async fn the_list_shows_ranges_and_hashes() {
    let tokens =
        (0..7).map(|n| token().access_token(format!("t{n}")).subject(if n == 6 { "jane" } else { "john" }));
    let (simulator, core) = with_tokens(tokens.collect()).await;
    let all = token_management_list(&core, &AuthTokenGetListApiRequest::new(), None).await.unwrap().value;
    assert_eq!((all.start, all.end, all.total_count), (Some(0), Some(5), Some(7)));
    assert_eq!(all.access_tokens.unwrap().len(), 5);

    let request = AuthTokenGetListApiRequest::new().client_identifier("42").subject("john").start(4).end(9);
    let johns = token_management_list(&core, &request, None).await.unwrap().value;
    assert_eq!(johns.total_count, Some(6));
    assert_eq!(johns.client.unwrap().client_id, Some(42));
    let hashes: Vec<_> =
        johns.access_tokens.unwrap().into_iter().map(|token| token.access_token_hash.unwrap()).collect();
    assert_eq!(hashes, [Ledger::hash_of("t4"), Ledger::hash_of("t5")]);
    let seen = simulator.ledger().requests_for(Operation::ListTokens);
    assert_eq!(seen[0].query, None);
    assert_eq!(seen[1].query.as_deref(), Some("clientIdentifier=42&subject=john&start=4&end=9"));
}

#[tokio::test]
async fn a_token_is_deleted_by_value_or_hash() {
    let odd = "a/b+c?%2e ..";
    let tokens = vec![token().access_token(odd), token().access_token("t1")];
    let (simulator, core) = with_tokens(tokens).await;
    let answer = token_management_delete(&core, &AuthTokenDeleteApiRequest::new(odd), None).await.unwrap();
    assert_eq!(answer.http.status, 204);
    assert!(!simulator.ledger().contains(odd) && simulator.ledger().contains("t1"));

    let request = AuthTokenDeleteApiRequest::new(Ledger::hash_of("t1"));
    token_management_delete(&core, &request, None).await.unwrap();
    assert_eq!(simulator.ledger().token_count(), 0);
}

#[tokio::test]
async fn a_deletion_that_fails_shows_no_token() {
    let simulator = simulator().await;
    let core = core(simulator.url()).build().unwrap();
    let request = AuthTokenDeleteApiRequest::new(TOKEN);
    assert!(!format!("{request:?}").contains(TOKEN));
    let error = token_management_delete(&core, &request, None).await.unwrap_err();
    assert_eq!(error.http().unwrap().status, 404);
    assert_eq!(error.delivery(), Delivery::Answered);
    assert_discreet(&error);

    for wrong in ["", "..", "a\u{0}b"] {
        let request = AuthTokenDeleteApiRequest::new(Secret::from(wrong));
        let error = token_management_delete(&core, &request, None).await.unwrap_err();
        assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{error:?}");
    }
    assert_eq!(simulator.ledger().request_count(), 1);
}

#[tokio::test]
async fn a_page_in_place_of_nothing_is_no_deletion() {
    let (simulator, core) = with_tokens(vec![token()]).await;
    let request = AuthTokenDeleteApiRequest::new(TOKEN);
    simulator.inject(Fault::status(200).with_body("<html>log in</html>").header("content-type", "text/html"));
    let error = token_management_delete(&core, &request, None).await.unwrap_err();
    assert!(
        matches!(error, AuthleteError::ResponseValidation { problem: ResponseProblem::ContentType, .. }),
        "{error:?}"
    );
    simulator.inject(Fault::status(200).with_body("{}"));
    token_management_delete(&core, &request, None).await.unwrap();
}

#[tokio::test]
async fn the_methods_return_the_bare_values() {
    let (simulator, core) = with_tokens(vec![token()]).await;
    let authlete = Authlete::new(core);
    let request = question(IntrospectionRequest::new(TOKEN));
    assert_eq!(authlete.introspection().process(&request, None).await.unwrap().usable, Some(true));
    let list = authlete.token_management().list(&AuthTokenGetListApiRequest::new(), None).await.unwrap();
    assert_eq!(list.total_count, Some(1));
    let request = AuthTokenDeleteApiRequest::new(TOKEN);
    authlete.token_management().delete(&request, None).await.unwrap();
    assert_eq!(simulator.ledger().token_count(), 0);
}

#[test]
fn what_must_not_be_repeated_says_that_it_must_not_be_dropped() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/funcs");
    let mut functions = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        if text.contains("replay: Replay::Unsafe") {
            functions += 1;
            let sections = text.matches("/// # Cancel safety\n/// Not cancel safe: ").count();
            assert_eq!(sections, 1, "{}", path.display());
            assert!(text.contains("(crate::ApiResult#cancel-safety)"), "{}", path.display());
        }
    }
    assert!(functions > 30, "{functions}");
}
