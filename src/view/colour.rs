//! The colour of a service, which is the same everywhere on the page.

use crate::engine::ServiceSummary;

/// The number of cargo colours in `style/tokens.css`.
const COLOURS: usize = 8;

/// The colour of a service, the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(Option<usize>);

impl Colour {
    /// The colour of one of the services; grey for anything else.
    pub fn of(service: &str, services: &[ServiceSummary]) -> Self {
        services.iter().position(|known| known.name.as_str() == service).map_or(Self(None), Self::of_number)
    }

    /// The colour of the service at that place in the document, counted from 0.
    pub fn of_number(index: usize) -> Self {
        Self(Some(index % COLOURS))
    }

    /// Its number among the eight; `None` for grey.
    pub fn number(self) -> Option<usize> {
        self.0
    }

    /// The grey of anything that is not a service.
    pub fn of_none() -> Self {
        Self(None)
    }

    /// The CSS class of the colour.
    pub fn class(self) -> String {
        self.0.map_or_else(|| "cargo-proxy".to_owned(), |index| format!("cargo-{index}"))
    }
}
