//! What becomes of refresh tokens, as the service says.

use std::time::Duration;

use authlete_simulator::Simulator;
use serde_json::{Value, json};

use crate::client::asked;
use crate::flows::{builder, own, tokens};

async fn refreshed(simulator: &Simulator, token: &Value) -> Value {
    let parameters = format!("grant_type=refresh_token&refresh_token={}", token.as_str().unwrap());
    asked(simulator, "token", &own(&parameters)).await
}

async fn begun(settings: Value, scope: &str) -> (Simulator, Value) {
    let simulator = builder(settings).start().await.unwrap();
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    let issued = tokens(&mut ask, scope).await;
    (simulator, issued)
}

#[tokio::test]
async fn it_rotates_unless_it_is_kept() {
    let (simulator, first) = begun(json!({}), "a").await;
    let second = refreshed(&simulator, &first["refreshToken"]).await;
    assert_eq!(second["resultCode"], "SIM713");
    assert_ne!(second["refreshToken"], first["refreshToken"]);
    assert_eq!(refreshed(&simulator, &first["refreshToken"]).await["resultCode"], "A053305");

    let (simulator, first) = begun(json!({"refreshTokenKept": true}), "a").await;
    for _ in 0..2 {
        let next = refreshed(&simulator, &first["refreshToken"]).await;
        assert_eq!((&next["resultCode"], &next["refreshToken"]), (&json!("SIM713"), &first["refreshToken"]));
        assert_ne!(next["accessToken"], first["accessToken"]);
    }
    assert_eq!(simulator.ledger().token_count(), 1);
}

#[tokio::test]
async fn its_time_begins_anew_as_the_service_says() {
    let end = |issued: &Value| issued["refreshTokenExpiresAt"].as_i64().unwrap();
    for (settings, begins_anew) in [
        (json!({}), true),
        (json!({"refreshTokenDurationKept": true}), false),
        (json!({"refreshTokenKept": true}), false),
        (json!({"refreshTokenKept": true, "refreshTokenDurationReset": true}), true),
    ] {
        let (simulator, first) = begun(settings.clone(), "a").await;
        simulator.advance(Duration::from_secs(60));
        let second = refreshed(&simulator, &first["refreshToken"]).await;
        let later = if begins_anew { 60_000 } else { 0 };
        assert_eq!(end(&second) - end(&first), later, "{settings}");
    }
}

#[tokio::test]
async fn a_used_one_gives_the_same_again_for_a_minute() {
    let (simulator, first) = begun(json!({"refreshTokenIdempotent": true}), "a").await;
    let second = refreshed(&simulator, &first["refreshToken"]).await;
    let again = refreshed(&simulator, &first["refreshToken"]).await;
    assert_eq!(
        (&again["accessToken"], &again["refreshToken"]),
        (&second["accessToken"], &second["refreshToken"])
    );
    simulator.advance(Duration::from_secs(60));
    assert_eq!(refreshed(&simulator, &first["refreshToken"]).await["resultCode"], "A053305");
    // What it gave may be used itself, and is gone then.
    let third = refreshed(&simulator, &second["refreshToken"]).await;
    assert_eq!(third["resultCode"], "SIM713");
}

#[tokio::test]
async fn an_access_token_ends_with_it_where_they_are_linked() {
    let settings =
        json!({"tokenExpirationLinked": true, "refreshTokenDuration": 60, "accessTokenDuration": 600});
    let (_simulator, issued) = begun(settings, "a").await;
    assert_eq!(issued["accessTokenDuration"], 60);
}

#[tokio::test]
async fn an_id_token_may_be_issued_again() {
    let (simulator, first) = begun(json!({"idTokenReissuable": true}), "openid+a").await;
    let second = refreshed(&simulator, &first["refreshToken"]).await;
    assert_eq!((&second["action"], &second["ticket"]), (&json!("ID_TOKEN_REISSUABLE"), &Value::Null));
    let settings = json!({"idTokenReissuable": true, "openidDroppedOnRefreshWithoutOfflineAccess": true});
    let (simulator, first) = begun(settings, "openid+a").await;
    let second = refreshed(&simulator, &first["refreshToken"]).await;
    assert_eq!((&second["action"], &second["scopes"]), (&json!("OK"), &json!(["a"])));
}
