use super::Secret;

model! {
    /// The user code to look up.
    pub struct DeviceVerificationRequest(
        /// The user code, as the user typed it in.
        user_code: Secret,
    ) {}
}
