use std::time::Duration;

use authlete_simulator::{Deletion, Ledger, RefreshTokens, Simulator, SingleAccessToken};
use serde_json::{Value, json};

use crate::client::{accepted, call, tokens};

async fn introspect(simulator: &Simulator, question: &Value) -> Value {
    let reply = call(simulator, "POST", "introspection", &question.to_string()).await;
    assert_eq!(reply.status, 200);
    reply.json()
}

/// A simulator on a manual clock that has created these.
async fn with(items: &Value) -> Simulator {
    let simulator = Simulator::builder().manual_clock().start().await.unwrap();
    accepted(&simulator, items).await;
    simulator.advance(Duration::from_millis(50));
    assert_eq!(simulator.ledger().token_count(), items.as_array().unwrap().len());
    simulator
}

#[tokio::test]
async fn introspection_tells_what_a_token_is() {
    let mut items = tokens(&["a"]);
    items[0]["refreshToken"] = "r".into();
    items[0]["accessTokenDuration"] = 60.into();
    items[0]["properties"] = json!([{"key": "k", "value": "v", "hidden": true}]);
    let simulator = with(&items).await;
    let known =
        introspect(&simulator, &json!({"token": "a", "scopes": ["profile"], "subject": "john"})).await;
    assert_eq!((&known["action"], &known["resultCode"]), (&json!("OK"), &json!("A056001")));
    assert_eq!(
        (&known["existent"], &known["usable"], &known["sufficient"]),
        (&json!(true), &json!(true), &json!(true))
    );
    assert_eq!((&known["clientId"], &known["subject"]), (&json!(42), &json!("john")));
    assert_eq!(known["expiresAt"], simulator.ledger().tokens()[0].created_at + 60_000);
    assert_eq!(known["properties"], items[0]["properties"]);
    assert_eq!(known["refreshable"], true);

    for (question, action) in [
        (json!({"token": "a", "scopes": ["email"]}), "FORBIDDEN"),
        (json!({"token": "a", "subject": "jane"}), "FORBIDDEN"),
        (json!({"token": "x"}), "UNAUTHORIZED"),
        (json!({"token": ""}), "BAD_REQUEST"),
        (json!({}), "BAD_REQUEST"),
    ] {
        assert_eq!(introspect(&simulator, &question).await["action"], action, "{question}");
    }
}

#[tokio::test]
async fn an_expired_token_is_reported_once() {
    let mut items = tokens(&["short", "forever"]);
    items[0]["accessTokenDuration"] = 10.into();
    items[1]["accessTokenDuration"] = 10.into();
    items[1]["accessTokenPersistent"] = true.into();
    let simulator = with(&items).await;
    simulator.advance(Duration::from_secs(10));
    for existent in [true, false] {
        let answer = introspect(&simulator, &json!({"token": "short"})).await;
        assert_eq!((&answer["action"], &answer["usable"]), (&json!("UNAUTHORIZED"), &json!(false)));
        assert_eq!(answer["existent"], existent);
    }
    assert_eq!(introspect(&simulator, &json!({"token": "forever"})).await["action"], "OK");
    let deleted = simulator.ledger().deleted();
    assert_eq!((deleted.len(), deleted[0].why), (1, Deletion::Expired));
    assert_eq!(deleted[0].access_token_hash, Ledger::hash_of("short"));
    assert_eq!((simulator.ledger().token_count(), simulator.ledger().created_count()), (1, 2));
}

#[tokio::test]
async fn tokens_are_listed_in_ranges_by_their_hash() {
    let mut items = tokens(&["a", "b", "c", "d", "e", "f", "g"]);
    items[1]["subject"] = "jane".into();
    items[2]["clientId"] = 7.into();
    items[2]["refreshToken"] = "r".into();
    let simulator = with(&items).await;
    let list = async |query: &str| {
        let reply = call(&simulator, "GET", &format!("token/get/list{query}"), "").await;
        assert_eq!(reply.status, 200);
        reply.json()
    };
    let first = list("").await;
    assert_eq!((&first["start"], &first["end"], &first["totalCount"]), (&json!(0), &json!(5), &json!(7)));
    assert_eq!(first["accessTokens"].as_array().unwrap().len(), 5);
    assert_eq!(first["accessTokens"][0]["accessTokenHash"], Ledger::hash_of("a"));
    assert_eq!(first["accessTokens"][2]["refreshTokenHash"], Ledger::hash_of("r"));
    assert_eq!(first["accessTokens"][0]["createdAt"].as_i64().unwrap() % 1000, 0);
    assert_eq!(list("?start=5&end=25").await["accessTokens"].as_array().unwrap().len(), 2);
    assert_eq!(list("?subject=jane").await["totalCount"], 1);
    assert_eq!(list("?clientIdentifier=7").await["totalCount"], 1);
    assert_eq!(list("?clientIdentifier=7&subject=jane").await["totalCount"], 0);
    for query in ["?start=-1", "?start=x", "?start=3&end=2"] {
        let reply = call(&simulator, "GET", &format!("token/get/list{query}"), "").await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "SIM001"));
    }
}

