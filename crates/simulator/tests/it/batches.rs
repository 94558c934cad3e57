use std::time::Duration;

use authlete_simulator::{
    BatchState, FailedTokenCount, Operation, PartialApplication, PendingResult, Simulator, Validation,
};
use serde_json::{Value, json};

use crate::client::{accepted, call, create, status, tokens};

const STEP: Duration = Duration::from_millis(50);

async fn manual() -> Simulator {
    Simulator::builder().manual_clock().start().await.unwrap()
}

#[tokio::test]
async fn a_batch_is_pending_until_its_time_and_then_applied() {
    let simulator = manual().await;
    let id = accepted(&simulator, &tokens(&["a", "b", "c"])).await;
    assert_eq!(id.len(), 43);

    let pending = status(&simulator, &id).await;
    assert!(!pending.as_object().unwrap().contains_key("result"));
    assert_eq!(pending["tokenCount"], 0);
    assert_eq!(simulator.ledger().token_count(), 0);

    simulator.advance(STEP);
    let done = status(&simulator, &id).await;
    assert_eq!(done["result"], "SUCCEEDED");
    assert_eq!(done["batchKind"], "CREATE");
    assert_eq!(done["requestId"], id);
    assert_eq!(done["tokenCount"], 3);
    assert!(!done.as_object().unwrap().contains_key("errorCode"));
    assert_eq!(done["createdAt"].as_i64().unwrap() % 1000, 0);

    let ledger = simulator.ledger();
    let stored: Vec<_> = ledger.tokens().iter().map(|token| token.access_token.to_string()).collect();
    assert_eq!(stored, ["a", "b", "c"]);
    assert!(ledger.contains("b") && !ledger.contains("d"));
    assert_eq!(ledger.tokens()[0].batch.as_deref(), Some(id.as_str()));
    assert_eq!(ledger.requests_for(Operation::BatchStatus).len(), 2);
    assert!(ledger.requests().iter().all(|request| request.processed && request.status == Some(200)));
}

#[tokio::test]
async fn the_ledger_applies_what_is_due_without_being_asked_by_a_client() {
    let simulator = manual().await;
    accepted(&simulator, &tokens(&["a"])).await;
    simulator.advance(STEP);
    assert_eq!(simulator.ledger().token_count(), 1);
    assert_eq!(simulator.ledger().batches()[0].state, BatchState::Succeeded);
}

#[tokio::test]
async fn an_empty_batch_succeeds() {
    let simulator = manual().await;
    let id = accepted(&simulator, &json!([])).await;
    simulator.advance(STEP);
    let done = status(&simulator, &id).await;
    assert_eq!((&done["result"], &done["tokenCount"]), (&json!("SUCCEEDED"), &json!(0)));
}

#[tokio::test]
async fn a_repeated_batch_fails_and_is_counted() {
    let simulator = manual().await;
    accepted(&simulator, &tokens(&["a", "b"])).await;
    let again = accepted(&simulator, &tokens(&["new", "b", "never"])).await;
    simulator.advance(STEP);
    let failed = status(&simulator, &again).await;
    assert_eq!(failed["result"], "FAILED");
    assert_eq!(failed["errorCode"], "SIM201");
    assert_eq!(failed["tokenCount"], 1);
    assert!(failed["errorDescription"].as_str().unwrap().starts_with("Item 1:"));
    assert_eq!(simulator.ledger().rejected_duplicates(), 1);
    assert!(simulator.ledger().contains("new") && !simulator.ledger().contains("never"));
}

#[tokio::test]
async fn a_refresh_token_is_unique_too() {
    let simulator = manual().await;
    let mut items = tokens(&["a", "b"]);
    items[0]["refreshToken"] = "r".into();
    items[1]["refreshToken"] = "r".into();
    let id = accepted(&simulator, &items).await;
    simulator.advance(STEP);
    assert_eq!(status(&simulator, &id).await["errorCode"], "SIM202");
    // The refused token left nothing behind: its access token is free.
    accepted(&simulator, &tokens(&["b"])).await;
    simulator.advance(STEP);
    assert!(simulator.ledger().contains("b"));
}

#[tokio::test]
async fn what_a_failing_batch_leaves_behind_is_a_switch() {
    for (partial, expected) in [
        (PartialApplication::Prefix, vec!["a"]),
        (PartialApplication::None, vec![]),
        (PartialApplication::AllButTheOffenders, vec!["a", "c"]),
    ] {
        let builder = Simulator::builder().manual_clock().partial_application(partial).poison("bad");
        let simulator = builder.start().await.unwrap();
        let id = accepted(&simulator, &tokens(&["a", "bad", "c"])).await;
        simulator.advance(STEP);
        let failed = status(&simulator, &id).await;
        assert_eq!((&failed["result"], &failed["errorCode"]), (&json!("FAILED"), &json!("SIM203")));
        let left: Vec<_> =
            simulator.ledger().tokens().iter().map(|token| token.access_token.to_string()).collect();
        assert_eq!(left, expected, "{partial:?}");
        assert_eq!(failed["tokenCount"], expected.len());
    }
}

