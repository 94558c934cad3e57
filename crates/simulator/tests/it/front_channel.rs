//! What the authorization endpoint itself returns, how it travels, and what a request asks of the login.

use authlete_simulator::Ledger;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::client::{asked, expect_outcome};
use crate::flows::{CALLBACK, carried, part, simulator, value};

fn request(parameters: &str) -> Value {
    json!({"parameters": format!("client_id=1&{parameters}")})
}

/// Every outcome that the code flow alone does not have.
pub(crate) async fn outcomes(ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    for parameters in ["client_id=%ff", "client_id=%zz", "client_id=1&state=%"] {
        expect_outcome!(ask, "authorization", json!({"parameters": parameters}), "BAD_REQUEST", "SIM615");
    }
    expect_outcome!(
        ask,
        "authorization",
        request("response_type=code&response_mode=jwt"),
        "LOCATION",
        "SIM605"
    );
    expect_outcome!(
        ask,
        "authorization",
        request("response_type=token&response_mode=query"),
        "LOCATION",
        "SIM605"
    );
    expect_outcome!(ask, "authorization", request("response_type=id_token&nonce=n"), "LOCATION", "SIM606");
    expect_outcome!(
        ask,
        "authorization",
        request("response_type=id_token&scope=openid"),
        "LOCATION",
        "SIM607"
    );
    expect_outcome!(
        ask,
        "authorization",
        request("response_type=code&prompt=none+login"),
        "LOCATION",
        "SIM608"
    );
    expect_outcome!(ask, "authorization", request("response_type=code&max_age=soon"), "LOCATION", "SIM609");
    expect_outcome!(ask, "authorization", request("response_type=code&claims=x"), "LOCATION", "SIM610");
    expect_outcome!(ask, "authorization", request("response_type=code&display=x"), "LOCATION", "SIM611");
    expect_outcome!(ask, "authorization", request("response_type=code&request=x.y."), "LOCATION", "SIM614");
    let few = json!({"parameters": "client_id=4&response_type=token"});
    expect_outcome!(ask, "authorization", few, "LOCATION", "SIM616");
    let symmetric = json!({"parameters": "client_id=5&response_type=code&scope=openid"});
    expect_outcome!(ask, "authorization", symmetric, "LOCATION", "A406301");
    let acr = r#"response_type=code&claims={"id_token":{"acr":{"essential":true,"value":"silver"}}}"#;
    expect_outcome!(ask, "authorization", request(acr), "LOCATION", "A021303");

    // Errors travel as the response would.
    let refused =
        expect_outcome!(ask, "authorization", request("response_type=token&max_age=x"), "LOCATION", "SIM609");
    assert!(refused["responseContent"].as_str().unwrap().starts_with(&format!("{CALLBACK}#error=")));
    let form = request("response_type=code&response_mode=form_post&max_age=x&state=%22%3E%3Cscript%3E");
    let refused = expect_outcome!(ask, "authorization", form, "FORM", "SIM609");
    let page = refused["responseContent"].as_str().unwrap();
    assert!(page.contains(&format!("<form method=\"post\" action=\"{CALLBACK}\">")), "{page}");
    assert!(page.contains("name=\"state\" value=\"&quot;&gt;&lt;script&gt;\"/>"), "{page}");
    let form = request("response_type=code&response_mode=form_post");
    let good = expect_outcome!(ask, "authorization", form, "INTERACTION", "A004001");
    let issue = json!({"ticket": good["ticket"], "subject": "jane"});
    let issued = expect_outcome!(ask, "authorization/issue", issue, "FORM", "A040001");
    let code = issued["authorizationCode"].as_str().unwrap();
    assert!(issued["responseContent"].as_str().unwrap().contains(&format!("name=\"code\" value=\"{code}\"")));
    let form = request("response_type=code&response_mode=form_post");
    let ticket = ask("authorization", form).await["ticket"].clone();
    let fail = json!({"ticket": ticket, "reason": "DENIED"});
    expect_outcome!(ask, "authorization/fail", fail, "FORM", "A060306");
}

