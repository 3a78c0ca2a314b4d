//! The choice of a scenario.

use super::state::Timeline;
use leptos::prelude::*;
use plimsoll::plan::simulate::{AvailableScenarios, ScenarioKind};
use plimsoll::view::timeline::choice::{Choice, Field, Mistake, Shape};
use plimsoll::view::timeline::choices::Choices;

/// The most names in a list.
const MOST: usize = 100;

/// The scenarios as buttons, and the settings of the chosen one.
#[component]
pub fn Picker(
    timeline: Timeline,
    choices: Memo<Option<Choices>>,
    /// The error in a typed value.
    mistake: Memo<Option<Mistake>>,
) -> impl IntoView {
    let choice = timeline.choice;
    let kinds = Memo::new(move |_| {
        let offered = choices.with(|choices| choices.as_ref().map(|choices| choices.offer.scenarios(choices.target)));
        let offered = offered.unwrap_or_default().into_iter().map(Some);
        [None].into_iter().chain(offered).collect::<Vec<_>>()
    });
    let chip = move |kind: Option<ScenarioKind>| {
        let name = move || {
            let name = |choices: &Choices| choice.with(|choice| choices.name(kind, choice));
            choices.with(|choices| choices.as_ref().map(name)).unwrap_or_default()
        };
        view! {
            <label class="chip">
                <input
                    type="radio"
                    name="scenario"
                    prop:checked=move || choice.with(|choice| choice.kind == kind)
                    on:change=move |_| timeline.choose(kind)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <fieldset class="scenarios">
            <legend class="visually-hidden">"What happens"</legend>
            <For each=move || kinds.get() key=|kind| kind.map(ScenarioKind::name) children=chip />
        </fieldset>
        <Show when=move || choice.with(|choice| choice.kind.is_some())>
            <Particulars choice choices mistake />
        </Show>
    }
}

/// The subject and the other settings of a scenario.
#[component]
fn Particulars(
    choice: RwSignal<Choice>,
    choices: Memo<Option<Choices>>,
    mistake: Memo<Option<Mistake>>,
) -> impl IntoView {
    let kind = Memo::new(move |_| choice.with(|choice| choice.kind));
    let of = move || choices.get().zip(kind.get());
    let who = move || {
        let (choices, kind) = of()?;
        match kind {
            ScenarioKind::Rollout | ScenarioKind::Leak => {
                let names: Vec<String> = choices.offer.services.iter().map(ToString::to_string).collect();
                let chosen = move || choice.with(|choice| choice.service_of(&choices.offer, kind)).unwrap_or_default();
                let choose = move |name| choice.update(|choice| choice.service = Some(name));
                Some(one_of("Service", names, chosen, choose).into_any())
            }
            ScenarioKind::NodeLoss | ScenarioKind::Drain => {
                let names = choices.nodes.clone();
                let chosen = move || choice.with(|choice| choices.node(choice)).unwrap_or_default();
                let choose = move |name| choice.update(|choice| choice.node = Some(name));
                Some(one_of("Node", names, chosen, choose).into_any())
            }
            ScenarioKind::Traffic => Some(shapes(choice, &choices.offer).into_any()),
        }
    };
    let points = move || {
        let is_own = of()?.1 == ScenarioKind::Traffic && choice.with(|choice| choice.shape == Shape::Points);
        is_own.then(|| view! { <Typed field=Field::Points choice mistake /> })
    };
    let fields = move || {
        let (choices, kind) = of()?;
        let fields = Field::ALL.into_iter().filter(|field| field.matters(kind, choices.target));
        Some(fields.map(|field| view! { <Typed field choice mistake /> }).collect_view())
    };
    view! {
        <div class="particulars">
            {who} {points} <details class="options">
                <summary>"Options"</summary>
                <div class="fields">{fields}</div>
            </details>
        </div>
    }
}

/// A choice of one name; `None` if there is only one.
fn one_of(
    label: &'static str,
    names: Vec<String>,
    chosen: impl Fn() -> String + Clone + Send + Sync + 'static,
    choose: impl Fn(String) + Copy + 'static,
) -> impl IntoView {
    (names.len() > 1).then(|| {
        let more = names.len().saturating_sub(MOST);
        let options = names.into_iter().take(MOST).map(|name| {
            let (value, chosen) = (name.clone(), chosen.clone());
            view! {
                <option value=value.clone() prop:selected=move || chosen() == value>
                    {name}
                </option>
            }
        });
        let options = options.collect_view();
        let more = (more > 0).then(|| view! { <option disabled=true>{format!("and {more} more")}</option> });
        view! {
            <label class="particular">
                <span>{label}</span>
                <select class="select" on:change=move |event| choose(event_target_value(&event))>
                    {options}
                    {more}
                </select>
            </label>
        }
    })
}

fn shapes(choice: RwSignal<Choice>, offer: &AvailableScenarios) -> impl IntoView + use<> {
    let options = Shape::ALL.map(|shape| {
        view! {
            <option value=shape.name() prop:selected=move || choice.with(|choice| choice.shape == shape)>
                {shape.words(offer)}
            </option>
        }
    });
    let choose = move |name: String| {
        if let Some(shape) = Shape::ALL.into_iter().find(|shape| shape.name() == name) {
            choice.update(|choice| choice.shape = shape);
        }
    };
    view! {
        <label class="particular">
            <span>"Requests"</span>
            <select class="select" on:change=move |event| choose(event_target_value(&event))>
                {options.into_iter().collect_view()}
            </select>
        </label>
    }
}

/// A text field and its error.
#[component]
fn Typed(field: Field, choice: RwSignal<Choice>, mistake: Memo<Option<Mistake>>) -> impl IntoView {
    let wrong = Memo::new(move |_| {
        mistake.with(|mistake| {
            mistake.as_ref().filter(|mistake| mistake.field == field).map(|mistake| mistake.words.clone())
        })
    });
    let id = format!("wrong-{field:?}");
    let about = id.clone();
    view! {
        <label class="particular" class:is-long=field == Field::Points>
            <span>{field.label()}</span>
            <input
                type="text"
                class="input"
                spellcheck="false"
                autocomplete="off"
                placeholder=field.default()
                prop:value=move || choice.with(|choice| choice.typed(field).to_owned())
                aria-invalid=move || wrong.read().is_some().then_some("true")
                aria-describedby=move || wrong.read().is_some().then(|| about.clone())
                on:input=move |event| choice.update(|choice| choice.write(field, event_target_value(&event)))
            />
        </label>
        {move || {
            let id = id.clone();
            wrong
                .get()
                .map(|words| {
                    view! {
                        <p class="mistake" id=id>
                            {words}
                        </p>
                    }
                })
        }}
    }
}
