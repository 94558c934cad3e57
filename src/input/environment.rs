//! The process's environment.

/// The variable, if it is set to anything.
pub(crate) fn environment(name: &str) -> Option<String> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
    // What is no text stays set, as something that no URL or bearer can be.
    Some(value.to_string_lossy().into_owned())
}
