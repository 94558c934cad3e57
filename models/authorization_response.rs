use super::{
    AuthzDetails, ClaimsForTx, ClientLimitedAuthorization, CredentialOfferInfo, DisplayMode, DynamicScope,
    Grant, GrantManagementAction, Prompt, Scope, Secret, ServerText, Service,
};

model! {
    /// What an authorization request asks for, or what to answer to it.
    ///
    /// Authlete checks the request, not the user: [`subject`](Self::subject), [`max_age`](Self::max_age),
    /// [`acrs`](Self::acrs) and [`prompts`](Self::prompts) are demands that the application has to meet.
    pub struct AuthorizationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`authorization_process_request`](crate::funcs::authorization_process_request).
        action: AuthorizationResponseAction,
        /// The client that made the request.
        client: ClientLimitedAuthorization,
        /// How the client wants the pages shown (OpenID Connect Core 1.0 section 3.1.2.1). `PAGE` if the request is
        /// silent.
        display: DisplayMode,
        /// The maximum time since the user authenticated, in seconds (OpenID Connect Core 1.0 section
        /// 3.1.2.1). 0 means no limit, but `max_age=0` arrives as 0 too: look for it in the parameters, and let the
        /// user log in again.
        max_age: i64,
        /// The service that received the request.
        service: Service,
        /// The scopes requested (RFC 6749 section 3.3), less those the service does not support. If the request names
        /// none, the service's default scopes.
        scopes: [Scope],
        /// Languages for the pages (RFC 5646), best first (OpenID Connect Core 1.0 section 3.1.2.1).
        ui_locales: [String],
        /// Languages for the claims (RFC 5646), best first (OpenID Connect Core 1.0 section 5.2).
        claims_locales: [String],
        /// Names of the claims requested for the ID token, directly or by scopes such as `email` (OpenID Connect Core
        /// 1.0 sections 5.4 and 5.5). Their values go into [`claims`](super::AuthorizationIssueRequest::claims).
        claims: [String],
        /// Whether one of [`acrs`](Self::acrs) must be met (OpenID Connect Core 1.0 section 5.5.1.1). Otherwise they
        /// are a wish.
        acr_essential: bool,
        /// Whether the request used the alias.
        client_id_alias_used: bool,
        /// The authentication contexts wanted, best first; all are among those the service supports.
        acrs: [String],
        /// The user the client demands (`sub` in `claims`). Authlete does not enforce it: compare it with the user
        /// who is logged in, or another user gets the code.
        subject: String,
        /// A hint at who wants to log in (OpenID Connect Core 1.0 section 3.1.2.1).
        login_hint: (hidden String),
        /// The values of `prompt` (OpenID Connect Core 1.0 section 3.1.2.1).
        prompts: [Prompt],
        /// The least that the pages must ask of the user. `CONSENT` if the request is silent.
        lowest_prompt: Prompt,
        /// The payload of the request object (RFC 9101), as the text of a JSON object. Absent without a request
        /// object.
        request_object_payload: Secret,
        /// The member `id_token` of `claims`, as the text of a JSON object (OpenID Connect Core 1.0 section 5.5).
        id_token_claims: (hidden String),
        /// The member `userinfo` of `claims`, as the text of a JSON object (OpenID Connect Core 1.0 section 5.5).
        user_info_claims: (hidden String),
        /// Target resources as URIs (RFC 8707). To refuse one, fail with `INVALID_TARGET`.
        resources: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Why the client wants the user's data. Show it on the consent page (OpenID Connect for Identity Assurance).
        purpose: String,
        /// The ready-made content of the answer to the client, where the action has one: JSON, a URL or a page.
        response_content: Secret,
        /// What [`authorization_issue`](crate::funcs::authorization_issue) and
        /// [`authorization_fail`](crate::funcs::authorization_fail) take. Whoever holds it can finish the request as
        /// any user: keep it in the session, never in a URL or a form.
        ticket: Secret,
        /// The scopes requested that match a pattern. They are not in [`scopes`](Self::scopes).
        dynamic_scopes: [DynamicScope],
        /// What the client wants to happen to the grant (Grant Management for OAuth 2.0).
        gm_action: GrantManagementAction,
        /// The ID of the grant that the request is about (Grant Management for OAuth 2.0).
        grant_id: String,
        /// What the user has granted so far under that ID.
        grant: Grant,
        /// The user who gave that grant. If another user authorizes, Authlete leaves the grant as it is.
        grant_subject: String,
        /// Names of claims that transformed claims are computed from (OpenID Connect Advanced Syntax for Claims).
        requested_claims_for_tx: [String],
        /// Names of verified claims that transformed claims are computed from, one list per `verified_claims` object.
        requested_verified_claims_for_tx: [ClaimsForTx],
        /// The member `transformed_claims` of `claims`, as the text of a JSON object.
        transformed_claims: (hidden String),
        /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// Names of the claims requested for UserInfo responses, directly or by scopes.
        claims_at_user_info: [String],
        /// The credential offer that the request refers to (OpenID for Verifiable Credential Issuance 1.0).
        credential_offer_info: CredentialOfferInfo,
        /// The credentials that the access token will be good for, as the text of a JSON array (OpenID for Verifiable
        /// Credential Issuance 1.0).
        issuable_credentials: String,
        /// Whether the client asks for Native SSO. If so,
        /// [`session_id`](super::AuthorizationIssueRequest::session_id) is required (OpenID Connect Native SSO).
        native_sso_requested: bool,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
    }
}

open_enum! {
    /// What to do with an authorization request.
    AuthorizationResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content`. There is no redirection URI to trust.
        BadRequest = "BAD_REQUEST",
        /// `LOCATION`: Redirect to the URL in `response_content`, which tells the client its error.
        Location = "LOCATION",
        /// `FORM`: Answer 200 with the page in `response_content`, which posts the error to the client.
        Form = "FORM",
        /// `NO_INTERACTION`: Issue or fail without showing a page (`prompt=none`).
        NoInteraction = "NO_INTERACTION",
        /// `INTERACTION`: Authenticate the user and ask for consent.
        Interaction = "INTERACTION",
    }
}
