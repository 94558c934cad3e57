//! A service with every flow switched on, and steps that several flows share.

use authlete_simulator::{Builder, Client, Simulator};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub(crate) const CALLBACK: &str = "https://app.example/cb";

/// Clients: 1 confidential with every response type, 2 public, 3 that must push its requests, 4 whose grant types lack
/// what it asks for, 5 public with symmetric ID tokens.
pub(crate) fn builder(more: Value) -> Builder {
    let scopes = ["openid", "offline_access", "email", "profile", "a", "b"].map(|name| json!({"name": name}));
    let mut service = json!({
        "issuer": "https://as.example",
        "supportedScopes": scopes,
        "supportedGrantTypes": [
            "AUTHORIZATION_CODE", "IMPLICIT", "PASSWORD", "CLIENT_CREDENTIALS", "REFRESH_TOKEN", "DEVICE_CODE",
        ],
        "supportedAcrs": ["gold"],
        "deviceVerificationUriComplete": "https://as.example/device?code=USER_CODE",
    });
    service.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let types = json!([
        "NONE",
        "CODE",
        "TOKEN",
        "ID_TOKEN",
        "CODE_TOKEN",
        "CODE_ID_TOKEN",
        "ID_TOKEN_TOKEN",
        "CODE_ID_TOKEN_TOKEN",
    ]);
    let confidential = |id, secret: &str| {
        Client::confidential(id, secret).redirect_uri(CALLBACK).member("clientName", "App")
    };
    Simulator::builder()
        .manual_clock()
        .granted_scopes(true)
        .service(service.as_object().unwrap().clone())
        .client(confidential(1, "secret").member("responseTypes", types.clone()))
        .client(Client::public(2).redirect_uri(CALLBACK))
        .client(confidential(3, "par").member("parRequired", true))
        .client(
            confidential(4, "few")
                .member("responseTypes", json!(["CODE", "TOKEN"]))
                .member("grantTypes", json!(["AUTHORIZATION_CODE"])),
        )
        .client(Client::public(5).redirect_uri(CALLBACK).member("idTokenSignAlg", "HS256"))
}

pub(crate) async fn simulator() -> Simulator {
    builder(json!({})).start().await.unwrap()
}

/// A request with the credentials of client 1.
pub(crate) fn own(parameters: &str) -> Value {
    json!({"parameters": parameters, "clientId": "1", "clientSecret": "secret"})
}

/// A request of the public client.
pub(crate) fn public(parameters: &str) -> Value {
    json!({"parameters": format!("client_id=2&{parameters}")})
}

/// What the browser carries to the client: the parameters of a URL or a form that jane's consent makes.
pub(crate) async fn carried(
    ask: &mut impl AsyncFnMut(&'static str, Value) -> Value,
    parameters: &str,
) -> Vec<(String, String)> {
    let request = json!({"parameters": format!("client_id=1&{parameters}")});
    let ticket = ask("authorization", request).await["ticket"].clone();
    let issue = json!({"ticket": ticket, "subject": "jane", "authTime": 7});
    let issued = ask("authorization/issue", issue).await;
    assert_eq!(
        (&issued["action"], &issued["resultCode"]),
        (&json!("LOCATION"), &json!("A040001")),
        "{issued}"
    );
    let content = issued["responseContent"].as_str().unwrap();
    let (_, pairs) = content.split_once(['?', '#']).unwrap();
    form_urlencoded::parse(pairs.as_bytes()).into_owned().collect()
}

/// A parameter among those.
pub(crate) fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// A token of client 1 for jane, from a code.
pub(crate) async fn tokens(ask: &mut impl AsyncFnMut(&'static str, Value) -> Value, scope: &str) -> Value {
    let pairs = carried(ask, &format!("response_type=code&scope={scope}")).await;
    let code = value(&pairs, "code").unwrap();
    ask("token", own(&format!("grant_type=authorization_code&code={code}"))).await
}

/// A part of a JWT, unverified: 0 is the header, 1 the claims.
pub(crate) fn part(jwt: &str, index: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(index).unwrap()).unwrap()).unwrap()
}
