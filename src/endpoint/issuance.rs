//! What the three credential endpoints share.

pub(super) const JSON: &str = "application/json";
pub(super) const JWT: &str = "application/jwt";

/// Reads a credential request: the access token, and the body as it came.
macro_rules! credential_request {
    ($request:ident, $options:ident, $model:ident) => {{
        let incoming = Incoming::of($request).with_method(POST)?;
        let content = incoming.content(&[JSON, JWT], $options)?;
        let bearer = incoming.bearer($options)?;
        Ok($model::new().access_token(bearer.token).request_content(content))
    }};
}

/// Writes `handle`, which has the access token checked first.
macro_rules! handle_credential {
    ($function:ident) => {
        #[doc = concat!(
            "Handles a request: [`resource`](super::resource) checks the access token with its proof, then come [`request`], [`",
            stringify!($function), "`](crate::funcs::", stringify!($function),
            "()) and [`respond`]. The state has the nonces for the response that ends the request."
        )]
        pub async fn handle<B: AsRef<[u8]>>(
            core: &crate::AuthleteCore,
            request: &Request<B>,
            options: &EndpointOptions,
        ) -> Next {
            let token = match resource::handle(core, request, options).await {
                resource::Next::Resource(token) => token,
                resource::Next::Respond(response) => return response.into(),
            };
            let options = &options.with(&token.nonces);
            let model = match self::request(request, options) {
                Ok(model) => model,
                Err(refusal) => return refusal.respond(options).into(),
            };
            match crate::funcs::$function(core, &model.into(), None).await {
                Ok(answer) => respond(answer.value, options),
                Err(error) => failure(error).into(),
            }
        }
    };
}

/// What a credential request is, or why it is refused.
macro_rules! parsed {
    ($operation:literal, $answer:ident, $options:ident, $action:ident) => {{
        let reply = reply!($answer.action, $action {
            Ok => match $answer.info.take() {
                Some(info) => return Next::Info(CredentialRequest { info, nonces: $options.nonces.clone() }),
                None => Reply::UNUSABLE,
            },
            BadRequest => Reply::body(StatusCode::BAD_REQUEST, JSON),
            Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
            Forbidden => Reply::body(StatusCode::FORBIDDEN, JSON),
            InternalServerError => Reply::body(StatusCode::INTERNAL_SERVER_ERROR, JSON),
        });
        let code = code!($operation, $answer);
        Next::Respond(reply.send($answer.response_content.take(), Some(code), $options, Nonces::default()))
    }};
}

/// What the issuance of credentials answers.
macro_rules! issued {
    ($operation:literal, $answer:ident, $options:ident, $action:ident $(, $unauthorized:ident)?) => {{
        let reply = reply!($answer.action, $action {
            Ok => Reply::body(StatusCode::OK, JSON),
            OkJwt => Reply::body(StatusCode::OK, JWT),
            Accepted => Reply::body(StatusCode::ACCEPTED, JSON),
            AcceptedJwt => Reply::body(StatusCode::ACCEPTED, JWT),
            BadRequest => Reply::body(StatusCode::BAD_REQUEST, JSON),
            $($unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),)?
            Forbidden => Reply::body(StatusCode::FORBIDDEN, JSON),
            InternalServerError | CallerError => Reply::body(StatusCode::INTERNAL_SERVER_ERROR, JSON),
        });
        let code = code!($operation, $answer);
        reply.send($answer.response_content.take(), Some(code), $options, Nonces::default())
    }};
}
