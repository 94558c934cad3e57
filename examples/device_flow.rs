//! A television that signs in, offline: the device flow (RFC 8628), between a device without a keyboard, its user and an
//! authorization server of a few lines, with the simulator in Authlete's place.

use std::error::Error;
use std::time::Duration;

use authlete::AuthleteCore;
use authlete::endpoint::device_verification::{CompleteNext, Next};
use authlete::endpoint::{EndpointOptions, device_authorization, device_verification, token};
use authlete::models::{DeviceCompleteRequest, DeviceCompleteRequestResult, TokenFailRequest};
use authlete_simulator::{Client, Simulator};
use bytes::Bytes;
use http::{Request, Response, header};
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn form(path: &str, body: String) -> Outcome<Request<Bytes>> {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    Ok(request.body(Bytes::from(body))?)
}

/// The authorization server: the endpoints for the device, and the page for its user.
struct Server {
    core: AuthleteCore,
    options: EndpointOptions,
}

impl Server {
    /// The token endpoint.
    async fn token(&self, request: &Request<Bytes>) -> Response<Bytes> {
        match token::handle(&self.core, request, &self.options).await {
            token::Next::Respond(response) => response,
            // The service allows none of these, so that Authlete has refused them already.
            token::Next::Password(state) => {
                let options = self.options.with(&state.nonces);
                let fail = TokenFailRequest::new(state.ticket, "INVALID_RESOURCE_OWNER_CREDENTIALS");
                token::handle_fail(&self.core, fail, &options).await
            }
            token::Next::TokenExchange(state) => state.refuse(&self.options),
            token::Next::JwtBearer(state) => state.refuse(&self.options),
            token::Next::NativeSso(state) => state.refuse(&self.options),
        }
    }

    /// The page on which the user, who is logged in as `jane`, types the code and agrees.
    async fn verify(&self, typed: &str) -> Outcome<String> {
        let request = form("/device", format!("user_code={typed}"))?;
        let found = match device_verification::handle(&self.core, &request, &self.options).await {
            Next::Valid(found) => found,
            Next::NotExist => return Ok("there is no such code".to_owned()),
            _ => return Ok("start again on the device".to_owned()),
        };
        let code = device_verification::user_code(typed);
        let decision =
            DeviceCompleteRequest::new(code, DeviceCompleteRequestResult::Authorized).subject("jane");
        match device_verification::handle_complete(&self.core, decision, &self.options).await {
            CompleteNext::Success => Ok(format!("{} is signed in", found.client_name.unwrap_or_default())),
            _ => Ok("start again on the device".to_owned()),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let client = Client::public(1).member("clientName", "Television");
    let simulator = Simulator::builder().manual_clock().client(client).start().await?;
    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .build()?;
    let server = Server { core, options: EndpointOptions::builder("https://as.example").build()? };

    let request = form("/device_authorization", "client_id=1&scope=watch".to_owned())?;
    let response = device_authorization::handle(&server.core, &request, &server.options).await;
    let codes: Value = serde_json::from_slice(response.body())?;
    let text = |name: &str| codes.get(name).and_then(Value::as_str).ok_or("a member is missing");
    println!(
        "1. the device shows {} and a code of {} letters",
        text("verification_uri")?,
        text("user_code")?.len()
    );

    let poll = async || -> Outcome<String> {
        let grant = "client_id=1&grant_type=urn:ietf:params:oauth:grant-type:device_code";
        let request = form("/token", format!("{grant}&device_code={}", text("device_code")?))?;
        let response = server.token(&request).await;
        let content: Value = serde_json::from_slice(response.body())?;
        let told = content.get("error").or(content.get("token_type")).and_then(Value::as_str);
        Ok(format!("{}, {}", response.status(), told.unwrap_or_default()))
    };
    println!("2. the device polls: {}", poll().await?);
    println!("3. it polls again at once: {}", poll().await?);
    println!("4. somebody guesses a code: {}", server.verify("AAAA-AAAA").await?);
    let (left, right) = text("user_code")?.split_at(4);
    println!("5. the user types the code: {}", server.verify(&format!("{left}-{right}")).await?);
    // The device now waits ten seconds between two polls.
    simulator.advance(Duration::from_secs(10));
    println!("6. the device polls: {}", poll().await?);
    println!("7. it polls once more: {}", poll().await?);
    Ok(())
}
