//! Mounts the page.

mod app;

use leptos::prelude::document;

fn main() {
    console_error_panic_hook::set_once();
    if let Some(opening) = document().get_element_by_id("opening") {
        opening.remove();
    }
    if app::is_embedded() {
        leptos::mount::mount_to_body(app::Embedded);
    } else {
        leptos::mount::mount_to_body(app::App);
    }
}
