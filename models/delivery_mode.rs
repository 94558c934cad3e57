open_enum! {
    /// How tokens reach a client in CIBA (CIBA Core 1.0 section 5).
    DeliveryMode {
        /// `PING`: the client is notified, then asks for the tokens.
        Ping = "PING",
        /// `POLL`: the client asks until there are tokens.
        Poll = "POLL",
        /// `PUSH`: the tokens are sent to the client.
        Push = "PUSH",
    }
}
