//! The picture: each machine a hull, each container its cargo, and the load line across.

use crate::app::keys;
use crate::app::words::plan as words;
use leptos::prelude::*;
use plimsoll::engine::ServiceSummary;
use plimsoll::plan::simulate::ReplicaState;
use plimsoll::quantity::Memory;

/// Cargo's colours, of which `tokens.css` has so many.
const COLOURS: usize = 8;

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// The machines.
    pub hulls: Vec<Hull>,
    /// What has no machine, a row for each reason.
    pub ashore: Vec<Ashore>,
    /// What is not drawn, in a sentence.
    pub left_out: Option<String>,
}

/// A machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Hull {
    /// Its name.
    pub name: String,
    /// Its memory.
    pub memory: Memory,
    /// What it keeps for itself.
    pub system: Memory,
    /// How much cargo it should carry at most.
    pub load_line: Memory,
    /// Whether it carries more.
    pub is_past_line: bool,
    /// Whether it does not run.
    pub is_stopped: bool,
    /// How much its cargo may grow to, if that is more than the room it takes.
    pub may_grow_to: Option<Memory>,
    /// Its memory in words, such as `1.9 GiB of 2.8 GiB`.
    pub memory_words: String,
    /// Its processors in words.
    pub cpu_words: String,
    /// What it carries.
    pub cargo: Vec<Cargo>,
}

/// Cargo that has no machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Ashore {
    /// Why.
    pub why: Why,
    /// What is said beside it, the more important first.
    pub words: [String; 2],
    /// The cargo.
    pub cargo: Vec<Cargo>,
}

/// Why cargo has no machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// None has room for it.
    NoRoom,
    /// Machines are on their way for it.
    Waits,
    /// It does not run.
    NotRunning,
}

impl Why {
    /// What the row is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoRoom => words::NO_ROOM,
            Self::Waits => words::WAITING,
            Self::NotRunning => words::NOT_RUNNING,
        }
    }
}

/// A container, or several that are drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cargo {
    /// What tells it from the rest of the picture.
    pub key: String,
    /// What is written on it.
    pub label: String,
    /// The service's colour.
    pub colour: Colour,
    /// How much room it takes.
    pub size: Memory,
    /// How much of that it needs at the busiest time, if that is not all.
    pub need: Option<Memory>,
    /// How it is drawn.
    pub look: Look,
    /// All that in words.
    pub words: String,
}

/// How cargo is drawn: what it is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Look {
    /// It runs.
    #[default]
    Plain,
    /// It comes only at the busiest time.
    Extra,
    /// It has started, or waits to, and does not answer.
    Starting,
    /// It was told to end, and still holds its room.
    Ending,
    /// It is gone with its machine.
    Lost,
}

impl Look {
    /// How a replica is drawn that is so far.
    pub fn of(state: ReplicaState) -> Self {
        match state {
            ReplicaState::Ready => Self::Plain,
            ReplicaState::Pending | ReplicaState::Starting | ReplicaState::Waiting => Self::Starting,
            ReplicaState::Ending => Self::Ending,
            ReplicaState::Lost => Self::Lost,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Extra => "is-extra",
            Self::Starting => "is-starting",
            Self::Ending => "is-ending",
            Self::Lost => "is-lost",
        }
    }
}

/// A service's colour, the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(Option<usize>);

impl Colour {
    /// The colour of one of the services; grey for what is none.
    pub fn of(service: &str, services: &[ServiceSummary]) -> Self {
        services.iter().position(|known| known.name.as_str() == service).map_or(Self(None), Self::of_number)
    }

    /// The colour of the service at that place in the document, counted from 0.
    pub fn of_number(index: usize) -> Self {
        Self(Some(index % COLOURS))
    }

    /// Which of the eight it is; of none, nothing.
    pub fn number(self) -> Option<usize> {
        self.0
    }

    /// The grey of what is no service.
    pub fn of_none() -> Self {
        Self(None)
    }

    /// The class that gives it.
    pub fn class(self) -> String {
        self.0.map_or_else(|| "cargo-proxy".to_owned(), |index| format!("cargo-{index}"))
    }
}

