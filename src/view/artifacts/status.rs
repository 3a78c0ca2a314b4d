//! The status of the files since the baseline.

use crate::generate::Artifact;

/// The difference of a file from the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The file is unchanged.
    Same,
    /// The file has another content.
    Changed,
    /// The file is new.
    New,
    /// The file is gone.
    Gone,
}

/// Returns the status of the current files in their order, then of the removed ones. Without files before, nothing has
/// changed.
pub fn statuses(before: &[Artifact], after: &[Artifact]) -> Vec<(String, Status)> {
    let find = |files: &[Artifact], path: &str| files.iter().position(|file| file.path == path);
    let now = after.iter().map(|file| {
        let status = match find(before, &file.path) {
            _ if before.is_empty() => Status::Same,
            None => Status::New,
            Some(index) if before[index].text == file.text => Status::Same,
            Some(_) => Status::Changed,
        };
        (file.path.clone(), status)
    });
    let gone = before.iter().filter(|file| find(after, &file.path).is_none());
    now.chain(gone.map(|file| (file.path.clone(), Status::Gone))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_came_changed_and_went_are_told_apart() {
        let file = |path: &str, text: &str| Artifact::from_lines(path, [(text.to_owned(), None)]);
        let (a, b, c) = (file("a", "1"), file("b", "1"), file("c", "1"));
        let found = statuses(&[a.clone(), b, c], &[a.clone(), file("b", "2"), file("d", "1")]);
        let found: Vec<_> = found.iter().map(|(path, status)| (path.as_str(), *status)).collect();
        assert_eq!(found, [("a", Status::Same), ("b", Status::Changed), ("d", Status::New), ("c", Status::Gone)]);
        assert_eq!(statuses(&[], std::slice::from_ref(&a)), [("a".to_owned(), Status::Same)]);
    }
}
