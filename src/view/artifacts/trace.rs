//! The lines of the files that come from a field.

use crate::generate::Artifact;

/// The lines that come from a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The document's path of the field.
    pub field: String,
    /// The files with such lines, by path and in order, and the numbers of the lines, from 0.
    pub files: Vec<(String, Vec<usize>)>,
}

impl Trace {
    /// Returns the lines of `artifacts` that come from the field at `path`. If there are none, it tries the fields
    /// around it, up to the settings of one service. Returns `None` for a path that is about everything.
    pub fn of(artifacts: &[Artifact], path: &str) -> Option<Self> {
        let mut field = path;
        loop {
            if matches!(field, "services" | "environments") {
                return None;
            }
            let lines = artifacts.iter().map(|file| (file.path.clone(), file.lines_from(field).collect::<Vec<_>>()));
            let files: Vec<_> = lines.filter(|(_, lines)| !lines.is_empty()).collect();
            if !files.is_empty() {
                return Some(Self { field: field.to_owned(), files });
            }
            field = field.rsplit_once('.').map(|(above, _)| above).filter(|above| above.matches('.').count() >= 2)?;
        }
    }

    /// The lines of one file.
    pub fn lines(&self, path: &str) -> &[usize] {
        self.files.iter().find(|(file, _)| file == path).map_or(&[], |(_, lines)| lines)
    }

    /// The number of lines.
    pub fn count(&self) -> usize {
        self.files.iter().map(|(_, lines)| lines.len()).sum()
    }

    /// Returns the first line after `line` of the file `path`, or in a later file; at the end, the first of all.
    pub fn next(&self, path: &str, line: Option<usize>) -> Option<(&str, usize)> {
        let mut all = self.files.iter().flat_map(|(file, lines)| lines.iter().map(move |line| (file.as_str(), *line)));
        let first = all.clone().next();
        let in_file = |(file, _): &(&str, usize)| *file == path;
        let position = line.and_then(|line| all.clone().position(|at| at == (path, line)));
        let next = match (position, line) {
            (Some(position), _) => all.nth(position + 1),
            (None, Some(line)) => all.find(|at| in_file(at) && at.1 > line),
            (None, None) => all.find(in_file),
        };
        next.or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::Origin;

    fn files() -> Vec<Artifact> {
        let file = |path: &str, fields: &[&str]| {
            let line = |field: &&str| ("x".to_owned(), Some(Origin::new(*field, "because")));
            Artifact::from_lines(path, fields.iter().map(line))
        };
        vec![
            file("a", &["services.api.memory.limit", "services.api", "services.api.memory.limit"]),
            file("b", &["services.db"]),
            file("c", &["services.api.memory.limit"]),
        ]
    }

    #[test]
    fn a_field_without_lines_of_its_own_is_traced_by_what_it_is_a_part_of() {
        let traced = |path: &str| Trace::of(&files(), path).map(|trace| (trace.count(), trace.field));
        assert_eq!(traced("services.api.memory.limit"), Some((3, "services.api.memory.limit".to_owned())));
        assert_eq!(traced("services.api.memory.process"), Some((3, "services.api.memory".to_owned())));
        assert_eq!(traced("services.api"), Some((4, "services.api".to_owned())));
        assert_eq!(traced("services.api.workers"), None);
        assert_eq!(traced("services"), None);
    }

    #[test]
    fn the_next_line_is_found_from_any_place() {
        let trace = Trace::of(&files(), "services.api.memory").unwrap();
        assert_eq!((trace.lines("a"), trace.lines("b")), (&[0, 2][..], &[][..]));
        assert_eq!(trace.next("a", None), Some(("a", 0)));
        assert_eq!(trace.next("a", Some(0)), Some(("a", 2)));
        assert_eq!(trace.next("a", Some(1)), Some(("a", 2)));
        assert_eq!(trace.next("a", Some(2)), Some(("c", 0)));
        assert_eq!(trace.next("c", Some(0)), Some(("a", 0)));
        assert_eq!(trace.next("b", Some(0)), Some(("a", 0)));
    }
}
