use super::{CredentialOfferInfo, ServerText};

model! {
    /// A credential offer.
    pub struct VciOfferInfoResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see
        /// [`verifiable_credentials_get_offer_info`](crate::funcs::verifiable_credentials_get_offer_info).
        action: VciOfferInfoResponseAction,
        /// The offer.
        info: CredentialOfferInfo,
    }
}

open_enum! {
    /// What the credential offer endpoint answers.
    VciOfferInfoResponseAction {
        /// `OK`: Answer 200 with `info.credential_offer`.
        Ok = "OK",
        /// `FORBIDDEN`: The service does not issue credentials. Answer 403.
        Forbidden = "FORBIDDEN",
        /// `NOT_FOUND`: No such offer. Answer 404.
        NotFound = "NOT_FOUND",
        /// `CALLER_ERROR`: The call was wrong. Log it and answer 500.
        CallerError = "CALLER_ERROR",
        /// `AUTHLETE_ERROR`: Authlete has a problem. Answer 500.
        AuthleteError = "AUTHLETE_ERROR",
    }
}
