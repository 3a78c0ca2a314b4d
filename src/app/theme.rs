//! The theme: light, dark, or that of the system.

use crate::app::icons;
use crate::app::media;
use crate::app::storage;
use leptos::ev;
use leptos::prelude::*;

/// The chosen theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// The theme of the system.
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Loads the theme that was chosen last time.
    pub fn remembered() -> Self {
        match storage::load(storage::THEME).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Auto,
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Auto => "as the system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Applies it to the page, and remembers it.
    pub fn apply(self) {
        let value = match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        };
        if let Some(root) = document().document_element() {
            // Neither fails: the attribute's name is a valid one.
            let _ = match value {
                Some(value) => root.set_attribute("data-theme", value),
                None => root.remove_attribute("data-theme"),
            };
        }
        match value {
            // Without storage it lasts for this visit.
            Some(value) => _ = storage::save(storage::THEME, value),
            None => storage::forget(storage::THEME),
        }
    }
}

/// Whether the page is dark, now and when `theme` or the system changes.
pub fn is_dark(theme: RwSignal<Theme>) -> Signal<bool> {
    let system = media::matches("(prefers-color-scheme: dark)");
    Signal::derive(move || match theme.get() {
        Theme::Auto => system.get(),
        Theme::Light => false,
        Theme::Dark => true,
    })
}

/// The button that cycles through the three.
#[component]
pub fn ThemeButton(theme: RwSignal<Theme>) -> impl IntoView {
    let choose = move |_: ev::MouseEvent| {
        theme.update(|theme| *theme = theme.next());
        theme.get_untracked().apply();
    };
    let label = move || {
        let theme = theme.get();
        format!("Colours: {}. Change to {}", theme.name(), theme.next().name())
    };
    view! {
        <button type="button" class="button icon-button" aria-label=label title=label on:click=choose>
            {move || match theme.get() {
                Theme::Auto => icons::half().into_any(),
                Theme::Light => icons::sun().into_any(),
                Theme::Dark => icons::moon().into_any(),
            }}
        </button>
    }
}
