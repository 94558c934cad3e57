//! The password grant (RFC 6749, section 4.3).

use serde_json::{Value, json};

use crate::client::{asked, expect_outcome};
use crate::flows::{builder, own, simulator};

const GRANT: &str = "grant_type=password&username=jane&password=p%26w&scope=a+x";

/// Every outcome.
pub(crate) async fn outcomes(ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    expect_outcome!(ask, "token", own("grant_type=password&username=jane"), "BAD_REQUEST", "SIM716");
    let asked = expect_outcome!(ask, "token", own(GRANT), "PASSWORD", "A054001");
    assert_eq!((&asked["username"], &asked["password"]), (&json!("jane"), &json!("p&w")));
    assert!(asked.get("responseContent").is_none());
    let nobody = json!({"ticket": asked["ticket"]});
    expect_outcome!(ask, "token/issue", nobody, "INTERNAL_SERVER_ERROR", "SIM603");
    let issue =
        json!({"ticket": asked["ticket"], "subject": "jane", "properties": [{"key": "k", "value": "v"}]});
    let issued = expect_outcome!(ask, "token/issue", issue.clone(), "OK", "SIM717");
    assert_eq!((&issued["subject"], &issued["scopes"]), (&json!("jane"), &json!(["a"])));
    let content: Value = serde_json::from_str(issued["responseContent"].as_str().unwrap()).unwrap();
    assert_eq!((&content["access_token"], &content["k"]), (&issued["accessToken"], &json!("v")));
    assert!(issued["refreshToken"].is_string());
    expect_outcome!(ask, "token/issue", issue, "INTERNAL_SERVER_ERROR", "SIM718");
    expect_outcome!(ask, "token/fail", json!({}), "INTERNAL_SERVER_ERROR", "SIM718");
    for (reason, error) in [
        ("INVALID_RESOURCE_OWNER_CREDENTIALS", "invalid_grant"),
        ("INVALID_TARGET", "invalid_target"),
        ("INVALID_CLIENT", "invalid_client"),
        ("INVALID_SCOPE", "invalid_scope"),
        ("UNAUTHORIZED_CLIENT", "unauthorized_client"),
        ("UNKNOWN", "invalid_request"),
    ] {
        let ticket = ask("token", own(GRANT)).await["ticket"].clone();
        let fail = json!({"ticket": ticket, "reason": reason});
        let failed = expect_outcome!(ask, "token/fail", fail, "BAD_REQUEST", "A067301");
        let content = failed["responseContent"].as_str().unwrap();
        assert!(content.starts_with(&format!("{{\"error\":\"{error}\"")), "{content}");
    }
}

#[tokio::test]
async fn the_application_checks_the_password() {
    let simulator = simulator().await;
    outcomes(&mut async |operation, question| asked(&simulator, operation, &question).await).await;
}

#[tokio::test]
async fn the_grant_is_off_unless_the_service_lists_it() {
    for grants in [json!(null), json!(["AUTHORIZATION_CODE"])] {
        let simulator = builder(json!({"supportedGrantTypes": grants})).start().await.unwrap();
        let refused = asked(&simulator, "token", &own(GRANT)).await;
        assert_eq!(refused["resultCode"], "SIM703");
    }
}
