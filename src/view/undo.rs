//! The undo steps of a text.

use serde::{Deserialize, Serialize};

/// Typing that pauses for longer starts a new step, as in most editors.
const PAUSE_MILLIS: f64 = 500.0;

/// The most steps that are kept.
const MOST_STEPS: usize = 1000;

/// The most bytes of text that are kept in all steps.
const MOST_BYTES: usize = 4 << 20;

/// The cause of a change, which decides where one step ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cause {
    /// A keystroke at that time, in milliseconds: it joins the step of the keystrokes just before it.
    Typing(f64),
    /// An action at once, such as a button or a field of the form.
    Deed,
}

/// The steps. `M` is the state that is restored with the text, such as the caret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Steps<M> {
    /// In the order of the changes.
    list: Vec<Step<M>>,
    /// The number of steps that are done; the rest are undone.
    done: usize,
    /// The time of the last keystroke, while its step may continue.
    #[serde(skip)]
    typed: Option<f64>,
}

/// A change at one place of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Step<M> {
    /// The byte at which it starts.
    at: usize,
    removed: String,
    inserted: String,
    before: M,
    after: M,
}

impl<M> Default for Steps<M> {
    fn default() -> Self {
        Self { list: Vec::new(), done: 0, typed: None }
    }
}

impl<M: Clone> Steps<M> {
    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        self.done > 0
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        self.done < self.list.len()
    }

    /// Records that `old` became `new`, with the states before and after; undone steps are discarded. An unchanged text
    /// makes no step.
    pub fn note(&mut self, old: &str, new: &str, before: M, after: M, cause: Cause) {
        let Some(step) = Step::between(old, new, before, after) else { return };
        self.list.truncate(self.done);
        let is_typing_on = match (cause, self.typed) {
            (Cause::Typing(now), Some(last)) => (0.0..=PAUSE_MILLIS).contains(&(now - last)),
            _ => false,
        };
        let joined = is_typing_on && self.list.last_mut().is_some_and(|last| last.join(&step));
        if !joined {
            self.list.push(step);
        }
        self.done = self.list.len();
        self.typed = match cause {
            Cause::Typing(now) => Some(now),
            Cause::Deed => None,
        };
        self.forget_oldest();
    }

    /// Undoes the last step in `text`, and returns the state before it; `None` if there is no step, or `text` is not
    /// its result.
    pub fn undo(&mut self, text: &mut String) -> Option<M> {
        let step = self.list.get(self.done.checked_sub(1)?)?;
        replace(text, step.at, &step.inserted, &step.removed)?;
        self.done -= 1;
        self.typed = None;
        Some(step.before.clone())
    }

    /// Redoes the last undone step in `text`, and returns the state after it; `None` as above.
    pub fn redo(&mut self, text: &mut String) -> Option<M> {
        let step = self.list.get(self.done)?;
        replace(text, step.at, &step.removed, &step.inserted)?;
        self.done += 1;
        self.typed = None;
        Some(step.after.clone())
    }

    fn forget_oldest(&mut self) {
        let mut bytes = 0;
        let fits = |step: &&Step<M>| {
            bytes += step.removed.len() + step.inserted.len();
            bytes <= MOST_BYTES
        };
        // The last step is kept whatever its size.
        let kept = self.list.iter().rev().take(MOST_STEPS).take_while(fits).count().max(1);
        let forgotten = self.list.len().saturating_sub(kept);
        self.list.drain(..forgotten);
        self.done -= forgotten;
    }
}

