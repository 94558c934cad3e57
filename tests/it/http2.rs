//! HTTP/2 over TLS, where the server picks it.