#[tokio::test]
async fn the_next_batch_fails_on_demand() {
    let simulator = manual().await;
    simulator.fail_next_batch(2);
    simulator.fail_next_batch(9);
    for (names, count) in [(["a", "b", "c"], 2), (["d", "e", "f"], 3)] {
        let id = accepted(&simulator, &tokens(&names)).await;
        simulator.advance(STEP);
        let failed = status(&simulator, &id).await;
        assert_eq!((&failed["result"], &failed["tokenCount"]), (&json!("FAILED"), &json!(count)));
    }
    let id = accepted(&simulator, &tokens(&["g"])).await;
    simulator.advance(STEP);
    assert_eq!(status(&simulator, &id).await["result"], "SUCCEEDED");
}

#[tokio::test]
async fn every_rule_of_an_item_has_its_code() {
    let cases = [
        (json!({"grantType": null}), "SIM101"),
        (json!({"grantType": "NONSENSE"}), "SIM102"),
        (json!({"grantType": "REFRESH_TOKEN"}), "SIM103"),
        (json!({"clientId": null}), "SIM104"),
        (json!({"accessToken": null}), "SIM105"),
        (json!({"accessToken": ""}), "SIM105"),
        (json!({"refreshToken": ""}), "SIM106"),
        (json!({"subject": null}), "SIM107"),
        (json!({"subject": "jöhn"}), "SIM108"),
        (json!({"subject": "x".repeat(101)}), "SIM108"),
        (json!({"scopes": ["other"]}), "SIM109"),
        (json!({"accessTokenDuration": -1}), "SIM110"),
        (json!({"authTime": -1}), "SIM110"),
        (json!({"jwtAtClaims": "[]"}), "SIM111"),
        (json!({"authorizationDetails": []}), "SIM111"),
        (json!({"authorizationDetails": {"elements": {}}}), "SIM111"),
        (json!({"authorizationDetails": {"elements": [{"locations": []}]}}), "SIM111"),
        (json!({"authorizationDetails": {"elements": [{"type": "t", "actions": "read"}]}}), "SIM111"),
        (json!({"accessTokenDuration": "1"}), "SIM003"),
        (json!({"scopes": "profile"}), "SIM003"),
        (json!({"properties": {"key": "value"}}), "SIM003"),
    ];
    let builder = Simulator::builder().scopes(["profile"]).require_access_token(true);
    let simulator = builder.start().await.unwrap();
    for (change, code) in cases {
        let mut items = tokens(&["a", "secret-token"]);
        for (name, value) in change.as_object().unwrap() {
            items[1][name] = value.clone();
        }
        let reply = create(&simulator, &items).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, code), "{change}");
        assert!(!String::from_utf8_lossy(&reply.body).contains("secret-token"));
    }
    assert_eq!(simulator.ledger().batches().len(), 0);
}

#[tokio::test]
async fn a_subject_may_be_missing_where_it_does_not_matter() {
    let simulator = manual().await;
    let items = json!([
        {"grantType": "CLIENT_CREDENTIALS", "clientIdentifier": "app", "accessToken": "a", "subject": "é"},
        {"grantType": "JWT_BEARER", "clientIdentifier": "7", "accessToken": "b"},
    ]);
    accepted(&simulator, &items).await;
    simulator.advance(STEP);
    let stored = simulator.ledger().tokens();
    assert_eq!((stored[0].subject.as_deref(), stored[0].client_id), (None, None));
    assert_eq!(stored[1].client_id, Some(7));
}

#[tokio::test]
async fn a_broken_rule_may_fail_the_batch_instead() {
    let builder = Simulator::builder()
        .manual_clock()
        .validation(Validation::InBatch)
        .failed_token_count(FailedTokenCount::Received)
        .pending_result(PendingResult::Absent);
    let simulator = builder.start().await.unwrap();
    let mut items = tokens(&["a", "b"]);
    items[1]["subject"] = Value::Null;
    let id = accepted(&simulator, &items).await;
    assert!(!status(&simulator, &id).await.as_object().unwrap().contains_key("result"));
    simulator.advance(STEP);
    let failed = status(&simulator, &id).await;
    assert_eq!((&failed["errorCode"], &failed["tokenCount"]), (&json!("SIM107"), &json!(2)));
}

