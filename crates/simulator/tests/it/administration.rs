//! Services and clients: create, read, update, delete, list, and what is published of them.

use authlete_simulator::{Client, Simulator, Switches, UnknownMembers, UpdateSemantics};
use serde_json::{Value, json};

use crate::client::{Reply, asked, call, send, text};

/// A service with two clients.
pub(crate) async fn simulator() -> Simulator {
    let app = Client::confidential(1, "secret").alias("app").redirect_uri("https://app.example/cb");
    let settings = json!({"issuer": "https://as.example", "serviceName": "first"});
    let builder = Simulator::builder().manual_clock().service(settings.as_object().unwrap().clone());
    builder.client(app.member("developer", "ann")).client(Client::public(2)).start().await.unwrap()
}

/// Requests of every kind, with every outcome, for the schema's judge.
pub(crate) fn requests() -> Vec<(&'static str, &'static str, String)> {
    let patch = "/service/configuration?patch=%5B%7B%22op%22%3A%22remove%22%2C%22path%22%3A%22%2Fx%22%7D%5D";
    let client = json!({
        "clientName": "new", "redirectUris": ["https://new.example/"], "attributes": [{"key": "k", "value": "v"}],
        "extension": {"requestableScopesEnabled": false}, "defaultMaxAge": 5, "clientType": "PUBLIC",
    });
    let service = json!({"supportedScopes": [{"name": "a", "defaultEntry": true}], "pkceRequired": true});
    vec![
        ("GET", "/service/get", String::new()),
        ("POST", "/service/update", service.to_string()),
        ("POST", "/service/update", json!({"supportedScopes": "a"}).to_string()),
        ("GET", patch, String::new()),
        ("POST", "/client/create", client.to_string()),
        ("POST", "/client/create", json!({"clientIdAlias": "app"}).to_string()),
        ("POST", "/client/create", json!({"extension": {"requestableScopes": [1]}}).to_string()),
        ("GET", "/client/get/app", String::new()),
        ("GET", "/client/get/list?developer=ann", String::new()),
        ("POST", "/client/update/1", json!({"clientName": "renamed"}).to_string()),
        ("POST", "/client/update/9", "{}".to_owned()),
        ("POST", "/client/lock_flag/update/1", json!({"clientLocked": true}).to_string()),
        ("GET", "/client/secret/refresh/app", String::new()),
        ("POST", "/client/secret/update/app", json!({"clientSecret": "new_secret-1"}).to_string()),
        ("POST", "/client/secret/update/app", json!({"clientSecret": "new secret"}).to_string()),
        ("GET", "/client/extension/requestable_scopes/get/1", String::new()),
        ("PUT", "/client/extension/requestable_scopes/update/1", r#"{"requestableScopes":["a"]}"#.to_owned()),
        ("GET", "/client/extension/requestable_scopes/get/1", String::new()),
        ("DELETE", "/client/extension/requestable_scopes/delete/1", String::new()),
        ("DELETE", "/client/delete/2", String::new()),
        ("GET", "token/get/list?start=0&end=21", String::new()),
    ]
}

async fn get(simulator: &Simulator, operation: &str) -> Value {
    let reply = call(simulator, "GET", operation, "").await;
    assert_eq!(reply.status, 200, "{operation}");
    reply.json()
}

async fn refused(simulator: &Simulator, operation: &str, body: Value) -> (u16, String, String) {
    let reply = call(simulator, "POST", operation, &body.to_string()).await;
    let message = reply.json()["resultMessage"].as_str().unwrap().to_owned();
    (reply.status, reply.code(), message)
}

/// An operation without a service in its path.
async fn global(simulator: &Simulator, method: &str, path: &str, body: &str) -> Reply {
    send(simulator, &text(simulator, method, path, body)).await
}

#[tokio::test]
async fn a_client_lives_from_its_creation_to_its_deletion() {
    let simulator = simulator().await;
    let new =
        json!({"clientName": "new", "clientId": 7, "clientSecret": "own", "contacts": null, "x": {"y": [1]}});
    let created = asked(&simulator, "/client/create", &new).await;
    let (id, secret) = (created["clientId"].as_i64().unwrap(), created["clientSecret"].as_str().unwrap());
    assert!(id != 7 && secret.len() == 86);
    assert_eq!((&created["x"], created.get("contacts")), (&json!({"y": [1]}), None));
    assert_eq!(created["createdAt"], simulator.now_ms());
    let one = format!("/client/get/{id}");
    assert_eq!(get(&simulator, &one).await, created);
    let list = get(&simulator, "/client/get/list?start=1&end=3").await;
    assert_eq!((&list["totalCount"], list["clients"].as_array().unwrap().len()), (&json!(3), 2));
    assert_eq!(list["clients"][1], created);
    assert_eq!(get(&simulator, "/client/get/list?developer=ann").await["totalCount"], 1);

    let token = json!({"grantType": "CLIENT_CREDENTIALS", "clientId": id, "accessToken": "t"});
    asked(&simulator, "token/create", &token).await;
    let other = json!({"grantType": "CLIENT_CREDENTIALS", "clientId": 1, "accessToken": "u"});
    asked(&simulator, "token/create", &other).await;
    assert_eq!(call(&simulator, "DELETE", &format!("/client/delete/{id}"), "").await.status, 204);
    assert_eq!(call(&simulator, "GET", &one, "").await.code(), "SIM305");
    let ledger = simulator.ledger();
    assert!(!ledger.contains("t") && ledger.contains("u"));
    assert_eq!(refused(&simulator, "token/create", token).await.1, "SIM112");
}

#[tokio::test]
async fn a_ticket_and_a_code_of_a_deleted_client_are_gone() {
    let simulator = simulator().await;
    let request = "client_id=app&response_type=code&redirect_uri=https://app.example/cb";
    let request = json!({"parameters": request});
    let authorize = async || asked(&simulator, "authorization", &request).await["ticket"].clone();
    let (first, second) = (authorize().await, authorize().await);
    let issued = asked(&simulator, "authorization/issue", &json!({"ticket": first, "subject": "jane"})).await;
    let code = issued["authorizationCode"].as_str().unwrap();
    assert_eq!(call(&simulator, "DELETE", "/client/delete/app", "").await.status, 204);
    let late = json!({"ticket": second, "subject": "jane"});
    assert_eq!(asked(&simulator, "authorization/issue", &late).await["resultCode"], "A041202");
    let exchange =
        json!({"parameters": format!("grant_type=authorization_code&code={code}"), "clientId": "1"});
    assert_eq!(asked(&simulator, "token", &exchange).await["action"], "INVALID_CLIENT");
}

#[tokio::test]
async fn an_update_merges_or_replaces() {
    for (semantics, name) in
        [(UpdateSemantics::Merge, Some("old")), (UpdateSemantics::ReplaceWithDefaults, None)]
    {
        let client = Client::confidential(1, "secret").alias("app").member("clientName", "old");
        let settings = json!({"serviceName": "old", "parRequired": true});
        let builder = Simulator::builder().client(client).update_semantics(semantics);
        let simulator = builder.service(settings.as_object().unwrap().clone()).start().await.unwrap();
        asked(&simulator, "/client/lock_flag/update/1", &json!({"clientLocked": true})).await;
        let change = json!({"description": "d", "clientId": 8, "clientName": null, "clientSecret": "other"});
        let client = asked(&simulator, "/client/update/app", &change).await;
        let shown = |member: &str| client.get(member).cloned().unwrap_or_default();
        assert_eq!(
            (shown("description"), shown("clientId"), shown("locked")),
            (json!("d"), json!(1), json!(true))
        );
        assert_eq!(shown("clientSecret"), "secret");
        assert_eq!(shown("clientName").as_str(), name);
        assert_eq!(shown("clientIdAlias").as_str(), name.map(|_| "app"));
        let service = asked(&simulator, "/service/update", &json!({"issuer": "https://b.example"})).await;
        assert_eq!(
            (&service["issuer"], service["serviceName"].as_str()),
            (&json!("https://b.example"), name)
        );
        assert_eq!(get(&simulator, "/service/get").await, service);
    }
}

#[tokio::test]
async fn what_the_api_does_not_know_is_kept_dropped_or_refused() {
    let update =
        json!({"serviceNmae": "x", "supportedScopes": [{"name": "a"}, {"name": "b", "deafultEntry": true}]});
    let started = async |unknown| Simulator::builder().unknown_members(unknown).start().await.unwrap();
    let kept = asked(&started(UnknownMembers::Keep).await, "/service/update", &update).await;
    assert_eq!((&kept["serviceNmae"], &kept["supportedScopes"]), (&json!("x"), &update["supportedScopes"]));
    let dropped = asked(&started(UnknownMembers::Discard).await, "/service/update", &update).await;
    assert_eq!(dropped.get("serviceNmae"), None);
    assert_eq!(dropped["supportedScopes"], json!([{"name": "a"}, {"name": "b"}]));
    let simulator = started(UnknownMembers::Refuse).await;
    let inner = json!({"supportedScopes": update["supportedScopes"]});
    for (operation, body, path) in [
        ("/service/update", update.clone(), "serviceNmae"),
        ("/service/update", inner, "supportedScopes[1].deafultEntry"),
        ("/client/create", json!({"extension": {"requestableScope": []}}), "extension.requestableScope"),
    ] {
        let (status, code, message) = refused(&simulator, operation, body).await;
        assert_eq!((status, code.as_str()), (400, "SIM307"));
        assert!(message.contains(&format!(" {path}.")), "{message}");
    }
    assert_eq!(get(&simulator, "/service/get").await.get("supportedScopes"), None);
}

#[tokio::test]
async fn a_member_of_the_wrong_kind_is_named_and_changes_nothing() {
    let simulator = simulator().await;
    for (operation, body, code, path) in [
        ("/service/update", json!({"issuer": 1}), "A126202", "issuer"),
        ("/service/update", json!({"pkceRequired": "true"}), "A126202", "pkceRequired"),
        ("/service/update", json!({"accessTokenDuration": 1.5}), "A126202", "accessTokenDuration"),
        ("/service/update", json!({"supportedScopes": ["a"]}), "A126202", "supportedScopes[0]"),
        ("/client/update/1", json!({"redirectUris": "https://b.example"}), "SIM306", "redirectUris"),
        ("/client/update/1", json!({"extension": []}), "SIM306", "extension"),
    ] {
        let (status, refusal, message) = refused(&simulator, operation, body).await;
        assert_eq!((status, refusal.as_str()), (400, code));
        assert!(message.contains(&format!(" {path} ")), "{message}");
    }
    for (body, code) in [("[]", "SIM003"), ("{\"issuer\":\"a\",\"issuer\":\"b\"}", "SIM003"), ("", "SIM003")]
    {
        assert_eq!(call(&simulator, "POST", "/service/update", body).await.code(), code);
    }
    assert_eq!(get(&simulator, "/service/get").await["issuer"], "https://as.example");
}

#[tokio::test]
async fn a_client_can_be_changed_by_a_form() {
    let simulator = simulator().await;
    let body = "clientName=a+b&pkceRequired=true&defaultMaxAge=9&redirectUris=https%3A%2F%2Fa.example&redirectUris=x%3Ay";
    let target = format!("/api/{}/client/update/1", simulator.service_id());
    let request = text(&simulator, "POST", &target, body);
    let request = request.replace("application/json", "application/x-www-form-urlencoded");
    let client = send(&simulator, &request).await.json();
    assert_eq!(
        (&client["clientName"], &client["pkceRequired"], &client["defaultMaxAge"], &client["redirectUris"]),
        (&json!("a b"), &json!(true), &json!(9), &json!(["https://a.example", "x:y"]))
    );
}

#[tokio::test]
async fn a_secret_is_replaced_and_the_old_one_no_longer_works() {
    let simulator = simulator().await;
    let authenticates = async |secret: &str| {
        let question =
            json!({"parameters": "grant_type=client_credentials", "clientId": "1", "clientSecret": secret});
        asked(&simulator, "token", &question).await["action"] == "OK"
    };
    assert!(authenticates("secret").await);
    let refreshed = get(&simulator, "/client/secret/refresh/app").await;
    assert_eq!(
        (&refreshed["resultCode"], &refreshed["oldClientSecret"]),
        (&json!("A148001"), &json!("secret"))
    );
    let new = refreshed["newClientSecret"].as_str().unwrap();
    assert!(new.len() == 86 && authenticates(new).await && !authenticates("secret").await);
    let chosen = json!({"clientSecret": "chosen"});
    let updated = asked(&simulator, "/client/secret/update/1", &chosen).await;
    assert_eq!((&updated["newClientSecret"], &updated["oldClientSecret"]), (&json!("chosen"), &json!(new)));
    assert!(authenticates("chosen").await);
    for wrong in ["", "a b", "ü", &"a".repeat(87)] {
        let body = json!({"clientSecret": wrong});
        assert_eq!(refused(&simulator, "/client/secret/update/1", body).await.1, "SIM309", "{wrong}");
    }
}

#[tokio::test]
async fn a_locked_client_takes_part_in_no_flow() {
    let simulator = simulator().await;
    let request =
        json!({"parameters": "client_id=app&response_type=code&redirect_uri=https://app.example/cb"});
    let action = async || asked(&simulator, "authorization", &request).await["action"].clone();
    for (locked, expected) in [(true, "BAD_REQUEST"), (false, "INTERACTION")] {
        let set = asked(&simulator, "/client/lock_flag/update/app", &json!({"clientLocked": locked})).await;
        assert_eq!(set["resultCode"], "SIM310");
        assert_eq!(
            (action().await, get(&simulator, "/client/get/1").await["locked"].clone()),
            (json!(expected), json!(locked))
        );
    }
}

#[tokio::test]
async fn requestable_scopes_restrict_the_client() {
    let simulator = simulator().await;
    let path = |what: &str| format!("/client/extension/requestable_scopes/{what}/1");
    let parameters = "client_id=1&response_type=code&redirect_uri=https://app.example/cb&scope=a+b";
    let granted = async || {
        let answer = asked(&simulator, "authorization", &json!({"parameters": parameters})).await;
        answer["scopes"].as_array().unwrap().len()
    };
    assert_eq!(get(&simulator, &path("get")).await, json!({}));
    let restriction = json!({"requestableScopes": ["a"]});
    assert_eq!(asked(&simulator, &path("update"), &restriction).await, restriction);
    assert_eq!((get(&simulator, &path("get")).await, granted().await), (restriction, 1));
    let none = call(&simulator, "PUT", &path("update"), r#"{"requestableScopes":[]}"#).await;
    assert_eq!((none.json(), granted().await), (json!({"requestableScopes": []}), 0));
    assert_eq!(call(&simulator, "DELETE", &path("delete"), "").await.status, 204);
    assert_eq!((get(&simulator, &path("get")).await, granted().await), (json!({}), 2));
}

#[tokio::test]
async fn a_service_lives_from_its_creation_to_its_deletion() {
    let simulator = simulator().await;
    let created =
        global(&simulator, "POST", "/api/service/create", r#"{"serviceName":"new","apiKey":5}"#).await;
    let service = created.json();
    let id = service["apiKey"].as_i64().unwrap();
    assert!(id != 5 && service["number"] == id && service["serviceName"] == "new");
    let list = global(&simulator, "GET", "/api/service/get/list?start=0&end=9", "").await.json();
    assert_eq!((&list["totalCount"], list["services"].as_array().unwrap().len()), (&json!(2), 2));
    assert!(list["services"].as_array().unwrap().contains(&service));
    // Nothing of one service is in another.
    let own = |path: &str| format!("/api/{id}/{path}");
    assert_eq!(global(&simulator, "GET", &own("client/get/list"), "").await.json()["totalCount"], 0);
    let client = global(&simulator, "POST", &own("client/create"), "{}").await.json()["clientId"].clone();
    assert_eq!(call(&simulator, "GET", &format!("/client/get/{client}"), "").await.code(), "SIM305");
    let token =
        json!({"grantType": "CLIENT_CREDENTIALS", "clientId": client, "accessToken": "t"}).to_string();
    assert_eq!(global(&simulator, "POST", &own("auth/token/create"), &token).await.json()["action"], "OK");
    assert_eq!(global(&simulator, "DELETE", &own("service/delete"), "").await.status, 204);
    assert_eq!(global(&simulator, "GET", &own("service/get"), "").await.code(), "A458203");
    assert!(!simulator.ledger().contains("t"));
    assert_eq!(get(&simulator, "/service/get").await["serviceName"], "first");
    simulator.reset();
    assert_eq!(get(&simulator, "/client/get/list").await["totalCount"], 2);
}

#[tokio::test]
async fn metadata_is_made_from_the_service_and_can_be_patched() {
    let simulator = simulator().await;
    let update = json!({
        "tokenEndpoint": "https://as.example/token", "supportedGrantTypes": ["AUTHORIZATION_CODE", "DEVICE_CODE"],
        "supportedResponseTypes": ["CODE", "CODE_ID_TOKEN"], "supportedScopes": [{"name": "openid"}],
        "supportedTokenAuthMethods": ["CLIENT_SECRET_BASIC"], "pkceS256Required": true,
    });
    asked(&simulator, "/service/update", &update).await;
    let metadata = get(&simulator, "/service/configuration").await;
    for (member, value) in [
        ("issuer", json!("https://as.example")),
        ("token_endpoint", json!("https://as.example/token")),
        (
            "grant_types_supported",
            json!(["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"]),
        ),
        ("response_types_supported", json!(["code", "code id_token"])),
        ("scopes_supported", json!(["openid"])),
        ("token_endpoint_auth_methods_supported", json!(["client_secret_basic"])),
        ("code_challenge_methods_supported", json!(["S256"])),
        ("authorization_response_iss_parameter_supported", json!(true)),
    ] {
        assert_eq!(metadata[member], value, "{member}");
    }
    let algorithms = metadata["id_token_signing_alg_values_supported"].as_array().unwrap();
    assert!(algorithms.contains(&json!("RS256")) && algorithms.contains(&json!("ES256")));
    let patch = r#"[{"op":"replace","path":"/issuer","value":"https://b.example"}]"#;
    let encoded: String = patch.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let pretty =
        call(&simulator, "GET", &format!("/service/configuration?pretty=true&patch={encoded}"), "").await;
    assert!(String::from_utf8(pretty.body.clone()).unwrap().contains("\n  \""));
    assert_eq!(pretty.json()["issuer"], "https://b.example");
    let posted = asked(&simulator, "/service/configuration", &json!({"patch": patch})).await;
    assert_eq!(posted["issuer"], "https://b.example");
    assert_eq!(refused(&simulator, "/service/configuration", json!({"patch": "{}"})).await.1, "SIM311");
}

#[tokio::test]
async fn anybody_may_ask_for_the_version() {
    let simulator = simulator().await;
    let request = text(&simulator, "GET", "/api/info", "");
    for request in [request.clone(), request.replace("authorization: Bearer", "x-nothing:")] {
        assert!(send(&simulator, &request).await.json()["version"].is_string());
    }
}

#[tokio::test]
async fn lists_and_revocations_have_their_caps() {
    let builder = Simulator::builder().manual_clock();
    let simulator = builder.start().await.unwrap();
    for number in 0..23 {
        let token = json!({"grantType": "PASSWORD", "clientId": 1, "subject": "jane", "accessToken": format!("t{number}")});
        asked(&simulator, "token/create", &token).await;
    }
    let beyond = call(&simulator, "GET", "token/get/list?start=2&end=23", "").await;
    assert_eq!((beyond.status, beyond.code().as_str()), (400, "SIM007"));
    let most = get(&simulator, "token/get/list?start=2&end=22").await;
    assert_eq!(most["accessTokens"].as_array().unwrap().len(), 20);
    let revoke =
        async || asked(&simulator, "token/revoke", &json!({"subject": "jane"})).await["count"].clone();
    assert_eq!((revoke().await, revoke().await, revoke().await), (json!(20), json!(3), json!(0)));
    simulator.switch(|switches: &mut Switches| switches.max_listed_tokens = None);
    assert_eq!(call(&simulator, "GET", "token/get/list?start=0&end=500", "").await.status, 200);
}