/// What a request asks of the login, as the application is told.
pub(crate) async fn login(ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    let claims = r#"{"id_token":{"email":null,"sub":{"value":"jane"},"acr":{"essential":true,"values":["gold"]}},"userinfo":{"name":null}}"#;
    let asked = format!(
        "response_type=code&scope=openid+email&prompt=login+consent&max_age=60&login_hint=j&ui_locales=fr+de\
         &display=popup&claims={claims}"
    );
    let good = expect_outcome!(ask, "authorization", request(&asked), "INTERACTION", "A004001");
    for (member, expected) in [
        ("prompts", json!(["LOGIN", "CONSENT"])),
        ("lowestPrompt", json!("LOGIN")),
        ("maxAge", json!(60)),
        ("acrs", json!(["gold"])),
        ("acrEssential", json!(true)),
        ("subject", json!("jane")),
        ("loginHint", json!("j")),
        ("display", json!("POPUP")),
        ("uiLocales", json!(["fr", "de"])),
        ("claims", json!(["acr", "email", "sub"])),
        ("claimsAtUserInfo", json!(["name"])),
        ("userInfoClaims", json!(r#"{"name":null}"#)),
    ] {
        let told = match member {
            "claims" => {
                let mut names: Vec<_> = good[member].as_array().unwrap().clone();
                names.sort_by_key(ToString::to_string);
                json!(names)
            }
            _ => good[member].clone(),
        };
        assert_eq!(told, expected, "{member}");
    }
    assert_eq!(good["client"]["clientName"], "App");
    assert!(good["service"].get("jwks").is_none());
    // The access token then gives what was asked of UserInfo.
    let issued = ask("authorization/issue", json!({"ticket": good["ticket"], "subject": "jane"})).await;
    let code = issued["authorizationCode"].as_str().unwrap();
    let exchange = json!({"parameters": format!("grant_type=authorization_code&code={code}"), "clientId": "1", "clientSecret": "secret"});
    let token = ask("token", exchange).await["accessToken"].clone();
    let told = ask("userinfo", json!({"token": token})).await;
    assert_eq!(told["claims"], json!(["email", "email_verified", "name"]));

    let offline = "response_type=code&scope=openid+offline_access";
    expect_outcome!(ask, "authorization", request(offline), "NO_INTERACTION", "A004001");
    let consent = format!("{offline}&prompt=consent");
    expect_outcome!(ask, "authorization", request(&consent), "INTERACTION", "A004001");
}

#[tokio::test]
async fn every_outcome_has_its_action_and_its_code() {
    let simulator = simulator().await;
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    outcomes(&mut ask).await;
    login(&mut ask).await;
}

/// The left half of a SHA-256 hash (OpenID Connect Core 1.0, section 3.3.2.11).
fn half(text: &str) -> String {
    let hash = URL_SAFE_NO_PAD.decode(Ledger::hash_of(text)).unwrap();
    URL_SAFE_NO_PAD.encode(&hash[..16])
}

#[tokio::test]
async fn each_response_type_returns_what_it_names() {
    let simulator = simulator().await;
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    for response_type in [
        "none",
        "code",
        "token",
        "id_token",
        "token+code",
        "code+id_token",
        "id_token+token",
        "code+id_token+token",
    ] {
        let parameters = format!("response_type={response_type}&scope=openid&nonce=n&state=s");
        let pairs = carried(&mut ask, &parameters).await;
        let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        let words: Vec<&str> = response_type.split('+').filter(|word| *word != "none").collect();
        let mut expected = Vec::new();
        for (word, members) in [
            ("code", ["code"].as_slice()),
            ("token", &["access_token", "token_type", "expires_in", "scope"]),
            ("id_token", &["id_token"]),
        ] {
            if words.contains(&word) {
                expected.extend_from_slice(members);
            }
        }
        expected.extend(["state", "iss"]);
        assert_eq!(names, expected, "{response_type}");
        let Some(id_token) = value(&pairs, "id_token") else {
            continue;
        };
        let claims = part(id_token, 1);
        let hash = |name| value(&pairs, name).map(half);
        assert_eq!(
            (&claims["at_hash"], &claims["c_hash"], &claims["s_hash"], &claims["nonce"]),
            (&json!(hash("access_token")), &json!(hash("code")), &json!(hash("state")), &json!("n")),
            "{response_type}"
        );
    }
    // An access token from the front has no refresh token.
    let tokens = simulator.ledger().tokens();
    assert_eq!(tokens.len(), 4);
    assert!(
        tokens.iter().all(|token| token.refresh_token.is_none() && token.grant_type.as_str() == "IMPLICIT")
    );
}

#[tokio::test]
async fn claims_of_scopes_go_into_an_id_token_that_comes_alone() {
    let simulator = simulator().await;
    for (response_type, claims) in
        [("id_token", json!(["email", "email_verified"])), ("id_token+token", json!([]))]
    {
        let parameters = format!("response_type={response_type}&scope=openid+email&nonce=n");
        let good = asked(&simulator, "authorization", &request(&parameters)).await;
        assert_eq!(good["claims"], claims);
    }
}
