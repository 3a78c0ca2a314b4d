//! Health checks in one way to write them, whoever asks.

/// What is asked, and at which port, if that is known.
#[derive(Debug, PartialEq, Eq)]
pub struct Question {
    /// `GET /healthz of shop.example.com`, `a connection`, or the words of a command.
    pub asked: String,
    /// The port.
    pub port: Option<String>,
}

/// A request to a web app, under the name of a host or whatever it answers to.
pub fn get(path: &str, host: Option<&str>) -> String {
    format!("GET {path} of {}", host.unwrap_or("any host"))
}

/// A connection is made, and nothing is said.
pub const CONNECTION: &str = "a connection";

/// The question that a command asks: a request of programs that take an address, a connection of those that take a port.
pub fn of_command(words: &[String]) -> Question {
    let address = words.iter().find_map(|word| word.strip_prefix("http://127.0.0.1:"));
    let host = words.iter().find_map(|word| word.strip_prefix("Host=").or_else(|| word.strip_prefix("Host: ")));
    match (words.first().map(String::as_str), address, words.last()) {
        (Some("python" | "node" | "wget" | "curl" | "bash"), Some(address), _) => {
            let (port, path) = address.split_once('/').unwrap_or((address, ""));
            Question { asked: get(&format!("/{path}"), host), port: Some(port.to_owned()) }
        }
        (Some("python" | "node" | "nc" | "bash"), None, Some(port)) if port.parse::<u16>().is_ok() => {
            Question { asked: CONNECTION.to_owned(), port: Some(port.clone()) }
        }
        _ => Question { asked: format!("{words:?}"), port: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_of_all_images_ask_alike() {
        let of = |command: &str| {
            let Question { asked, port } = of_command(&shlex::split(command).unwrap());
            (asked, port.unwrap_or_default())
        };
        for command in [
            "python -I -c PROGRAM http://127.0.0.1:8000/up Host=a.example.com X-Forwarded-Proto=https",
            "node -e PROGRAM -- http://127.0.0.1:8000/up Host=a.example.com",
            "wget -q -O /dev/null --header 'Host: a.example.com' http://127.0.0.1:8000/up",
            "bash -c PROGRAM bash http://127.0.0.1:8000/up 'Host: a.example.com'",
        ] {
            assert_eq!(of(command), ("GET /up of a.example.com".to_owned(), "8000".to_owned()), "{command}");
        }
        for command in [
            "python -I -c PROGRAM 9000",
            "node -e PROGRAM -- 9000",
            "nc -z 127.0.0.1 9000",
            "bash -c PROGRAM bash 9000",
        ] {
            assert_eq!(of(command), (CONNECTION.to_owned(), "9000".to_owned()), "{command}");
        }
        assert_eq!(of("redis-cli ping"), (r#"["redis-cli", "ping"]"#.to_owned(), String::new()));
    }
}
