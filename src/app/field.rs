//! The field that a person is at: the same in the text, the form and the files.

use leptos::prelude::*;

/// Where a person came to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The caret is at it.
    Caret,
    /// It is, or is a part of, what is selected in the picture or the form.
    Selection,
    /// A line of a generated file comes from it.
    Line,
}

/// A field, by the document's path of it, and how a person came to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtField {
    /// Such as `services.api.replicas`.
    pub path: String,
    /// Where they are.
    pub by: By,
}

/// The field that the person is at, known to all that is shown.
#[derive(Clone, Copy)]
pub struct Fields {
    /// It, if it is any.
    pub at: RwSignal<Option<AtField>>,
    /// The field whose place in the text the caret is to go to, each time it is set.
    pub wanted: RwSignal<Option<String>>,
}

impl Fields {
    /// Makes them known to all that is shown below.
    pub fn provide() -> Self {
        let fields = Self { at: RwSignal::new(None), wanted: RwSignal::new(None) };
        provide_context(fields);
        fields
    }

    /// Those of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// The caret, or the focus, came to a field; to none, if the path is empty.
    pub fn came_to(self, path: String, by: By) {
        self.at.set((!path.is_empty()).then_some(AtField { path, by }));
    }

    /// Something else was selected, whose path is `path`. Where the person is at a part of it already, they stay there;
    /// and what is no part of a selection needs none.
    pub fn selected(self, path: Option<String>) {
        let stays = self.at.with_untracked(|at| match (at, &path) {
            (Some(at), Some(path)) => {
                let below = at.path.strip_prefix(path.as_str());
                below.is_some_and(|below| below.is_empty() || below.starts_with('.'))
            }
            (Some(at), None) => at.by != By::Selection,
            (None, _) => path.is_none(),
        });
        if !stays {
            self.at.set(path.map(|path| AtField { path, by: By::Selection }));
        }
    }

    /// The path, if a line of a file led there.
    pub fn pointed_at(self) -> Option<String> {
        self.at.with(|at| at.as_ref().filter(|at| at.by == By::Line).map(|at| at.path.clone()))
    }
}
