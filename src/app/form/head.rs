//! The head of the form: the part of the document that it shows, and actions on that part.

use super::actions::FormActions;
use super::entry::{Counts, Entry, Take};
use crate::app::analysis_store::AnalysisStore;
use leptos::html;
use leptos::prelude::*;
use plimsoll::edit::{Change, KINDS, Kind, Path, free_name};
use plimsoll::view::selection::Selection;
use plimsoll::yaml::Segment;

/// The head of the form.
#[component]
pub fn Head(actions: FormActions, analysis: AnalysisStore, selected: RwSignal<Option<Selection>>) -> impl IntoView {
    let parts = Memo::new(move |_| parts(analysis));
    let new_kind = NodeRef::<html::Select>::new();
    let current = Memo::new(move |_| {
        let selected = selected.get().map(|selected| match selected {
            Selection::Internet => Selection::Traffic,
            selected => selected,
        });
        parts.with(|parts| parts.iter().position(|(part, _)| *part == selected).unwrap_or_default())
    });
    let choose = move |value: &str| {
        let part = value.parse().ok().and_then(|index: usize| parts.with_untracked(|parts| parts.get(index).cloned()));
        if let Some((part, _)) = part {
            selected.set(part);
        }
    };
    let service = Memo::new(move |_| match selected.get() {
        Some(Selection::Service(name)) => Some(name),
        _ => None,
    });
    view! {
        <div class="form-head">
            <label class="form-part">
                <span class="field-name">"Part"</span>
                <select class="entry" on:change:target=move |event| choose(&event.target().value())>
                    {move || {
                        let parts = parts.get().into_iter().enumerate();
                        parts
                            .map(|(index, (_, words))| {
                                view! {
                                    <option value=index.to_string() prop:selected=move || current.get() == index>
                                        {words}
                                    </option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
            </label>
            <div class="form-add">
                // Not at once: a person who moves through the list with the arrow keys has not chosen yet.
                <select class="entry" aria-label="Kind of the new service" node_ref=new_kind>
                    {KINDS.iter().map(|kind| view! { <option value=kind.key>{kind.title}</option> }).collect_view()}
                </select>
                <button
                    type="button"
                    class="button small"
                    on:click=move |_| {
                        let kind = new_kind.get_untracked().and_then(|select| Kind::of(&select.value()));
                        if let Some(kind) = kind {
                            add(actions, analysis, selected, kind);
                        }
                    }
                >
                    "Add service"
                </button>
            </div>
            <input
                type="search"
                class="entry form-filter"
                aria-label="Find a field"
                placeholder="Find a field"
                prop:value=move || actions.filter.get()
                on:input:target=move |event| actions.filter.set(event.target().value())
            />
        </div>
        <Show when=move || service.with(Option::is_some)>
            <div class="form-service">
                <label class="field-name" for="form-name">
                    "Name"
                </label>
                <Entry
                    id="form-name"
                    value=Signal::derive(move || service.get().unwrap_or_default())
                    counts=Counts::AtTheEnd
                    take=rename(actions, selected, service)
                />
                <button
                    type="button"
                    class="button small"
                    on:click=move |_| {
                        if let Some(name) = service.get_untracked() {
                            let removed = move |is_done| {
                                if is_done {
                                    selected.set(None);
                                }
                            };
                            actions.change_then(&place(&name), Change::RemoveService { name: name.clone() }, removed);
                        }
                    }
                >
                    {move || format!("Remove {}", service.get().unwrap_or_default())}
                </button>
            </div>
            <div aria-live="polite">
                {move || {
                    let refusal = service.get().and_then(|name| actions.refusal(&format!("services.{name}")));
                    refusal.map(|why| view! { <p class="form-note is-error">{why}</p> })
                }}
            </div>
        </Show>
    }
}

/// All parts of the document, with their labels.
fn parts(analysis: AnalysisStore) -> Vec<(Option<Selection>, String)> {
    let services = analysis.report.with(|report| {
        let services = report.iter().flat_map(|report| &report.services);
        services.map(|service| service.name.to_string()).collect::<Vec<_>>()
    });
    let groups = analysis.node_groups().into_iter().map(|name| {
        let words = format!("Nodes {name}");
        (Some(Selection::Nodes(name)), words)
    });
    std::iter::once((None, "Document".to_owned()))
        .chain(services.into_iter().map(|name| (Some(Selection::Service(name.clone())), name)))
        .chain([(Some(Selection::Server), "Server".to_owned()), (Some(Selection::Cluster), "Cluster".to_owned())])
        .chain(groups)
        .chain([(Some(Selection::Traffic), "Traffic".to_owned())])
        .collect()
}

fn add(actions: FormActions, analysis: AnalysisStore, selected: RwSignal<Option<Selection>>, kind: Kind) {
    let is_taken = |name: &str| {
        analysis.report.with_untracked(|report| {
            report.iter().flat_map(|report| &report.services).any(|service| service.name.as_str() == name)
        })
    };
    let name = free_name(kind.name, is_taken);
    let change = Change::AddService { name: name.clone(), service: kind.service() };
    actions.change_then(&place(&name), change, move |is_done| {
        if is_done {
            selected.set(Some(Selection::Service(name)));
        }
    });
}

fn rename(actions: FormActions, selected: RwSignal<Option<Selection>>, service: Memo<Option<String>>) -> Take {
    Callback::new(move |(to, done): (String, Callback<bool>)| {
        let to = to.trim().to_owned();
        let Some(from) = service.get_untracked().filter(|_| !to.is_empty()) else { return done.run(false) };
        let change = Change::RenameService { from: from.clone(), to: to.clone() };
        actions.change_then(&place(&from), change, move |is_done| {
            if is_done {
                selected.set(Some(Selection::Service(to)));
            }
            done.run(is_done);
        });
    })
}

fn place(service: &str) -> Path {
    vec![Segment::Key("services".to_owned()), Segment::Key(service.to_owned())]
}
