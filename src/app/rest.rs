//! The part of the page that can come once it is there: what nobody looks at before there is a text and an answer.
//!
//! `xtask/split.mjs` makes a program of its own of it: all that can be reached from [`load`] alone.

use super::diagram::{Diagram, DiagramProps};
use super::download;
use super::embed::Embedded;
use super::engine::{Engine, Stopped};
use super::files::{Files, FilesProps};
use super::findings::{Findings, FindingsProps};
use super::form::{FormPane, FormPaneProps};
use super::live::Live;
use super::notice::Notice;
use super::plan::{PlanView, PlanViewProps};
use super::sharing::{SharePanel, SharePanelProps};
use super::shortcuts::{ShortcutSheet, ShortcutSheetProps};
use super::turns::InTurn;
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::{Analyzed, DecodeError, read};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// What makes the views that come later, and what else nobody needs before.
pub struct Views {
    /// See [`Diagram`].
    pub diagram: fn(DiagramProps) -> AnyView,
    /// See [`FormPane`].
    pub form: fn(FormPaneProps) -> AnyView,
    /// See [`Files`].
    pub files: fn(FilesProps) -> AnyView,
    /// See [`PlanView`].
    pub plan: fn(PlanViewProps) -> AnyView,
    /// See [`Findings`].
    pub findings: fn(FindingsProps) -> AnyView,
    /// See [`SharePanel`].
    pub share: fn(SharePanelProps) -> AnyView,
    /// See [`ShortcutSheet`].
    pub shortcuts: fn(ShortcutSheetProps) -> AnyView,
    /// See [`Embedded`].
    pub embedded: fn() -> AnyView,
    /// Reads what follows from a text.
    pub read: fn(&[u8]) -> Result<Analyzed, DecodeError>,
    /// See [`download::all`].
    pub download: fn(Live, Engine, RwSignal<Option<Notice>>),
}

static VIEWS: Views = Views {
    diagram: |props| Diagram(props).into_any(),
    form: |props| FormPane(props).into_any(),
    files: |props| Files(props).into_any(),
    plan: |props| PlanView(props).into_any(),
    findings: |props| Findings(props).into_any(),
    share: |props| SharePanel(props).into_any(),
    shortcuts: |props| ShortcutSheet(props).into_any(),
    embedded: || Embedded().into_any(),
    read: read::<Analyzed>,
    download: download::all,
};

/// Lets it come.
#[wasm_split(rest, fallible)]
#[allow(clippy::unnecessary_wraps, reason = "it fails where it does not come")]
fn load() -> Result<&'static Views, SplitLoaderError> {
    Ok(&VIEWS)
}

/// The rest of this page.
#[derive(Clone, Copy)]
pub struct Rest {
    views: RwSignal<Option<&'static Views>>,
    engine: Engine,
    /// Whether what comes first has been drawn.
    is_due: Signal<bool>,
}

impl Rest {
    /// Lets it come, and makes it known to all that is shown below. It shows nothing before `is_due`.
    pub fn provide(engine: Engine, is_due: Signal<bool>) -> Self {
        let rest = Self { views: RwSignal::new(None), engine, is_due };
        provide_context(rest);
        rest.ask();
        rest
    }

    /// The one of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Whether it is there.
    pub fn is_here(self) -> bool {
        self.views.with(Option::is_some)
    }

    /// Lets it come again, if it did not.
    pub fn ask(self) {
        task::spawn_local(async move { _ = self.come().await });
    }

    /// Waits until it is there; lets it come again, if it did not.
    ///
    /// # Errors
    /// It does not come, and the page says so.
    pub async fn come(self) -> Result<&'static Views, Stopped> {
        let came = load().await;
        match &came {
            Err(why) => self.engine.can_be_read(Err(&why.to_string())),
            Ok(views) if self.views.with_untracked(Option::is_none) => {
                self.engine.can_be_read(Ok(()));
                self.views.set(Some(views));
            }
            Ok(_) => {}
        }
        came.map_err(|_| Stopped::Broken)
    }

    /// A view that it makes: at once if it is there, else in a task of its own when it has come.
    pub fn view(self, make: impl Fn(&'static Views) -> AnyView + Clone + Send + Sync + 'static) -> AnyView {
        let is_here = self.is_due.get_untracked() && self.views.with_untracked(Option::is_some);
        let view = move || {
            let views = self.views.get().filter(|_| self.is_due.get())?;
            let make = make.clone();
            Some(if is_here { make(views) } else { view! { <InTurn>{make(views)}</InTurn> }.into_any() })
        };
        view.into_any()
    }
}
