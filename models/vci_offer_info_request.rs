use super::Secret;

model! {
    /// The credential offer to look up.
    pub struct VciOfferInfoRequest {
        /// The identifier of the offer: a part of its `credential_offer_uri`.
        identifier: Secret,
    }
}