#[tokio::test]
async fn a_member_without_a_value_may_be_null() {
    let builder = Simulator::builder().manual_clock().nulls(true).dry_run_request_id(false);
    let simulator = builder.start().await.unwrap();
    let id = accepted(&simulator, &tokens(&["a"])).await;
    let pending = status(&simulator, &id).await;
    let members = pending.as_object().unwrap();
    for name in ["result", "errorCode", "errorDescription"] {
        assert_eq!(members.get(name), Some(&Value::Null), "{name}");
    }
    let dry = call(&simulator, "POST", "token/create/batch?dryRun=true", "[]").await.json();
    assert_eq!(dry.as_object().unwrap().get("requestId"), Some(&Value::Null));

    let builder = Simulator::builder().manual_clock().pending_result(PendingResult::Null);
    let simulator = builder.failed_token_count(FailedTokenCount::Null).poison("a").start().await.unwrap();
    let id = accepted(&simulator, &tokens(&["a"])).await;
    let pending = status(&simulator, &id).await;
    assert_eq!(pending.as_object().unwrap().get("result"), Some(&Value::Null));
    assert!(!pending.as_object().unwrap().contains_key("errorCode"));
    simulator.advance(STEP);
    let failed = status(&simulator, &id).await;
    assert_eq!(failed.as_object().unwrap().get("tokenCount"), Some(&Value::Null));
}

#[tokio::test]
async fn what_is_not_an_array_of_objects_is_refused() {
    let simulator = manual().await;
    for body in ["", "{}", "null", "[1]", "[null]", "[[]]", "[[\"IMPLICIT\"]]", "[{]", "[{}] x", "\u{feff}[]"]
    {
        let reply = call(&simulator, "POST", "token/create/batch", body).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "SIM003"), "{body}");
    }
    let deep = format!("[{{\"authorizationDetails\":{}", "[".repeat(200_000));
    assert_eq!(call(&simulator, "POST", "token/create/batch", &deep).await.status, 400);
}

#[tokio::test]
async fn a_dry_run_creates_nothing() {
    let simulator = manual().await;
    for (query, wanted) in [("?dryRun=true", 0), ("?dryRun=false", 1)] {
        let path = format!("token/create/batch{query}");
        let reply = call(&simulator, "POST", &path, &tokens(&["a"]).to_string()).await;
        simulator.advance(STEP);
        let id = reply.json()["requestId"].as_str().unwrap().to_owned();
        let done = status(&simulator, &id).await;
        assert_eq!((&done["result"], &done["tokenCount"]), (&json!("SUCCEEDED"), &json!(1)));
        assert_eq!(simulator.ledger().token_count(), wanted);
    }
    let reply = call(&simulator, "POST", "token/create/batch?dryRun=true", &tokens(&["a"]).to_string()).await;
    simulator.advance(STEP);
    let id = reply.json()["requestId"].as_str().unwrap().to_owned();
    assert_eq!(status(&simulator, &id).await["errorCode"], "SIM201");

    for query in ["?dryRun=yes", "?dryRun=", "?dryRun", "?dryRun=true&dryRun=true", "?dryRun=%zz"] {
        let reply = call(&simulator, "POST", &format!("token/create/batch{query}"), "[]").await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "SIM001"), "{query}");
    }
}

#[tokio::test]
async fn a_dry_run_may_have_no_request_id_or_no_status() {
    let builder = Simulator::builder().dry_run_request_id(false);
    let simulator = builder.start().await.unwrap();
    let reply = call(&simulator, "POST", "token/create/batch?dryRun=true", "[]").await;
    assert_eq!(reply.json()["requestId"], Value::Null);

    let simulator = Simulator::builder().dry_run_status(false).start().await.unwrap();
    let reply = call(&simulator, "POST", "token/create/batch?dryRun=true", "[]").await;
    let id = reply.json()["requestId"].as_str().unwrap().to_owned();
    let reply = call(&simulator, "GET", &format!("token/create/batch/status/{id}"), "").await;
    assert_eq!((reply.status, reply.code().as_str()), (404, "A481302"));
}

#[tokio::test]
async fn a_status_may_be_unknown_at_first() {
    let builder = Simulator::builder().early_not_found_requests(2).succeed_without_ed(true);
    let simulator = builder.batch_delay(Duration::ZERO).start().await.unwrap();
    let id = accepted(&simulator, &json!([])).await;
    let path = format!("token/create/batch/status/{id}");
    for expected in [404, 404, 200] {
        assert_eq!(call(&simulator, "GET", &path, "").await.status, expected);
    }
    assert_eq!(status(&simulator, &id).await["result"], "SUCCEED");

    let builder = Simulator::builder().manual_clock().early_not_found_for(STEP);
    let simulator = builder.start().await.unwrap();
    let id = accepted(&simulator, &json!([])).await;
    let path = format!("token/create/batch/status/{id}");
    assert_eq!(call(&simulator, "GET", &path, "").await.status, 404);
    simulator.advance(STEP);
    assert_eq!(call(&simulator, "GET", &path, "").await.status, 200);
}

#[tokio::test]
async fn a_large_batch_is_quick() {
    let simulator =
        Simulator::builder().record_bodies(false).batch_delay(Duration::ZERO).start().await.unwrap();
    let names: Vec<String> = (0..50_000).map(|number| format!("token-{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let begun = std::time::Instant::now();
    accepted(&simulator, &tokens(&names)).await;
    assert_eq!(simulator.ledger().token_count(), 50_000);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(simulator.ledger().requests()[0].body.is_empty());
    assert!(simulator.ledger().requests()[0].body_length.unwrap() > 50_000);
}
