//! The shapes that all endpoints share: the table of an endpoint's actions, and what may come of them.

/// What becomes of an action: a row for each that the API has, or the compiler complains. Any other is unusable.
macro_rules! reply {
    ($action:expr, $type:ident {
        $($variant:ident $(| $same:ident)* => $reply:expr),+ $(,)?
    }) => {
        match $action {
            $(Some($type::$variant $(| $type::$same)*) => $reply,)+
            Some($type::Unrecognized(_)) | None => $crate::respond::reply::Reply::UNUSABLE,
        }
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
