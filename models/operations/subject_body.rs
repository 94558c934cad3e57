#![allow(unreachable_pub, reason = "the macro makes every model public")]

model! {
    /// A user, as the body of the `POST` that stands for a `GET` or `DELETE`.
    pub struct SubjectBody(
        /// The user's unique ID at the service.
        subject: (hidden String),
    ) {}
}
