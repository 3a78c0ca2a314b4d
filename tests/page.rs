//! The parts of the page that need no browser: their own unit tests, run natively.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

/// The words of those parts, where they look for them.
#[path = "../src/app"]
mod app {
    #[allow(dead_code, reason = "the page says all of it")]
    pub mod words {
        mod numbers;

        pub mod diagram;
        pub mod drafts;
        pub mod timeline;

        pub use numbers::count;
    }
}

#[path = "../src/app/plan/timeline/choice.rs"]
#[allow(dead_code, reason = "the page shows what it is called")]
mod choice;
#[path = "../src/app/plan/timeline/clock.rs"]
mod clock;
#[path = "../src/app/plan/chart/lines.rs"]
mod lines;
#[path = "../src/app/plan/chart/scale.rs"]
mod scale;

#[path = "../src/app/embed/protocol.rs"]
mod protocol;

#[path = "../src/app/files/folders.rs"]
mod folders;
#[path = "../src/app/highlight.rs"]
mod highlight;
#[path = "../src/app/file/recognise.rs"]
mod recognise;
#[path = "../src/app/plan/sheet/mod.rs"]
mod sheet;
#[path = "../src/app/drafts/shelf.rs"]
mod shelf;
#[path = "../src/app/files/status.rs"]
mod status;
#[path = "../src/app/history/steps.rs"]
mod steps;
#[path = "../src/app/files/trace.rs"]
mod trace;

#[path = "../src/app/diagram/layout/mod.rs"]
mod layout;

#[path = "../src/app/diagram/picture.rs"]
mod picture;

#[path = "../src/app/diagram/camera.rs"]
mod camera;

#[path = "../src/app/diagram/text.rs"]
mod text;
