//! The field that a person is at: the same in the text, the form and the files.

use crate::app::analysis_store::AnalysisStore;
use leptos::prelude::*;
use plimsoll::view::selection::Selection;

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
    fn came_to(self, path: String, by: By) {
        self.at.set((!path.is_empty()).then_some(AtField { path, by }));
    }

    /// Something else was selected, whose path is `path`. Where the person is at a part of it already, they stay there;
    /// and what is no part of a selection needs none.
    fn selected(self, path: Option<String>) {
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

    /// Has the field follow what is selected.
    pub fn follow(self, selected: RwSignal<Option<Selection>>, analysis: AnalysisStore) {
        Effect::watch(
            move || selected.get(),
            move |selected: &Option<Selection>, _, _| {
                self.selected(untrack(|| path_of(selected.as_ref()?, analysis)));
            },
            false,
        );
    }

    /// What is to be called with the field that the caret came to: what that is about is selected.
    pub fn of_caret(self, selected: RwSignal<Option<Selection>>, analysis: AnalysisStore) -> Callback<String> {
        Callback::new(move |path: String| {
            let found = selection_of(&path, analysis);
            self.came_to(path, By::Caret);
            if found.is_some() && found != selected.get_untracked() {
                selected.set(found);
            }
        })
    }

    /// What is to be called with the field of a line that the person points at: what that is about is selected, if it is
    /// something that can be.
    pub fn of_line(self, selected: RwSignal<Option<Selection>>, analysis: AnalysisStore) -> Callback<String> {
        Callback::new(move |path: String| {
            let found = selection_of(&path, analysis);
            self.came_to(path, By::Line);
            selected.set(found);
        })
    }

    /// The path of what is to be marked in the text: what a line of a file led to, else what is selected.
    pub fn shown(self, selected: RwSignal<Option<Selection>>, analysis: AnalysisStore) -> Memo<Option<String>> {
        Memo::new(move |_| {
            self.pointed_at().or_else(|| selected.with(|selected| path_of(selected.as_ref()?, analysis)))
        })
    }

    /// The path, if a line of a file led there.
    fn pointed_at(self) -> Option<String> {
        self.at.with(|at| at.as_ref().filter(|at| at.by == By::Line).map(|at| at.path.clone()))
    }
}

/// The document's path of what is selected.
fn path_of(selected: &Selection, analysis: AnalysisStore) -> Option<String> {
    selected.field(|name| analysis.node_groups().iter().position(|group| group == name))
}

/// What a path of the document is about.
fn selection_of(path: &str, analysis: AnalysisStore) -> Option<Selection> {
    Selection::of_field(path, |index| untrack(|| analysis.node_groups()).get(index).cloned())
}
