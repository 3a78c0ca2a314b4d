//! The icons of the page, in the colour of the surrounding text. Each stands beside words, or in a button with an
//! accessible name.

use leptos::prelude::*;

/// The Plimsoll mark: a ring with a line through.
pub fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <circle cx="16" cy="16" r="9" fill="none" stroke="currentColor" stroke-width="3.5" />
            <path d="M2 16h28" stroke="currentColor" stroke-width="3.5" />
        </svg>
    }
}

/// Half light, half dark.
pub fn half() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.5" />
            <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
        </svg>
    }
}

/// The sun.
pub fn sun() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="3" fill="none" stroke="currentColor" stroke-width="1.5" />
            <path
                d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6l1.4 1.4M13 3l-1.4 1.4M4.4 11.6L3 13"
                stroke="currentColor"
                stroke-width="1.5"
            />
        </svg>
    }
}

/// The moon.
pub fn moon() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path
                d="M13.2 9.8A5.6 5.6 0 0 1 6.2 2.8a5.6 5.6 0 1 0 7 7z"
                fill="none"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linejoin="round"
            />
        </svg>
    }
}

/// An error: a filled disc with a cross.
pub fn error() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="7" fill="currentColor" />
            <path d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" stroke="var(--panel)" stroke-width="1.8" />
        </svg>
    }
}

/// A warning: a triangle.
pub fn warning() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 1.5L15.5 14.5H.5z" fill="currentColor" />
            <path d="M8 6v4M8 11.2v1.8" stroke="var(--panel)" stroke-width="1.7" />
        </svg>
    }
}

/// Something worth knowing: a ring with a point.
pub fn note() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5" />
            <path d="M8 7v4.5M8 4.2v1.8" stroke="currentColor" stroke-width="1.7" />
        </svg>
    }
}

/// All is well: a tick.
pub fn tick() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 8.5l3.7 3.7 7.3-8" fill="none" stroke="currentColor" stroke-width="1.8" />
        </svg>
    }
}

/// Two sheets: copy.
pub fn copy() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path
                d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3"
                fill="none"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linejoin="round"
            />
        </svg>
    }
}

/// An arrow into a tray: download.
pub fn download() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path
                d="M8 1.5v9M4.2 7L8 10.8 11.8 7M2 11v3h12v-3"
                fill="none"
                stroke="currentColor"
                stroke-width="1.6"
            />
        </svg>
    }
}

/// A cross: close or remove.
pub fn close() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke="currentColor" stroke-width="1.5" />
        </svg>
    }
}

/// An arrow that turns back: undo.
pub fn undo() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path
                d="M6 2.5L2.5 6 6 9.5M3 6h6.5a4 4 0 0 1 0 8H6"
                fill="none"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linejoin="round"
            />
        </svg>
    }
}

/// An arrow that turns forward: redo.
pub fn redo() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path
                d="M10 2.5L13.5 6 10 9.5M13 6H6.5a4 4 0 0 0 0 8H10"
                fill="none"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linejoin="round"
            />
        </svg>
    }
}

/// A diagram: two boxes and the line between them.
pub fn diagram() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path
                d="M1.5 2.5h5v4h-5zM9.5 9.5h5v4h-5zM4 6.5v5h5.5"
                fill="none"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linejoin="round"
            />
        </svg>
    }
}

/// A chevron to the right, which turns down when its content opens.
pub fn chevron() -> impl IntoView {
    view! {
        <svg class="icon chevron" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M6 4l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.5" />
        </svg>
    }
}

/// A small arrow down: a menu opens.
pub fn down() -> impl IntoView {
    view! {
        <svg class="icon icon-down" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 6.5l4 4 4-4" fill="none" stroke="currentColor" stroke-width="1.5" />
        </svg>
    }
}

/// A sheet: a file.
pub fn file() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path
                d="M4 2.5h5l3 3v8H4zM9 2.5v3h3"
                fill="none"
                stroke="currentColor"
                stroke-width="1.25"
                stroke-linejoin="round"
            />
        </svg>
    }
}

/// A prompt: commands.
pub fn prompt() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 4.5l3.5 3.5L3 11.5M8 12h5" fill="none" stroke="currentColor" stroke-width="1.5" />
        </svg>
    }
}

/// Three points: there is more.
pub fn more() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 8h.01M8 8h.01M13 8h.01" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" />
        </svg>
    }
}

/// A minus: smaller.
pub fn minus() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 8h10" stroke="currentColor" stroke-width="1.5" />
        </svg>
    }
}

/// A plus: larger, or one more.
pub fn plus() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 8h10M8 3v10" stroke="currentColor" stroke-width="1.5" />
        </svg>
    }
}

/// The corners of a frame: all of it.
pub fn fit() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" fill="none" stroke="currentColor" stroke-width="1.5" />
        </svg>
    }
}

/// A triangle to the right: play.
pub fn play() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4.5 2.5v11l8.5-5.5z" fill="currentColor" />
        </svg>
    }
}

/// Two bars: pause.
pub fn pause() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" />
        </svg>
    }
}

/// A triangle to the right against a bar: the next one.
pub fn next() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 2.5v11l7.5-5.5zM11 2.5h2v11h-2z" fill="currentColor" />
        </svg>
    }
}
