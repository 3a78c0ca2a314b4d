//! Everything that the page computes without a browser: layouts, charts, undo steps, drafts, the embed protocol.
//!
//! Nothing here names leptos, web-sys or gloo, so that it is tested natively. `src/app/` draws what these modules return.

pub mod artifacts;
pub mod chart;
pub mod colour;
pub mod diagram;
pub mod drafts;
pub mod embed_protocol;
pub mod examples;
pub mod findings;
pub mod form;
pub mod plan;
pub mod recognise;
pub mod selection;
pub mod sheet;
pub mod timeline;
pub mod undo;

/// A number and its noun, such as `1 pod` or `3 pods`.
pub fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
