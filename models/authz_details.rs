use super::AuthorizationDetailsElement;

model! {
    /// Authorization details (RFC 9396, `authorization_details`), wrapped in an object as the API wants them.
    pub struct AuthzDetails {
        /// The elements of the array.
        elements: [AuthorizationDetailsElement],
    }
}
