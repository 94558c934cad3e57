open_enum! {
    /// A FAPI profile that requests are held to.
    FapiMode {
        /// `FAPI1_ADVANCED`: FAPI 1.0 Part 2, Advanced.
        Fapi1Advanced = "FAPI1_ADVANCED",
        /// `FAPI1_BASELINE`: FAPI 1.0 Part 1, Baseline.
        Fapi1Baseline = "FAPI1_BASELINE",
        /// `FAPI2_MESSAGE_SIGNING_AUTH_REQ`: FAPI 2.0 Message Signing, authorization requests.
        Fapi2MessageSigningAuthReq = "FAPI2_MESSAGE_SIGNING_AUTH_REQ",
        /// `FAPI2_MESSAGE_SIGNING_AUTH_RES`: FAPI 2.0 Message Signing, authorization responses.
        Fapi2MessageSigningAuthRes = "FAPI2_MESSAGE_SIGNING_AUTH_RES",
        /// `FAPI2_MESSAGE_SIGNING_INTROSPECTION_RES`: FAPI 2.0 Message Signing, introspection responses.
        Fapi2MessageSigningIntrospectionRes = "FAPI2_MESSAGE_SIGNING_INTROSPECTION_RES",
        /// `FAPI2_SECURITY`: the FAPI 2.0 Security Profile.
        Fapi2Security = "FAPI2_SECURITY",
        /// `FAPI2_MESSAGE_SIGNING_RESOURCE_REQ`: requests to the resource server, signed (RFC 9421). Newer servers
        /// only.
        Fapi2MessageSigningResourceReq = "FAPI2_MESSAGE_SIGNING_RESOURCE_REQ",
        /// `FAPI2_MESSAGE_SIGNING_RESOURCE_RES`: responses of the resource server, signed (RFC 9421). Newer servers
        /// only.
        Fapi2MessageSigningResourceRes = "FAPI2_MESSAGE_SIGNING_RESOURCE_RES",
    }
}
