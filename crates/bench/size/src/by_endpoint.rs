//! One call and what becomes of its answer: with the feature `endpoint` a response, otherwise the same choice by hand, without
//! any header. With the feature `server` both have two other endpoints: the difference is then what a further one costs, without what
//! all of them share.

use authlete::AuthleteCore;
#[cfg(any(feature = "endpoint", feature = "server"))]
use authlete::endpoint::EndpointOptions;

use crate::Target;

/// One operation: its function, its request, its action for a response, and the module of its endpoint.
macro_rules! one {
    ($function:ident, $request:expr, $action:path, $endpoint:ident) => {
        pub(crate) async fn calls(target: &Target) -> Option<i64> {
            let core = AuthleteCore::builder()
                .bearer(target.bearer.as_str())
                .base_url(target.url.as_str())
                .service_id(target.service.as_str())
                .transport(authlete::transport::transport_fn(|_| async {
                    Ok(http::Response::new(r#"{"action":"BAD_REQUEST","responseContent":"{}"}"#.into()))
                }))
                .build()
                .ok()?;
            #[cfg(any(feature = "endpoint", feature = "server"))]
            let options = EndpointOptions::builder("https://as.example.com").build().ok()?;
            #[cfg(feature = "server")]
            serve(&core, target, &options).await?;
            let request = $request(target.batch.as_str()).into();
            let answer = authlete::funcs::$function(&core, &request, None).await.ok()?.value;
            #[cfg(feature = "endpoint")]
            {
                use authlete::endpoint::$endpoint;
                // Every state is made, as for an application that handles them all.
                match std::hint::black_box($endpoint::respond(answer, &options)) {
                    $endpoint::Next::Respond(response) => response.status().is_client_error().then_some(3),
                    _ => None,
                }
            }
            // Whole, as for an application that looks at more of it.
            #[cfg(not(feature = "endpoint"))]
            let answer = std::hint::black_box(answer);
            #[cfg(not(feature = "endpoint"))]
            (answer.action == Some($action) && answer.response_content.is_some()).then_some(3)
        }
    };
}

/// The endpoints that a server has already.
#[cfg(feature = "server")]
async fn serve(core: &AuthleteCore, target: &Target, options: &EndpointOptions) -> Option<()> {
    use authlete::{endpoint, funcs, models};
    let text = target.batch.as_str();
    let request = models::RevocationRequest::new(text).into();
    let answer = funcs::revocation_process(core, &request, None).await.ok()?.value;
    std::hint::black_box(endpoint::revocation::respond(answer, options));
    let request = models::AuthorizationFailRequest::new(text, text).into();
    let answer = funcs::authorization_fail(core, &request, None).await.ok()?.value;
    std::hint::black_box(endpoint::authorization::respond_fail(answer, options));
    Some(())
}

#[cfg(feature = "authorization")]
one!(
    authorization_process_request,
    authlete::models::AuthorizationRequest::new,
    authlete::models::AuthorizationResponseAction::BadRequest,
    authorization
);
#[cfg(feature = "token")]
one!(
    token_process,
    authlete::models::TokenRequest::new,
    authlete::models::TokenResponseAction::BadRequest,
    token
);
#[cfg(feature = "introspection")]
one!(
    introspection_process,
    authlete::models::IntrospectionRequest::new,
    authlete::models::IntrospectionResponseAction::BadRequest,
    resource
);
