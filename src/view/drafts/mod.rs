//! The store of drafts, which several tabs share: no tab overwrites a text that it has not seen.
//!
//! Each draft has a key of its own. A tab writes to the draft that it shows, unless another tab has changed it since:
//! then it continues in a new draft. So every text that a person typed in any tab is in some draft.

use crate::sorting;
use std::collections::BTreeMap;

/// The most drafts that are kept; those that were not changed for the longest time are removed.
pub const MOST: usize = 30;

/// The label of a draft that has no name.
pub const UNNAMED: &str = "Unnamed";

/// The number of texts that are remembered because undo may restore them.
const MOST_LEFT: usize = 20;

/// The storage of the browser.
pub trait Backend {
    /// Why something is not saved.
    type Refusal;
    /// The keys of all drafts.
    fn keys(&self) -> Vec<String>;
    /// The value of a key.
    fn load(&self, key: &str) -> Option<String>;
    /// Saves `value` under `key`.
    ///
    /// # Errors
    /// Returns an error if it is not saved.
    fn save(&self, key: &str, value: &str) -> Result<(), Self::Refusal>;
    /// Removes a key.
    fn forget(&self, key: &str);
    /// Whether a text is worth keeping once another one replaces it.
    fn worth(&self, text: &str) -> Worth;
    /// Returns a key that no draft has.
    fn new_key(&self) -> String;
    /// Milliseconds since 1970.
    fn now(&self) -> u64;
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its key.
    pub key: String,
    /// The name that the person gave it, if any.
    pub name: Option<String>,
    /// When it was last changed, in milliseconds since 1970.
    pub changed: u64,
    /// The text.
    pub text: String,
}

/// The drafts, of which this tab shows one.
pub struct DraftStore<K> {
    backend: K,
    key: String,
    /// The version of its draft that this tab last saw.
    seen: Option<Draft>,
    /// Drafts that the browser did not save, which last as long as the tab.
    refused: BTreeMap<String, Draft>,
    /// Texts that another draft replaced, with their keys, the last one last.
    left: Vec<(String, String)>,
}

/// The draft that a text was saved to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedTo {
    /// The draft that this tab shows.
    Same,
    /// A new draft, since another tab changed this one.
    New,
}

impl<K: Backend> DraftStore<K> {
    /// Opens the store at the draft `key`; otherwise at the one that was changed last; otherwise at a new one.
    pub fn new(backend: K, key: Option<String>) -> Self {
        let mut store = Self { key: String::new(), seen: None, refused: BTreeMap::new(), left: Vec::new(), backend };
        let draft = key.and_then(|key| store.load(&key)).or_else(|| store.all().into_iter().next());
        store.key = draft.as_ref().map_or_else(|| store.backend.new_key(), |draft| draft.key.clone());
        store.seen = draft;
        store
    }

    /// The key of the draft that this tab shows.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The name that the person gave it.
    pub fn name(&self) -> Option<&str> {
        self.seen.as_ref()?.name.as_deref()
    }

    /// The text of its draft that this tab last saw.
    pub fn text(&self) -> &str {
        self.seen.as_ref().map_or("", |draft| &draft.text)
    }

    /// Saves `text` as this tab's draft.
    ///
    /// # Errors
    /// Returns an error if the browser does not save it; it then lasts as long as the tab.
    pub fn save(&mut self, text: &str) -> Result<SavedTo, K::Refusal> {
        self.follow_undo(text);
        let now = self.load(&self.key);
        let mut kept = SavedTo::Same;
        if now.as_ref().map(|draft| &draft.text) != self.seen.as_ref().map(|draft| &draft.text)
            && let Some(other) = now.as_ref().filter(|draft| draft.text != text)
        {
            kept = SavedTo::New;
            let name = Some(format!("{} (2)", label(other)));
            self.key = self.backend.new_key();
            self.seen = Some(Draft { key: self.key.clone(), name, changed: 0, text: String::new() });
        } else if now.is_some() {
            // It may have been renamed.
            self.seen = now;
        }
        let is_new = self.seen.is_none();
        let is_same = self.seen.as_ref().is_some_and(|draft| draft.text == text && draft.changed > 0);
        if is_same && !self.refused.contains_key(&self.key) || is_new && text.trim().is_empty() {
            return Ok(kept);
        }
        let name = self.name().map(str::to_owned);
        let draft = Draft { key: self.key.clone(), name, changed: self.backend.now(), text: text.to_owned() };
        self.seen = Some(draft.clone());
        self.write(draft)?;
        if is_new {
            self.forget_oldest();
        }
        Ok(kept)
    }

    /// Saves `text`, which this tab shows, and continues with `next`: in the draft that has this text, or in a new one.
    /// A text that is not worth keeping is removed.
    pub fn put_away(&mut self, text: &str, next: &str) {
        if text == next {
            return;
        }
        self.leave(text);
        let same = self.all().into_iter().find(|draft| draft.text == next);
        self.key = same.as_ref().map_or_else(|| self.backend.new_key(), |draft| draft.key.clone());
        self.seen = same;
    }

    /// Saves `text`, which this tab shows, and continues with the draft `key`; returns its text.
    pub fn take(&mut self, key: &str, text: &str) -> Option<String> {
        let draft = self.load(key)?;
        if key != self.key {
            self.leave(text);
        }
        key.clone_into(&mut self.key);
        let text = draft.text.clone();
        self.seen = Some(draft);
        Some(text)
    }

