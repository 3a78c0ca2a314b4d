//! The top of the page: what it is, which target is shown, and what can be done with the whole.

use super::drafts::DraftMenu;
use super::examples::{EXAMPLES, Gallery};
use super::history::UndoButtons;
use super::icons;
use super::live::Live;
use super::opening::Opening;
use super::popover::Popover;
use super::rest::Rest;
use super::sharing::SharePanelProps;
use super::shortcuts::ShortcutSheetProps;
use super::theme::{Theme, ThemeButton};
use super::turns::InTurn;
use super::words::header as words;
use leptos::prelude::*;
use plimsoll::VERSION;

/// Where the topology is to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One machine, with Docker Compose.
    Server,
    /// Kubernetes.
    Cluster,
}

impl Target {
    /// The one whose plan is shown: what the person chose, or the only one that the topology has.
    pub fn shown(live: Live, chosen: RwSignal<Self>) -> Signal<Self> {
        // Each answer has targets, mostly the same: what is drawn for one is not drawn again.
        let shown = Memo::new(move |_| match live.targets() {
            (true, false) => Self::Server,
            (false, true) => Self::Cluster,
            _ => chosen.get(),
        });
        shown.into()
    }
}

/// The top of the page.
#[component]
pub fn Header(
    /// The topology's name, if there is one.
    #[prop(into)]
    name: Signal<Option<String>>,
    live: Live,
    /// The target that the person chose.
    target: RwSignal<Target>,
    /// The target whose plan is shown.
    shown_target: Signal<Target>,
    /// Whether there are two to choose from.
    #[prop(into)]
    has_both: Signal<bool>,
    /// Whether there are files.
    #[prop(into)]
    has_files: Signal<bool>,
    theme: RwSignal<Theme>,
    /// Called when the person wants the files.
    download: Callback<()>,
) -> impl IntoView {
    let (opening, rest) = (Opening::of_page(), Rest::of_page());
    let panels = Panels { examples: RwSignal::new(false), share: RwSignal::new(false), help: RwSignal::new(false) };
    let choose = Callback::new(move |example| {
        panels.examples.set(false);
        opening.example(example);
    });
    view! {
        <header class="header">
            <h1 class="brand" title=words::version(VERSION)>
                {icons::mark()}
                <span>{words::NAME}</span>
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
                {words::EXAMPLES}
            </button>
            <button type="button" class="button wide-only" popovertarget="share">
                {words::SHARE}
            </button>
            <button
                type="button"
                class="button primary wide-only"
                disabled=move || !has_files.get()
                on:click=move |_| download.run(())
            >
                {words::DOWNLOAD}
            </button>
            <button
                type="button"
                class="button icon-button wide-only"
                aria-label=words::SHORTCUTS
                title=words::SHORTCUTS
                aria-keyshortcuts="?"
                popovertarget="shortcuts"
            >
                "?"
            </button>
            <span class="wide-only">
                <ThemeButton theme />
            </span>
            <More panels theme has_files download />
            <InTurn>
                <Popover id="examples" label=words::START_FROM is_open=panels.examples>
                    <h2>{words::START_FROM}</h2>
                    <Gallery examples=&EXAMPLES[..] choose />
                </Popover>
            </InTurn>
            {rest.view(move |views| (views.share)(SharePanelProps { text: opening.history.text().into(), live, target: shown_target, is_open: panels.share }))}
            {rest.view(move |views| (views.shortcuts)(ShortcutSheetProps { is_open: panels.help }))}
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

/// On a narrow page, the buttons that find no room.
#[component]
fn More(
    panels: Panels,
    theme: RwSignal<Theme>,
    /// Whether there are files.
    has_files: Signal<bool>,
    /// Called when the person wants the files.
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
            aria-label=words::MORE
            title=words::MORE
            popovertarget="more"
        >
            {icons::more()}
        </button>
        <Popover id="more" label=words::MORE is_open>
            <ul class="menu">
                <li>
                    <button
                        type="button"
                        class="menu-item"
                        disabled=move || !has_files.get()
                        on:click=take_files
                    >
                        {icons::download()} {words::DOWNLOAD}
                    </button>
                </li>
                {item(words::EXAMPLES, panels.examples)} {item(words::SHARE, panels.share)}
                {item(words::SHORTCUTS, panels.help)}
            </ul>
            <div class="menu-end">
                <span class="muted">{words::version(VERSION)}</span>
                <ThemeButton theme />
            </div>
        </Popover>
    }
}

/// The choice between the two.
#[component]
pub fn TargetSwitch(target: RwSignal<Target>) -> impl IntoView {
    let choice = move |of: Target, word: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="target"
                    prop:checked=move || target.get() == of
                    on:change=move |_| target.set(of)
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="switch">
            <legend class="visually-hidden">{words::PLAN_FOR}</legend>
            {choice(Target::Server, words::SERVER)}
            {choice(Target::Cluster, words::CLUSTER)}
        </fieldset>
    }
}
