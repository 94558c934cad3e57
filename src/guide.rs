//! How to use this crate, in short chapters. Every example is compiled, and run where the simulator plays its operations.
//!
//! | chapter | answers |
//! |---|---|
//! | [`first_call`] | What do I need, and what does a call look like? |
//! | [`testing`] | How do I test my code without Authlete, and make it fail on purpose? |
//! | [`authorization_code`] | How do I build the authorization and token endpoints? |
//! | [`protected_resource`] | How do I check the access token of a request? |
//! | [`userinfo_and_discovery`] | How do I serve UserInfo, the metadata and the keys? |
//! | [`pushed_and_device`] | How do I serve pushed requests and the device flow? |
//! | [`introspection`] | How do I let other resource servers check tokens? |
//! | [`administration`] | How do I change a service or a client without losing settings? |
//! | [`paging`] | How do I read a list that is longer than a page? |
//! | [`moving_tokens`] | How do I move live tokens from another system? |
//! | [`retries_and_delivery`] | What may I repeat, and what do I know after an error? |
//! | [`limits`] | What bounds a call in time and memory? |
//! | [`secrets`] | What is never shown, and what must I take care of? |
//! | [`transports`] | How do I put my own transport, or a tower stack, in between? |
//! | [`tls_and_proxies`] | How do I trust a private CA, use FIPS, or go through a proxy? |
//! | [`observability`] | How do I get metrics and traces? |
//! | [`printing_errors`] | How do I log an error with its causes and without secrets? |
//! | [`web_handlers`] | How do I call from axum, and what if the handler is dropped? |
//! | [`blocking`] | How do I call from code that is not async, or from another runtime? |
//! | [`from_typescript`] | What is the Rust name of what I used in the TypeScript SDK? |

/// Mounts the chapters. Their examples need the built-in transport, so without it there is nothing to compile them with.
macro_rules! chapters {
    ($($chapter:ident: $text:literal,)+) => {$(
        #[cfg_attr(feature = "hyper-client", doc = include_str!($text))]
        #[cfg_attr(not(feature = "hyper-client"), doc = "The text of this chapter is there with the feature `hyper-client`.")]
        pub mod $chapter {}
    )+};
}

chapters! {
    first_call: "guide/first_call.md",
    testing: "guide/testing.md",
    authorization_code: "guide/authorization_code.md",
    protected_resource: "guide/protected_resource.md",
    userinfo_and_discovery: "guide/userinfo_and_discovery.md",
    pushed_and_device: "guide/pushed_and_device.md",
    introspection: "guide/introspection.md",
    administration: "guide/administration.md",
    paging: "guide/paging.md",
    moving_tokens: "guide/moving_tokens.md",
    retries_and_delivery: "guide/retries_and_delivery.md",
    limits: "guide/limits.md",
    secrets: "guide/secrets.md",
    transports: "guide/transports.md",
    tls_and_proxies: "guide/tls_and_proxies.md",
    observability: "guide/observability.md",
    printing_errors: "guide/printing_errors.md",
    web_handlers: "guide/web_handlers.md",
    blocking: "guide/blocking.md",
    from_typescript: "guide/from_typescript.md",
}
