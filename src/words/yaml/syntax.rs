//! What is wrong with a text that is no YAML.

// Mistakes that are what they are wherever they stand.
pub const LIST_BEHIND_KEY: &str = "A list cannot start behind a key";
pub const LIST_BEHIND_KEY_HELP: &str = "Start it on the next line, or write it in brackets: `[a, b]`";
pub const BRACKET_NOT_OPEN: &str = "No bracket is open that this one could close";
pub const BRACKET_NOT_OPEN_HELP: &str = "Take it out, or put the text in quotes";
pub const BEHIND_CLOSING_QUOTE: &str = "The text goes on behind its closing quote";
pub const BEHIND_CLOSING_QUOTE_HELP: &str =
    "Put all of it in quotes; a quote in it is written `''` in single and `\\\"` in double quotes";
pub const COMMENT_INSIDE_TEXT: &str = "The text before this comment goes on in the next line";
pub const COMMENT_INSIDE_TEXT_HELP: &str = "Put the comment above the text";
pub const BEHIND_BLOCK_SIGN: &str = "What follows `|` or `>` starts on the next line";
pub const BEHIND_BLOCK_SIGN_HELP: &str = "Start a new line here, or put the text in quotes";
pub const LESS_THAN_ITS_TEXT: &str = "This line is indented less than its text";
pub const LESS_THAN_ITS_TEXT_HELP: &str = "Indent it like the others";
pub const NUL: &str = "Here is a NUL character";
pub const BYTE_ORDER_MARK: &str = "Here is a byte order mark, which may only stand at the very start";
pub const DELETE_IT: &str = "Delete it";
pub const TAG: &str = "A text that starts with `!` is a tag";
pub const NO_TAG: &str = "A text that starts with `!` is a tag, and this is none";
pub const ANCHOR_OR_ALIAS: &str = "A text that starts with `&` or `*` has a meaning of its own";
pub const PUT_TEXT_IN_QUOTES: &str = "Put the text in quotes";
pub const ANCHOR_BEFORE_VALUE: &str = "An anchor stands before the value that it names";
pub const ANCHOR_BEFORE_VALUE_HELP: &str = "Indent it like the value";
pub const BEHIND_DOCUMENT_END: &str = "Nothing may follow `...` on its line";
pub const TAKE_IT_OUT: &str = "Take it out";
pub const DIRECTIVE: &str = "Lines that start with `%` are for YAML itself";
pub const DIRECTIVE_HELP: &str = "Take the line out";
pub const TAB: &str = "A tab cannot stand here";
pub const WRITE_A_SPACE: &str = "Write a space";

// Tabs.
pub const TAB_INDENTS: &str = "A tab cannot indent a line";
pub const INDENT_WITH_SPACES: &str = "Indent with spaces";
pub const REPLACE_BY_SPACES: &str = "Replace by spaces";

// Quotes.
pub const PUT_IN_QUOTES: &str = "Put it in quotes";
pub const UNKNOWN_ANCHOR_HELP: &str = "Name it, or put the text in quotes if it only starts with `*`";
pub const QUOTE_NEVER_CLOSED: &str = "This quote is never closed";
pub const QUOTE_NEVER_CLOSED_HELP: &str = "Close it where the text ends; further lines of the text must be indented";
pub const UNKNOWN_ESCAPE_HELP: &str = "Write a backslash twice, or use single quotes";

pub fn unknown_anchor(name: &str) -> String {
    format!("Nothing before this is named `&{name}`")
}

pub fn text_cannot_start_with(first: char) -> String {
    format!("A text cannot start with `{first}`")
}

pub fn unknown_escape(escape: &str) -> String {
    format!("`{escape}` means nothing in double quotes")
}

// Brackets.
pub fn bracket_never_closed(opened: char) -> String {
    format!("This `{opened}` is never closed")
}

pub fn bracket_never_closed_help(closed: char) -> String {
    format!("Write `{closed}` where it ends, or put the text in quotes if it is no bracket")
}

pub fn comma_or_bracket_missing(closed: char) -> String {
    format!("A comma or `{closed}` is missing before this")
}

// Colons, dashes and indentation.
pub const SECOND_COLON: &str = "A second colon on this line cannot be told from a key's";
pub const SECOND_COLON_HELP: &str = "Put the text in quotes, or start a new line for a map";
pub const KEY_WITHOUT_COLON: &str = "This key has no colon behind it";
pub const KEY_WITHOUT_COLON_HELP: &str = "Write `key: value`";
pub const DEEPER_THAN_BEFORE: &str = "This is indented deeper than the line before, which has its value already";
pub const DEEPER_THAN_BEFORE_HELP: &str = "Indent both alike";
pub const NO_ITEM: &str = "This is neither an item of the list above, nor indented like a line above it";
pub const LIKE_NO_LINE: &str = "This line is indented like none of the lines that it could belong to";
pub const INDENT_LIKE_NEIGHBOURS: &str = "Indent it with as many spaces as its neighbours";
pub const BELONGS_TO_NOTHING: &str = "This belongs to nothing before it";
pub const BELONGS_TO_NOTHING_HELP: &str = "Put the whole text in quotes, or start a new line";
pub const DASH_WITHOUT_BLANK: &str = "A dash needs a blank behind it";
pub const COLON_WITHOUT_BLANK: &str = "A colon needs a blank behind it";
pub const ADD_A_BLANK: &str = "Add a blank";

/// A dash or colon, with the blank that it needs.
pub fn write_with_blank(sign: &str) -> String {
    format!("Write `{sign} `")
}
