open_enum! {
    /// How a client registers through a federation (OpenID Federation 1.0).
    ClientRegistrationType {
        /// `AUTOMATIC`: by its first request, without a registration of its own.
        Automatic = "AUTOMATIC",
        /// `EXPLICIT`: by a request to the federation registration endpoint.
        Explicit = "EXPLICIT",
    }
}
