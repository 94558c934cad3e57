//! A configuration as JSON does what the builder's methods do, and says what is wrong with it.

use authlete_simulator::{Client, Simulator};
use serde_json::json;

use crate::client::{call, create, raw, text, tokens};

#[tokio::test]
async fn everything_can_be_set() {
    let builder = Simulator::builder().configured(
        &json!({
            "port": 0,
            "controlPort": 0,
            "bearer": "b",
            "manualClock": true,
            "clockOffsetMs": -3_600_000,
            "switches": {"batchDelayMs": 20, "scopes": ["profile"]},
            "clients": [{"clientId": 42}],
            "services": [{"serviceId": "1"}, {"serviceId": "2", "switches": {"scopes": null}, "clients": []}],
            "tokens": [{"grantType": "CLIENT_CREDENTIALS", "clientId": 42, "accessToken": "there"}],
            "poison": ["bad"],
            "failingBatches": [{"afterItems": 0}],
            "faults": [{"kind": "body", "body": "no", "contentType": "text/plain", "after": 3}],
            "rateLimits": [{"requests": 4, "perMs": 1000, "withoutRetryAfter": true}],
            "outages": [{"kind": "unavailable", "afterRequests": 5, "lastingMs": 1000}],
            "droppedAnswers": {"share": 0.0, "seed": 3},
        })
        .to_string(),
    );
    let simulator = builder.unwrap().start().await.unwrap();
    assert_eq!((simulator.bearer(), simulator.service_id()), ("b", "1"));
    assert!(!simulator.control_url().starts_with(simulator.url()));
    assert!(simulator.ledger().contains("there"));
    let elsewhere = json!([{"grantType": "CLIENT_CREDENTIALS", "clientId": 41, "accessToken": "x"}]);
    assert_eq!(create(&simulator, &elsewhere).await.code(), "SIM112");
    for name in ["first", "bad"] {
        assert_eq!(create(&simulator, &tokens(&[name])).await.status, 200);
    }
    simulator.advance(std::time::Duration::from_millis(20));
    let batches = simulator.ledger().batches();
    let codes: Vec<_> = batches.iter().map(|batch| batch.error_code).collect();
    assert_eq!(codes, [Some("SIM204"), Some("SIM203")]);
    assert_eq!(call(&simulator, "GET", "token/get/list", "").await.body, b"no");
    assert_eq!(call(&simulator, "GET", "token/get/list", "").await.status, 429);
    simulator.lift_rate_limits();
    assert_eq!(call(&simulator, "GET", "token/get/list", "").await.status, 503);
}

