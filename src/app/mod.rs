//! The page: the only folder that knows a browser. What it shows is worked out by [`plimsoll::analyze`].

mod download;
mod editor;
mod examples;
mod files;
mod findings;
mod header;
mod highlight;
mod icons;
mod keys;
mod live;
mod plan;
mod start;
mod storage;
mod theme;

use editor::Editor;
use examples::Example;
use files::Files;
use findings::Findings;
use header::{Header, Target};
use leptos::prelude::*;
use live::{Counts, Live, Place};
use plan::PlanView;
use plimsoll::archive;
use plimsoll::finding::{Fix, Severity};
use start::Start;
use std::time::Duration;
use storage::NotKept;
use theme::Theme;
