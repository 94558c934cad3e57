//! A protected resource: from a client's request to its response, without any web framework.

use std::error::Error;

use authlete::funcs::{introspection_process, token_management_create};
use authlete::models::{GrantType, IntrospectionRequest, TokenCreateRequest};
use authlete::respond::{self, How, IntrospectionNext};
use authlete::{AuthleteCore, AuthleteError};
use authlete_simulator::Simulator;
use bytes::Bytes;
use http::{Request, Response};

/// What the resource answers. Whatever goes wrong at Authlete is a 500 without a word of it.
async fn timeline(core: &AuthleteCore, how: &How, request: &Request<Bytes>) -> Response<Bytes> {
    serve(core, how, request).await.unwrap_or_else(|error| {
        eprintln!("{error}");
        respond::failure(&error)
    })
}

async fn serve(
    core: &AuthleteCore,
    how: &How,
    request: &Request<Bytes>,
) -> Result<Response<Bytes>, AuthleteError> {
    // Never from the query, and without a call for requests that bring no token.
    let presented = match respond::access_token(request.headers()) {
        Ok(presented) => presented,
        Err(refusal) => return Ok(respond::refusal(refusal, how)),
    };
    let mut question = IntrospectionRequest::new(presented.token).scopes(["timeline.read"]);
    if let Some(proof) = presented.proof {
        let htu = respond::htu("https://rs.example.com", request.uri());
        question = question.dpop(proof).htm(request.method().as_str()).htu(htu);
    }
    let answer = introspection_process(core, &question.into(), None).await?.value;
    Ok(match respond::introspection(answer, how) {
        IntrospectionNext::Respond(response) => response,
        IntrospectionNext::Resource(token) => {
            let user = token.subject.as_deref().unwrap_or("a client");
            let mut response = Response::new(Bytes::from(format!("the timeline of {user}")));
            token.nonces.add_to(response.headers_mut());
            response
        }
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::start().await?;
    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .build()?;
    let how = How::new().realm("timeline")?;

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
        let response = timeline(&core, &how, &request.body(Bytes::new())?).await;
        let challenge = response.headers().get("www-authenticate").map(|value| value.to_str()).transpose()?;
        println!("{what}\n  {} {}", response.status(), challenge.unwrap_or_default());
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(challenge.is_some(), status != 200);
    }
    // Three requests could be refused without Authlete.
    assert_eq!(simulator.ledger().requests_for(authlete_simulator::Operation::Introspect).len(), 4);
    Ok(())
}
