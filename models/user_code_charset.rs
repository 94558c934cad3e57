open_enum! {
    /// The characters of user codes (RFC 8628 section 6.1).
    UserCodeCharset {
        /// `BASE20`: twenty consonants, `BCDFGHJKLMNPQRSTVWXZ`.
        Base20 = "BASE20",
        /// `NUMERIC`: digits.
        Numeric = "NUMERIC",
    }
}
