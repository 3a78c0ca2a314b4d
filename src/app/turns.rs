//! Drawing in several tasks, so that the browser answers the person in between: a page that is drawn in one go is deaf for
//! as long as that takes.

use leptos::prelude::*;
use std::collections::VecDeque;
use std::time::Duration;

/// The parts of the page that wait to be drawn, one in a task.
#[derive(Clone, Copy)]
pub struct Turns {
    waiting: StoredValue<VecDeque<RwSignal<bool>>>,
    /// Whether a task is on its way.
    is_going: StoredValue<bool>,
    is_over: RwSignal<bool>,
}

impl Turns {
    /// Makes them known to all that is shown below. Without them, each [`InTurn`] is drawn at once.
    pub fn provide() -> Self {
        let turns =
            Self { waiting: StoredValue::default(), is_going: StoredValue::new(false), is_over: RwSignal::new(false) };
        provide_context(turns);
        turns
    }

    /// Whether all that waited at first has been drawn.
    pub fn is_over(self) -> Signal<bool> {
        self.is_over.into()
    }

    /// The turn of something that is to be drawn.
    fn take(self) -> RwSignal<bool> {
        let turn = RwSignal::new(false);
        self.waiting.update_value(|waiting| waiting.push_back(turn));
        if !self.is_going.get_value() {
            self.is_going.set_value(true);
            self.go_on_later();
        }
        turn
    }

    fn go_on_later(self) {
        set_timeout(move || self.go_on(), Duration::ZERO);
    }

    fn go_on(self) {
        let Some(turn) = self.waiting.try_update_value(VecDeque::pop_front).flatten() else {
            self.is_going.set_value(false);
            if !self.is_over.get_untracked() {
                self.is_over.set(true);
            }
            return;
        };
        // What waited may have gone.
        _ = turn.try_set(true);
        self.go_on_later();
    }
}

/// A part of the page that is drawn in a task of its own.
#[component]
pub fn InTurn(children: ChildrenFn) -> impl IntoView {
    let turn = use_context::<Turns>().map(Turns::take);
    view! { <Show when=move || turn.is_none_or(|turn| turn.get())>{children()}</Show> }
}
