//! Two tabs, full storage, and undo.

use super::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The storage that all tabs of a browser share.
#[derive(Clone, Default)]
struct Browser {
    kept: Rc<RefCell<BTreeMap<String, String>>>,
    time: Rc<Cell<u64>>,
    is_full: Rc<Cell<bool>>,
}

impl Backend for Browser {
    type Refusal = ();

    fn keys(&self) -> Vec<String> {
        self.kept.borrow().keys().cloned().collect()
    }

    fn load(&self, key: &str) -> Option<String> {
        self.kept.borrow().get(key).cloned()
    }

    fn save(&self, key: &str, value: &str) -> Result<(), ()> {
        if self.is_full.get() {
            return Err(());
        }
        self.kept.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn forget(&self, key: &str) {
        self.kept.borrow_mut().remove(key);
    }

    fn worth(&self, text: &str) -> Worth {
        if text.contains("example") && !text.contains("typed") { Worth::Nothing } else { Worth::Keeping }
    }

    fn new_key(&self) -> String {
        format!("draft-{:04}", self.now())
    }

    fn now(&self) -> u64 {
        self.time.set(self.time.get() + 1);
        self.time.get()
    }
}

impl Browser {
    fn tab(&self) -> DraftStore<Self> {
        DraftStore::new(self.clone(), None)
    }

    /// All saved texts, sorted.
    fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> =
            self.kept.borrow().iter().map(|(key, kept)| read(key, kept).unwrap().text).collect();
        texts.sort();
        texts
    }
}

fn labels(store: &DraftStore<Browser>) -> Vec<String> {
    store.others().iter().map(label).collect()
}

#[test]
fn a_new_tab_goes_on_where_the_last_one_was() {
    let browser = Browser::default();
    assert_eq!(browser.tab().text(), "");
    let mut tab = browser.tab();
    assert_eq!(tab.save("name: one\n"), Ok(SavedTo::Same));
    let again = browser.tab();
    assert_eq!((again.text(), again.key()), ("name: one\n", tab.key()));
    let reloaded = DraftStore::new(browser.clone(), Some("gone".to_owned()));
    assert_eq!(reloaded.text(), "name: one\n");
}

#[test]
fn a_blank_page_leaves_no_draft_behind() {
    let browser = Browser::default();
    assert_eq!(browser.tab().save(" \n"), Ok(SavedTo::Same));
    assert!(browser.texts().is_empty());
}

#[test]
fn of_two_tabs_the_later_one_goes_on_in_a_draft_of_its_own() {
    let browser = Browser::default();
    browser.tab().save("name: a\n").unwrap();
    let (mut one, mut two) = (browser.tab(), browser.tab());
    assert_eq!(one.save("name: a\n# one\n"), Ok(SavedTo::Same));
    assert_eq!(two.heard(one.key(), Some("1 \nname: a\n")), Some(Heard::GoesOn));
    assert_eq!(two.save("name: a\n# two\n"), Ok(SavedTo::New));
    assert_eq!(two.save("name: a\n# two!\n"), Ok(SavedTo::Same));
    assert_eq!(one.save("name: a\n# one!\n"), Ok(SavedTo::Same));
    assert_eq!(browser.texts(), ["name: a\n# one!\n", "name: a\n# two!\n"]);
    assert_eq!((labels(&one), labels(&two)), (vec!["a (2)".to_owned()], vec!["a".to_owned()]));
}

#[test]
fn a_tab_that_was_written_over_at_the_same_moment_keeps_its_text() {
    let browser = Browser::default();
    let mut one = browser.tab();
    one.save("start").unwrap();
    let key = one.key().to_owned();
    one.save("one").unwrap();
    // The other tab's check came before, its writing after.
    browser.save(&key, "9 \ntwo").unwrap();
    assert_eq!(one.heard(&key, Some("1 \nstart")), Some(Heard::WrittenOver));
    assert_eq!(one.save("one"), Ok(SavedTo::New));
    assert_eq!(browser.texts(), ["one", "two"]);
    assert_eq!(one.heard("another", None), None);
}

#[test]
fn every_order_of_two_tabs_typing_keeps_both_last_texts() {
    for order in 0..256_u32 {
        let browser = Browser::default();
        browser.tab().save("start").unwrap();
        let mut tabs = [browser.tab(), browser.tab()];
        let mut last = [None, None];
        for step in 0..8 {
            let tab = (order >> step & 1) as usize;
            let text = format!("tab {tab}, step {step}");
            tabs[tab].save(&text).unwrap();
            last[tab] = Some(text);
        }
        for text in last.into_iter().flatten() {
            assert!(browser.texts().contains(&text), "order {order:08b}: {text}");
        }
    }
}

