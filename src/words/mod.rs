//! What the core says to a person, a file for each part of it: what is wrong with a text, what is advised, what the plan
//! says, why a line of a file is there. No sentence of it stands anywhere else, so that a translation is another folder like
//! this one (and like `app/words/`, which the page's own words are in).
//!
//! What never changes is a constant; what has a number or a name in it is a function, so that each language may put it its
//! own way. A sentence is never put together from pieces elsewhere.

#![allow(missing_docs, reason = "a sentence says what it says")]

pub mod advice;
pub mod plan;
pub mod simulation;

use crate::text::listed;
