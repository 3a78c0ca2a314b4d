//! A line below the header about something that just happened.

use super::icons;
use leptos::prelude::*;

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// An example took the place of the person's own text, which is kept.
    Kept,
    /// The files could not be packed or saved.
    NotDownloaded,
}

/// The line, while there is something to say.
#[component]
pub fn NoticeBar(
    notice: RwSignal<Option<Notice>>,
    /// Called when the person wants their own text again.
    bring_back: Callback<()>,
) -> impl IntoView {
    let words = move |notice| match notice {
        Notice::Kept => view! {
            <p>"Your own text is kept."</p>
            <button type="button" class="button small" on:click=move |_| bring_back.run(())>
                "Bring it back"
            </button>
        }
        .into_any(),
        Notice::NotDownloaded => {
            view! { <p>"The files could not be packed. Copy them one by one from Files."</p> }.into_any()
        }
    };
    view! {
        <div class="notices" role="status">
            {move || {
                notice.get().map(|shown| {
                    view! {
                        <div class="notice">
                            {words(shown)}
                            <button
                                type="button"
                                class="button icon-button small"
                                aria-label="Close this message"
                                on:click=move |_| notice.set(None)
                            >
                                {icons::close()}
                            </button>
                        </div>
                    }
                })
            }}
        </div>
    }
}
