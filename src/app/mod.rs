//! The page: the only folder that knows a browser. What it shows is worked out by [`plimsoll::analyze`].

mod download;
mod drafts;
mod editor;
mod examples;
mod files;
mod findings;
mod header;
mod highlight;
mod icons;
mod keys;
mod live;
mod notice;
mod plan;
mod result;
mod start;
mod status;
mod storage;
mod theme;
mod words;

use drafts::Drafts;
use editor::Editor;
use header::{Header, Target};
use leptos::prelude::*;
use live::{Counts, Live, Place};
use notice::{Notice, NoticeBar};
use plimsoll::archive;
use plimsoll::finding::Fix;
use result::{ResultPane, View};
use std::time::Duration;
use storage::NotKept;
use theme::Theme;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let text = RwSignal::new(storage::load(storage::TEXT).unwrap_or_default());
    let live = live::follow(text);
    let not_kept = autosave(text);
    let drafts = Drafts::load();
    let theme = RwSignal::new(Theme::remembered());
    let target = RwSignal::new(Target::Cluster);
    let view = RwSignal::new(View::Plan);
    let is_writing = RwSignal::new(false);
    let place = RwSignal::new(None);
    let notice = RwSignal::new(None);

    let open = move |new: &str| {
        drafts.replace(text.get_untracked(), new);
        text.set(new.to_owned());
        is_writing.set(false);
    };
    let choose = Callback::new(move |example: &'static examples::Example| {
        let is_own = examples::is_own(&text.get_untracked());
        open(example.text);
        notice.set(is_own.then_some(Notice::Kept));
    });
    let bring_back = Callback::new(move |draft: String| {
        open(&draft);
        notice.set(None);
    });
    let bring_back_last = Callback::new(move |()| {
        if let Some(draft) = drafts.last() {
            bring_back.run(draft);
        }
    });
    let go = Callback::new(move |to: Place| {
        is_writing.set(true);
        place.set(Some(to));
    });
    let mend = Callback::new(move |fix: Fix| text.update(|text| apply(text, &fix)));
    let download = Callback::new(move |()| {
        if download_all(live).is_none() {
            notice.set(Some(Notice::NotDownloaded));
        }
    });
    let name = Memo::new(move |_| {
        live.outputs.with(|outputs| outputs.as_ref().map(|outputs| outputs.topology.name.to_string()))
    });

    view! {
        <div class="page" class:is-writing=is_writing>
            <Header
                name
                target
                has_both=Signal::derive(move || live.targets() == (true, true))
                has_files=Signal::derive(move || !live.is_empty())
                theme
                drafts
                choose
                bring_back
                download
            />
            <NoticeBar notice bring_back=bring_back_last />
            <main class="columns">
                <section class="say" aria-label="Topology">
                    <div class="pane-head">
                        <h2>"Topology"</h2>
                        <Saved text not_kept />
                    </div>
                    <Editor text findings=live.findings place dark=theme::is_dark(theme) />
                </section>
                <ResultPane live view target choose go mend />
            </main>
            <BottomBar view is_writing findings=Memo::new(move |_| live.counts()) />
            <Announcer live />
        </div>
    }
}

/// Saves `text` whenever it changes; tells why that fails while it does.
fn autosave(text: RwSignal<String>) -> Signal<Option<NotKept>> {
    let not_kept = RwSignal::new(None);
    Effect::watch(
        move || text.track(),
        move |(), _, _| not_kept.set(text.with_untracked(|text| storage::save(storage::TEXT, text)).err()),
        false,
    );
    not_kept.into()
}

/// Applies the edits, none of which overlaps another; those that do not fit the text, since it changed, are left out.
fn apply(text: &mut String, fix: &Fix) {
    for edit in fix.edits.iter().rev() {
        if text.get(edit.span.start..edit.span.end).is_some() {
            text.replace_range(edit.span.start..edit.span.end, &edit.text);
        }
    }
}

/// Saves all files as a zip; nothing if that cannot be.
fn download_all(live: Live) -> Option<()> {
    let outputs = live.outputs.get_untracked()?;
    let bytes = archive::zip(&outputs.artifacts).ok()?;
    download::save(&format!("{}.zip", outputs.topology.name), &bytes).ok()
}

/// Whether the text is kept, and how long it is.
#[component]
fn Saved(text: RwSignal<String>, not_kept: Signal<Option<NotKept>>) -> impl IntoView {
    let lines = Memo::new(move |_| text.with(|text| text.lines().count()));
    let words = move || {
        let kept = match not_kept.get() {
            None => "saved in this browser",
            Some(NotKept::Closed) => {
                "not saved: this browser keeps nothing for this page. Copy your text before you leave"
            }
            Some(NotKept::Full) => "not saved: this browser has no room left. Copy your text before you leave",
        };
        match lines.get() {
            0 => String::new(),
            1 => format!("1 line · {kept}"),
            lines => format!("{lines} lines · {kept}"),
        }
    };
    view! { <p class="pane-status" class:is-warning=move || not_kept.get().is_some()>{words}</p> }
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
            (_, true) => format!("{}. Showing the last good result.", counts.in_words()),
            (false, false) => format!("{}.", counts.in_words()),
        });
    });
    Effect::watch(move || counts.get(), move |counts, _, _| say(*counts), false);
    view! {
        <div role="status" class="visually-hidden">
            {words}
        </div>
    }
}
