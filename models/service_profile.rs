open_enum! {
    /// A profile that a service supports.
    ServiceProfile {
        /// `FAPI`: the FAPI security profiles.
        Fapi = "FAPI",
        /// `OPEN_BANKING`: UK Open Banking.
        OpenBanking = "OPEN_BANKING",
    }
}
