//! Rendering in chunks, one in a task, so that the browser answers the person in between: a page that renders in one go does
//! not respond for as long as that takes.

use leptos::prelude::*;
use std::collections::VecDeque;
use std::time::Duration;

/// The chunks of the page that wait to be rendered.
#[derive(Clone, Copy)]
pub struct RenderQueue {
    waiting: StoredValue<VecDeque<RwSignal<bool>>>,
    /// Whether the task that renders the next chunk is scheduled.
    is_scheduled: StoredValue<bool>,
    is_done: RwSignal<bool>,
}

impl RenderQueue {
    /// Provides a queue to all components below. Without one, each [`Chunk`] renders at once.
    pub fn provide() -> Self {
        let queue = Self {
            waiting: StoredValue::default(),
            is_scheduled: StoredValue::new(false),
            is_done: RwSignal::new(false),
        };
        provide_context(queue);
        queue
    }

    /// Whether the queue has been empty once: the first screen is rendered.
    pub fn is_done(self) -> Signal<bool> {
        self.is_done.into()
    }

    /// Queues a chunk. The signal becomes true when it may render.
    fn push(self) -> RwSignal<bool> {
        let may_render = RwSignal::new(false);
        self.waiting.update_value(|waiting| waiting.push_back(may_render));
        if !self.is_scheduled.get_value() {
            self.is_scheduled.set_value(true);
            self.schedule();
        }
        may_render
    }

    fn schedule(self) {
        set_timeout(move || self.render_next(), Duration::ZERO);
    }

    fn render_next(self) {
        let Some(may_render) = self.waiting.try_update_value(VecDeque::pop_front).flatten() else {
            self.is_scheduled.set_value(false);
            if !self.is_done.get_untracked() {
                self.is_done.set(true);
            }
            return;
        };
        // The chunk may have been removed.
        _ = may_render.try_set(true);
        self.schedule();
    }
}

/// A part of the page that renders in a task of its own.
#[component]
pub fn Chunk(children: ChildrenFn) -> impl IntoView {
    let may_render = use_context::<RenderQueue>().map(RenderQueue::push);
    view! { <Show when=move || may_render.is_none_or(|may_render| may_render.get())>{children()}</Show> }
}
