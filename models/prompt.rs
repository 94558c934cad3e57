open_enum! {
    /// What the user must be asked: `prompt` (OpenID Connect Core 1.0 section 3.1.2.1).
    Prompt {
        /// `NONE`: nothing. If the user would have to be asked, the request fails.
        None = "NONE",
        /// `LOGIN`: to log in again.
        Login = "LOGIN",
        /// `CONSENT`: for consent.
        Consent = "CONSENT",
        /// `SELECT_ACCOUNT`: to choose an account.
        SelectAccount = "SELECT_ACCOUNT",
        /// `CREATE`: to create an account (Initiating User Registration via OpenID Connect 1.0).
        Create = "CREATE",
    }
}
