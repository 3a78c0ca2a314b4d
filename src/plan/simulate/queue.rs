//! The event queue, in order of time.

use super::event::Event;
use super::state::Millis;
use std::collections::BTreeMap;

/// The event queue. Events of the same time keep their order of insertion, after those that follow from what has just
/// happened.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    events: BTreeMap<(Millis, Turn, u64), Event>,
    put_in: u64,
}

/// Which events of a moment come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Next,
    InOrder,
}

impl Queue {
    /// Something comes at that time.
    pub fn at(&mut self, time: Millis, event: Event) {
        self.put(time, Turn::InOrder, event);
    }

    /// Something follows from what has just happened: it comes before all else that was to come at this time.
    pub fn next(&mut self, now: Millis, event: Event) {
        self.put(now, Turn::Next, event);
    }

    fn put(&mut self, time: Millis, turn: Turn, event: Event) {
        self.events.insert((time, turn, self.put_in), event);
        self.put_in += 1;
    }

    /// When the next comes.
    pub fn next_time(&self) -> Option<Millis> {
        self.events.first_key_value().map(|((time, ..), _)| *time)
    }

    /// Takes out the next.
    pub fn pop(&mut self) -> Option<Event> {
        self.events.pop_first().map(|(_, event)| event)
    }

    /// All that is to come.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_at_the_same_time_keeps_its_order() {
        let mut queue = Queue::default();
        for (time, event) in [(5, Event::Place), (3, Event::Measure), (5, Event::Begin), (3, Event::AddNodes)] {
            queue.at(time, event);
        }
        let mut order = Vec::new();
        while let (Some(time), Some(event)) = (queue.next_time(), queue.pop()) {
            order.push((time, event));
        }
        assert_eq!(order, [(3, Event::Measure), (3, Event::AddNodes), (5, Event::Place), (5, Event::Begin)]);
    }

    #[test]
    fn what_follows_from_something_comes_before_all_else_of_the_same_time() {
        let mut queue = Queue::default();
        queue.at(5, Event::Measure);
        queue.next(5, Event::Place);
        queue.next(5, Event::Begin);
        queue.at(3, Event::AddNodes);
        let order: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
        assert_eq!(order, [Event::AddNodes, Event::Place, Event::Begin, Event::Measure]);
    }
}