    /// Handles a change of `key` by another tab, which replaced `before`. If that is this tab's draft, returns whether
    /// this tab's last text was overwritten unseen.
    pub fn heard(&self, key: &str, before: Option<&str>) -> Option<Heard> {
        let now = self.load(&self.key)?;
        if key != self.key || Some(&now.text) == self.seen.as_ref().map(|draft| &draft.text) {
            return None;
        }
        let found = before.and_then(|before| read(key, before)).map(|draft| draft.text);
        Some(if found.as_deref() == Some(self.text()) { Heard::GoesOn } else { Heard::WrittenOver })
    }

    /// All drafts but the one that this tab shows, the last changed first.
    pub fn others(&self) -> Vec<Draft> {
        let mut drafts = self.all();
        drafts.retain(|draft| draft.key != self.key);
        drafts
    }

    /// Gives this tab's draft a name, or none.
    pub fn rename(&mut self, name: &str) {
        let name = Some(name.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty());
        if let Some(draft) = &mut self.seen {
            draft.name = name;
            let draft = draft.clone();
            // The name lasts as long as the tab even if the browser does not save it.
            let _ = self.write(draft);
        }
    }

    /// Removes a draft, and returns it so that it can be restored.
    pub fn delete(&mut self, key: &str) -> Option<Draft> {
        let draft = self.load(key)?;
        self.remove(key);
        Some(draft)
    }

    /// Restores a draft.
    ///
    /// # Errors
    /// Returns an error if the browser does not save it; it then lasts as long as the tab.
    pub fn restore(&mut self, draft: Draft) -> Result<(), K::Refusal> {
        self.write(draft)
    }

    /// The draft that this tab showed before.
    pub fn last(&self) -> Option<Draft> {
        self.left.iter().rev().filter(|(key, _)| *key != self.key).find_map(|(key, _)| self.load(key))
    }

    fn leave(&mut self, text: &str) {
        match self.backend.worth(text) {
            // A draft that the browser does not save lasts as long as the tab, and the page says so beside the text.
            Worth::Keeping => _ = self.save(text),
            Worth::Nothing => self.remove(&self.key.clone()),
        }
        self.left.push((self.key.clone(), text.to_owned()));
        if self.left.len() > MOST_LEFT {
            self.left.remove(0);
        }
    }

    /// Undo may restore a text that belongs to another draft, which becomes the current one.
    fn follow_undo(&mut self, text: &str) {
        if self.text() == text {
            return;
        }
        let Some(at) = self.left.iter().rposition(|(key, left)| left == text && *key != self.key) else { return };
        let (key, _) = self.left.remove(at);
        if let Some(here) = self.seen.clone() {
            self.leave(&here.text);
        }
        self.seen = self.load(&key);
        self.key = key;
    }

    fn all(&self) -> Vec<Draft> {
        let mut keys = self.backend.keys();
        keys.retain(|key| !self.refused.contains_key(key));
        let mut drafts: Vec<Draft> = keys.iter().filter_map(|key| self.load(key)).collect();
        drafts.extend(self.refused.values().cloned());
        sorting::sort_by(&mut drafts, |one, other| (other.changed, &one.key).cmp(&(one.changed, &other.key)));
        drafts
    }

    fn load(&self, key: &str) -> Option<Draft> {
        self.refused.get(key).cloned().or_else(|| read(key, &self.backend.load(key)?))
    }

    fn write(&mut self, draft: Draft) -> Result<(), K::Refusal> {
        let outcome = self.backend.save(&draft.key, &write(&draft));
        if outcome.is_ok() {
            self.refused.remove(&draft.key);
        } else {
            self.refused.insert(draft.key.clone(), draft);
        }
        outcome
    }

    fn remove(&mut self, key: &str) {
        self.refused.remove(key);
        self.backend.forget(key);
    }

    fn forget_oldest(&mut self) {
        for draft in self.others().split_off(MOST.min(self.others().len())) {
            self.remove(&draft.key);
        }
    }
}

/// The worth of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// It is the person's own.
    Keeping,
    /// It is blank, or an example as it came.
    Nothing,
}

/// A change of this tab's draft by another tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It continued from this tab's text.
    GoesOn,
    /// It had not seen this tab's text.
    WrittenOver,
}

/// The label of a draft: the name that the person gave it, otherwise the name in its text.
pub fn label(draft: &Draft) -> String {
    draft.name.clone().unwrap_or_else(|| name_in(&draft.text).unwrap_or(UNNAMED).to_owned())
}

/// The `name:` of a document, found without parsing it.
pub fn name_in(text: &str) -> Option<&str> {
    let name = text.lines().find_map(|line| line.strip_prefix("name:"))?;
    let name = name.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    Some(name).filter(|name| !name.is_empty())
}

/// Encodes a draft: on the first line the time of its last change and its name, then the text.
fn write(draft: &Draft) -> String {
    format!("{} {}\n{}", draft.changed, draft.name.as_deref().unwrap_or_default(), draft.text)
}

fn read(key: &str, kept: &str) -> Option<Draft> {
    let (head, text) = kept.split_once('\n')?;
    let (changed, name) = head.split_once(' ')?;
    let name = Some(name.to_owned()).filter(|name| !name.is_empty());
    Some(Draft { key: key.to_owned(), name, changed: changed.parse().ok()?, text: text.to_owned() })
}

#[cfg(test)]
mod tests;
