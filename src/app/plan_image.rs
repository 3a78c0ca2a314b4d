//! The picture of the plan as an image file.

use crate::app::download;
use js_sys::Uint8Array;
use plimsoll::engine::Report;
use plimsoll::plan::simulate::Target;
use plimsoll::view::sheet::of_plan;
use wasm_bindgen::prelude::*;

/// The pixels of a PNG per pixel of the page: enough for sharp screens and for paper.
const SCALE: u32 = 2;

/// The image formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Sharp at any size.
    Svg,
    /// For programs that do not accept SVG.
    Png,
}

#[wasm_bindgen(module = "/src/app/plan_image.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn png(svg: &str, width: u32, height: u32, scale: u32) -> Result<JsValue, JsValue>;
}

/// Saves the picture of a target's plan. Returns whether that worked.
pub async fn save(report: &Report, target: Target, format: Format) -> bool {
    let Some(drawn) = of_plan(report, target) else { return false };
    let (bytes, extension) = match format {
        Format::Svg => (drawn.svg.into_bytes(), "svg"),
        Format::Png => match png(&drawn.svg, drawn.width, drawn.height, SCALE).await {
            Ok(bytes) => (bytes.unchecked_into::<Uint8Array>().to_vec(), "png"),
            Err(_) => return false,
        },
    };
    download::save(&format!("{}-plan.{extension}", report.name), &bytes).is_ok()
}
