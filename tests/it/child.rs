//! A test in a process of its own, for what belongs to the process: its environment, its output, its end.

use std::env;
use std::process::{Command, Output};

const MARK: &str = "AUTHLETE_TEST_CHILD";

/// Whether this process is the one started by [`run`].
pub fn is_child() -> bool {
    env::var_os(MARK).is_some()
}

/// A process that runs the named test alone, with none of the SDK's variables.
pub fn command(test: &str) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(MARK, "1");
    for name in ["AUTHLETE_BEARER", "AUTHLETE_BASE_URL", "AUTHLETE_SERVICE_ID", "AUTHLETE_DEBUG"] {
        command.env_remove(name);
    }
    command
}

/// Runs the named test alone, with these variables, and returns what it printed. Fails unless exactly that test passed.
pub fn run(test: &str, variables: &[(&str, &str)]) -> String {
    let output = command(test).envs(variables.iter().copied()).output().unwrap();
    passed(&output)
}

/// What a child printed, if it ran its test and that passed.
pub fn passed(output: &Output) -> String {
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{printed}\n{complained}", output.status);
    assert!(printed.contains("test result: ok. 1 passed"), "{printed}");
    assert_eq!(complained, "", "something was printed");
    printed
}
