//! Revoking all tokens of a client or a user, at most 20 a call.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use authlete::funcs::{token_management_revoke, token_management_revoke_all};
use authlete::models::TokenRevokeRequest;
use authlete::models::operations::AuthTokenRevokeApiRequest;
use authlete::{AuthleteCore, AuthleteError, RevokeError, RevokeOptions};
use tokio::time::{Instant, sleep};

use crate::fake::{Fake, broken, ok};
use crate::support::assert_discreet;

fn of_john() -> AuthTokenRevokeApiRequest {
    TokenRevokeRequest::new().subject("john").into()
}

/// A server with so many tokens, 20 of which go with each call.
fn server(tokens: i64) -> (AuthleteCore, Arc<AtomicI64>, Fake) {
    let left = Arc::new(AtomicI64::new(tokens));
    let of_server = Arc::clone(&left);
    let fake = Fake::new(move |_| {
        let count = of_server.load(Ordering::Relaxed).min(20);
        of_server.fetch_sub(count, Ordering::Relaxed);
        ok(format!(r#"{{"resultCode":"A312001","count":{count}}}"#))
    });
    (fake.core().build().unwrap(), left, fake)
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_until_none_is_left() {
    for (tokens, calls) in [(0, 1), (1, 2), (20, 2), (45, 4)] {
        let (core, left, fake) = server(tokens);
        let revoked = token_management_revoke_all(&core, &of_john(), &RevokeOptions::new()).await.unwrap();
        assert_eq!((revoked, left.load(Ordering::Relaxed)), (tokens.unsigned_abs(), 0));
        assert_eq!(fake.count(), calls, "{tokens} tokens");
    }
}

#[tokio::test(start_paused = true)]
async fn one_token_takes_one_call() {
    let (core, _, fake) = server(100);
    let request = TokenRevokeRequest::new().access_token_identifier("token").into();
    token_management_revoke_all(&core, &request, &RevokeOptions::new()).await.unwrap();
    assert_eq!(fake.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_count_that_never_falls_is_an_error_with_what_was_revoked() {
    let fake = Fake::new(|_| ok(r#"{"count":20}"#));
    let core = fake.core().build().unwrap();
    let options = RevokeOptions::new().max_calls(7);
    let error = token_management_revoke_all(&core, &of_john(), &options).await.unwrap_err();
    assert!(matches!(error, RevokeError::Unfinished { revoked: 140, calls: 7, .. }), "{error:?}");
    assert_eq!(error.to_string(), "after 7 calls and 140 revoked tokens there were still more");
    assert_eq!(fake.count(), 7);

    // The same by time: each call takes a second.
    let slow = Fake::with(|_| {
        Box::pin(async {
            sleep(Duration::from_secs(1)).await;
            ok(r#"{"count":20}"#)
        })
    });
    let started = Instant::now();
    let core = slow.core().build().unwrap();
    let options = RevokeOptions::new().timeout(Duration::from_millis(4_500));
    let error = token_management_revoke_all(&core, &of_john(), &options).await.unwrap_err();
    assert_eq!(error.revoked(), 80, "{error:?}");
    assert!(started.elapsed() <= Duration::from_millis(4_500), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_failure_tells_what_was_revoked_before() {
    let fake = Fake::new(|number| if number < 3 { ok(r#"{"count":20}"#) } else { broken() });
    let core = fake.core().build().unwrap();
    let error = token_management_revoke_all(&core, &of_john(), &RevokeOptions::new()).await.unwrap_err();
    assert_eq!(error.revoked(), 60);
    assert!(matches!(error, RevokeError::Call { source: AuthleteError::Connection { .. }, .. }), "{error:?}");

    for body in ["{}", r#"{"count":null}"#, r#"{"count":-1}"#] {
        let fake = Fake::new(move |_| ok(body));
        let core = fake.core().build().unwrap();
        let error = token_management_revoke_all(&core, &of_john(), &RevokeOptions::new()).await.unwrap_err();
        assert!(matches!(error, RevokeError::Uncounted { revoked: 0, .. }), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn a_request_that_names_nothing_is_not_sent() {
    let fake = Fake::new(|_| ok(r#"{"count":20}"#));
    let core = fake.core().build().unwrap();
    let criterion: [fn(TokenRevokeRequest) -> TokenRevokeRequest; 4] = [
        |request| request.access_token_identifier(""),
        |request| request.refresh_token_identifier(""),
        |request| request.client_identifier(""),
        |request| request.subject(""),
    ];
    let mut requests = vec![TokenRevokeRequest::new()];
    requests.extend(criterion.iter().map(|empty| empty(TokenRevokeRequest::new())));
    requests.push(TokenRevokeRequest::new().client_identifier("42").subject(""));
    for request in requests {
        let error = token_management_revoke(&core, &request.clone().into(), None).await.unwrap_err();
        assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{request:?}: {error:?}");
        assert_discreet(&error);
        let all =
            token_management_revoke_all(&core, &request.into(), &RevokeOptions::new()).await.unwrap_err();
        assert!(
            matches!(all, RevokeError::Call { source: AuthleteError::SdkValidation { .. }, .. }),
            "{all:?}"
        );
    }
    assert_eq!(fake.count(), 0);
}
