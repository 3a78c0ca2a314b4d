//! The page: with the engine's worker, all that knows a browser. What it shows is asked of the [`Engine`].

mod copy;
mod diagram;
mod download;
mod drafts;
mod editor;
mod embed;
mod engine;
mod examples;
mod field;
mod file;
mod files;
mod findings;
mod form;
mod header;
mod history;
mod icons;
mod inline_code;
mod keys;
mod link;
mod live;
mod media;
mod notice;
mod offline;
mod opening;
mod picture;
mod plan;
mod popover;
mod rest;
mod result;
mod say;
mod sharing;
mod shortcuts;
mod start;
mod status;
mod storage;
mod tab;
mod theme;
mod turns;

use drafts::Drafts;
pub use embed::is_embedded;
use engine::{Engine, TroubleBar};
use field::Fields;
use files::{Desk, Kept};
use header::Header;
use history::History;
use leptos::prelude::*;
use leptos::task;
use live::Live;
use notice::NoticeBar;
use offline::NewRelease;
use opening::Opening;
use plan::Timeline;
use plimsoll::engine::Place;
use plimsoll::plan::simulate::Target;
use plimsoll::view::findings::Counts;
use rest::Rest;
use result::{ResultPane, View};
use say::{SayPane, Words};
use std::time::Duration;
use theme::Theme;
use turns::{InTurn, Turns};

/// How long a page within another waits until it asks again for what did not come: it has nothing to show that in, and who
/// embeds it waits for some seconds.
const EMBEDDED_ASKS_AFTER: Duration = Duration::from_secs(2);

/// The page within another.
#[component]
pub fn Within() -> impl IntoView {
    let engine = Engine::provide();
    let rest = Rest::provide(engine, true.into());
    Effect::new(move || {
        if engine.is_in_trouble() && !rest.is_here() {
            set_timeout(move || rest.ask(), EMBEDDED_ASKS_AFTER);
        }
    });
    rest.view(|views| (views.embedded)())
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let is_drawn = Turns::provide().is_over();
    Effect::new(move || {
        if is_drawn.get() {
            take_first_screen_away();
        }
    });
    let drafts = Drafts::load();
    let text = RwSignal::new(drafts.text());
    let engine = Engine::provide();
    let rest = Rest::provide(engine, is_drawn);
    let live = live::follow(text, engine, rest);
    let theme = RwSignal::new(Theme::remembered());
    let target = RwSignal::new(Target::Cluster);
    let shown_target = live.shown_target(target);
    let view = RwSignal::new(View::Plan);
    let is_writing = RwSignal::new(false);
    let selected = RwSignal::new(None);
    let words = RwSignal::new(Words::Text);
    let history = History::new(text, selected);
    history.listen();
    let place = RwSignal::new(None);
    let fields = Fields::provide();
    let desk = Desk::new(Kept::load(&text.read_untracked(), engine));
    let notice = RwSignal::new(None);
    let opening = Opening { drafts, history, desk, selected, is_writing, notice };
    drafts.follow(text.into(), notice);
    link::follow(Callback::new(move |text| opening.link(text)), Callback::new(move |why| opening.bad_link(why)));
    let is_above = opening.provide();
    let choose = Callback::new(move |example| opening.example(example));
    let go = Callback::new(move |to: Place| {
        is_writing.set(true);
        words.set(Words::Text);
        place.set(Some(to));
    });
    let again = Callback::new(move |()| {
        rest.ask();
        text.notify();
    });
    let go_to_field = Callback::new(move |path: String| {
        is_writing.set(true);
        words.set(Words::Text);
        fields.wanted.set(Some(path));
    });
    let point = fields.of_line(selected, live);
    fields.follow(selected, live);
    let go_to_lines = move || {
        view.set(View::Files);
        is_writing.set(false);
        desk.go_to_lines();
    };
    keys::on_alt_enter(".say", go_to_lines);
    let download = Callback::new(move |()| {
        task::spawn_local(async move {
            if let Ok(views) = rest.come().await {
                (views.download)(live, engine, notice);
            }
        });
    });
    let timeline = Timeline::new(text);
    let name = Memo::new(move |_| live.report.with(|report| report.as_ref().map(|report| report.name.to_string())));

    view! {
        <div class="page" class:is-writing=is_writing class:is-above=is_above hidden=move || !is_drawn.get()>
            <InTurn>
                <Header
                    name
                    live
                    target
                    shown_target
                    has_both=Signal::derive(move || live.targets() == (true, true))
                    has_files=Signal::derive(move || !live.is_empty())
                    theme
                    download
                />
            </InTurn>
            <InTurn>
                <NoticeBar notice answer=Callback::new(move |answer| opening.answer(answer)) />
                <NewRelease />
                <TroubleBar text again />
            </InTurn>
            <main class="columns">
                <InTurn>
                    <SayPane live history target=shown_target selected words place not_kept=drafts.not_kept() dark=theme::is_dark(theme) />
                </InTurn>
                <InTurn>
                    <ResultPane live text=text.read_only() desk view target=shown_target timeline choose go go_to_field point history />
                </InTurn>
            </main>
            <InTurn>
                <BottomBar view is_writing findings=Memo::new(move |_| live.counts()) />
                <Announcer live />
            </InTurn>
        </div>
    }
}

/// Takes away what stands in for the page until it is there (`index.html`).
pub fn take_first_screen_away() {
    if let Some(opening) = document().get_element_by_id("opening") {
        opening.remove();
    }
}

/// The views of a narrow page, one at a time.
#[component]
fn BottomBar(
    view: RwSignal<View>,
    /// Whether the text is shown rather than `view`.
    is_writing: RwSignal<bool>,
    findings: Memo<Counts>,
) -> impl IntoView {
    let current = move |is_current: bool| is_current.then_some("page");
    let button = move |of: View| {
        view! {
            <button
                type="button"
                aria-current=move || current(!is_writing.get() && view.get() == of)
                on:click=move |_| {
                    view.set(of);
                    is_writing.set(false);
                }
            >
                {of.name()}
                {(of == View::Advice).then(|| view! { <result::Badge findings /> })}
            </button>
        }
    };
    view! {
        <nav class="bottom-bar" aria-label="Views">
            <button type="button" aria-current=move || current(is_writing.get()) on:click=move |_| is_writing.set(true)>
                "Say"
            </button>
            {View::ALL.map(button)}
        </nav>
    }
}

/// Tells people who do not see the page how many findings there are, once typing pauses.
#[component]
fn Announcer(live: Live) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let counts = Memo::new(move |_| (live.counts(), live.stale.get(), live.is_empty()));
    let mut say = debounce(Duration::from_secs(1), move |(counts, is_stale, is_empty): (Counts, bool, bool)| {
        words.set(match (is_empty, is_stale) {
            (true, false) => String::new(),
            (_, is_stale) => announced(&counts.in_words(), is_stale),
        });
    });
    Effect::watch(move || counts.get(), move |counts, _, _| say(*counts), false);
    view! {
        <div role="status" class="visually-hidden">
            {words}
        </div>
    }
}

/// The announcement for screen readers.
fn announced(findings: &str, is_stale: bool) -> String {
    if is_stale { format!("{findings}. Showing the last good result.") } else { format!("{findings}.") }
}
