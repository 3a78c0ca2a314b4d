//! The picture of a plan as a stand-alone SVG in the light theme, for a document or a review.

#![expect(clippy::cast_precision_loss, reason = "a picture needs no more than 52 bits")]

mod of_plan;
mod svg;

pub use of_plan::of_plan;
use svg::Svg;

/// The content of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The topology's name.
    pub name: String,
    /// The plan's sentence.
    pub sentence: String,
    /// The plan's figures.
    pub figures: String,
    /// The machines, and last the rows without one.
    pub rows: Vec<Row>,
    /// A sentence about what is left out.
    pub left_out: Option<String>,
    /// The program that drew it.
    pub by: String,
}

/// A machine, or a row without one. All lengths are in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its figures.
    pub words: [String; 2],
    /// Its capacity; `None` for a row without a machine.
    pub hull: Option<u64>,
    /// Its load, in order.
    pub pieces: Vec<Piece>,
    /// The position of its load line.
    pub load_line: Option<u64>,
    /// Whether its load exceeds the load line.
    pub is_past_line: bool,
}

/// A piece of a load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its label.
    pub label: String,
    /// Its length.
    pub length: u64,
    /// Its kind.
    pub kind: Kind,
}

/// The kind of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The memory that the machine reserves for itself.
    System,
    /// A container of a service, in one of eight colours, or in grey.
    Cargo(Option<usize>),
    /// A container that runs at peak only.
    Extra(Option<usize>),
    /// A container that no machine has room for.
    NoRoom,
    /// A container that waits for a machine.
    Waiting,
}

const WIDTH: u32 = 960;
const MARGIN: f64 = 24.0;
/// The left side of the hulls.
const START: f64 = 160.0;
/// The length of the longest hull.
const LENGTH: f64 = 560.0;
/// The distance from one hull to the next.
const ROW: f64 = 48.0;
/// The height of a hull.
const HEIGHT: f64 = 32.0;
/// The characters of the sentence, and of the figures, that fit on a line.
const LINE: [usize; 2] = [78, 130];

// The light colours of `style/tokens.css`.
const GROUND: &str = "#f6f5f1";
const PANEL: &str = "#ffffff";
const INK: &str = "#16242f";
const MUTED: &str = "#566773";
const HAIRLINE: &str = "#dcdad2";
const LOAD_LINE: &str = "#c8321e";
const SYSTEM: &str = "#8b9499";
const CARGO: [&str; 8] = ["#207ab1", "#52479a", "#14a072", "#bd7500", "#8f5572", "#2c4053", "#686100", "#643003"];
const ON_CARGO: &str = "#ffffff";
const ON_BRIGHT_CARGO: &str = "#0f1a22";

/// The picture as SVG, and its size in pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The SVG.
    pub svg: String,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// Draws the sheet.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows are a few thousand pixels")]
pub fn draw(sheet: &Sheet) -> Drawn {
    let sentence = lines(&sheet.sentence, LINE[0]);
    let figures = lines(&sheet.figures, LINE[1]);
    let top = MARGIN + 26.0 * sentence.len() as f64 + 19.0 * figures.len() as f64 + 20.0;
    let height = (top + ROW * sheet.rows.len() as f64 + 56.0) as u32;
    let mut svg = Svg::new(WIDTH, height);
    svg.text("title", &[], &format!("{}: {}", sheet.name, sheet.sentence));
    svg.element("rect", &[("width", "100%"), ("height", "100%"), ("fill", GROUND)]);
    hatch(&mut svg);

    let mut y = MARGIN - 6.0;
    for line in &sentence {
        y += 26.0;
        svg.text(
            "text",
            &[("x", &px(MARGIN)), ("y", &px(y)), ("font-size", "21"), ("font-weight", "650"), ("fill", INK)],
            line,
        );
    }
    for line in &figures {
        y += 19.0;
        svg.text("text", &[("x", &px(MARGIN)), ("y", &px(y + 2.0)), ("fill", MUTED)], line);
    }
    let longest = sheet.rows.iter().map(Row::length).max().unwrap_or(0).max(1);
    for (number, row) in sheet.rows.iter().enumerate() {
        row.draw(&mut svg, top + ROW * number as f64, LENGTH / longest as f64);
    }
    let note = sheet.left_out.as_deref().into_iter().chain([sheet.name.as_str(), &sheet.by]);
    let note = note.collect::<Vec<_>>().join(" · ");
    svg.text(
        "text",
        &[("x", &px(MARGIN)), ("y", &px(f64::from(height) - 20.0)), ("fill", MUTED), ("font-size", "12")],
        &note,
    );
    Drawn { svg: svg.finish(), width: WIDTH, height }
}

