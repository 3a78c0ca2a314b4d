//! The form of the selection. [`plimsoll::ide::form`] describes its fields; filling them in edits the text as little as
//! possible.

mod actions;
mod entry;
mod field;
mod head;
mod lists;

use crate::app::analysis_store::AnalysisStore;
use crate::app::client::Client;
use crate::app::history::History;
use actions::FormActions;
use head::Head;
use leptos::prelude::*;
use leptos::task;
use plimsoll::edit::Path;
use plimsoll::engine::DescribeForm;
use plimsoll::ide::form::Form;
use plimsoll::view::form::is_first;
use plimsoll::view::selection::Selection;
use plimsoll::yaml::Segment;

/// The content of the form.
#[derive(Debug, Clone, PartialEq)]
enum Filled {
    /// Nothing is known yet.
    Waiting,
    /// There is no such part.
    Nothing,
    /// Its fields.
    Fields(Form),
}

/// The form of the selection; of the document itself without one.
#[component]
pub fn FormPane(
    analysis: AnalysisStore,
    history: History,
    selected: RwSignal<Option<Selection>>,
    /// Whether it is visible; it does not update otherwise.
    #[prop(into)]
    is_shown: Signal<bool>,
) -> impl IntoView {
    let client = Client::of_page();
    let actions = FormActions::new(history, client, analysis.findings);
    let filled = RwSignal::new(Filled::Waiting);
    let broken = RwSignal::new(None::<String>);
    let path = Memo::new(move |_| selected.with(|selected| path_of(selected.as_ref(), analysis)));
    let text = history.text();

    Effect::new(move || {
        let (text_now, path_now) = (text.get(), path.get());
        if !is_shown.get() {
            return;
        }
        task::spawn_local(async move {
            let answer = client.ask(DescribeForm { text: text_now.clone(), path: path_now.clone() }).await;
            // The form of the current selection is on its way.
            let is_current = text.try_get_untracked().is_some_and(|text| text == text_now)
                && path.try_get_untracked().is_some_and(|path| path == path_now);
            match answer {
                Ok(Ok(form)) if is_current => {
                    broken.set(None);
                    filled.set(form.map_or(Filled::Nothing, Filled::Fields));
                }
                Ok(Err(why)) if is_current => broken.set(Some(why)),
                _ => {}
            }
        });
    });

    let fields = Memo::new(move |_| match filled.get() {
        Filled::Fields(form) => form.fields,
        Filled::Waiting | Filled::Nothing => Vec::new(),
    });
    let is_unwritten = move || filled.with(|filled| matches!(filled, Filled::Fields(form) if !form.is_written));
    let more = Memo::new(move |_| fields.with(|fields| fields.iter().filter(|field| !is_first(field)).count()));
    view! {
        <div class="form">
            <Head actions analysis selected />
            {move || broken.get().map(|why| view! { <p class="form-note is-error" role="alert">{why}</p> })}
            <Show when=move || filled.with(|filled| *filled == Filled::Nothing)>
                <p class="form-note">"This is not in the document any more. Choose another part above."</p>
            </Show>
            <Show when=is_unwritten>
                <p class="form-note">"The document does not have this yet. Values that you fill in are added to it."</p>
            </Show>
            <fieldset class="form-fields" disabled=move || broken.with(Option::is_some)>
                <legend class="visually-hidden">
                    {move || selected.with(|selected| title(selected.as_ref()))}
                </legend>
                {field::fields(actions, fields.into())}
            </fieldset>
            <Show when=move || { more.get() > 0 && actions.filter.with(String::is_empty) }>
                <button
                    type="button"
                    class="button small form-more"
                    aria-expanded=move || actions.shows_all.get().to_string()
                    on:click=move |_| actions.shows_all.update(|all| *all = !*all)
                >
                    {move || {
                        if actions.shows_all.get() {
                            "Only set and common fields".to_owned()
                        } else {
                            format!("{} more fields", more.get())
                        }
                    }}
                </button>
            </Show>
        </div>
    }
}

/// The label of the part.
fn title(selected: Option<&Selection>) -> String {
    selected.map_or_else(|| "Document".to_owned(), |selected| selected.label().to_owned())
}

/// The path of the part in the document. The internet has none; its requests are the traffic.
fn path_of(selected: Option<&Selection>, analysis: AnalysisStore) -> Path {
    let key = |key: &str| Segment::Key(key.to_owned());
    match selected {
        None => Vec::new(),
        Some(Selection::Service(name)) => vec![key("services"), key(name)],
        Some(Selection::Server) => vec![key("server")],
        Some(Selection::Cluster) => vec![key("cluster")],
        Some(Selection::Traffic | Selection::Internet) => vec![key("traffic")],
        Some(Selection::Nodes(name)) => {
            let index = analysis.node_groups().iter().position(|group| group == name);
            let index = index.map(|index| [key("nodes"), Segment::Index(index)]);
            [key("cluster")].into_iter().chain(index.into_iter().flatten()).collect()
        }
    }
}