#[tokio::test]
async fn a_token_is_deleted_by_value_or_hash() {
    let simulator = with(&tokens(&["a/b", "c"])).await;
    let hash = Ledger::hash_of("c");
    for (named, expected) in
        [("a%2Fb", 204), ("a%2Fb", 404), (hash.as_str(), 204), ("c", 404), ("unknown", 404)]
    {
        let reply = call(&simulator, "DELETE", &format!("token/delete/{named}"), "").await;
        assert_eq!(reply.status, expected, "{named}");
    }
    assert_eq!(simulator.ledger().token_count(), 0);
    // Its values are free again.
    accepted(&simulator, &tokens(&["c"])).await;
    simulator.advance(Duration::from_millis(50));
    assert!(simulator.ledger().contains("c"));
}

#[tokio::test]
async fn a_single_token_is_created_at_once() {
    let simulator = Simulator::builder().refresh_tokens(RefreshTokens::Generated).start().await.unwrap();
    let item = json!({"grantType": "PASSWORD", "clientId": 42, "subject": "john"});
    let reply = call(&simulator, "POST", "token/create", &item.to_string()).await.json();
    assert_eq!((&reply["resultCode"], &reply["action"]), (&json!("A109001"), &json!("OK")));
    assert_eq!((&reply["expiresIn"], &reply["tokenType"]), (&json!(3600), &json!("Bearer")));
    assert!(simulator.ledger().contains(reply["accessToken"].as_str().unwrap()));
    assert_eq!(reply["refreshToken"].as_str().unwrap().len(), 43);

    let taken = json!({"grantType": "PASSWORD", "clientId": 42, "subject": "john", "accessToken": reply["accessToken"]});
    let refused = call(&simulator, "POST", "token/create", &taken.to_string()).await.json();
    assert_eq!((&refused["resultCode"], &refused["action"]), (&json!("SIM201"), &json!("BAD_REQUEST")));
    assert_eq!(simulator.ledger().rejected_duplicates(), 1);
}

#[tokio::test]
async fn a_newer_token_may_replace_the_older_ones() {
    for (single, in_batch, alone) in [
        (SingleAccessToken::Off, 3, 4),
        (SingleAccessToken::CreateOnly, 3, 2),
        (SingleAccessToken::CreateAndBatch, 2, 2),
    ] {
        let builder = Simulator::builder().single_access_token_per_subject(single);
        let simulator = builder.batch_delay(Duration::ZERO).start().await.unwrap();
        let mut items = tokens(&["a", "b", "c"]);
        items[2]["subject"] = "jane".into();
        accepted(&simulator, &items).await;
        assert_eq!(simulator.ledger().token_count(), in_batch);
        let mut item = tokens(&["d"])[0].clone();
        item["clientIdentifier"] = "42".into();
        call(&simulator, "POST", "token/create", &item.to_string()).await;
        assert_eq!(simulator.ledger().token_count(), alone, "{single:?}");
        assert!(simulator.ledger().deleted().iter().all(|token| token.why == Deletion::Replaced));
    }
}

#[tokio::test]
async fn every_attribute_is_kept() {
    let item = json!({
        "grantType": "AUTHORIZATION_CODE", "clientId": 42, "subject": "john", "scopes": ["b", "a"],
        "accessToken": "a", "refreshToken": "r", "accessTokenDuration": 5, "refreshTokenDuration": 6,
        "properties": [{"key": "k", "value": "v"}], "resources": ["https://example.com/"],
        "authorizationDetails": {"elements": [{"type": "t"}]}, "jwtAtClaims": "{\"c\":1}", "acr": "acr",
        "authTime": 9, "sessionId": "s", "forExternalAttachment": true, "clientIdAliasUsed": true,
        "clientEntityIdUsed": true, "metadataDocumentUsed": true, "unknownMember": [1],
    });
    let simulator = with(&json!([item])).await;
    let token = simulator.ledger().token("a").unwrap();
    let extra = token.extra();
    assert_eq!(token.scopes.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["b", "a"]);
    assert_eq!((token.access_token_duration, token.refresh_token_duration), (5, 6));
    assert_eq!(token.refresh_token_expires_at, Some(token.created_at + 6000));
    assert_eq!(extra.properties[0].key.as_deref(), Some("k"));
    assert_eq!(extra.resources, ["https://example.com/"]);
    assert_eq!(extra.authorization_details, Some(item["authorizationDetails"].clone()));
    assert_eq!(extra.jwt_at_claims.as_deref(), Some("{\"c\":1}"));
    assert_eq!((extra.acr.as_deref(), extra.auth_time), (Some("acr"), Some(9)));
    assert_eq!(extra.session_id.as_deref(), Some("s"));
    assert!(extra.for_external_attachment && extra.client_id_alias_used);
    assert!(extra.client_entity_id_used && extra.metadata_document_used);
}