impl Row {
    /// The length of the drawing, whether or not the load fits.
    fn length(&self) -> u64 {
        let carried = self.pieces.iter().fold(0, |sum: u64, piece| sum.saturating_add(piece.length));
        carried.max(self.hull.unwrap_or(0))
    }

    fn draw(&self, svg: &mut Svg, y: f64, scale: f64) {
        let middle = y + HEIGHT / 2.0;
        let has = |kind: Kind| self.pieces.iter().any(|piece| piece.kind == kind);
        let name_colour = if has(Kind::NoRoom) {
            LOAD_LINE
        } else if has(Kind::Waiting) {
            MUTED
        } else {
            INK
        };
        let name = cut(&self.name, 17);
        svg.text(
            "text",
            &[("x", &px(MARGIN)), ("y", &px(middle + 5.0)), ("font-weight", "600"), ("fill", name_colour)],
            &name,
        );
        if let Some(hull) = self.hull {
            let stroke = if self.is_past_line { LOAD_LINE } else { HAIRLINE };
            svg.element("path", &[("d", &keel(y, hull as f64 * scale)), ("fill", PANEL), ("stroke", stroke)]);
        }
        let mut x = START;
        for piece in &self.pieces {
            let width = piece.length as f64 * scale;
            piece.draw(svg, (x, y), width);
            x += width;
        }
        if let Some(hull) = self.hull.map(|hull| START + hull as f64 * scale)
            && x > hull + 0.5
        {
            let (at, width) = (px(hull), px(x - hull));
            svg.element(
                "rect",
                &[("x", &at), ("y", &px(y)), ("width", &width), ("height", &px(HEIGHT)), ("fill", "url(#overboard)")],
            );
        }
        if let Some(line) = self.load_line {
            load_line(svg, START + line as f64 * scale, y);
        }
        let x = px(START + LENGTH + 20.0);
        for (text, (y, colour)) in self.words.iter().zip([(middle - 2.0, INK), (middle + 13.0, MUTED)]) {
            svg.text("text", &[("x", &x), ("y", &px(y)), ("fill", colour), ("font-size", "12")], &cut(text, 30));
        }
    }
}

impl Piece {
    fn draw(&self, svg: &mut Svg, (x, y): (f64, f64), width: f64) {
        let colour = |number: Option<usize>| number.map_or(MUTED, |number| CARGO[number % CARGO.len()]);
        let (fill, stroke, ink) = match self.kind {
            Kind::System => (SYSTEM, SYSTEM, INK),
            Kind::Extra(number) => (PANEL, colour(number), INK),
            Kind::NoRoom => (GROUND, LOAD_LINE, INK),
            Kind::Waiting => (GROUND, MUTED, INK),
            Kind::Cargo(number @ Some(2 | 3)) => (colour(number), PANEL, ON_BRIGHT_CARGO),
            Kind::Cargo(number) => (colour(number), PANEL, ON_CARGO),
        };
        let dashes = if matches!(self.kind, Kind::Extra(_) | Kind::NoRoom | Kind::Waiting) { "4 3" } else { "none" };
        let opacity = if self.kind == Kind::System { "0.35" } else { "1" };
        let (inset, inner) = (x + 0.5, (width - 1.0).max(0.5));
        svg.element(
            "rect",
            &[
                ("x", &px(inset)),
                ("y", &px(y + 0.5)),
                ("width", &px(inner)),
                ("height", &px(HEIGHT - 1.0)),
                ("fill", fill),
                ("fill-opacity", opacity),
                ("stroke", stroke),
                ("stroke-opacity", opacity),
                ("stroke-dasharray", dashes),
            ],
        );
        // Text cannot be measured here: a character is taken to be 7 pixels wide, and few are wider.
        if self.label.chars().count() as f64 * 7.0 + 10.0 <= width {
            let (x, y) = (px(x + 6.0), px(y + HEIGHT / 2.0 + 4.5));
            svg.text("text", &[("x", &x), ("y", &y), ("fill", ink), ("font-size", "12")], &self.label);
        }
    }
}