#[tokio::test]
async fn a_configuration_comes_over_what_is_set() {
    let builder = Simulator::builder().bearer("kept").nulls(true).service_id("gone");
    let builder = builder.configured(r#"{"services":[{"serviceId":"1","switches":{"batchDelayMs":0}}]}"#);
    let later = r#"{"poison":["x"],"switches":{"maxBatchItems":1}}"#;
    let builder = builder.unwrap().configured(later).unwrap();
    let simulator = builder.start().await.unwrap();
    assert_eq!((simulator.bearer(), simulator.service_id()), ("kept", "1"));
    // A service's own switches are the simulator's but for what they name.
    let seen = call(&simulator, "POST", "introspection", r#"{"token":"?"}"#).await.json();
    assert_eq!(seen["action"], "UNAUTHORIZED");
    assert_eq!(create(&simulator, &tokens(&["t", "u"])).await.code(), "SIM005");
    create(&simulator, &tokens(&["t"])).await;
    let seen = call(&simulator, "POST", "introspection", r#"{"token":"t"}"#).await.json();
    assert!(seen.as_object().unwrap()["certificateThumbprint"].is_null());
}

#[test]
fn what_is_wrong_is_named_by_its_path() {
    for (text, member, reason) in [
        ("", "", "EOF while parsing a value"),
        ("[]", "", "an object is expected"),
        ("{} {}", "", "nothing is expected after the value"),
        (r#"{"prot":1}"#, "prot", "unknown field `prot`"),
        (r#"{"port":-1}"#, "port", "a whole number from 0 to 65535 is expected"),
        (r#"{"port":1,"port":1}"#, "port", "duplicate field `port`"),
        (r#"{"bearer":"two words"}"#, "bearer", "visible ASCII characters are expected"),
        (r#"{"services":[]}"#, "services", "at least one is expected"),
        (r#"{"services":[[]]}"#, "services[0]", "an object is expected"),
        (r#"{"services":[{}]}"#, "services[0].serviceId", "missing field"),
        (r#"{"services":[{"serviceId":""}]}"#, "services[0].serviceId", "visible ASCII"),
        (
            r#"{"services":[{"serviceId":"1"},{"serviceId":"1"}]}"#,
            "services[1].serviceId",
            "another service has this ID",
        ),
        (
            r#"{"services":[{"serviceId":"1","switches":{"refreshTokens":"gone"}}]}"#,
            "services[0].switches.refreshTokens",
            "one of `asGiven`",
        ),
        (
            r#"{"services":[{"serviceId":"1","tokens":[{"acessToken":"x"}]}]}"#,
            "services[0].tokens[0].acessToken",
            "unknown field",
        ),
        (r#"{"tokens":[{"clientId":"x"}]}"#, "tokens[0].clientId", "a whole number is expected"),
        (
            r#"{"tokens":[{"grantType":"PASSWORD","clientId":1}]}"#,
            "tokens[0]",
            "[SIM107] subject is required",
        ),
        (
            r#"{"services":[{"serviceId":"1","clients":[],"tokens":[{"grantType":"CLIENT_CREDENTIALS","clientId":1}]}]}"#,
            "services[0].tokens[0]",
            "[SIM112]",
        ),
        (r#"{"switches":{"nulls":1}}"#, "switches.nulls", "a boolean is expected"),
        (r#"{"switches":{"nulls":true,"nulls":true}}"#, "switches.nulls", "duplicate field"),
        (r#"{"clients":[{}]}"#, "clients[0].clientId", "missing field"),
        (r#"{"clients":[],"switches":{"clients":[]}}"#, "clients", "is among the switches too"),
        (r#"{"faults":{}}"#, "faults", "an array is expected"),
        (r#"{"faults":[{"kind":"status"}]}"#, "faults[0].status", "`status` is required"),
        (r#"{"faults":[{"kind":"status","status":99}]}"#, "faults[0].status", "`status` is 99"),
        (r#"{"faults":[{"kind":"delay","delayMs":1,"times":0}]}"#, "faults[0].times", "never applies"),
        (
            r#"{"faults":[{"kind":"delay","delayMs":1,"operation":"x"}]}"#,
            "faults[0].operation",
            "the ID of an operation of the API",
        ),
        (
            r#"{"faults":[{"kind":"delay","delayMs":1,"probability":2}]}"#,
            "faults[0].probability",
            "from 0 to 1",
        ),
        (
            r#"{"faults":[{"kind":"resetOnAccept","path":"x"}]}"#,
            "faults[0].path",
            "before there is a request",
        ),
        (
            r#"{"faults":[{"kind":"delay","delayMs":1,"headers":[["a b","c"]]}]}"#,
            "faults[0].headers",
            "HTTP does not allow",
        ),
        (r#"{"rateLimits":[{"perMs":1}]}"#, "rateLimits[0].requests", "missing field"),
        (r#"{"rateLimits":[{"requests":1,"perMs":0}]}"#, "rateLimits[0].perMs", "no request"),
        (r#"{"outages":[{"kind":"refused","retryAfter":"1"}]}"#, "outages[0].retryAfter", "`unavailable`"),
        (r#"{"droppedAnswers":{"share":1.5}}"#, "droppedAnswers.share", "a share from 0 to 1"),
        (r#"{"failingBatches":[{"afterItems":-1}]}"#, "failingBatches[0].afterItems", "a whole number"),
    ] {
        let refused = Simulator::builder().configured(text).unwrap_err();
        assert_eq!(refused.member(), member, "{text}: {refused}");
        assert!(refused.reason().contains(reason), "{text}: {refused}");
        assert!(!refused.to_string().contains("two words"));
    }
}

#[tokio::test]
async fn a_service_may_know_its_clients() {
    let clients = [Client::new(42).alias("app"), Client::new(43)];
    let simulator = Simulator::builder().manual_clock().clients(clients).start().await.unwrap();
    let token = |members: serde_json::Value| {
        let mut token = json!({"grantType": "PASSWORD", "subject": "john"});
        token.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        token
    };
    for (members, expected) in [
        (json!({"clientId": 42}), "A109001"),
        (json!({"clientIdentifier": "app"}), "A109001"),
        (json!({"clientIdentifier": "43"}), "A109001"),
        (json!({"clientIdentifier": "", "clientId": 43}), "A109001"),
        (json!({"clientId": 42, "clientIdentifier": "app"}), "A109001"),
        (json!({"clientId": 43, "clientIdentifier": "app"}), "SIM112"),
        (json!({"clientId": 44}), "SIM112"),
        (json!({"clientIdentifier": "other"}), "SIM112"),
    ] {
        let created = call(&simulator, "POST", "token/create", &token(members.clone()).to_string()).await;
        assert_eq!(created.code(), expected, "{members}");
    }
    let owners: Vec<_> = simulator.ledger().tokens().iter().map(|token| token.client_id).collect();
    assert_eq!(owners, [42, 42, 43, 43, 42].map(Some));
    let target = format!("/api/{}/auth/token/get/list?clientIdentifier=app", simulator.service_id());
    let listed = raw(&simulator, &text(&simulator, "GET", &target, "")).await.unwrap();
    assert_eq!(crate::client::reply(&listed).json()["totalCount"], 3);
}