impl<M> Step<M> {
    /// The one place in which `old` and `new` differ.
    fn between(old: &str, new: &str, before: M, after: M) -> Option<Self> {
        if old == new {
            return None;
        }
        let (old_bytes, new_bytes) = (old.as_bytes(), new.as_bytes());
        let mut at = old_bytes.iter().zip(new_bytes).take_while(|(a, b)| a == b).count();
        while !(old.is_char_boundary(at) && new.is_char_boundary(at)) {
            at -= 1;
        }
        let most = old.len().min(new.len()) - at;
        let same_end = |(a, b): &(&u8, &u8)| a == b;
        let mut end = old_bytes.iter().rev().zip(new_bytes.iter().rev()).take(most).take_while(same_end).count();
        while !(old.is_char_boundary(old.len() - end) && new.is_char_boundary(new.len() - end)) {
            end -= 1;
        }
        let (removed, inserted) = (old[at..old.len() - end].to_owned(), new[at..new.len() - end].to_owned());
        Some(Self { at, removed, inserted, before, after })
    }

    /// Joins `next`, which was typed right after, into this step if it continues at the same place.
    fn join(&mut self, next: &Self) -> bool
    where
        M: Clone,
    {
        let end = self.at + self.inserted.len();
        let only_adds = self.removed.is_empty() && next.removed.is_empty();
        let only_removes = self.inserted.is_empty() && next.inserted.is_empty();
        let goes_on = only_adds && next.at == end && !next.inserted.contains('\n');
        if goes_on {
            self.inserted.push_str(&next.inserted);
        } else if only_removes && next.at + next.removed.len() == self.at {
            // Backspace.
            self.removed.insert_str(0, &next.removed);
            self.at = next.at;
        } else if only_removes && next.at == self.at {
            // Delete.
            self.removed.push_str(&next.removed);
        } else {
            return false;
        }
        self.after = next.after.clone();
        true
    }
}