/// The outline of a hull: straight above, round below.
fn keel(y: f64, width: f64) -> String {
    let radius = 10.0_f64.min(width / 2.0);
    let (side, keel) = (px(HEIGHT - radius), px((width - 2.0 * radius).max(0.0)));
    let (radius, width) = (px(radius), px(width));
    format!(
        "M{} {}h{width}v{side}a{radius} {radius} 0 0 1 -{radius} {radius}h-{keel}a{radius} {radius} 0 0 1 -{radius} -{radius}z",
        px(START),
        px(y)
    )
}

fn load_line(svg: &mut Svg, x: f64, y: f64) {
    let x = px(x);
    let (above, below) = (px(y - 6.0), px(y + HEIGHT + 6.0));
    svg.element("path", &[("d", &format!("M{x} {above}V{below}")), ("stroke", LOAD_LINE), ("stroke-width", "2")]);
    let middle = px(y + HEIGHT / 2.0);
    svg.element(
        "circle",
        &[("cx", &x), ("cy", &middle), ("r", "6"), ("fill", PANEL), ("stroke", LOAD_LINE), ("stroke-width", "2")],
    );
}

/// The pattern of a load that exceeds the capacity.
fn hatch(svg: &mut Svg) {
    svg.open("defs", &[]);
    let size =
        [("width", "9"), ("height", "9"), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)")];
    svg.open("pattern", &[&[("id", "overboard")][..], &size].concat());
    svg.element("rect", &[("width", "3"), ("height", "9"), ("fill", LOAD_LINE)]);
    svg.close();
    svg.close();
}

/// Breaks a text into lines of at most `most` characters; a longer word has a line of its own.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Cuts a text to `most` characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

