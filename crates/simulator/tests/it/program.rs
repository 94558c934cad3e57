use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_authlete-simulator"))
}

#[test]
fn it_prints_what_to_use() {
    let mut child = program()
        .args(["--port", "0", "--bearer=b", "--service-id", "9", "--batch-delay-ms", "1"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("url=http://127.0.0.1:"), "{line}");
    assert!(line.contains(" bearer=b service-id=9 control-url=http://127.0.0.1:"), "{line}");
    assert!(line.ends_with("/_simulator\n"), "{line}");
}

#[test]
fn it_says_what_it_can_do() {
    for (argument, expected) in [("--help", "--config FILE"), ("-h", "Exit codes"), ("--version", "0.")] {
        let output = program().arg(argument).output().unwrap();
        assert!(output.status.success());
        assert!(String::from_utf8(output.stdout).unwrap().contains(expected));
    }
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = program().args(["--port", &port]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1);
}

/// Everything a test in another language does, in Python: the ready line, bodies, faults, the clock, the
/// ledger, outages, a configuration file, signals.
#[test]
#[cfg(unix)]
fn a_test_in_another_language_can_use_it() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/user.py");
    let mut python = Command::new("python3");
    python.args([
        "-W",
        "error",
        script,
        env!("CARGO_BIN_EXE_authlete-simulator"),
        env!("CARGO_TARGET_TMPDIR"),
        concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"),
    ]);
    let output = match python.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            println!("SKIPPED: no python3 to use the program from");
            return;
        }
        output => output.unwrap(),
    };
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{stdout}{stderr}");
    assert_eq!(stdout.lines().filter(|line| line.starts_with("ok ")).count(), 6, "{stdout}");
}

#[test]
fn bad_arguments_are_refused_in_one_line() {
    for arguments in [
        &["--nonsense"][..],
        &["my-bearer"],
        &["--port"],
        &["--port", "65536"],
        &["--bearer="],
        &["--batch-delay-ms", "soon"],
        &["--bearer", "my-bearer with a space"],
        &["--manual-clock=yes"],
        &["--config", "/nowhere/my.json"],
        &["--switch", "nulls"],
        &["--switch", "nulls=my-bearer"],
        &["--fault", r#"{"kind":"status","status":"my-bearer"}"#],
        &["--fault", "{my-bearer"],
        &["--token", r#"{"accessToken":"my-bearer"}"#],
        &["-x"],
    ] {
        let output = program().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let mut complaint = String::new();
        output.stderr.as_slice().read_to_string(&mut complaint).unwrap();
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert!(!complaint.contains("my-bearer"));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_readme_names_everything() {
    const README: &str = include_str!("../../README.md");
    let example = README.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let _ = authlete_simulator::Simulator::builder().configured(example).unwrap();

    let help = program().arg("--help").output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    let options: Vec<_> = help.split_whitespace().filter(|word| word.starts_with("--")).collect();
    assert!(options.len() > 15, "{options:?}");
    for option in options {
        let option = option.trim_end_matches([',', ';']);
        assert!(README.contains(&format!("`{option}")), "{option}");
    }
    let switches = serde_json::to_value(authlete_simulator::Switches::default()).unwrap();
    for switch in switches.as_object().unwrap().keys() {
        assert!(README.contains(&format!("`{switch}`")), "{switch}");
    }
}
