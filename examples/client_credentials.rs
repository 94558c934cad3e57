//! A machine's token, offline: client credentials (RFC 6749 section 4.4), then introspection as RFC 7662 has it.

use std::error::Error;

use authlete::AuthleteCore;
use authlete::endpoint::{EndpointOptions, token};
use authlete::funcs::introspection_standard_process;
use authlete::models::StandardIntrospectionRequest;
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
            // Grants that need a decision, which this server does not offer.
            _ => Response::new(Bytes::from_static(br#"{"error":"unsupported_grant_type"}"#)),
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
