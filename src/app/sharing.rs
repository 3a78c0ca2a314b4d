//! The share panel: the link, and other ways to share a document.

use crate::app::analysis_store::AnalysisStore;
use crate::app::copy;
use crate::app::link;
use crate::app::plan_image::{self, Format};
use crate::app::popover::Popover;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use plimsoll::VERSION;
use plimsoll::plan::simulate::Target;
use plimsoll::share::Reach;
use plimsoll::share::{Review, markdown};

const NOT_SAVED: &str = "There is no plan to draw, or the browser cannot save it.";

/// The state of the link.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Made {
    /// It is being created.
    Soon,
    /// The link.
    Link(String),
    /// Why it cannot be created, in a sentence.
    No(String),
}

/// The panel.
#[component]
pub fn SharePanel(
    text: Signal<String>,
    analysis: AnalysisStore,
    /// The target whose plan is shown.
    target: Signal<Target>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let made = RwSignal::new(Made::Soon);
    let outcome = RwSignal::new(None::<&'static str>);
    let field = NodeRef::<html::Input>::new();
    let select = move || {
        if let Some(field) = field.get_untracked() {
            // It is in the page; keys copy only from the focused element.
            let _ = field.focus();
            field.select();
        }
    };
    let take = move |what: String| {
        spawn_local(async move {
            let is_copied = copy::copy(&what).await;
            if !is_copied {
                // Once the field shows the link.
                request_animation_frame(select);
            }
            outcome.set(Some(if is_copied {
                "Copied."
            } else {
                "The browser did not let the page copy. The link is \
                selected: copy it with Ctrl+C or ⌘C."
            }));
        });
    };
    // Opening the panel copies the link at once, if the browser allows it.
    Effect::new(move || {
        if !is_open.get() {
            return;
        }
        outcome.set(None);
        made.set(Made::Soon);
        let text = text.get_untracked();
        spawn_local(async move {
            let link = match link::to(&text).await {
                Ok(Some(link)) => Made::Link(link),
                Ok(None) => Made::No("This browser cannot make links. Send the text itself, or the files.".to_owned()),
                Err(why) => Made::No(format!("{why}.")),
            };
            if let Made::Link(link) = &link {
                take(link.clone());
            }
            made.set(link);
        });
    });
    let link = move || match made.get() {
        Made::Link(link) => link,
        _ => String::new(),
    };
    let about = move || match made.get() {
        Made::Soon => "…".to_owned(),
        Made::Link(link) => length(link.chars().count()),
        Made::No(why) => why,
    };
    view! {
        <Popover id="share" label="Share" is_open>
            <h2>"Share"</h2>
            <p class="muted">"The link carries the whole text, after its #: no server sees it, and whoever opens it \
                has a copy of their own."</p>
            <div class="share-link">
                <label class="field">
                    <span>"Link"</span>
                    <input
                        type="text"
                        readonly
                        data-own-undo
                        node_ref=field
                        prop:value=link
                        on:focus=move |_| select()
                    />
                </label>
                <button
                    type="button"
                    class="button primary"
                    disabled=move || link().is_empty()
                    on:click=move |_| take(link())
                >
                    "Copy link"
                </button>
            </div>
            <p class="muted small-print">{about}</p>
            <p role="status" class="copy-outcome">
                {outcome}
            </p>
            <Otherwise text analysis target link=Signal::derive(link) outcome is_open />
            <p class="muted small-print">{format!("Plimsoll {VERSION}")}</p>
        </Popover>
    }
}

/// The other ways.
#[component]
fn Otherwise(
    text: Signal<String>,
    analysis: AnalysisStore,
    target: Signal<Target>,
    /// The link; empty where there is none.
    link: Signal<String>,
    /// Shows the outcome.
    outcome: RwSignal<Option<&'static str>>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let copy_markdown = move |_| {
        let link = Some(link.get_untracked()).filter(|link| !link.is_empty());
        let markdown = text.with_untracked(|text| review(text, analysis, link.as_deref()));
        spawn_local(async move {
            let is_copied = copy::copy(&markdown).await;
            outcome.set(Some(if is_copied {
                "Copied."
            } else {
                "The browser did not let the page copy. Copy the text \
                and the link by hand."
            }));
        });
    };
    let save = move |format: Format| {
        let Some(report) = analysis.report.get_untracked() else { return outcome.set(Some(NOT_SAVED)) };
        spawn_local(async move {
            let is_saved = plan_image::save(&report, target.get_untracked(), format).await;
            outcome.set(Some(if is_saved { "Saved." } else { NOT_SAVED }));
        });
    };
    let print = move |_| {
        is_open.set(false);
        // Once the panel is closed. A browser that cannot print says so itself.
        request_animation_frame(|| _ = window().print());
    };
    view! {
        <h3>"Or otherwise"</h3>
        <div class="buttons">
            <button type="button" class="button small" on:click=copy_markdown title="The text, its findings, the \
                plan's answer and the link, for an issue or a review.">
                "Copy as Markdown"
            </button>
            <button type="button" class="button small" on:click=print>
                "Print this view…"
            </button>
            <button type="button" class="button small" on:click=move |_| save(Format::Svg)>
                "Plan as SVG"
            </button>
            <button type="button" class="button small" on:click=move |_| save(Format::Png)>
                "Plan as PNG"
            </button>
        </div>
    }
}

/// The text and its analysis as Markdown; without a plan, if that belongs to an earlier text.
fn review(text: &str, analysis: AnalysisStore, link: Option<&str>) -> String {
    let report = analysis.report.get_untracked().filter(|_| !analysis.stale.get_untracked());
    let plan = report.as_ref().map(|report| (report.name.as_str(), &report.plan));
    analysis.findings.with_untracked(|findings| markdown(&Review { text, findings, plan, link }))
}

/// The length of a link, and where that is too long.
fn length(characters: usize) -> String {
    let reach = match Reach::of(characters) {
        Reach::All => "short enough for any message",
        Reach::Most => "short enough for mail, too long for some chats",
        Reach::Few => "many programs cut links beyond 8,000: send the text as a file instead",
    };
    format!("{} characters: {reach}.", grouped(characters))
}

/// Formats a number with thousands separators.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
