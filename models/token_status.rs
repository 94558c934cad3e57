open_enum! {
    /// Which tokens to list. Only Authlete's Java library has it.
    TokenStatus {
        /// `VALID`: Those that have not expired.
        Valid = "VALID",
        /// `INVALID`: Those that have expired.
        Invalid = "INVALID",
        /// `ALL`: All of them.
        All = "ALL",
    }
}