impl Picture {
    /// The memory that is as wide as the picture.
    fn scale(&self) -> Memory {
        let hulls = self.hulls.iter().map(Hull::length);
        let ashore = self.ashore.iter().map(|row| row.cargo.iter().map(|cargo| cargo.size).sum());
        hulls.chain(ashore).max().unwrap_or_default()
    }

    /// What the cargo of that key says, wherever it is.
    fn words(&self, key: &str) -> Option<&str> {
        let ashore = self.ashore.iter().flat_map(|row| &row.cargo);
        let all = self.hulls.iter().flat_map(|hull| &hull.cargo).chain(ashore);
        all.filter(|cargo| cargo.key == key).map(|cargo| cargo.words.as_str()).next()
    }
}

impl Hull {
    /// What is drawn of it, whether or not it fits.
    fn length(&self) -> Memory {
        self.memory.max(self.system + self.may_grow_to.unwrap_or_default()).max(self.memory + self.overboard())
    }

    /// How much of the cargo is more than it can hold.
    fn overboard(&self) -> Memory {
        self.system + self.cargo.iter().map(|cargo| cargo.size).sum() - self.memory
    }
}

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
    let reasons = move || picture.with(|picture| picture.ashore.iter().map(|row| row.why).collect::<Vec<_>>());
    let ashore = move |why: Why| {
        let row = Memo::new(move |last: Option<&Option<Ashore>>| {
            let now = picture.with(|picture| picture.ashore.iter().find(|row| row.why == why).cloned());
            now.or_else(|| last.cloned().flatten())
        });
        view! { <AshoreRow why row scale chosen /> }
    };
    let about = move || {
        let words = picture.with(|picture| Some(picture.words(&chosen.get()?)?.to_owned()));
        words.unwrap_or_else(|| words::POINT_AT.to_owned())
    };
    view! {
        <div class="hulls" class:is-dense=move || picture.with(|picture| picture.hulls.len() > 6)>
            <For each=names key=String::clone children=row />
            <For each=reasons key=|why| *why children=ashore />
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
                    <span>{words::SYSTEM}</span>
                </div>
                <Track cargo before=system scale chosen label=Signal::derive(move || words(|hull| &hull.name)) />
                <Show when=move || { of(Hull::overboard) > Memory::ZERO }>
                    <div
                        class="overboard"
                        style:left=move || percent(of(|hull| hull.memory))
                        style:width=move || percent(of(Hull::overboard))
                    ></div>
                </Show>
                <div
                    class="load-line"
                    title=move || words::load_line(of(|hull| hull.load_line))
                    style:left=move || percent(of(|hull| hull.system + hull.load_line))
                ></div>
            </div>
            <span class="hull-words">
                {move || words(|hull| &hull.memory_words)} <small>{move || words(|hull| &hull.cpu_words)}</small>
                <Show when=move || is_past_line.get()>
                    <strong>{words::PAST_LINE}</strong>
                </Show>
            </span>
        </div>
    }
}

/// The place for what has no machine: why, the cargo, and what is said of it.
#[component]
fn AshoreRow(
    why: Why,
    row: Memo<Option<Ashore>>,
    scale: Memo<Memory>,
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let cargo = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.cargo.clone()).unwrap_or_default()));
    let words = move |line: usize| row.with(|row| row.as_ref().map(|row| row.words[line].clone()).unwrap_or_default());
    view! {
        <div class="hull-row is-ashore" class:is-idle=why != Why::NoRoom>
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
    /// What comes before it.
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
            aria-label=move || words::containers_of(&label.read())
            on:keydown=move |event| _ = keys::move_focus(&event, ".track", ".cargo")
        >
            <For each=keys key=String::clone children=piece />
        </div>
    }
}

/// A length to draw, in thousandths of a percent.
fn percent(part: Memory, whole: Memory) -> String {
    let thousandths = u128::from(part.bytes()) * 100_000 / u128::from(whole.bytes().max(1));
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}
