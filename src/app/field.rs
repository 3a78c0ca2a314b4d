//! The current field of the document, shared by the text, the form and the files.

use crate::app::analysis_store::AnalysisStore;
use leptos::prelude::*;
use plimsoll::view::selection::Selection;

/// How the person came to the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The caret is at it.
    Caret,
    /// It is selected in the diagram or the form, or is part of the selection.
    Selection,
    /// A line of a generated file comes from it.
    Line,
}

/// A field, by its path in the document, and how the person came to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtField {
    /// Such as `services.api.replicas`.
    pub path: String,
    /// How the person came to it.
    pub by: By,
}

/// The current field, provided to all components.
#[derive(Clone, Copy)]
pub struct Fields {
    /// The current field, if there is one.
    pub at: RwSignal<Option<AtField>>,
    /// The field to go to in the text, each time it is set.
    pub wanted: RwSignal<Option<String>>,
}

impl Fields {
    /// Provides the current field to all components below.
    pub fn provide() -> Self {
        let fields = Self { at: RwSignal::new(None), wanted: RwSignal::new(None) };
        provide_context(fields);
        fields
    }

    /// The current field of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// The caret or the focus moved to a field; to none, if the path is empty.
    fn came_to(self, path: String, by: By) {
        self.at.set((!path.is_empty()).then_some(AtField { path, by }));
    }

    /// The selection moved to `path`. If the current field is part of the new selection, it stays; without a selection,
    /// only a field that came from the selection is cleared.
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

    /// Makes the current field follow the selection.
    pub fn follow(self, selected: RwSignal<Option<Selection>>, analysis: AnalysisStore) {
        Effect::watch(
            move || selected.get(),
            move |selected: &Option<Selection>, _, _| {
                self.selected(untrack(|| path_of(selected.as_ref()?, analysis)));
            },
            false,
        );
    }

    /// Returns a callback for the field at the caret, which selects the part that the field belongs to.
    pub fn of_caret(self, selected: RwSignal<Option<Selection>>, analysis: AnalysisStore) -> Callback<String> {
        Callback::new(move |path: String| {
            let found = selection_of(&path, analysis);
            self.came_to(path, By::Caret);
            if found.is_some() && found != selected.get_untracked() {
                selected.set(found);
            }
        })
    }

    /// Returns a callback for the field of a line, which selects the part that the field belongs to, if there is one.
    pub fn of_line(self, selected: RwSignal<Option<Selection>>, analysis: AnalysisStore) -> Callback<String> {
        Callback::new(move |path: String| {
            let found = selection_of(&path, analysis);
            self.came_to(path, By::Line);
            selected.set(found);
        })
    }

    /// The path to mark in the text: that of the line that the person pointed at, otherwise the selection.
    pub fn shown(self, selected: RwSignal<Option<Selection>>, analysis: AnalysisStore) -> Memo<Option<String>> {
        Memo::new(move |_| {
            self.pointed_at().or_else(|| selected.with(|selected| path_of(selected.as_ref()?, analysis)))
        })
    }

    /// The path, if the person came from a line of a file.
    fn pointed_at(self) -> Option<String> {
        self.at.with(|at| at.as_ref().filter(|at| at.by == By::Line).map(|at| at.path.clone()))
    }
}

/// The path of the selection in the document.
fn path_of(selected: &Selection, analysis: AnalysisStore) -> Option<String> {
    selected.field(|name| analysis.node_groups().iter().position(|group| group == name))
}

/// The selection that a path belongs to.
fn selection_of(path: &str, analysis: AnalysisStore) -> Option<Selection> {
    Selection::of_field(path, |index| untrack(|| analysis.node_groups()).get(index).cloned())
}
