//! What the environment sets, in processes of their own.

use std::process::Command;

use authlete::{Authlete, AuthleteCore};

use crate::child;
use crate::fake::{create, status};
use crate::support::{BEARER, simulator};

/// In a child: configures a core by the environment, makes a call and says what came of it.
fn act() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match AuthleteCore::from_env() {
        Ok(core) => match runtime.block_on(create(&core, None)) {
            Ok(_) => println!("outcome: created"),
            Err(error) => println!("outcome: {error}"),
        },
        Err(error) => println!("outcome: {error}{}", source(&error)),
    }
}

fn source(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(String::new, |source| format!(": {source}"))
}

fn outcome(printed: &str) -> &str {
    printed.lines().find_map(|line| line.split_once("outcome: ")).map(|(_, outcome)| outcome).unwrap()
}

#[tokio::test]
async fn environment_configures_a_core() {
    const TEST: &str = "options::environment::environment_configures_a_core";
    if child::is_child() {
        std::thread::spawn(act).join().unwrap();
        return;
    }
    let simulator = simulator().await;
    let url = simulator.url();
    let all =
        [("AUTHLETE_BEARER", BEARER), ("AUTHLETE_BASE_URL", url), ("AUTHLETE_SERVICE_ID", "1234567890")];
    assert_eq!(outcome(&child::run(TEST, &all)), "created");
    let request = simulator.ledger().requests().remove(0);
    assert_eq!(request.header("authorization"), Some(&*format!("Bearer {BEARER}")));
    assert!(request.path.starts_with("/api/1234567890/"));

    // Without a service; an empty variable is an unset one.
    for service in [None, Some(("AUTHLETE_SERVICE_ID", ""))] {
        let variables: Vec<_> = all[..2].iter().copied().chain(service).collect();
        let printed = child::run(TEST, &variables);
        assert!(outcome(&printed).contains("serviceId is set neither in the request nor in the core"));
    }
    // Without a bearer.
    for bearer in [None, Some(("AUTHLETE_BEARER", ""))] {
        let variables: Vec<_> = all[1..].iter().copied().chain(bearer).collect();
        let printed = child::run(TEST, &variables);
        assert!(
            outcome(&printed).ends_with("no bearer was given and AUTHLETE_BEARER is not set"),
            "{printed}"
        );
    }
    // With values that do not hold, which are not repeated.
    for (name, value) in [
        ("AUTHLETE_BEARER", "canary\nbearer"),
        ("AUTHLETE_BASE_URL", "canary"),
        ("AUTHLETE_BASE_URL", "http://canary.example"),
    ] {
        let variables: Vec<_> = all.iter().copied().chain([(name, value)]).collect();
        let printed = child::run(TEST, &variables);
        assert!(outcome(&printed).starts_with("configuration: "), "{printed}");
        assert!(!printed.contains("canary"), "{printed}");
    }
    assert_eq!(simulator.ledger().request_count(), 1);
}

/// A variable that is no text must not count as unset: the call would go to another server than the one meant.
#[cfg(unix)]
#[test]
fn variable_that_is_no_text_is_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    if child::is_child() {
        match AuthleteCore::from_env() {
            Ok(_) => println!("outcome: a core"),
            Err(error) => println!("outcome: {error}{}", source(&error)),
        }
        return;
    }
    let no_text = OsStr::from_bytes(b"https://a\xff.example");
    let run = |change: fn(&mut Command, &OsStr)| {
        let mut command = child::command("options::environment::variable_that_is_no_text_is_refused");
        change(command.env("AUTHLETE_BEARER", BEARER), no_text);
        child::passed(&command.output().unwrap())
    };
    assert!(
        run(|command, value| {
            command.env("AUTHLETE_BASE_URL", value);
        })
        .contains("outcome: configuration: base URL is not of the form")
    );
    assert!(
        run(|command, value| {
            command.env("AUTHLETE_BEARER", value);
        })
        .contains("characters outside visible ASCII")
    );
}

/// What the builder is given precedes the environment, which it only asks for the bearer.
#[test]
fn builder_precedes_the_environment() {
    if child::is_child() {
        let fake = crate::fake::Fake::new(|_| status(400));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for core in [fake.bare().bearer("given").build().unwrap(), fake.bare().build().unwrap()] {
            runtime.block_on(create(&core, None)).unwrap_err();
        }
        assert_eq!(fake.header("authorization"), ["Bearer given", "Bearer from-the-environment"]);
        for request in fake.requests() {
            assert_eq!(request.uri().host(), Some("us.authlete.com"));
            assert!(request.uri().path().starts_with("/api/1234567890/"));
        }
        assert!(Authlete::from_env().is_ok());
        return;
    }
    child::run(
        "options::environment::builder_precedes_the_environment",
        &[
            ("AUTHLETE_BEARER", "from-the-environment"),
            ("AUTHLETE_BASE_URL", "https://environment.example"),
            ("AUTHLETE_SERVICE_ID", "42"),
        ],
    );
}