#[test]
fn what_is_put_away_is_listed_and_comes_back() {
    let browser = Browser::default();
    let mut tab = browser.tab();
    tab.save("name: mine").unwrap();
    tab.put_away("name: mine", "name: example");
    tab.save("name: example").unwrap();
    assert_eq!(labels(&tab), ["mine"]);
    let mine = tab.last().unwrap().key;
    assert_eq!(tab.take(&mine, "name: example"), Some("name: mine".to_owned()));
    assert!(labels(&tab).is_empty());
    assert_eq!(browser.texts(), ["name: mine"]);
    // The same text again is the same draft, not a second one.
    tab.put_away("name: mine", "name: other");
    tab.save("name: other").unwrap();
    tab.put_away("name: other", "name: mine");
    tab.save("name: mine").unwrap();
    assert_eq!(tab.key(), mine);
    assert_eq!(browser.texts(), ["name: mine", "name: other"]);
    assert_eq!(tab.last().unwrap().text, "name: other");
    // The last that was left, not the last that was changed.
    tab.put_away("name: mine", "name: third");
    tab.save("name: third").unwrap();
    assert_eq!(tab.last().unwrap().key, mine);
}

#[test]
fn undoing_a_change_of_draft_writes_over_neither() {
    let browser = Browser::default();
    let mut tab = browser.tab();
    tab.save("first").unwrap();
    tab.put_away("first", "second");
    tab.save("second").unwrap();
    for text in ["first", "second", "first", "first, typed on"] {
        tab.save(text).unwrap();
    }
    assert_eq!(browser.texts(), ["first, typed on", "second"]);

    tab.put_away("first, typed on", "an example");
    tab.save("an example").unwrap();
    tab.save("first, typed on").unwrap();
    assert_eq!(browser.texts(), ["first, typed on", "second"]);
    tab.save("an example").unwrap();
    tab.put_away("an example", "third");
    tab.save("third").unwrap();
    tab.save("an example").unwrap();
    tab.save("an example, typed on").unwrap();
    assert_eq!(browser.texts(), ["an example, typed on", "first, typed on", "second", "third"]);
}

#[test]
fn a_browser_that_takes_nothing_keeps_drafts_as_long_as_the_tab() {
    let browser = Browser::default();
    browser.is_full.set(true);
    let mut tab = browser.tab();
    assert_eq!(tab.save("name: mine"), Err(()));
    tab.put_away("name: mine", "name: other");
    assert_eq!(tab.save("name: other"), Err(()));
    assert_eq!(labels(&tab), ["mine"]);
    let mine = tab.others()[0].key.clone();
    assert_eq!(tab.take(&mine, "name: other"), Some("name: mine".to_owned()));
    browser.is_full.set(false);
    assert_eq!(tab.save("name: mine"), Ok(SavedTo::Same));
    assert_eq!(browser.texts(), ["name: mine"]);
}

#[test]
fn a_draft_is_renamed_deleted_and_put_back() {
    let browser = Browser::default();
    let mut tab = browser.tab();
    tab.save("name: shop").unwrap();
    tab.rename("  Monday's \n try ");
    assert_eq!(tab.name(), Some("Monday's try"));
    assert_eq!(browser.tab().name(), Some("Monday's try"));
    tab.save("name: shop\n").unwrap();
    tab.put_away("name: shop\n", "x");
    tab.save("x").unwrap();
    let draft = tab.delete(&tab.others()[0].key.clone()).unwrap();
    assert_eq!((label(&draft).as_str(), labels(&tab).len()), ("Monday's try", 0));
    tab.restore(draft).unwrap();
    assert_eq!(labels(&tab), ["Monday's try"]);
    tab.rename("");
    assert_eq!(tab.name(), None);
}

#[test]
fn a_draft_that_another_tab_deleted_is_kept_again_by_the_tab_that_shows_it() {
    let browser = Browser::default();
    let mut one = browser.tab();
    one.save("here").unwrap();
    let mut two = browser.tab();
    two.delete(one.key()).unwrap();
    assert_eq!(one.save("here, typed on"), Ok(SavedTo::Same));
    assert_eq!(browser.texts(), ["here, typed on"]);
}

#[test]
fn the_oldest_drafts_go_when_there_are_too_many() {
    let browser = Browser::default();
    let mut tab = browser.tab();
    for number in 0..MOST + 5 {
        tab.put_away(tab.text().to_owned().as_str(), &number.to_string());
        tab.save(&number.to_string()).unwrap();
    }
    assert_eq!(tab.others().len(), MOST);
    assert_eq!(tab.others()[0].text, (MOST + 3).to_string());
}

#[test]
fn what_is_no_draft_is_passed_over() {
    let browser = Browser::default();
    for kept in ["", "x", "1", "1\ntext", "one \ntext", "-1 \ntext"] {
        browser.save("draft", kept).unwrap();
        assert_eq!(browser.tab().text(), "", "{kept}");
    }
    assert_eq!(name_in("services: {}\nname: \"a b\" # yes\n"), Some("a b"));
    assert_eq!(name_in("name:\n"), None);
}