/// Pixels, to a tenth.
fn px(length: f64) -> String {
    format!("{length:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const GIB: u64 = 1 << 30;

    fn sheet() -> Sheet {
        let cargo =
            |label: &str, length, number| Piece { label: label.to_owned(), length, kind: Kind::Cargo(Some(number)) };
        let system = Piece { label: "system".to_owned(), length: GIB, kind: Kind::System };
        let unplaced = |label: &str, kind| vec![Piece { label: label.to_owned(), length: GIB, kind }];
        let row = |name: &str, pieces: Vec<Piece>| Row {
            name: name.to_owned(),
            words: ["1 GiB of 3 GiB".to_owned(), "1 of 2".to_owned()],
            hull: Some(4 * GIB),
            pieces,
            load_line: Some(3 * GIB),
            is_past_line: false,
        };
        Sheet {
            name: "shop".to_owned(),
            sentence: "It floats: the peak fits.".to_owned(),
            figures: "2 GiB of 6 GiB".to_owned(),
            rows: vec![
                row("node-1", vec![system.clone(), cargo("api", GIB, 0)]),
                row("node-2", vec![system, cargo("<script>&\"", 5 * GIB, 2)]),
                Row { name: "No room".to_owned(), pieces: unplaced("api-3", Kind::NoRoom), ..Row::default() },
                Row {
                    name: "Waiting".to_owned(),
                    words: ["1 more node of spot".to_owned(), "in about 120 s".to_owned()],
                    pieces: unplaced("api-4", Kind::Waiting),
                    ..Row::default()
                },
            ],
            left_out: None,
            by: "Plimsoll".to_owned(),
        }
    }

    #[test]
    fn names_stay_text() {
        let Drawn { svg, .. } = draw(&sheet());
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;&amp;&quot;"), "{svg}");
        // Every tag is one of those that are drawn.
        let tags = svg.split('<').skip(1).map(|tag| tag.trim_start_matches('/'));
        for tag in tags {
            let name = tag.split([' ', '>', '/', '\n']).next().unwrap();
            assert!(["svg", "title", "rect", "defs", "pattern", "text", "path", "circle"].contains(&name), "{name}");
        }
    }

    #[test]
    fn lengths_are_to_scale_and_what_is_too_much_is_hatched() {
        let Drawn { svg, width, height } = draw(&sheet());
        assert!(
            svg.starts_with(&format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\""
            ))
        );
        // The longest row is 6 GiB on 560 pixels.
        assert!(svg.contains("<path d=\"M160.0 ") && svg.contains("h373.3v"), "{svg}");
        assert_eq!(svg.matches("fill=\"url(#overboard)\"").count(), 1);
        assert!(svg.contains("x=\"533.3\"") && svg.contains("width=\"186.7\""), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2);
        assert_eq!(svg.matches("stroke-dasharray=\"4 3\"").count(), 2);
    }

    #[test]
    fn what_waits_is_not_drawn_as_what_has_no_room() {
        let Drawn { svg, .. } = draw(&sheet());
        let colour_of = |words: &str| {
            let element = svg.lines().find(|line| line.contains(words)).unwrap();
            [LOAD_LINE, MUTED, INK].into_iter().find(|colour| element.contains(colour)).unwrap()
        };
        assert_eq!((colour_of(">No room<"), colour_of(">Waiting<"), colour_of(">node-1<")), (LOAD_LINE, MUTED, INK));
        assert!(svg.contains(">1 more node of spot<") && svg.contains(">in about 120 s<"), "{svg}");
    }

    #[test]
    fn nothing_is_drawn_of_nothing_and_much_is_bounded() {
        let Drawn { svg, .. } = draw(&Sheet::default());
        assert!(svg.ends_with("</svg>\n"));
        let mut large = sheet();
        large.rows[0].pieces.push(Piece { label: String::new(), length: u64::MAX, kind: Kind::Extra(None) });
        let Drawn { svg, .. } = draw(&large);
        assert!(!svg.contains("inf") && !svg.contains("NaN"), "{svg}");
    }

    #[test]
    fn the_colours_are_the_pages() {
        let tokens = fs::read_to_string("style/tokens.css").unwrap();
        let light = |name: &str| {
            let (_, rest) = tokens.split_once(&format!("--{name}: light-dark(")).unwrap();
            rest.split_once(',').unwrap().0.to_owned()
        };
        for (name, colour) in [
            ("ground", GROUND),
            ("panel", PANEL),
            ("ink", INK),
            ("muted", MUTED),
            ("hairline", HAIRLINE),
            ("load-line", LOAD_LINE),
            ("system", SYSTEM),
            ("on-cargo", ON_CARGO),
            ("on-bright-cargo", ON_BRIGHT_CARGO),
        ] {
            assert_eq!(light(name), colour, "{name}");
        }
        for (number, colour) in CARGO.iter().enumerate() {
            assert_eq!(light(&format!("cargo-{number}")), *colour);
        }
        for (number, _) in CARGO.iter().enumerate() {
            let bright = tokens.contains(&format!(
                ".cargo-{number} {{ --cargo: var(--cargo-{number}); --cargo-ink: var(--on-bright-cargo)"
            ));
            assert_eq!(bright, matches!(number, 2 | 3), "{number}");
        }
    }

    #[test]
    fn sentences_are_broken_between_words() {
        assert_eq!(lines("a bb ccc dddd", 6), ["a bb", "ccc", "dddd"]);
        assert_eq!(cut("abcdef", 4), "abc…");
    }
}
