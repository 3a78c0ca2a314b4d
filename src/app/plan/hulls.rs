//! The picture of the plan: each machine a hull, each container its cargo, and the load line across.

use crate::app::keys;
use leptos::prelude::*;
use plimsoll::quantity::Memory;
use plimsoll::view::plan::picture::{Cargo, Hull, Picture, UnplacedReason, UnplacedRow};

/// The hulls, one below the other.
#[component]
pub fn Hulls(
    picture: Memo<Picture>,
    /// The key of the cargo that the person last pointed at or moved to.
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let scale = Memo::new(move |_| picture.with(Picture::scale));
    let names = move || picture.with(|picture| picture.hulls.iter().map(|hull| hull.name.clone()).collect::<Vec<_>>());
    let row = move |name: String| {
        let hull = Memo::new(move |last: Option<&Option<Hull>>| {
            let now = picture.with(|picture| picture.hulls.iter().find(|hull| hull.name == name).cloned());
            now.or_else(|| last.cloned().flatten())
        });
        view! { <Row hull scale chosen /> }
    };
    let reasons = move || picture.with(|picture| picture.unplaced.iter().map(|row| row.why).collect::<Vec<_>>());
    let unplaced = move |why: UnplacedReason| {
        let row = Memo::new(move |last: Option<&Option<UnplacedRow>>| {
            let now = picture.with(|picture| picture.unplaced.iter().find(|row| row.why == why).cloned());
            now.or_else(|| last.cloned().flatten())
        });
        view! { <UnplacedCargo why row scale chosen /> }
    };
    let about = move || {
        let words = picture.with(|picture| Some(picture.words(&chosen.get()?)?.to_owned()));
        words.unwrap_or_else(|| "Point at a container, or move to one with the arrow keys, for its figures.".to_owned())
    };
    view! {
        <div class="hulls" class:is-dense=move || picture.with(|picture| picture.hulls.len() > 6)>
            <For each=names key=String::clone children=row />
            <For each=reasons key=|why| *why children=unplaced />
        </div>
        {move || picture.with(|picture| picture.left_out.clone()).map(|words| view! { <p class="muted">{words}</p> })}
        <p class="inspector">{about}</p>
    }
}

/// A machine: its name, its hull, its figures.
#[component]
fn Row(hull: Memo<Option<Hull>>, scale: Memo<Memory>, chosen: RwSignal<Option<String>>) -> impl IntoView {
    let of = move |part: fn(&Hull) -> Memory| hull.with(|hull| hull.as_ref().map(part).unwrap_or_default());
    let words = move |part: fn(&Hull) -> &str| hull.with(|hull| hull.as_ref().map(part).unwrap_or_default().to_owned());
    let is_past_line = Memo::new(move |_| hull.with(|hull| hull.as_ref().is_some_and(|hull| hull.is_past_line)));
    let is_stopped = Memo::new(move |_| hull.with(|hull| hull.as_ref().is_some_and(|hull| hull.is_stopped)));
    let percent = move |memory: Memory| percent(memory, scale.get());
    let cargo = Memo::new(move |_| hull.with(|hull| hull.as_ref().map(|hull| hull.cargo.clone()).unwrap_or_default()));
    let system = Signal::derive(move || of(|hull| hull.system));
    view! {
        <div class="hull-row" class:is-past-line=is_past_line class:is-stopped=is_stopped>
            <span class="hull-name">{move || words(|hull| &hull.name)}</span>
            <div class="hull">
                <div class="hull-body" style:width=move || percent(of(|hull| hull.memory))></div>
                <div
                    class="hull-growth"
                    style:left=move || percent(system.get())
                    style:width=move || percent(of(|hull| hull.may_grow_to.unwrap_or_default()))
                ></div>
                <div class="hull-system" style:width=move || percent(system.get())>
                    <span>"system"</span>
                </div>
                <Track cargo before=system scale chosen label=Signal::derive(move || words(|hull| &hull.name)) />
                <Show when=move || { of(Hull::excess) > Memory::ZERO }>
                    <div
                        class="overboard"
                        style:left=move || percent(of(|hull| hull.memory))
                        style:width=move || percent(of(Hull::excess))
                    ></div>
                </Show>
                <div
                    class="load-line"
                    title=move || format!("load line: {}", of(|hull| hull.load_line))
                    style:left=move || percent(of(|hull| hull.system + hull.load_line))
                ></div>
            </div>
            <span class="hull-words">
                {move || words(|hull| &hull.memory_words)} <small>{move || words(|hull| &hull.cpu_words)}</small>
                <Show when=move || is_past_line.get()>
                    <strong>"past the line"</strong>
                </Show>
            </span>
        </div>
    }
}

