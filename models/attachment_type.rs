open_enum! {
    /// The kind of an attachment (OpenID Connect for Identity Assurance).
    AttachmentType {
        /// `EMBEDDED`: within the claims.
        Embedded = "EMBEDDED",
        /// `EXTERNAL`: at a URL, with a digest.
        External = "EXTERNAL",
    }
}
