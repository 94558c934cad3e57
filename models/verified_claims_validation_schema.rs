open_enum! {
    /// The schemas against which `verified_claims` are checked (OpenID Connect for Identity Assurance).
    VerifiedClaimsValidationSchema {
        /// `standard`: those of the standard.
        Standard = "standard",
        /// `standard+id_document`: those of the standard, and `id_document` of older drafts.
        StandardIdDocument = "standard+id_document",
    }
}
