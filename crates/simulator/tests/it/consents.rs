//! What users have granted to clients.

use authlete_simulator::Simulator;
use serde_json::{Value, json};

use crate::client::{Reply, call};
use crate::flows::{own, simulator, tokens};

/// A way to ask an operation: by path, by query or by body.
fn ways(operation: &str, method: &'static str, subject: &str) -> [(&'static str, String, String); 3] {
    [
        (method, format!("{operation}?subject={subject}"), String::new()),
        ("POST", operation.to_owned(), json!({"subject": subject}).to_string()),
        (method, format!("{operation}/{subject}"), String::new()),
    ]
}

/// Every outcome.
pub(crate) async fn outcomes(
    simulator: &Simulator,
    ask: &mut impl AsyncFnMut(&'static str, &str, &str) -> Reply,
) {
    let mut post = async |operation: &'static str, question: Value| {
        call(simulator, "POST", operation, &question.to_string()).await.json()
    };
    tokens(&mut post, "a").await;
    let issued = tokens(&mut post, "b+a").await;
    for (method, operation, body) in ways("/client/authorization/get/list", "GET", "jane") {
        let listed = ask(method, &operation, &body).await.json();
        assert_eq!(
            (&listed["totalCount"], &listed["clients"][0]["clientId"]),
            (&json!(1), &json!(1)),
            "{operation}"
        );
    }
    for (operation, total) in [
        ("/client/authorization/get/list?subject=john", 0),
        ("/client/authorization/get/list?subject=jane&developer=x", 0),
    ] {
        assert_eq!(ask("GET", operation, "").await.json()["totalCount"], total);
    }
    let nobody = ask("GET", "/client/authorization/get/list", "").await;
    assert_eq!((nobody.status, nobody.code().as_str()), (400, "SIM821"));
    for (method, operation, body) in ways("/client/granted_scopes/get/1", "GET", "jane") {
        let granted = ask(method, &operation, &body).await.json();
        assert_eq!(
            (&granted["resultCode"], &granted["latestGrantedScopes"], &granted["mergedGrantedScopes"]),
            (&json!("SIM823"), &json!(["b", "a"]), &json!(["a", "b"]))
        );
    }
    let unknown = ask("GET", "/client/granted_scopes/get/9/jane", "").await;
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "SIM825"));
    for (method, operation, body) in ways("/client/granted_scopes/delete/1", "DELETE", "jane") {
        assert_eq!(ask(method, &operation, &body).await.code(), "SIM824");
    }
    let granted = ask("GET", "/client/granted_scopes/get/1/jane", "").await.json();
    assert!(granted.get("latestGrantedScopes").is_none());

    let update = json!({"subject": "jane", "scopes": ["b"]}).to_string();
    assert_eq!(ask("POST", "/client/authorization/update/1", &update).await.code(), "A138001");
    let question = json!({"token": issued["accessToken"], "scopes": ["a"]}).to_string();
    assert_eq!(call(simulator, "POST", "introspection", &question).await.json()["action"], "FORBIDDEN");
    let own_of_client =
        call(simulator, "POST", "token", &own("grant_type=client_credentials").to_string()).await;
    for (method, operation, body) in ways("/client/authorization/delete/1", "DELETE", "jane") {
        assert_eq!(ask(method, &operation, &body).await.code(), "A137001");
    }
    let gone = json!({"token": issued["accessToken"]}).to_string();
    assert_eq!(call(simulator, "POST", "introspection", &gone).await.json()["action"], "UNAUTHORIZED");
    // The client's own token is no user's.
    let kept = json!({"token": own_of_client.json()["accessToken"]}).to_string();
    assert_eq!(call(simulator, "POST", "introspection", &kept).await.json()["action"], "OK");

    simulator.switch(|switches| switches.granted_scopes = false);
    let refused = ask("GET", "/client/granted_scopes/get/1/jane", "").await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "SIM822"));
}

#[tokio::test]
async fn consents_are_shown_changed_and_deleted() {
    let simulator = simulator().await;
    let mut ask = async |method: &'static str, operation: &str, body: &str| {
        call(&simulator, method, operation, body).await
    };
    outcomes(&simulator, &mut ask).await;
}
