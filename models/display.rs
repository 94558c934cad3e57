open_enum! {
    /// How to show the pages for login and consent: `display` (OpenID Connect Core 1.0 section 3.1.2.1).
    DisplayMode {
        /// `PAGE`: a full page. The default.
        Page = "PAGE",
        /// `POPUP`: a popup window.
        Popup = "POPUP",
        /// `TOUCH`: a device with a touch interface.
        Touch = "TOUCH",
        /// `WAP`: a feature phone.
        Wap = "WAP",
    }
}
