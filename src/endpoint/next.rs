//! The shapes that all endpoints share: the table of an endpoint's actions, what may come of them, and the way there.

/// What becomes of an action: a row for each that the API has, or the compiler complains. Any other is unusable.
macro_rules! reply {
    ($action:expr, $type:ident {
        $($variant:ident $(| $same:ident)* => $reply:expr),+ $(,)?
    }) => {
        match $action {
            $(Some($type::$variant $(| $type::$same)*) => $reply,)+
            Some($type::Unrecognized(_)) | None => $crate::endpoint::reply::Reply::UNUSABLE,
        }
    };
}

/// The [`ResultCode`](crate::endpoint::ResultCode) of an answer, whose code moves out.
macro_rules! code {
    ($operation:literal, $answer:ident) => {
        $crate::endpoint::result_code::ResultCode::new(
            $operation,
            $answer.result_code.take(),
            $answer.action.as_ref().map(|action| action.as_str()),
        )
    };
}

/// Writes the enum of what may come next at an endpoint. Its `Debug` shows no header and no body.
macro_rules! next {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident $(($state:ident: $type:ty))?),+ $(,)? }
    ) => {
        $(#[$meta])*
        ///
        /// Not `non_exhaustive`: handle every state. A new one is a breaking change.
        #[must_use]
        #[allow(clippy::large_enum_variant, reason = "a box would be an allocation, and the value is not kept")]
        pub enum $name {
            /// Send this to the client.
            Respond(http::Response<bytes::Bytes>),
            $($(#[$variant_meta])* $variant $(($type))?,)+
        }

        impl From<http::Response<bytes::Bytes>> for $name {
            fn from(response: http::Response<bytes::Bytes>) -> Self {
                Self::Respond(response)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    Self::Respond(response) => {
                        formatter.debug_tuple("Respond").field(&response.status().as_u16()).finish()
                    }
                    $(Self::$variant $(($state))? => {
                        formatter.debug_tuple(stringify!($variant))$(.field($state))?.finish()
                    })+
                }
            }
        }
    };
}

/// Writes `handle` of an endpoint: its `request`, the call, its `respond`.
macro_rules! handle {
    ($function:ident -> $next:ty) => {
        #[doc = concat!(
            "Handles a request: [`request`], [`", stringify!($function), "`](crate::funcs::", stringify!($function),
            "()), [`respond`]. A refusal and a call that fails become their responses."
        )]
        pub async fn handle<B: AsRef<[u8]>>(
            core: &crate::AuthleteCore,
            request: &http::Request<B>,
            options: &$crate::endpoint::EndpointOptions,
        ) -> $next {
            let options = &options.for_request(request.headers());
            let model = match self::request(request, options) {
                Ok(model) => model,
                Err(refusal) => return refusal.respond(options).into(),
            };
            match crate::funcs::$function(core, &model.into(), None).await {
                Ok(answer) => respond(answer.value, options),
                Err(error) => $crate::endpoint::failure(error).into(),
            }
        }
    };
}

/// Writes a function for the call that ends what an endpoint began: the call and its response.
macro_rules! finish {
    ($name:ident: $function:ident($request:ty), $respond:ident -> $next:ty) => {
        #[doc = concat!(
            "Calls [`", stringify!($function), "`](crate::funcs::", stringify!($function), "()), then [`",
            stringify!($respond), "`]. A call that fails becomes its response."
        )]
        pub async fn $name(
            core: &crate::AuthleteCore,
            request: $request,
            options: &$crate::endpoint::EndpointOptions,
        ) -> $next {
            match crate::funcs::$function(core, &request.into(), None).await {
                Ok(answer) => $respond(answer.value, options),
                Err(error) => $crate::endpoint::failure(error).into(),
            }
        }
    };
}

/// Puts what a client authenticates itself with into a request model.
macro_rules! with_client {
    ($model:expr, $client:expr) => {{
        let (mut model, client) = ($model, $client);
        model.client_id = client.id;
        model.client_secret = client.secret;
        model.client_certificate = client.certificate.leaf;
        model.client_certificate_path = client.certificate.path;
        model.oauth_client_attestation = client.attestation;
        model.oauth_client_attestation_pop = client.attestation_pop;
        model
    }};
}

/// Puts a DPoP proof into a request model, with the method and the URL that it must name.
macro_rules! with_proof {
    ($model:expr, $proof:expr, $incoming:expr, $options:expr) => {{
        let mut model = $model;
        if let Some(proof) = $proof {
            model.dpop = Some(proof);
            model.htm = Some($incoming.method.as_str().to_owned());
            model.htu = Some($crate::endpoint::proof::htu(&$options.settings.origin, $incoming.uri));
        }
        model
    }};
}
