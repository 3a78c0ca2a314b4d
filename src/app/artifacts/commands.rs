//! The guide's commands for the target that is shown.

use crate::app::copy::CopyButton;
use crate::app::inline_code::with_code;
use leptos::prelude::*;
use plimsoll::generate::guide::{Audience, Part, Step, parts};
use plimsoll::plan::simulate::Target;

#[component]
pub fn Commands(
    /// The text of the guide.
    guide: Memo<String>,
    target: Signal<Target>,
) -> impl IntoView {
    let audience = Memo::new(move |_| match target.get() {
        Target::Server => Audience::Server,
        Target::Cluster => Audience::Cluster,
    });
    let content = move || {
        let parts = guide.with(|guide| parts(guide)).into_iter();
        parts.filter(|part| [Audience::Everyone, audience.get()].contains(&part.audience)).map(draw).collect_view()
    };
    view! {
        <div class="file commands" role="region" aria-label="Run these commands" tabindex="0">
            <p class="muted">{move || introduction(audience.get())}</p>
            {content}
        </div>
    }
}

/// Parts for everyone are open; parts for later, or for some, are collapsed.
fn draw(part: Part) -> impl IntoView {
    let steps = part.steps.into_iter().map(|step| view! { <Commanded step /> }).collect_view();
    if part.level < 3 {
        view! {
            <h2>{part.title}</h2>
            <ol>{steps}</ol>
        }
        .into_any()
    } else {
        view! {
            <details>
                <summary>{with_code(&part.title)}</summary>
                <ol>{steps}</ol>
            </details>
        }
        .into_any()
    }
}

/// Commands that run together.
#[component]
fn Commanded(step: Step) -> impl IntoView {
    let Step { before, about, commands } = step;
    let before = (!before.is_empty()).then(|| {
        let paragraphs = before.into_iter().map(|paragraph| view! { <p>{with_links(&paragraph)}</p> });
        view! {
            <details class="muted">
                <summary>{conditions_label(paragraphs.len())}</summary>
                {paragraphs.collect_view()}
            </details>
        }
    });
    let copied = commands.clone();
    view! {
        <li class="commanded">
            {before} <p>{with_links(&about)}</p> <div class="command">
                <pre tabindex="0">
                    <code>{commands.trim_end().to_owned()}</code>
                </pre>
                <CopyButton text=move || copied.clone() />
            </div>
        </li>
    }
}

/// Renders a sentence of the guide: text between `<` and `>` becomes a link, text between backquotes becomes code.
fn with_links(sentence: &str) -> AnyView {
    let pieces = sentence.split_inclusive('>').map(|piece| match piece.rsplit_once("<http") {
        Some((before, link)) => {
            let link = format!("http{}", link.trim_end_matches('>'));
            let host = plimsoll::view::findings::site(&link).to_owned();
            view! {
                {with_code(before)}
                <a href=link target="_blank" rel="noreferrer">
                    {host}
                </a>
            }
            .into_any()
        }
        None => with_code(piece),
    });
    pieces.collect_view().into_any()
}

/// Says where to run the commands.
fn introduction(audience: Audience) -> &'static str {
    match audience {
        Audience::Cluster => "For Kubernetes, in the folder of the files, in this order. DEPLOY.md says all of it.",
        _ => "For one server, in the folder of the files, in this order. DEPLOY.md says all of it.",
    }
}

/// The title of a step's preconditions.
fn conditions_label(conditions: usize) -> String {
    match conditions {
        1 => "1 precondition".to_owned(),
        conditions => format!("{conditions} preconditions"),
    }
}
