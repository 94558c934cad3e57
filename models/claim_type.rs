open_enum! {
    /// How a claim is conveyed (OpenID Connect Core 1.0 section 5.6).
    ClaimType {
        /// `NORMAL`: asserted by the provider itself (section 5.6.1).
        Normal = "NORMAL",
        /// `AGGREGATED`: asserted by another provider, and passed on (section 5.6.2).
        Aggregated = "AGGREGATED",
        /// `DISTRIBUTED`: asserted by another provider, and referred to (section 5.6.2).
        Distributed = "DISTRIBUTED",
    }
}
