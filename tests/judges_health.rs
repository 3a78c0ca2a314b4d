//! The health checks of compose.yaml, run by the very programs that run them in the containers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod judge;

use judge::judge;
use plimsoll::analyze;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;

/// Answers 200 to who asks for `/up` as the proxy would, and 500 to everyone else.
fn answer(mut stream: &TcpStream) {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let request: Vec<String> = lines.map(|line| line.to_ascii_lowercase()).collect();
    let has = |line: &str| request.iter().any(|other| other == line);
    let is_right = has("get /up http/1.1") && has("host: a.example.com") && has("x-forwarded-proto: https");
    let status = if is_right { "200 OK" } else { "500 Internal Server Error" };
    let response = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    // A client that only connects may be gone already.
    let _ = stream.write_all(response.as_bytes());
}

/// A port on which somebody answers.
fn server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| answer(&stream)));
    port
}

/// A port on which nobody listens.
fn closed() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Whether the health check of a service of this kind ends well.
fn is_well(kind: &str, fields: &str, port: u16) -> bool {
    let text = format!("server: {{}}\nservices:\n  api: {{ {kind}: {{}}, port: {port}, {fields} }}\n");
    let files = analyze(&text).outputs.unwrap().artifacts();
    let file = files.iter().find(|file| file.path == "compose.yaml").unwrap();
    let compose: serde_json::Value = serde_yaml::from_str(&file.text).unwrap();
    let words: Vec<String> = serde_json::from_value(compose["services"]["api"]["healthcheck"]["test"].clone()).unwrap();
    // Compose makes `$` of `$$`.
    let words: Vec<String> = words.iter().map(|word| word.replace("$$", "$")).collect();
    assert_eq!(words[0], "CMD");
    let mut program = if words[1] == "python" { judge("python") } else { Command::new(&words[1]) };
    program.args(&words[2..]).stderr(Stdio::null()).status().unwrap().success()
}

#[test]
#[ignore = "needs Python and Node.js; cargo xtask test runs it"]
fn health_checks_tell_well_from_unwell_and_ask_as_the_proxy_would() {
    let open = server();
    for kind in ["python", "node"] {
        let public = "public: { host: a.example.com }";
        assert!(is_well(kind, &format!("health: {{ path: /up }}, {public}"), open), "{kind} was not answered");
        assert!(!is_well(kind, &format!("health: {{ path: /down }}, {public}"), open), "{kind} took an error for well");
        assert!(!is_well(kind, &format!("health: {{ path: /up }}, {public}"), closed()), "{kind}: nobody listens");
        assert!(is_well(kind, "publish: false", open), "{kind} did not connect");
        assert!(!is_well(kind, "publish: false", closed()), "{kind} connected to nobody");
    }
}
