//! The tree of files and folders, as rows from top to bottom.

use std::collections::BTreeSet;

/// A row of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// The path of the file or folder, without a slash at its end.
    pub path: String,
    /// Its name in its folder.
    pub name: String,
    /// The number of folders around it.
    pub depth: usize,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// Returns the rows of the files at `paths`, in their order. Rows inside a folder of `closed` are left out. The content
/// of a folder stands together, at the place of its first file.
pub fn rows<'a>(paths: impl Iterator<Item = &'a str>, closed: &BTreeSet<String>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for path in paths {
        let mut place = rows.len();
        for (depth, (end, _)) in path.match_indices('/').enumerate() {
            let folder = &path[..end];
            let known = rows.iter().position(|row| row.is_folder && row.path == folder);
            let at = known.unwrap_or_else(|| {
                rows.insert(place, Row::new(folder, depth, true));
                place
            });
            let inside = rows[at + 1..].iter().take_while(|row| row.depth > depth).count();
            place = at + 1 + inside;
        }
        rows.insert(place, Row::new(path, path.matches('/').count(), false));
    }
    rows.retain(|row| row.path.match_indices('/').all(|(end, _)| !closed.contains(&row.path[..end])));
    rows
}

impl Row {
    fn new(path: &str, depth: usize, is_folder: bool) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        Self { path: path.to_owned(), name: name.to_owned(), depth, is_folder }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATHS: [&str; 7] = [
        "Dockerfile",
        "k8s/base/api.yaml",
        "k8s/overlays/a/x.yaml",
        "k8s/base/db.yaml",
        "b/Dockerfile",
        "k8s/z.yaml",
        ".env",
    ];

    fn shown(closed: &[&str]) -> Vec<String> {
        let closed = closed.iter().map(ToString::to_string).collect();
        let rows = rows(PATHS.into_iter(), &closed);
        rows.iter()
            .map(|row| format!("{}{}{}", "  ".repeat(row.depth), row.name, if row.is_folder { "/" } else { "" }))
            .collect()
    }

    #[test]
    fn what_lies_in_one_folder_stands_together() {
        assert_eq!(
            shown(&[]),
            [
                "Dockerfile",
                "k8s/",
                "  base/",
                "    api.yaml",
                "    db.yaml",
                "  overlays/",
                "    a/",
                "      x.yaml",
                "  z.yaml",
                "b/",
                "  Dockerfile",
                ".env",
            ]
        );
    }

    #[test]
    fn what_lies_in_a_closed_folder_is_left_out() {
        assert_eq!(shown(&["k8s", "b"]), ["Dockerfile", "k8s/", "b/", ".env"]);
        assert_eq!(shown(&["k8s/overlays"])[5..], ["  overlays/", "  z.yaml", "b/", "  Dockerfile", ".env"]);
    }
}
