//! The event queue, in order of time.

use super::event::Event;
use super::state::Millis;
use std::collections::BTreeMap;

/// The event queue. Events of the same time keep their order of insertion.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    events: BTreeMap<(Millis, u64), Event>,
    put_in: u64,
}

impl Queue {
    /// Something comes at that time.
    pub fn at(&mut self, time: Millis, event: Event) {
        self.events.insert((time, self.put_in), event);
        self.put_in += 1;
    }

    /// When the next comes.
    pub fn next_time(&self) -> Option<Millis> {
        self.events.first_key_value().map(|((time, _), _)| *time)
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
}
