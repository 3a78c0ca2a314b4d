//! The page embedded in another page: a document from its host, the analysis, and a link to the whole page. It saves
//! nothing, and takes neither the focus nor the wheel. `host.js` is the host's side.

mod channel;

use crate::app::analysis_store::{self, AnalysisStore, Decode};
use crate::app::announcer::Announcer;
use crate::app::artifacts::Files;
use crate::app::artifacts::baseline::Baseline;
use crate::app::artifacts::state::FilesState;
use crate::app::client::{Client, TroubleBar, WorkingLine};
use crate::app::diagram::Diagram;
use crate::app::editor::Editor;
use crate::app::field::Fields;
use crate::app::history::History;
use crate::app::icons;
use crate::app::keys;
use crate::app::link;
use crate::app::media;
use crate::app::plan::{PlanView, Timeline};
use crate::app::status::Status;
use crate::app::storage;
use crate::app::target_switch::TargetSwitch;
use crate::app::theme::{self, Theme};
use channel::Channel;
use leptos::prelude::*;
use leptos::task::spawn_local;
use plimsoll::engine::Place;
use plimsoll::plan::simulate::Target;
use plimsoll::view::embed_protocol::{FrameMessage, HostMessage, Scheme, Start, Views};
use plimsoll::view::plan::headline;
use std::time::Duration;
use web_sys::DomRect;

/// The width below which text and result do not fit side by side.
const NARROW: &str = "(max-width: 40rem)";
/// The least and the greatest height that the frame asks for, in pixels.
const LEAST: f64 = 320.0;
const MOST: f64 = 720.0;
/// The height of a line of text, and the padding around the text.
const LINE: f64 = 19.5;
const AROUND: f64 = 16.0;
/// The height of the diagram above the text.
const DRAWN: f64 = 280.0;

/// Whether this page is embedded (`index.html?embed`).
pub fn is_embedded() -> bool {
    let query = window().location().search().unwrap_or_default();
    query.trim_start_matches('?').split('&').any(|part| part == "embed") && channel::host().is_some()
}

/// The views of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Plan,
    Files,
    Diagram,
}

impl View {
    fn all(shown: Views) -> &'static [Self] {
        match shown {
            Views::Both => &[Self::Plan, Self::Files],
            Views::Plan => &[Self::Plan],
            Views::Files => &[Self::Files],
            Views::Diagram => &[Self::Diagram],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Plan => "Plan",
            Self::Files => "Files",
            Self::Diagram => "Diagram",
        }
    }
}

impl From<Scheme> for Theme {
    fn from(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Light => Self::Light,
            Scheme::Dark => Self::Dark,
        }
    }
}

/// The embedded page, once its host has sent the start message.
#[component]
pub fn Embedded(decode: Decode) -> impl IntoView {
    storage::close();
    let started = RwSignal::new(None::<Start>);
    let value = RwSignal::new(None::<String>);
    let theme = RwSignal::new(Theme::Light);
    let put_on = move |scheme: Scheme| {
        theme.set(scheme.into());
        theme.get_untracked().apply();
    };
    let channel = channel::host().map(|host| {
        Channel::open(host, move |message| match message {
            HostMessage::Start(start) => {
                put_on(start.theme);
                started.set(Some(start));
            }
            HostMessage::Value(text) => value.set(Some(text)),
            HostMessage::Theme(scheme) => put_on(scheme),
        })
    });
    move || {
        let (start, channel) = (started.get()?, channel?);
        Some(view! { <Playground start channel value theme decode /> })
    }
}

