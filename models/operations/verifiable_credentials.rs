use crate::models::{
    VciBatchIssueRequest, VciBatchParseRequest, VciDeferredIssueRequest, VciDeferredParseRequest,
    VciJwksRequest, VciJwtissuerRequest, VciMetadataRequest, VciNonceRequest, VciOfferCreateRequest,
    VciOfferInfoRequest, VciSingleIssueRequest, VciSingleParseRequest,
};

request! {
    /// What [`verifiable_credentials_get_metadata`](crate::funcs::verifiable_credentials_get_metadata) sends.
    pub struct VciMetadataApiRequest(
        /// How to write the metadata.
        vci_metadata_request: VciMetadataRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_get_jwt_issuer`](crate::funcs::verifiable_credentials_get_jwt_issuer) sends.
    pub struct VciJwtissuerApiRequest(
        /// How to write the metadata.
        vci_jwtissuer_request: VciJwtissuerRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_get_jwks`](crate::funcs::verifiable_credentials_get_jwks) sends.
    pub struct VciJwksApiRequest(
        /// How to write the key set.
        vci_jwks_request: VciJwksRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_create_offer`](crate::funcs::verifiable_credentials_create_offer) sends.
    pub struct VciOfferCreateApiRequest(
        /// The offer to create.
        vci_offer_create_request: VciOfferCreateRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_get_offer_info`](crate::funcs::verifiable_credentials_get_offer_info) sends.
    pub struct VciOfferInfoApiRequest(
        /// The identifier of the offer.
        vci_offer_info_request: VciOfferInfoRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_parse`](crate::funcs::verifiable_credentials_parse) sends.
    pub struct VciSingleParseApiRequest(
        /// The wallet's request.
        vci_single_parse_request: VciSingleParseRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_issue`](crate::funcs::verifiable_credentials_issue) sends.
    pub struct VciSingleIssueApiRequest(
        /// What to issue.
        vci_single_issue_request: VciSingleIssueRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_batch_parse`](crate::funcs::verifiable_credentials_batch_parse) sends.
    pub struct VciBatchParseApiRequest(
        /// The wallet's request.
        vci_batch_parse_request: VciBatchParseRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_batch_issue`](crate::funcs::verifiable_credentials_batch_issue) sends.
    pub struct VciBatchIssueApiRequest(
        /// What to issue.
        vci_batch_issue_request: VciBatchIssueRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_deferred_parse`](crate::funcs::verifiable_credentials_deferred_parse) sends.
    pub struct VciDeferredParseApiRequest(
        /// The wallet's request.
        vci_deferred_parse_request: VciDeferredParseRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_deferred_issue`](crate::funcs::verifiable_credentials_deferred_issue) sends.
    pub struct VciDeferredIssueApiRequest(
        /// What to issue.
        vci_deferred_issue_request: VciDeferredIssueRequest,
    ) {}
}

request! {
    /// What [`verifiable_credentials_nonce`](crate::funcs::verifiable_credentials_nonce) sends.
    pub struct VciNonceApiRequest(
        /// How to write the response.
        vci_nonce_request: VciNonceRequest,
    ) {}
}
