//! One call and what becomes of its answer: with the feature `endpoint` a response, otherwise the same choice by hand, without
//! any header. The difference is what `respond` of an endpoint costs.

use authlete::AuthleteCore;

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
            let request = $request(target.batch.as_str()).into();
            let answer = authlete::funcs::$function(&core, &request, None).await.ok()?.value;
            #[cfg(feature = "endpoint")]
            {
                use authlete::endpoint::{EndpointOptions, $endpoint};
                let options = EndpointOptions::builder("https://as.example.com").build().ok()?;
                // Every state is made, as for an application that handles them all.
                match std::hint::black_box($endpoint::respond(answer, &options)) {
                    $endpoint::Next::Respond(response) => response.status().is_client_error().then_some(3),
                    _ => None,
                }
            }
            #[cfg(not(feature = "endpoint"))]
            (answer.action == Some($action) && answer.response_content.is_some()).then_some(3)
        }
    };
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