/// A document and its analysis.
#[component]
fn Playground(
    start: Start,
    channel: Channel,
    /// Another text, each time it is set.
    value: RwSignal<Option<String>>,
    theme: RwSignal<Theme>,
    decode: Decode,
) -> impl IntoView {
    let views = View::all(start.view);
    let client = Client::of_page();
    let text = RwSignal::new(start.value);
    let analysis = analysis_store::follow(text, client, decode);
    let selected = RwSignal::new(None);
    let history = History::new(text, selected);
    let history = if start.readonly { history.fixed() } else { history };
    history.listen();
    let fields = Fields::provide();
    fields.follow(selected, analysis);
    let files = FilesState::new(Baseline::load(&text.read_untracked(), client));
    files.choose(start.file);
    let timeline = Timeline::new(text);
    timeline.choose(start.scenario);
    Effect::new(move || {
        if let Some(text) = value.get() {
            files.opened(&text);
            history.put(text);
        }
    });

    let chosen = RwSignal::new(Target::Cluster);
    let target = analysis.shown_target(chosen);
    let view = RwSignal::new(views[0]);
    let is_narrow = media::matches(NARROW);
    // Whether a narrow page shows the text.
    let is_writing = RwSignal::new(false);
    let place = RwSignal::new(None);
    let go = Callback::new(move |to: Place| {
        is_writing.set(true);
        place.set(Some(to));
    });
    let go_to_field = Callback::new(move |path: String| {
        is_writing.set(true);
        fields.wanted.set(Some(path));
    });
    let shown = fields.shown(selected, analysis);
    let go_to_selected = Callback::new(move |()| {
        if let Some(path) = shown.get_untracked() {
            go_to_field.run(path);
        }
    });
    if views.contains(&View::Files) {
        keys::on_alt_enter(".embedded-text", move || {
            view.set(View::Files);
            is_writing.set(false);
            files.go_to_lines();
        });
    }
    let is_drawn = start.view == Views::Diagram;
    report(channel, text, analysis, target, is_drawn);

    let good_text = Signal::derive(move || (!analysis.stale.get()).then(|| text.get()));
    let point = fields.of_line(selected, analysis);
    let state = Memo::new(move |_| match (analysis.is_empty(), analysis.stale.get()) {
        (false, _) => State::Ready,
        (true, false) if analysis.is_awaited.get() => State::Awaited,
        (true, false) => State::Empty,
        (true, true) => State::Unreadable,
    });
    // The diagram itself says when there is nothing to show.
    let content = Memo::new(move |_| (view.get(), if is_drawn { State::Ready } else { state.get() }));
    let content = move || match content.get() {
        (View::Diagram, _) => {
            view! { <Diagram analysis history selected target open=go_to_selected yields_wheel=true /> }.into_any()
        }
        (_, State::Awaited) => view! { <p class="awaited">"Computing …"</p> }.into_any(),
        (_, State::Empty) => {
            let words = "Describe a deployment in the text to see the result here.";
            view! { <p class="nothing">{words}</p> }.into_any()
        }
        (_, State::Unreadable) => {
            let words = "This text cannot be read yet. The first error is shown above.";
            view! { <p class="nothing">{words}</p> }.into_any()
        }
        (View::Plan, State::Ready) => view! { <PlanView report=analysis.report target text timeline /> }.into_any(),
        (View::Files, State::Ready) => {
            view! { <Files analysis state=files text=good_text target point go=go_to_field /> }.into_any()
        }
    };
    // The first analysis, which nobody asked for, is not announced.
    let first = StoredValue::new(text.get_untracked());
    let is_touched =
        Memo::new(move |before| before == Some(&true) || text.with(|text| first.with_value(|first| first != text)));
    let again = Callback::new(move |()| text.notify());
    view! {
        <div class="embedded" class:is-narrow=is_narrow class:is-writing=is_writing class:is-drawn=is_drawn>
            <header class="embedded-head">
                <h1 class="visually-hidden">"Plimsoll"</h1>
                <Views views view is_narrow is_writing />
                <Status analysis target go />
                <Show when=move || analysis.targets() == (true, true)>
                    <TargetSwitch target=chosen />
                </Show>
                <WayOut text />
                <WorkingLine />
            </header>
            <TroubleBar text again />
            <main class="embedded-body">
                <section class="embedded-text" aria-label="Text">
                    <Editor
                        history
                        findings=analysis.shown_findings()
                        place
                        shown
                        at_field=fields.of_caret(selected, analysis)
                        dark=theme::is_dark(theme)
                    />
                </section>
                <section
                    class="panel"
                    aria-label=move || view.get().name()
                    tabindex="-1"
                    class:is-stale=move || analysis.stale.get() || client.is_in_trouble() && state.get() == State::Ready
                >
                    {content}
                </section>
            </main>
            <Show when=move || is_touched.get()>
                <Announcer analysis />
            </Show>
        </div>
    }
}

/// Whether there is something to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Awaited,
    Empty,
    Unreadable,
    Ready,
}

