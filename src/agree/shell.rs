//! Commands that come after others in one container: a shell that runs those, and gives way to them.

/// A container's command taken apart: the steps that a shell runs first, and the program that takes its place.
pub fn steps_and_program(command: Vec<String>) -> (Vec<Vec<String>>, Vec<String>) {
    let steps = match command.as_slice() {
        [shell, option, script, _, ..] if shell == "sh" && option == "-c" => steps(script),
        _ => None,
    };
    match steps {
        Some(steps) => (steps, command.into_iter().skip(4).collect()),
        None => (Vec::new(), command),
    }
}

/// The steps of a script that ends with `exec "$@"`; nothing of any other.
fn steps(script: &str) -> Option<Vec<Vec<String>>> {
    let mut steps = Vec::new();
    let mut is_ours = false;
    for command in commands(script) {
        is_ours = command == "exec \"$@\"";
        if command != "set -e" && !is_ours {
            steps.push(shlex::split(command)?);
        }
    }
    is_ours.then_some(steps)
}

/// The commands of a script, as they are written: what `&&` and line breaks part, outside of quotes.
fn commands(script: &str) -> Vec<&str> {
    let mut commands = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut quote = None;
    let bytes = script.as_bytes();
    while let Some(byte) = bytes.get(at) {
        match (quote, byte) {
            (None | Some(b'"'), b'\\') => at += 1,
            (None, b'\'' | b'"') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            (None, b'\n') => {
                commands.push(&script[start..at]);
                start = at + 1;
            }
            (None, b'&') if bytes.get(at + 1) == Some(&b'&') => {
                commands.push(&script[start..at]);
                at += 1;
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    commands.push(&script[start..]);
    commands.into_iter().map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn steps_are_found_on_both_targets() {
        let steps = vec![words(&["echo", "a && b\n"]), words(&["it's", ""])];
        for script in
            ["echo 'a && b\n' && \"it's\" '' && exec \"$@\"", "set -e\necho 'a && b\n'\n\"it's\" ''\nexec \"$@\""]
        {
            let command = words(&["sh", "-c", script, "--", "run", "x"]);
            assert_eq!(steps_and_program(command), (steps.clone(), words(&["run", "x"])), "{script}");
        }
    }

    #[test]
    fn a_command_of_the_persons_own_stays_as_it_is() {
        for command in [words(&["run"]), words(&["sh", "-c", "echo a && echo b"]), words(&["sh", "-c", "a", "b"])] {
            assert_eq!(steps_and_program(command.clone()), (Vec::new(), command));
        }
    }
}
