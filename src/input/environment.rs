//! The process's environment.

/// The variable, if it is set to anything.
pub(crate) fn environment(name: &str) -> Option<String> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
    // A variable that is not Unicode counts as set. The lossy text is not a valid URL or bearer, so it is refused later.
    Some(value.to_string_lossy().into_owned())
}
