//! An SVG writer: everything written into an element is escaped, so that no name can become an element.

use std::fmt::Write;

/// An SVG that is being written.
pub struct Svg {
    out: String,
    open: Vec<&'static str>,
}

/// Attributes with their values.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Svg {
    /// Creates an empty image of that size.
    pub fn new(width: u32, height: u32) -> Self {
        let mut svg = Self { out: String::new(), open: Vec::new() };
        let (w, h) = (width.to_string(), height.to_string());
        svg.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("width", &w),
                ("height", &h),
                ("viewBox", &format!("0 0 {w} {h}")),
                ("role", "img"),
                ("font-family", "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"),
                ("font-size", "13"),
            ],
        );
        svg
    }

    /// Opens an element.
    pub fn open(&mut self, tag: &'static str, attributes: Attributes) {
        self.tag(tag, attributes, ">\n");
        self.open.push(tag);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            // Writing to a string does not fail.
            let _ = writeln!(self.out, "</{tag}>");
        }
    }

    /// Writes an empty element.
    pub fn element(&mut self, tag: &'static str, attributes: Attributes) {
        self.tag(tag, attributes, "/>\n");
    }

    /// Writes an element with a text in it.
    pub fn text(&mut self, tag: &'static str, attributes: Attributes, text: &str) {
        self.tag(tag, attributes, ">");
        self.escaped(text);
        let _ = writeln!(self.out, "</{tag}>");
    }

    /// Returns the image.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, tag: &'static str, attributes: Attributes, end: &str) {
        let _ = write!(self.out, "<{tag}");
        for (name, value) in attributes {
            let _ = write!(self.out, " {name}=\"");
            self.escaped(value);
            self.out.push('"');
        }
        self.out.push_str(end);
    }

    /// Escapes a text. Characters that XML does not have are left out (<https://www.w3.org/TR/xml/#charsets>).
    fn escaped(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\t' | '\n' | '\r' => self.out.push(' '),
                '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
                _ => self.out.push(character),
            }
        }
    }
}