/// The tabs of the views, if there are several.
#[component]
fn Views(
    views: &'static [View],
    view: RwSignal<View>,
    is_narrow: Signal<bool>,
    /// Whether a narrow page shows the text rather than `view`.
    is_writing: RwSignal<bool>,
) -> impl IntoView {
    let shows_text = Memo::new(move |_| is_narrow.get() && is_writing.get());
    let current = |is_current: bool| is_current.then_some("page");
    let of_view = move |of: View| {
        view! {
            <button
                type="button"
                class="tab"
                aria-current=move || current(!shows_text.get() && view.get() == of)
                on:click=move |_| {
                    view.set(of);
                    is_writing.set(false);
                }
            >
                {of.name()}
            </button>
        }
    };
    let of_text = move || {
        view! {
            <button
                type="button"
                class="tab"
                aria-current=move || current(shows_text.get())
                on:click=move |_| is_writing.set(true)
            >
                "Text"
            </button>
        }
    };
    view! {
        <Show when=move || is_narrow.get() || views.len() != 1>
            <nav class="embedded-views" aria-label="Views">
                <Show when=move || is_narrow.get()>{of_text}</Show>
                {views.iter().copied().map(of_view).collect_view()}
            </nav>
        </Show>
    }
}

/// The link to the whole page, with the current text.
#[component]
fn WayOut(text: RwSignal<String>) -> impl IntoView {
    let address = RwSignal::new(link::page());
    Effect::new(move || {
        let packed = text.get();
        spawn_local(async move {
            let made = link::to(&packed).await.ok().flatten();
            // The text may have changed in the meantime.
            if text.with_untracked(|text| *text == packed) {
                address.set(made.unwrap_or_else(link::page));
            }
        });
    });
    let title = "Opens this text in Plimsoll, in a tab of its own";
    view! {
        <a class="way-out" href=address target="_blank" rel="noopener" title=title>
            {icons::mark()}
            <span class="way-out-name">
                "Open" <span class="way-out-where">" in Plimsoll"</span>
            </span>
        </a>
    }
}

/// Reports changes of the text and its analysis to the host.
fn report(channel: Channel, text: RwSignal<String>, analysis: AnalysisStore, target: Signal<Target>, is_drawn: bool) {
    let client = Client::of_page();
    let is_answered = Memo::new(move |_| analysis.of.with(Option::is_some));
    Effect::new(move || {
        if is_answered.get() {
            // Once it is rendered. A frame outside of the viewport gets no animation frames.
            set_timeout(
                move || {
                    let height = height(text.with_untracked(|text| text.lines().count()), is_drawn);
                    channel.send(&FrameMessage::Height { height });
                    channel.send(&FrameMessage::Ready);
                },
                Duration::ZERO,
            );
        }
    });
    Effect::new(move || {
        if client.is_in_trouble() {
            channel.send(&FrameMessage::Error { message: "The engine did not load" });
        }
    });
    let told = StoredValue::new(text.get_untracked());
    Effect::new(move || {
        let Some(value) = analysis.of.get().filter(|value| told.with_value(|told| told != value)) else { return };
        let report = analysis.report.get_untracked().filter(|_| !analysis.stale.get_untracked());
        let headline = report.as_ref().and_then(|report| headline(report, target.get_untracked()));
        let sentence = headline.as_ref().map_or("", |headline| &headline.sentence);
        let errors = untrack(|| analysis.counts()).errors;
        channel.send(&FrameMessage::Change { value: &value, errors, sentence });
        told.set_value(value);
    });
}

/// The height, in pixels, at which neither the text nor the first part of the result scrolls.
fn height(lines: usize, is_drawn: bool) -> u32 {
    let rect = |selector: &str| {
        let found = document().query_selector(selector).ok().flatten();
        found.map(|found| found.get_bounding_client_rect())
    };
    let head = rect(".embedded-head").as_ref().map_or(0.0, DomRect::height);
    let plan = rect(".plan").zip(rect(".plan .timeline")).map_or(0.0, |(plan, next)| next.bottom() - plan.top());
    #[expect(clippy::cast_precision_loss, reason = "a text has less than 2⁵² lines")]
    let text = lines as f64 * LINE + AROUND;
    let both = if is_drawn { DRAWN + text.min(DRAWN) } else { text.max(plan) };
    let height = (head + both).clamp(LEAST, MOST).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is within bounds")]
    let height = height as u32;
    height
}
