//! A machine's token, offline: client credentials (RFC 6749 section 4.4), then introspection as RFC 7662 has it.

use std::error::Error;

use authlete::AuthleteCore;
use authlete::endpoint::{EndpointOptions, token};
use authlete::funcs::introspection_standard_process;
use authlete::models::{StandardIntrospectionRequest, TokenFailRequest};
use authlete_simulator::{Client, Simulator};
use bytes::Bytes;
use http::{Request, Response, header};
use serde_json::Value;

/// A request to the token endpoint, with the client's number and a secret in `Authorization`.
fn request(authorization: &str) -> Result<Request<Bytes>, http::Error> {
    Request::post("/token")
        .header(header::AUTHORIZATION, authorization)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Bytes::from_static(b"grant_type=client_credentials&scope=reports.read"))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::builder().client(Client::confidential(1, "secret")).start().await?;
    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .build()?;
    let options = EndpointOptions::builder("https://as.example").build()?;
    let ask = async |authorization: &str| -> Result<Response<Bytes>, http::Error> {
        Ok(match token::handle(&core, &request(authorization)?, &options).await {
            token::Next::Respond(response) => response,
            // The service allows none of these, so that Authlete has refused them already.
            token::Next::Password(state) => {
                let options = options.with(&state.nonces);
                let fail = TokenFailRequest::new(state.ticket, "INVALID_RESOURCE_OWNER_CREDENTIALS");
                token::handle_fail(&core, fail, &options).await
            }
            token::Next::TokenExchange(state) => state.refuse(&options),
            token::Next::JwtBearer(state) => state.refuse(&options),
            token::Next::NativeSso(state) => state.refuse(&options),
        })
    };

    // 1:wrong, then 1:secret
    println!("with a wrong secret: {}", ask("Basic MTp3cm9uZw==").await?.status());
    let response = ask("Basic MTpzZWNyZXQ=").await?;
    let content: Value = serde_json::from_slice(response.body())?;
    println!("with the secret: {}, scope {}", response.status(), content["scope"]);

    let token = content["access_token"].as_str().ok_or("no access token")?;
    let question = StandardIntrospectionRequest::new(format!("token={token}"));
    let answer = introspection_standard_process(&core, &question.into(), None).await?.into_value();
    let content = answer.response_content.ok_or("no content")?;
    let content: Value = serde_json::from_str(content.expose())?;
    println!("introspection: active {}, client {}", content["active"], content["client_id"]);
    Ok(())
}
