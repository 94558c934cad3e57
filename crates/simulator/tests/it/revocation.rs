//! Revocation by a client (RFC 7009).

use serde_json::{Value, json};

use crate::client::{asked, expect_outcome};
use crate::flows::{own, public, simulator, tokens};

/// Every outcome.
pub(crate) async fn outcomes(ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    expect_outcome!(ask, "revocation", json!({}), "BAD_REQUEST", "SIM701");
    expect_outcome!(ask, "revocation", json!({"parameters": "token=x"}), "INVALID_CLIENT", "A116302");
    let wrong = json!({"parameters": "token=x", "clientId": "1", "clientSecret": "wrong"});
    expect_outcome!(ask, "revocation", wrong, "INVALID_CLIENT", "A157303");
    expect_outcome!(ask, "revocation", own("token_type_hint=access_token"), "BAD_REQUEST", "SIM801");
    let unknown = expect_outcome!(ask, "revocation", own("token=unknown&callback=done"), "OK", "A113001");
    assert_eq!(unknown["responseContent"], "done();");
    // Either token ends both, whatever the hint says.
    for (member, hint) in [("accessToken", "refresh_token"), ("refreshToken", "nonsense")] {
        let issued = tokens(ask, "a").await;
        let parameters = format!("token={}&token_type_hint={hint}", issued[member].as_str().unwrap());
        expect_outcome!(ask, "revocation", public(&parameters), "BAD_REQUEST", "SIM802");
        let revoked = expect_outcome!(ask, "revocation", own(&parameters), "OK", "A113001");
        assert!(revoked.get("responseContent").is_none());
        let question = json!({"token": issued["accessToken"]});
        expect_outcome!(ask, "introspection", question, "UNAUTHORIZED", "SIM402");
        let refresh =
            format!("grant_type=refresh_token&refresh_token={}", issued["refreshToken"].as_str().unwrap());
        expect_outcome!(ask, "token", own(&refresh), "BAD_REQUEST", "A053305");
    }
}

#[tokio::test]
async fn a_client_revokes_its_own_tokens_alone() {
    let simulator = simulator().await;
    outcomes(&mut async |operation, question| asked(&simulator, operation, &question).await).await;
    assert_eq!(simulator.ledger().token_count(), 0);
}
