open_enum! {
    /// How the content of a JWE is compressed: `zip` (RFC 7516 section 4.1.3). Not in the API description.
    JweZip {
        /// `DEF`: DEFLATE (RFC 7518 section 7.3).
        Def = "DEF",
    }
}
