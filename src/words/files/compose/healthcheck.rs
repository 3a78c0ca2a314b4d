//! Why a health check of Compose asks as it does.

pub const ASKED_BY_PYTHON: &str = "Asked by Python, as the proxy would: the slim image has neither curl nor wget";
pub const ASKED_BY_NODE: &str = "Asked by Node.js, as the proxy would: the slim image has neither curl nor wget";
pub const ASKED_BY_BUSYBOX: &str = "Asked by the wget of Alpine's BusyBox, as the proxy would";
pub const PORT_IS_OPEN: &str = "Well when the port is open; `health.path` would ask the app itself";
pub const ASKED_BY_THE_IMAGES_OWN: &str = "Asked by what the image brings along; others wait until it is well";