/// Replaces `from`, which has to be at the byte `at`.
fn replace(text: &mut String, at: usize, from: &str, to: &str) -> Option<()> {
    let end = at.checked_add(from.len())?;
    (text.get(at..end)? == from).then(|| text.replace_range(at..end, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text with its steps; each keystroke comes at its time in milliseconds.
    struct Desk {
        text: String,
        steps: Steps<u32>,
        now: f64,
        count: u32,
    }

    impl Desk {
        fn new(text: &str) -> Self {
            Self { text: text.to_owned(), steps: Steps::default(), now: 0.0, count: 0 }
        }

        fn become_(&mut self, new: &str, cause: Cause) {
            self.steps.note(&self.text, new, self.count, self.count + 1, cause);
            self.count += 1;
            new.clone_into(&mut self.text);
        }

        fn type_after(&mut self, millis: f64, new: &str) {
            self.now += millis;
            self.become_(new, Cause::Typing(self.now));
        }

        fn undo(&mut self) -> Option<&str> {
            self.steps.undo(&mut self.text)?;
            Some(&self.text)
        }

        fn redo(&mut self) -> Option<&str> {
            self.steps.redo(&mut self.text)?;
            Some(&self.text)
        }
    }

    #[test]
    fn a_word_typed_in_one_go_is_one_step() {
        let mut desk = Desk::new("a: ");
        for text in ["a: t", "a: tr", "a: tru", "a: true"] {
            desk.type_after(100.0, text);
        }
        assert!(desk.steps.can_undo() && !desk.steps.can_redo());
        assert_eq!(desk.undo(), Some("a: "));
        assert!(!desk.steps.can_undo() && desk.steps.can_redo());
        assert_eq!(desk.undo(), None);
        assert_eq!(desk.redo(), Some("a: true"));
        assert_eq!(desk.redo(), None);
    }

    #[test]
    fn a_pause_another_place_a_new_line_or_another_direction_starts_a_new_step() {
        let mut desk = Desk::new("");
        let texts = [(0.0, "a"), (900.0, "ab"), (10.0, "xab"), (10.0, "xaby"), (10.0, "xaby\n"), (10.0, "xaby")];
        for (millis, text) in texts {
            desk.type_after(millis, text);
        }
        for (_, text) in texts.iter().rev().skip(1) {
            assert_eq!(desk.undo(), Some(*text));
        }
        assert_eq!(desk.undo(), Some(""));
    }

    #[test]
    fn backspace_and_delete_each_gather_into_a_step() {
        let mut desk = Desk::new("replicas: 23");
        for text in ["replicas: 2", "replicas: ", "replicas:"] {
            desk.type_after(50.0, text);
        }
        assert_eq!(desk.undo(), Some("replicas: 23"));
        for text in ["eplicas: 23", "plicas: 23"] {
            desk.type_after(50.0, text);
        }
        assert_eq!(desk.undo(), Some("replicas: 23"));
    }

    #[test]
    fn deeds_stand_alone_between_what_is_typed() {
        let mut desk = Desk::new("");
        desk.type_after(0.0, "a");
        desk.become_("ab", Cause::Deed);
        desk.become_("abc", Cause::Deed);
        desk.type_after(1.0, "abcd");
        assert_eq!(desk.undo(), Some("abc"));
        assert_eq!(desk.undo(), Some("ab"));
        assert_eq!(desk.undo(), Some("a"));
        assert_eq!(desk.undo(), Some(""));
    }

    #[test]
    fn what_else_there_was_comes_back_too() {
        let mut desk = Desk::new("");
        desk.become_("a", Cause::Deed);
        desk.become_("ab", Cause::Deed);
        let mut text = desk.text.clone();
        assert_eq!(desk.steps.undo(&mut text), Some(1));
        assert_eq!(desk.steps.undo(&mut text), Some(0));
        assert_eq!(desk.steps.redo(&mut text), Some(1));
    }

    #[test]
    fn a_new_change_forgets_what_was_taken_back() {
        let mut desk = Desk::new("");
        desk.become_("a", Cause::Deed);
        desk.undo();
        desk.become_("b", Cause::Deed);
        assert_eq!(desk.redo(), None);
        assert_eq!(desk.undo(), Some(""));
    }

    #[test]
    fn a_text_that_changed_behind_its_back_is_left_alone() {
        let mut desk = Desk::new("");
        desk.become_("abc", Cause::Deed);
        desk.text = "x".to_owned();
        assert_eq!(desk.undo(), None);
        assert_eq!(desk.text, "x");
    }

    #[test]
    fn memory_is_bounded_and_the_last_step_always_kept() {
        let mut desk = Desk::new("");
        for number in 0..3 * MOST_STEPS {
            desk.become_(&number.to_string(), Cause::Deed);
        }
        assert_eq!(desk.steps.list.len(), MOST_STEPS);
        desk.become_(&"x".repeat(2 * MOST_BYTES), Cause::Deed);
        assert_eq!(desk.steps.list.len(), 1);
        assert_eq!(desk.undo(), Some((3 * MOST_STEPS - 1).to_string().as_str()));
    }

    proptest! {
        #[test]
        fn undo_and_redo_go_through_the_same_texts(
            texts in prop::collection::vec("[a-c\u{e9}\u{1f6a2}]{0,6}", 1..12),
        ) {
            let mut desk = Desk::new("");
            let mut passed = vec![String::new()];
            for text in &texts {
                if *text != desk.text {
                    desk.become_(text, Cause::Deed);
                    passed.push(text.clone());
                }
            }
            for text in passed.iter().rev().skip(1) {
                prop_assert_eq!(desk.undo(), Some(text.as_str()));
            }
            prop_assert_eq!(desk.undo(), None);
            for text in passed.iter().skip(1) {
                prop_assert_eq!(desk.redo(), Some(text.as_str()));
            }
        }

        #[test]
        fn however_it_was_typed_everything_is_taken_back(
            texts in prop::collection::vec(("[ab\n]{0,5}", 0..1000_u32), 1..20),
        ) {
            let mut desk = Desk::new("start");
            for (text, millis) in &texts {
                desk.type_after(f64::from(*millis), text);
            }
            let last = desk.text.clone();
            while desk.undo().is_some() {}
            prop_assert_eq!(desk.text.as_str(), "start");
            while desk.redo().is_some() {}
            prop_assert_eq!(desk.text, last);
        }
    }
}