/// A row of cargo without a machine: the reason, the cargo, and its figures.
#[component]
fn UnplacedCargo(
    why: UnplacedReason,
    row: Memo<Option<UnplacedRow>>,
    scale: Memo<Memory>,
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let cargo = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.cargo.clone()).unwrap_or_default()));
    let words = move |line: usize| row.with(|row| row.as_ref().map(|row| row.words[line].clone()).unwrap_or_default());
    view! {
        <div class="hull-row is-ashore" class:is-idle=why != UnplacedReason::NoRoom>
            <span class="hull-name">{why.name()}</span>
            <Track cargo before=Signal::stored(Memory::ZERO) scale chosen label=why.name() />
            <span class="hull-words">{move || words(0)} <small>{move || words(1)}</small></span>
        </div>
    }
}

/// Cargo side by side.
#[component]
fn Track(
    cargo: Memo<Vec<Cargo>>,
    /// The memory before it.
    before: Signal<Memory>,
    scale: Memo<Memory>,
    chosen: RwSignal<Option<String>>,
    #[prop(into)] label: Signal<String>,
) -> impl IntoView {
    let keys = move || cargo.read().iter().map(|cargo| cargo.key.clone()).collect::<Vec<_>>();
    let piece = move |key: String| {
        let found = key.clone();
        let place = Memo::new(move |last: Option<&Option<(Memory, Cargo)>>| {
            let mut start = before.get();
            let now = cargo.read().iter().find_map(|cargo| {
                let here = start;
                start += cargo.size;
                (cargo.key == found).then(|| (here, cargo.clone()))
            });
            now.or_else(|| last.cloned().flatten())
        });
        let of = move |part: fn(&Cargo) -> String| {
            place.with(|place| place.as_ref().map(|(_, cargo)| part(cargo)).unwrap_or_default())
        };
        let length = move |part: fn(&(Memory, Cargo)) -> Memory| {
            percent(place.with(|place| place.as_ref().map(part).unwrap_or_default()), scale.get())
        };
        let need = move || {
            place.with(|place| {
                let (_, cargo) = place.as_ref()?;
                Some(percent(cargo.need?, cargo.size))
            })
        };
        let (hovered, focused, mine) = (key.clone(), key.clone(), key);
        let is_chosen = Memo::new(move |_| chosen.with(|chosen| chosen.as_ref() == Some(&mine)));
        view! {
            <div
                class=move || of(|cargo| format!("cargo {} {}", cargo.colour.class(), cargo.look.class()))
                class:is-chosen=is_chosen
                role="option"
                tabindex="-1"
                aria-selected=move || is_chosen.get().to_string()
                aria-label=move || of(|cargo| cargo.words.clone())
                style:left=move || length(|(start, _)| *start)
                style:width=move || length(|(_, cargo)| cargo.size)
                on:mouseenter=move |_| chosen.set(Some(hovered.clone()))
                on:focus=move |_| chosen.set(Some(focused.clone()))
            >
                {move || need().map(|need| view! { <div class="gauge"><div style:width=need></div></div> })}
                <span class="cargo-label">{move || of(|cargo| cargo.label.clone())}</span>
            </div>
        }
    };
    view! {
        <div
            class="track"
            role="listbox"
            tabindex="0"
            aria-label=move || format!("{}: its containers", label.read())
            on:keydown=move |event| _ = keys::move_focus(&event, ".track", ".cargo")
        >
            <For each=keys key=String::clone children=piece />
        </div>
    }
}

/// A length in percent, with three decimals.
fn percent(part: Memory, whole: Memory) -> String {
    let thousandths = u128::from(part.bytes()) * 100_000 / u128::from(whole.bytes().max(1));
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}
