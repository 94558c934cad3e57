use super::{GrantManagementAction, Secret};

model! {
    /// A request to the grant management endpoint (Grant Management for OAuth 2.0).
    pub struct GMRequest {
        /// The access token of the request.
        access_token: Secret,
        /// The certificate the client presented, in PEM. Needed for a token that is bound to one (RFC 8705 section
        /// 3).
        client_certificate: String,
        /// The value of the `DPoP` header the client sent. Needed for a token that is bound to a key (RFC 9449
        /// section 7).
        dpop: Secret,
        /// The method of the client's request, which the DPoP proof must name (RFC 9449 section 4.2). Absent: `GET`
        /// for a query, `DELETE` for a revocation.
        htm: String,
        /// The URL of the client's request without query and fragment, which the DPoP proof must name (RFC 9449
        /// section 4.2). Absent, the one in the service's settings with the grant's ID.
        htu: String,
        /// What to do with the grant: [`Query`](GrantManagementAction::Query) for a `GET`,
        /// [`Revoke`](GrantManagementAction::Revoke) for a `DELETE`.
        gm_action: GrantManagementAction,
        /// The ID of the grant, which is the last segment of the URL.
        grant_id: String,
        /// Whether the DPoP proof must carry the nonce that is expected (RFC 9449 section 9). The service's setting
        /// of the same name demands it too.
        dpop_nonce_required: bool,
    }
}
