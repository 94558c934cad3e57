open_enum! {
    /// Whether a client can keep a secret (RFC 6749 section 2.1).
    ClientType {
        /// `PUBLIC`: it cannot.
        Public = "PUBLIC",
        /// `CONFIDENTIAL`: it can.
        Confidential = "CONFIDENTIAL",
    }
}
