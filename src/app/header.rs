//! The header of the page: the drafts, the target, and actions on the whole document.

use crate::app::analysis_store::AnalysisStore;
use crate::app::chunked_render::Chunk;
use crate::app::drafts::DraftMenu;
use crate::app::examples::Gallery;
use crate::app::history::UndoButtons;
use crate::app::icons;
use crate::app::lazy_views::LazyViews;
use crate::app::opening::Opening;
use crate::app::popover::Popover;
use crate::app::sharing::SharePanelProps;
use crate::app::shortcuts::ShortcutSheetProps;
use crate::app::target_switch::TargetSwitch;
use crate::app::theme::{Theme, ThemeButton};
use leptos::prelude::*;
use plimsoll::VERSION;
use plimsoll::plan::simulate::Target;
use plimsoll::view::examples::EXAMPLES;

// `xtask/site.mjs` puts it into `index.html` as well.
const NAME: &str = "Plimsoll";
const SHORTCUTS: &str = "Keyboard shortcuts";

/// The header.
#[component]
pub fn Header(
    /// The topology's name, if there is one.
    #[prop(into)]
    name: Signal<Option<String>>,
    analysis: AnalysisStore,
    /// The chosen target.
    target: RwSignal<Target>,
    /// The target whose plan is shown.
    shown_target: Signal<Target>,
    /// Whether there are two targets to choose from.
    #[prop(into)]
    has_both: Signal<bool>,
    /// Whether there are files.
    #[prop(into)]
    has_files: Signal<bool>,
    theme: RwSignal<Theme>,
    /// Called when the person downloads the files.
    download: Callback<()>,
) -> impl IntoView {
    let (opening, lazy) = (Opening::of_page(), LazyViews::of_page());
    let panels = Panels { examples: RwSignal::new(false), share: RwSignal::new(false), help: RwSignal::new(false) };
    let choose = Callback::new(move |example| {
        panels.examples.set(false);
        opening.example(example);
    });
    view! {
        <header class="header">
            <h1 class="brand" title=format!("Plimsoll {VERSION}")>
                {icons::mark()}
                <span>{NAME}</span>
                <small class="version">{VERSION}</small>
            </h1>
            <DraftMenu
                drafts=opening.drafts
                topology=name
                take=Callback::new(move |key: String| opening.draft(&key))
                start=Callback::new(move |text| opening.start(text))
                open_file=Callback::new(move |()| opening.choose_file())
            />
            <UndoButtons history=opening.history />
            <Show when=move || has_both.get()>
                <TargetSwitch target />
            </Show>
            <span class="space"></span>
            <button type="button" class="button wide-only" popovertarget="examples">
                "Examples"
            </button>
            <button type="button" class="button wide-only" popovertarget="share">
                "Share"
            </button>
            <button
                type="button"
                class="button primary wide-only"
                disabled=move || !has_files.get()
                on:click=move |_| download.run(())
            >
                "Download files"
            </button>
            <button
                type="button"
                class="button icon-button wide-only"
                aria-label=SHORTCUTS
                title=SHORTCUTS
                aria-keyshortcuts="?"
                popovertarget="shortcuts"
            >
                "?"
            </button>
            <span class="wide-only">
                <ThemeButton theme />
            </span>
            <More panels theme has_files download />
            <Chunk>
                <Popover id="examples" label="Start from an example" is_open=panels.examples>
                    <h2>"Start from an example"</h2>
                    <Gallery examples=&EXAMPLES[..] choose />
                </Popover>
            </Chunk>
            {lazy.view(move |views| (views.share)(SharePanelProps { text: opening.history.text().into(), analysis, target: shown_target, is_open: panels.share }))}
            {lazy.view(move |views| (views.shortcuts)(ShortcutSheetProps { is_open: panels.help }))}
        </header>
    }
}

/// Which panels are open.
#[derive(Clone, Copy)]
struct Panels {
    examples: RwSignal<bool>,
    share: RwSignal<bool>,
    help: RwSignal<bool>,
}

/// On a narrow page, the menu of buttons that have no room.
#[component]
fn More(
    panels: Panels,
    theme: RwSignal<Theme>,
    /// Whether there are files.
    has_files: Signal<bool>,
    /// Called when the person downloads the files.
    download: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let item = move |label: &'static str, panel: RwSignal<bool>| {
        let open = move |_| {
            is_open.set(false);
            panel.set(true);
        };
        view! {
            <li>
                <button type="button" class="menu-item" on:click=open>
                    {label}
                </button>
            </li>
        }
    };
    let take_files = move |_| {
        is_open.set(false);
        download.run(());
    };
    view! {
        <button
            type="button"
            class="button icon-button narrow-only"
            aria-label="More"
            title="More"
            popovertarget="more"
        >
            {icons::more()}
        </button>
        <Popover id="more" label="More" is_open>
            <ul class="menu">
                <li>
                    <button
                        type="button"
                        class="menu-item"
                        disabled=move || !has_files.get()
                        on:click=take_files
                    >
                        {icons::download()} "Download files"
                    </button>
                </li>
                {item("Examples", panels.examples)} {item("Share", panels.share)}
                {item(SHORTCUTS, panels.help)}
            </ul>
            <div class="menu-end">
                <span class="muted">{format!("Plimsoll {VERSION}")}</span>
                <ThemeButton theme />
            </div>
        </Popover>
    }
}
