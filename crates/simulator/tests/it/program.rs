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
    assert!(line.ends_with(" bearer=b service-id=9\n"), "{line}");
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
    ] {
        let output = program().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let mut complaint = String::new();
        output.stderr.as_slice().read_to_string(&mut complaint).unwrap();
        assert_eq!(complaint.lines().count(), 1);
        assert!(!complaint.contains("my-bearer"));
        assert!(output.stdout.is_empty());
    }
}
