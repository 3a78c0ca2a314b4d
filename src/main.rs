//! Mounts the page.

mod app;

fn main() {
    console_error_panic_hook::set_once();
    if app::is_embedded() {
        leptos::mount::mount_to_body(app::Embedded);
    } else {
        leptos::mount::mount_to_body(app::App);
    }
}
