//! Bodies of the type application/x-www-form-urlencoded, where the API description offers them.

use authlete_simulator::Simulator;
use serde_json::json;

use crate::client::{Reply, send, text};

async fn form(simulator: &Simulator, operation: &str, body: &str) -> Reply {
    let target = format!("/api/{}/auth/{operation}", simulator.service_id());
    let json = text(simulator, "POST", &target, body);
    send(simulator, &json.replace("application/json", "application/x-www-form-urlencoded;charset=UTF-8"))
        .await
}

#[tokio::test]
async fn a_token_is_created_and_introspected_by_forms() {
    let simulator = Simulator::start().await.unwrap();
    let body = "grantType=PASSWORD&clientId=42&subject=jo+n%40example&scopes=profile+email&accessToken=a%2Fb\
                &accessTokenDuration=60&accessTokenPersistent=false&unknown=1";
    let created = form(&simulator, "token/create", body).await.json();
    assert_eq!((&created["action"], &created["resultCode"]), (&json!("OK"), &json!("A109001")));
    let token = simulator.ledger().token("a/b").unwrap();
    assert_eq!((token.subject.as_deref(), token.client_id), (Some("jo n@example"), Some(42)));
    assert_eq!(token.scopes.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["profile", "email"]);
    assert_eq!(token.access_token_duration, 60);

    for (question, action) in [
        ("token=a%2Fb&scopes=email+profile", "OK"),
        ("token=a%2Fb&scopes=email+phone", "FORBIDDEN"),
        ("token=unknown", "UNAUTHORIZED"),
        ("token=", "BAD_REQUEST"),
        ("", "BAD_REQUEST"),
    ] {
        assert_eq!(form(&simulator, "introspection", question).await.json()["action"], action, "{question}");
    }
}

#[tokio::test]
async fn a_form_that_is_not_understood_is_refused() {
    let simulator = Simulator::start().await.unwrap();
    for body in [
        "grantType=PASSWORD&clientId=forty-two",
        "grantType=PASSWORD&clientId=",
        "grantType=PASSWORD&grantType=PASSWORD",
        "grantType=PASSWORD&accessTokenPersistent=1",
        "grantType=PASSWORD&subject=%",
        "grantType=PASSWORD&subject=%ff",
        // Properties and authorization details can only be told in JSON.
        "grantType=PASSWORD&properties=%5B%5D",
    ] {
        let reply = form(&simulator, "token/create", body).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "SIM003"), "{body}");
    }
    let reply = form(&simulator, "token/create/batch", "grantType=PASSWORD").await;
    assert_eq!((reply.status, reply.code().as_str()), (415, "SIM002"));
    let target = format!("/api/{}/auth/introspection", simulator.service_id());
    let plain = text(&simulator, "POST", &target, "token=a").replace("application/json", "text/plain");
    assert_eq!(send(&simulator, &plain).await.code(), "SIM002");
    assert_eq!(simulator.ledger().token_count(), 0);
}
