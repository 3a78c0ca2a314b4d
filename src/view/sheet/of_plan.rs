//! The sheet of a plan.

use super::{Drawn, Kind, Piece, Row, Sheet, draw};
use crate::engine::Report;
use crate::plan::simulate::Target;
use crate::quantity::Memory;
use crate::view::plan::picture::{Cargo, Hull, Look, UnplacedReason, UnplacedRow};
use crate::view::plan::{headline, picture};

/// Draws the picture of a target's plan; `None` if there is no such plan.
pub fn of_plan(report: &Report, target: Target) -> Option<Drawn> {
    let headline = headline(report, target)?;
    let picture = picture(report, target);
    Some(draw(&Sheet {
        name: report.name.to_string(),
        sentence: headline.sentence,
        figures: headline.figures,
        rows: picture.hulls.iter().map(row).chain(picture.unplaced.iter().map(unplaced)).collect(),
        left_out: picture.left_out,
        by: format!("Plimsoll {}", crate::VERSION),
    }))
}

fn row(hull: &Hull) -> Row {
    let system = Piece { label: "system".to_owned(), length: hull.system.bytes(), kind: Kind::System };
    let has_system = hull.system > Memory::ZERO;
    Row {
        name: hull.name.clone(),
        words: [hull.memory_words.clone(), hull.cpu_words.clone()],
        hull: Some(hull.memory.bytes()),
        pieces: has_system.then_some(system).into_iter().chain(hull.cargo.iter().map(piece)).collect(),
        load_line: Some((hull.system + hull.load_line).bytes()),
        is_past_line: hull.is_past_line,
    }
}

fn unplaced(row: &UnplacedRow) -> Row {
    let kind = if row.why == UnplacedReason::NoRoom { Kind::NoRoom } else { Kind::Waiting };
    Row {
        name: row.why.name().to_owned(),
        words: row.words.clone(),
        pieces: row.cargo.iter().map(|cargo| Piece { kind, ..piece(cargo) }).collect(),
        ..Row::default()
    }
}

fn piece(cargo: &Cargo) -> Piece {
    let colour = cargo.colour.number();
    let kind = if cargo.look == Look::Extra { Kind::Extra(colour) } else { Kind::Cargo(colour) };
    Piece { label: cargo.label.clone(), length: cargo.size.bytes(), kind }
}
