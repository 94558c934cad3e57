use super::{CredentialOfferInfo, ServerText};

model! {
    /// The credential offer created by
    /// [`verifiable_credentials_create_offer`](crate::funcs::verifiable_credentials_create_offer).
    pub struct VciOfferCreateResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see
        /// [`verifiable_credentials_create_offer`](crate::funcs::verifiable_credentials_create_offer).
        action: VciOfferCreateResponseAction,
        /// The offer.
        info: CredentialOfferInfo,
    }
}

open_enum! {
    /// How the creation of a credential offer went.
    VciOfferCreateResponseAction {
        /// `CREATED`: The offer is in `info`.
        Created = "CREATED",
        /// `FORBIDDEN`: The service does not issue credentials.
        Forbidden = "FORBIDDEN",
        /// `CALLER_ERROR`: The call was wrong.
        CallerError = "CALLER_ERROR",
        /// `AUTHLETE_ERROR`: Authlete has a problem.
        AuthleteError = "AUTHLETE_ERROR",
    }
}
