//! The part of the page that loads once the first screen is there: everything that nobody looks at before there is a text
//! and an answer.
//!
//! `xtask/split.mjs` turns it into a program of its own: everything that is reachable from [`load_views`] alone.

use crate::app::analysis_store::{AnalysisStore, Decode};
use crate::app::artifacts::{Files, FilesProps};
use crate::app::chunked_render::Chunk;
use crate::app::client::{Client, Stopped};
use crate::app::diagram::{Diagram, DiagramProps};
use crate::app::download;
use crate::app::embed::{Embedded, EmbeddedProps};
use crate::app::findings::{Findings, FindingsProps};
use crate::app::form::{FormPane, FormPaneProps};
use crate::app::notice::Notice;
use crate::app::plan::{PlanView, PlanViewProps};
use crate::app::sharing::{SharePanel, SharePanelProps};
use crate::app::shortcuts::{ShortcutSheet, ShortcutSheetProps};
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::{Analyzed, DecodeError, read};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// The constructors of the views that load later, and the functions that only they need.
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
    pub embedded: fn(EmbeddedProps) -> AnyView,
    /// Decodes the analysis of a text.
    pub read: fn(&[u8]) -> Result<Analyzed, DecodeError>,
    /// See [`download::all`].
    pub download: fn(AnalysisStore, Client, RwSignal<Option<Notice>>),
}

static VIEWS: Views = Views {
    diagram: |props| Diagram(props).into_any(),
    form: |props| FormPane(props).into_any(),
    files: |props| Files(props).into_any(),
    plan: |props| PlanView(props).into_any(),
    findings: |props| Findings(props).into_any(),
    share: |props| SharePanel(props).into_any(),
    shortcuts: |props| ShortcutSheet(props).into_any(),
    embedded: |props| Embedded(props).into_any(),
    read: read::<Analyzed>,
    download: download::all,
};

/// Loads the program of the views.
#[wasm_split(rest, fallible)]
#[allow(clippy::unnecessary_wraps, reason = "it fails where the program does not load")]
fn load_views() -> Result<&'static Views, SplitLoaderError> {
    Ok(&VIEWS)
}

/// The lazily loaded views of this page.
#[derive(Clone, Copy)]
pub struct LazyViews {
    views: RwSignal<Option<&'static Views>>,
    client: Client,
    /// Whether the first screen has been drawn.
    may_render: Signal<bool>,
}

impl LazyViews {
    /// Provides the views to all components below, and starts loading them. Nothing is drawn before `may_render`.
    pub fn provide(client: Client, may_render: Signal<bool>) -> Self {
        let lazy = Self { views: RwSignal::new(None), client, may_render };
        provide_context(lazy);
        lazy.request();
        lazy
    }

    /// The views of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Whether the views have loaded.
    pub fn is_loaded(self) -> bool {
        self.views.with(Option::is_some)
    }

    /// Starts loading the views, unless they have loaded.
    pub fn request(self) {
        task::spawn_local(async move { _ = self.load().await });
    }

    /// Waits for the views, and loads them again if that failed before.
    ///
    /// # Errors
    /// Returns an error if they do not load; the page says so.
    pub async fn load(self) -> Result<&'static Views, Stopped> {
        let loaded = load_views().await;
        match &loaded {
            Err(why) => self.client.set_decoder(Err(&why.to_string())),
            Ok(views) if self.views.with_untracked(Option::is_none) => {
                self.client.set_decoder(Ok(()));
                self.views.set(Some(views));
            }
            Ok(_) => {}
        }
        loaded.map_err(|_| Stopped::Broken)
    }

    /// The decoder of answers, which loads with the views.
    pub fn decoder(self) -> Decode {
        Callback::new(move |bytes: Vec<u8>| {
            let decoded = async move { (self.load().await?.read)(&bytes).map_err(|_| Stopped::Broken) };
            Box::pin(decoded) as _
        })
    }

    /// Renders one of the views: at once if they have loaded, otherwise in a task of its own once they have.
    pub fn view(self, make: impl Fn(&'static Views) -> AnyView + Clone + Send + Sync + 'static) -> AnyView {
        let is_loaded = self.may_render.get_untracked() && self.views.with_untracked(Option::is_some);
        let view = move || {
            let views = self.views.get().filter(|_| self.may_render.get())?;
            let make = make.clone();
            Some(if is_loaded { make(views) } else { view! { <Chunk>{make(views)}</Chunk> }.into_any() })
        };
        view.into_any()
    }
}
