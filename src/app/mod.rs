//! The page. With the engine's worker it is the only code that knows a browser; everything else is asked of the engine
//! through a [`Client`].

mod analysis_store;
mod announcer;
mod artifacts;
mod badge;
mod chunked_render;
mod client;
mod copy;
mod diagram;
mod dismissed;
mod download;
mod drafts;
mod editor;
mod embed;
mod examples;
mod field;
mod file_drop;
mod findings;
mod form;
mod header;
mod history;
mod icons;
mod inline_code;
mod keys;
mod lazy_views;
mod link;
mod media;
mod notice;
mod offline;
mod opening;
mod panes;
mod plan;
mod plan_image;
mod popover;
mod severity;
mod sharing;
mod shortcuts;
mod source_link;
mod start;
mod status;
mod storage;
mod tab;
mod target_switch;
mod theme;

use announcer::Announcer;
use artifacts::baseline::Baseline;
use artifacts::state::FilesState;
use badge::Badge;
use chunked_render::{Chunk, RenderQueue};
use client::{Client, TroubleBar};
use drafts::Drafts;
use embed::EmbeddedProps;
pub use embed::is_embedded;
use field::Fields;
use header::Header;
use history::History;
use lazy_views::LazyViews;
use leptos::prelude::*;
use leptos::task;
use notice::NoticeBar;
use offline::NewRelease;
use opening::Opening;
use panes::editor::{EditorPane, EditorTab};
use panes::output::{OutputPane, OutputTab};
use plan::Timeline;
use plimsoll::engine::Place;
use plimsoll::plan::simulate::Target;
use plimsoll::view::findings::Counts;
use std::time::Duration;
use theme::Theme;

/// How long the embedded page waits before it loads again what failed to load: it cannot show that, and its host waits
/// for some seconds.
const EMBEDDED_ASKS_AFTER: Duration = Duration::from_secs(2);

/// The page embedded in another one.
#[component]
pub fn Within() -> impl IntoView {
    let client = Client::provide();
    let lazy = LazyViews::provide(client, true.into());
    Effect::new(move || {
        if client.is_in_trouble() && !lazy.is_loaded() {
            set_timeout(move || lazy.request(), EMBEDDED_ASKS_AFTER);
        }
    });
    lazy.view(move |views| (views.embedded)(EmbeddedProps { decode: lazy.decoder() }))
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let is_drawn = RenderQueue::provide().is_done();
    Effect::new(move || {
        if is_drawn.get() {
            take_first_screen_away();
        }
    });
    let drafts = Drafts::load();
    let text = RwSignal::new(drafts.text());
    let client = Client::provide();
    let lazy = LazyViews::provide(client, is_drawn);
    let analysis = analysis_store::follow(text, client, lazy.decoder());
    let theme = RwSignal::new(Theme::remembered());
    let target = RwSignal::new(Target::Cluster);
    let shown_target = analysis.shown_target(target);
    let output_tab = RwSignal::new(OutputTab::Plan);
    let is_writing = RwSignal::new(false);
    let selected = RwSignal::new(None);
    let editor_tab = RwSignal::new(EditorTab::Text);
    let history = History::new(text, selected);
    history.listen();
    let place = RwSignal::new(None);
    let fields = Fields::provide();
    let files = FilesState::new(Baseline::load(&text.read_untracked(), client));
    let notice = RwSignal::new(None);
    let opening = Opening { drafts, history, files, selected, is_writing, notice };
    drafts.follow(text.into(), notice);
    link::follow(Callback::new(move |text| opening.link(text)), Callback::new(move |why| opening.bad_link(why)));
    let is_above = opening.provide();
    let choose = Callback::new(move |example| opening.example(example));
    let go = Callback::new(move |to: Place| {
        is_writing.set(true);
        editor_tab.set(EditorTab::Text);
        place.set(Some(to));
    });
    let again = Callback::new(move |()| {
        lazy.request();
        text.notify();
    });
    let go_to_field = Callback::new(move |path: String| {
        is_writing.set(true);
        editor_tab.set(EditorTab::Text);
        fields.wanted.set(Some(path));
    });
    let point = fields.of_line(selected, analysis);
    fields.follow(selected, analysis);
    let go_to_lines = move || {
        output_tab.set(OutputTab::Files);
        is_writing.set(false);
        files.go_to_lines();
    };
    keys::on_alt_enter(".say", go_to_lines);
    let download = Callback::new(move |()| {
        task::spawn_local(async move {
            if let Ok(views) = lazy.load().await {
                (views.download)(analysis, client, notice);
            }
        });
    });
    let timeline = Timeline::new(text);
    let name = Memo::new(move |_| analysis.report.with(|report| report.as_ref().map(|report| report.name.to_string())));

    view! {
        <div class="page" class:is-writing=is_writing class:is-above=is_above hidden=move || !is_drawn.get()>
            <Chunk>
                <Header
                    name
                    analysis
                    target
                    shown_target
                    has_both=Signal::derive(move || analysis.targets() == (true, true))
                    has_files=Signal::derive(move || !analysis.is_empty())
                    theme
                    download
                />
            </Chunk>
            <Chunk>
                <NoticeBar notice answer=Callback::new(move |answer| opening.answer(answer)) />
                <NewRelease />
                <TroubleBar text again />
            </Chunk>
            <main class="columns">
                <Chunk>
                    <EditorPane analysis history target=shown_target selected tab=editor_tab place not_kept=drafts.not_kept() dark=theme::is_dark(theme) />
                </Chunk>
                <Chunk>
                    <OutputPane analysis text=text.read_only() files tab=output_tab target=shown_target timeline choose go go_to_field point history />
                </Chunk>
            </main>
            <Chunk>
                <BottomBar tab=output_tab is_writing findings=Memo::new(move |_| analysis.counts()) />
                <Announcer analysis />
            </Chunk>
        </div>
    }
}

/// Removes the placeholder of `index.html`.
pub fn take_first_screen_away() {
    if let Some(opening) = document().get_element_by_id("opening") {
        opening.remove();
    }
}

/// The navigation of a narrow page, which shows one view at a time.
#[component]
fn BottomBar(
    tab: RwSignal<OutputTab>,
    /// Whether the text is shown rather than `tab`.
    is_writing: RwSignal<bool>,
    findings: Memo<Counts>,
) -> impl IntoView {
    let current = move |is_current: bool| is_current.then_some("page");
    let button = move |of: OutputTab| {
        view! {
            <button
                type="button"
                aria-current=move || current(!is_writing.get() && tab.get() == of)
                on:click=move |_| {
                    tab.set(of);
                    is_writing.set(false);
                }
            >
                {of.name()}
                {(of == OutputTab::Advice).then(|| view! { <Badge findings /> })}
            </button>
        }
    };
    view! {
        <nav class="bottom-bar" aria-label="Views">
            <button type="button" aria-current=move || current(is_writing.get()) on:click=move |_| is_writing.set(true)>
                "Edit"
            </button>
            {OutputTab::ALL.map(button)}
        </nav>
    }
}
