//! The choice of the target whose plan is shown.

use leptos::prelude::*;
use plimsoll::plan::simulate::Target;

/// A switch between the server and the cluster.
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
            <legend class="visually-hidden">"Plan for"</legend>
            {choice(Target::Server, "Server")}
            {choice(Target::Cluster, "Cluster")}
        </fieldset>
    }
}
