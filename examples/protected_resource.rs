//! A protected resource: from a client's request to its response, without any web framework.

use std::error::Error;

use authlete::AuthleteCore;
use authlete::endpoint::{EndpointOptions, resource};
use authlete::funcs::token_management_create;
use authlete::models::{GrantType, TokenCreateRequest};
use authlete_simulator::Simulator;
use bytes::Bytes;
use http::{Request, Response};

/// What the resource answers. Whatever goes wrong at Authlete is a 500 without a word of it.
async fn timeline(
    core: &AuthleteCore,
    options: &EndpointOptions,
    request: &Request<Bytes>,
) -> Response<Bytes> {
    match resource::handle(core, request, options).await {
        resource::Next::Respond(response) => response,
        resource::Next::Resource(token) => {
            let user = token.subject().unwrap_or("a client");
            let mut response = Response::new(Bytes::from(format!("the timeline of {user}")));
            token.nonces.add_to(response.headers_mut());
            response
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::start().await?;
    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .build()?;
    let options = EndpointOptions::builder("https://rs.example.com").realm("timeline").build()?;
    let options = options.with_scopes(["timeline.read"]);

    for (value, scope) in [("FAKE-reader", "timeline.read"), ("FAKE-writer", "timeline.write")] {
        let token = TokenCreateRequest::new(GrantType::AuthorizationCode)
            .client_id(26_478_243_745_571)
            .subject("john")
            .scopes([scope])
            .access_token(value);
        token_management_create(&core, &token.into(), None).await?;
    }

    for (what, authorization, status) in [
        ("a token with the scope", "Bearer FAKE-reader", 200),
        ("a scheme in lower case", "bearer FAKE-reader", 200),
        ("a token without the scope", "Bearer FAKE-writer", 403),
        ("an unknown token", "Bearer FAKE-unknown", 401),
        ("a DPoP token without its proof", "DPoP FAKE-reader", 401),
        ("a scheme without a token", "Bearer", 400),
        ("another scheme", "Basic am9objpzZWNyZXQ=", 401),
    ] {
        let request =
            Request::get("/timeline?access_token=FAKE-reader").header("authorization", authorization);
        let response = timeline(&core, &options, &request.body(Bytes::new())?).await;
        let challenge = response.headers().get("www-authenticate").map(|value| value.to_str()).transpose()?;
        println!("{what}\n  {} {}", response.status(), challenge.unwrap_or_default());
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(challenge.is_some(), status != 200);
    }
    // Three requests could be refused without Authlete.
    assert_eq!(simulator.ledger().requests_for(authlete_simulator::Operation::Introspect).len(), 4);
    Ok(())
}
