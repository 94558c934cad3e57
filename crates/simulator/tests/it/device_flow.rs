//! The device flow (RFC 8628).

use std::time::Duration;

use authlete_simulator::Simulator;
use serde_json::{Value, json};

use crate::client::{asked, expect_outcome};
use crate::flows::{builder, own, part, public, simulator};

/// A poll of the public client.
fn poll(begun: &Value) -> Value {
    public(&format!(
        "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code={}",
        begun["deviceCode"].as_str().unwrap()
    ))
}

/// Every outcome.
pub(crate) async fn outcomes(simulator: &Simulator, ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    expect_outcome!(ask, "/device/authorization", json!({}), "BAD_REQUEST", "SIM701");
    expect_outcome!(
        ask,
        "/device/authorization",
        json!({"parameters": "client_id=9"}),
        "UNAUTHORIZED",
        "SIM704"
    );
    let few = json!({"parameters": "", "clientId": "4", "clientSecret": "few"});
    expect_outcome!(ask, "/device/authorization", few, "BAD_REQUEST", "SIM705");
    let begun = expect_outcome!(ask, "/device/authorization", public("scope=a+openid+x"), "OK", "A220001");
    let content: Value = serde_json::from_str(begun["responseContent"].as_str().unwrap()).unwrap();
    let code = begun["userCode"].as_str().unwrap();
    assert!(
        code.len() == 8 && code.bytes().all(|letter| b"BCDFGHJKLMNPQRSTVWXZ".contains(&letter)),
        "{code}"
    );
    assert_eq!(
        content,
        json!({
            "device_code": begun["deviceCode"], "user_code": code, "verification_uri": "https://as.example/device",
            "verification_uri_complete": format!("https://as.example/device?code={code}"),
            "expires_in": 600, "interval": 5,
        })
    );
    let user_code = |begun: &Value| json!({"userCode": begun["userCode"]});
    expect_outcome!(ask, "/device/verification", json!({}), "NOT_EXIST", "A225301");
    let lower = json!({"userCode": code.to_ascii_lowercase()});
    expect_outcome!(ask, "/device/verification", lower, "NOT_EXIST", "A225301");
    let valid = expect_outcome!(ask, "/device/verification", user_code(&begun), "VALID", "A224001");
    assert_eq!(
        (&valid["clientId"], &valid["scopes"]),
        (&json!(2), &json!([{"name": "a"}, {"name": "openid"}]))
    );

    const GRANT: &str = "grant_type=urn:ietf:params:oauth:grant-type:device_code";
    expect_outcome!(ask, "token", public(GRANT), "BAD_REQUEST", "SIM811");
    expect_outcome!(ask, "token", public(&format!("{GRANT}&device_code=x")), "BAD_REQUEST", "SIM812");
    let foreign = own(&format!("{GRANT}&device_code={}", begun["deviceCode"].as_str().unwrap()));
    expect_outcome!(ask, "token", foreign, "BAD_REQUEST", "SIM812");
    let pending = expect_outcome!(ask, "token", poll(&begun), "BAD_REQUEST", "A242307");
    assert!(pending["responseContent"].as_str().unwrap().contains("\"authorization_pending\""));
    let fast = expect_outcome!(ask, "token", poll(&begun), "BAD_REQUEST", "SIM813");
    assert!(fast["responseContent"].as_str().unwrap().contains("\"slow_down\""));
    // Now ten seconds (RFC 8628, section 3.5).
    simulator.advance(Duration::from_secs(9));
    expect_outcome!(ask, "token", poll(&begun), "BAD_REQUEST", "SIM813");
    simulator.advance(Duration::from_secs(15));
    expect_outcome!(ask, "token", poll(&begun), "BAD_REQUEST", "A242307");

    let complete = |begun: &Value, result: &str| json!({"userCode": begun["userCode"], "result": result, "subject": "jane", "authTime": 7});
    expect_outcome!(ask, "/device/complete", json!({"userCode": "x"}), "USER_CODE_NOT_EXIST", "A227301");
    expect_outcome!(ask, "/device/complete", complete(&begun, "NONSENSE"), "INVALID_REQUEST", "SIM817");
    let nobody = json!({"userCode": code, "result": "AUTHORIZED"});
    expect_outcome!(ask, "/device/complete", nobody, "INVALID_REQUEST", "SIM817");
    expect_outcome!(ask, "/device/complete", complete(&begun, "AUTHORIZED"), "SUCCESS", "A241001");
    expect_outcome!(
        ask,
        "/device/complete",
        complete(&begun, "AUTHORIZED"),
        "USER_CODE_NOT_EXIST",
        "A227301"
    );
    expect_outcome!(ask, "/device/verification", user_code(&begun), "NOT_EXIST", "A225301");
    let issued = expect_outcome!(ask, "token", poll(&begun), "OK", "SIM818");
    assert_eq!((&issued["subject"], &issued["grantType"]), (&json!("jane"), &json!("DEVICE_CODE")));
    assert_eq!(part(issued["idToken"].as_str().unwrap(), 1)["auth_time"], 7);
    expect_outcome!(ask, "token", poll(&begun), "BAD_REQUEST", "SIM812");

    for (result, code, error) in
        [("ACCESS_DENIED", "SIM814", "access_denied"), ("TRANSACTION_FAILED", "SIM815", "expired_token")]
    {
        let begun = ask("/device/authorization", public("")).await;
        expect_outcome!(ask, "/device/complete", complete(&begun, result), "SUCCESS", "A241001");
        let refused = ask("token", poll(&begun)).await;
        assert_eq!(refused["resultCode"], code);
        assert!(refused["responseContent"].as_str().unwrap().contains(error));
    }
    let late = ask("/device/authorization", public("")).await;
    simulator.advance(Duration::from_secs(600));
    expect_outcome!(ask, "/device/verification", user_code(&late), "EXPIRED", "SIM816");
    expect_outcome!(ask, "/device/complete", complete(&late, "AUTHORIZED"), "USER_CODE_EXPIRED", "SIM816");
    expect_outcome!(ask, "token", poll(&late), "BAD_REQUEST", "SIM815");
}

#[tokio::test]
async fn a_device_waits_for_its_user() {
    let simulator = simulator().await;
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    outcomes(&simulator, &mut ask).await;
}

#[tokio::test]
async fn codes_and_times_are_what_the_service_says() {
    let settings = json!({
        "userCodeCharset": "NUMERIC", "userCodeLength": 10, "deviceFlowCodeDuration": 60,
        "deviceFlowPollingInterval": 1, "deviceVerificationUri": "https://as.example/tv",
    });
    let simulator = builder(settings).start().await.unwrap();
    let begun = asked(&simulator, "/device/authorization", &public("")).await;
    let code = begun["userCode"].as_str().unwrap();
    assert!(code.len() == 10 && code.bytes().all(|letter| letter.is_ascii_digit()), "{code}");
    assert_eq!(
        (&begun["verificationUri"], &begun["expiresIn"], &begun["interval"]),
        (&json!("https://as.example/tv"), &json!(60), &json!(1))
    );
}
