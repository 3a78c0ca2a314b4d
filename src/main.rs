//! Mounts the page.

mod app;

use leptos::prelude::set_timeout;
use std::time::Duration;

fn main() {
    console_error_panic_hook::set_once();
    // In a task of its own: the one that started the program has been long.
    set_timeout(mount, Duration::ZERO);
}

fn mount() {
    if app::is_embedded() {
        app::take_first_screen_away();
        leptos::mount::mount_to_body(app::Within);
    } else {
        leptos::mount::mount_to_body(app::App);
    }
}
