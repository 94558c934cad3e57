//! The tokens in memory are for this process alone.

/// Sees to it that no core dump holds them, nor another process of the same user reads them. Where the system does not let
/// it, the work goes on.
#[cfg(unix)]
pub(crate) fn keep_private() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _ = setrlimit(Resource::Core, none);
    // Where dumps are piped to a program, their size does not matter.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
pub(crate) fn keep_private() {}
