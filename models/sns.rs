open_enum! {
    /// A social network.
    Sns {
        /// `FACEBOOK`: Facebook.
        Facebook = "FACEBOOK",
    }
}
