//! Pushed authorization requests (RFC 9126).

use std::time::Duration;

use authlete_simulator::Simulator;
use serde_json::{Value, json};

use crate::client::{asked, expect_outcome};
use crate::flows::{own, simulator};
use crate::proof::{proof, thumbprint};

/// A request to the authorization endpoint that names a pushed one.
fn by(client_id: i64, name: &Value) -> Value {
    json!({"parameters": format!("client_id={client_id}&request_uri={}", name.as_str().unwrap())})
}

/// Every outcome.
pub(crate) async fn outcomes(simulator: &Simulator, ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    const CODE: &str = "response_type=code&client_id=1&state=s";
    expect_outcome!(ask, "/pushed_auth_req", json!({}), "BAD_REQUEST", "SIM701");
    expect_outcome!(ask, "/pushed_auth_req", json!({"parameters": "client_id=9"}), "UNAUTHORIZED", "SIM704");
    let wrong = json!({"parameters": CODE, "clientSecret": "wrong"});
    expect_outcome!(ask, "/pushed_auth_req", wrong, "UNAUTHORIZED", "A157303");
    expect_outcome!(
        ask,
        "/pushed_auth_req",
        own("redirect_uri=https%3A%2F%2Fx.example"),
        "BAD_REQUEST",
        "A011304"
    );
    expect_outcome!(ask, "/pushed_auth_req", own("response_type=x"), "BAD_REQUEST", "A009305");
    let nested = own("response_type=code&request_uri=urn%3Ax");
    expect_outcome!(ask, "/pushed_auth_req", nested, "BAD_REQUEST", "SIM614");

    let kept = expect_outcome!(ask, "/pushed_auth_req", own(CODE), "CREATED", "A245001");
    let content: Value = serde_json::from_str(kept["responseContent"].as_str().unwrap()).unwrap();
    assert_eq!(content, json!({"expires_in": 600, "request_uri": kept["requestUri"]}));
    expect_outcome!(ask, "authorization", by(2, &kept["requestUri"]), "BAD_REQUEST", "SIM612");
    let good = expect_outcome!(ask, "authorization", by(1, &kept["requestUri"]), "INTERACTION", "A004001");
    let issue = json!({"ticket": good["ticket"], "subject": "jane"});
    let issued = expect_outcome!(ask, "authorization/issue", issue, "LOCATION", "A040001");
    assert!(issued["responseContent"].as_str().unwrap().contains("&state=s&"));
    expect_outcome!(ask, "authorization", by(1, &kept["requestUri"]), "BAD_REQUEST", "A008303");

    let late = expect_outcome!(ask, "/pushed_auth_req", own(CODE), "CREATED", "A245001");
    simulator.advance(Duration::from_secs(600));
    expect_outcome!(ask, "authorization", by(1, &late["requestUri"]), "BAD_REQUEST", "A008303");

    // Where requests must be pushed, the browser brings none.
    let direct = json!({"parameters": "client_id=3&response_type=code"});
    expect_outcome!(ask, "authorization", direct, "LOCATION", "SIM613");
    let pushed = json!({"parameters": "response_type=code", "clientId": "3", "clientSecret": "par"});
    let pushed = expect_outcome!(ask, "/pushed_auth_req", pushed, "CREATED", "A245001");
    expect_outcome!(ask, "authorization", by(3, &pushed["requestUri"]), "INTERACTION", "A004001");

    // A proof binds the code to its key (RFC 9449, section 10.1).
    let with = |parameters: &str, proof: &str| {
        let mut question = own(parameters);
        question["dpop"] = json!(proof);
        question
    };
    let dpop = proof(simulator, "", json!({"htm": "POST"}));
    let get = proof(simulator, "", json!({}));
    expect_outcome!(ask, "/pushed_auth_req", with(CODE, &get), "BAD_REQUEST", "A254301");
    expect_outcome!(ask, "/pushed_auth_req", with(CODE, "x"), "BAD_REQUEST", "A254301");
    let mut nonce = with(CODE, &dpop);
    nonce["dpopNonceRequired"] = json!(true);
    let asked = expect_outcome!(ask, "/pushed_auth_req", nonce.clone(), "BAD_REQUEST", "A350308");
    nonce["dpop"] = json!(proof(simulator, "", json!({"htm": "POST", "nonce": asked["dpopNonce"]})));
    expect_outcome!(ask, "/pushed_auth_req", nonce, "CREATED", "A245001");
    let other = format!("{CODE}&dpop_jkt=other");
    expect_outcome!(ask, "/pushed_auth_req", with(&other, &dpop), "BAD_REQUEST", "SIM715");
    let same = format!("{CODE}&dpop_jkt={}", thumbprint());
    let bound = expect_outcome!(ask, "/pushed_auth_req", with(&same, &dpop), "CREATED", "A245001");
    let good = ask("authorization", by(1, &bound["requestUri"])).await;
    let issued = ask("authorization/issue", json!({"ticket": good["ticket"], "subject": "jane"})).await;
    let exchange =
        format!("grant_type=authorization_code&code={}", issued["authorizationCode"].as_str().unwrap());
    expect_outcome!(ask, "token", own(&exchange), "BAD_REQUEST", "SIM715");
    expect_outcome!(ask, "token", with(&exchange, &dpop), "OK", "A050001");
}

#[tokio::test]
async fn a_pushed_request_is_good_once_for_its_client() {
    let simulator = simulator().await;
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    outcomes(&simulator, &mut ask).await;
}
