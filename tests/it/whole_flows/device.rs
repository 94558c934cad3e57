//! The device flow (RFC 8628) through the endpoints.

use std::time::Duration;

use authlete::AuthleteCore;
use authlete::endpoint::device_verification::{CompleteNext, Next};
use authlete::endpoint::{EndpointOptions, device_authorization, device_verification, token};
use authlete::models::{DeviceCompleteRequest, DeviceCompleteRequestResult as Outcome};
use authlete_simulator::{Client, Simulator};
use bytes::Bytes;
use http::{Request, Response, header};
use serde_json::{Value, json};

use super::service;

fn form(path: &str, body: String) -> Request<Bytes> {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Bytes::from(body)).unwrap()
}

fn content(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

/// A device and its server.
struct Flow {
    simulator: Simulator,
    core: AuthleteCore,
    options: EndpointOptions,
    codes: Value,
}

impl Flow {
    async fn begin() -> Self {
        let (simulator, core) = service(json!({}), Client::public(1).member("clientName", "TV")).await;
        let options = EndpointOptions::builder("https://as.example").build().unwrap();
        let request = form("/device_authorization", "client_id=1&scope=watch".to_owned());
        let response = device_authorization::handle(&core, &request, &options).await;
        assert_eq!(response.status(), 200);
        let codes = content(&response);
        Self { simulator, core, options, codes }
    }

    fn code(&self, name: &str) -> &str {
        self.codes[name].as_str().unwrap()
    }

    /// Polls: the status, and the error or the access token.
    async fn poll(&self) -> (u16, String) {
        let grant = "client_id=1&grant_type=urn:ietf:params:oauth:grant-type:device_code";
        let request = form("/token", format!("{grant}&device_code={}", self.code("device_code")));
        let token::Next::Respond(response) = token::handle(&self.core, &request, &self.options).await else {
            panic!("a response");
        };
        let told = content(&response);
        let text = told.get("error").unwrap_or(&told["access_token"]);
        (response.status().as_u16(), text.as_str().unwrap().to_owned())
    }

    async fn verify(&self, typed: &str) -> Next {
        let request = form("/device", format!("user_code={typed}"));
        device_verification::handle(&self.core, &request, &self.options).await
    }

    async fn complete(&self, outcome: Outcome) -> CompleteNext {
        let request = DeviceCompleteRequest::new(self.code("user_code"), outcome).subject("jane");
        device_verification::handle_complete(&self.core, request, &self.options).await
    }
}

#[tokio::test]
async fn a_device_gets_its_token_when_its_user_agrees() {
    let flow = Flow::begin().await;
    assert_eq!(flow.poll().await, (400, "authorization_pending".to_owned()));
    assert_eq!(flow.poll().await, (400, "slow_down".to_owned()));
    // As a user types it.
    let (left, right) = flow.code("user_code").split_at(4);
    let Next::Valid(found) = flow.verify(&format!("{}-{right}", left.to_ascii_lowercase())).await else {
        panic!("the code is known");
    };
    assert_eq!(found.client_name.as_deref(), Some("TV"));
    assert!(matches!(flow.complete(Outcome::Authorized).await, CompleteNext::Success));
    let (status, token) = flow.poll().await;
    assert_eq!(status, 200);
    let stored = flow.simulator.ledger().token(&token).unwrap();
    assert_eq!((stored.subject.as_deref(), stored.grant_type.as_str()), (Some("jane"), "DEVICE_CODE"));
    // Both codes are spent.
    assert_eq!(flow.poll().await, (400, "invalid_grant".to_owned()));
    assert!(matches!(flow.complete(Outcome::Authorized).await, CompleteNext::UserCodeNotExist));
}

#[tokio::test]
async fn a_refusal_and_the_end_of_time_reach_the_device() {
    let flow = Flow::begin().await;
    assert!(matches!(flow.complete(Outcome::AccessDenied).await, CompleteNext::Success));
    assert_eq!(flow.poll().await, (400, "access_denied".to_owned()));
    let flow = Flow::begin().await;
    flow.simulator.advance(Duration::from_secs(600));
    assert!(matches!(flow.verify(flow.code("user_code")).await, Next::Expired));
    assert!(matches!(flow.complete(Outcome::Authorized).await, CompleteNext::UserCodeExpired));
    assert_eq!(flow.poll().await, (400, "expired_token".to_owned()));
    assert_eq!(flow.simulator.ledger().created_count(), 0);
}

#[tokio::test]
async fn a_guess_finds_no_device() {
    let flow = Flow::begin().await;
    for guess in ["BBBBBBBB", "0", "WDJB-MJHT"] {
        if guess.replace('-', "") != flow.code("user_code") {
            assert!(matches!(flow.verify(guess).await, Next::NotExist), "{guess}");
        }
    }
}
