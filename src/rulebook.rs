//! The rulebook: every rule, and its pages for the terminal, the repository and the site.

use crate::rule::{Example, Rule};
use crate::{advise, rules, spelling};
use std::fmt::Write;

/// Every rule, sorted by id.
pub fn all() -> Vec<&'static Rule> {
    let mut all: Vec<&'static Rule> = rules::ALL.iter().chain(advise::ALL).copied().collect();
    all.sort_by_key(|rule| rule.id);
    all
}

/// Returns the rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.id == id)
}

/// Returns the id that `written` was probably meant to be.
pub fn nearest(written: &str) -> Option<&'static str> {
    let ids: Vec<&'static str> = all().iter().map(|rule| rule.id).collect();
    spelling::nearest(written, &ids)
}

/// Returns the page of a rule in Markdown: `docs/rules/ID.md`, and what `plimsoll explain ID` prints.
pub fn page(rule: &Rule) -> String {
    let Rule { id, explanation, source } = rule;
    let fails = markdown(explanation.fails);
    let passes = markdown(explanation.passes);
    let mut page =
        format!("# `{id}`: {}\n\n{}\n\n## Fails\n\n{fails}\n## Passes\n\n{passes}", explanation.title, explanation.why);
    if let Some(source) = source {
        let _ = write!(page, "\n## Source\n\n<{source}>\n");
    }
    page
}

/// Returns the list of all rules in Markdown, with links to their pages: `docs/rules/README.md`.
pub fn index() -> String {
    let mut index = "# Rules\n\nEvery finding names its rule. `plimsoll explain RULE` prints the same pages.\n\n| rule | reports |\n|---|---|\n"
        .to_owned();
    for Rule { id, explanation, .. } in all() {
        let _ = writeln!(index, "| [`{id}`]({id}.md) | {} |", explanation.title);
    }
    index
}

/// Returns the list of all rules for a terminal.
pub fn list() -> String {
    let rules = all();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    rules.iter().fold(String::new(), |mut list, Rule { id, explanation, .. }| {
        let _ = writeln!(list, "{id:width$}  {}", explanation.title);
        list
    })
}

/// Returns one page of HTML with all rules, each under its id: `public/rules.html`, to which the page's findings link.
pub fn html() -> String {
    let mut html = HTML_HEAD.to_owned();
    html.push_str("<nav aria-label=\"Rules\">\n<ul>\n");
    for Rule { id, .. } in all() {
        let _ = writeln!(html, "<li><a href=\"#{id}\">{id}</a></li>");
    }
    html.push_str("</ul>\n</nav>\n");
    for Rule { id, explanation, source } in all() {
        let (title, why) = (inline_html(explanation.title), inline_html(explanation.why));
        let _ = write!(
            html,
            "<section id=\"{id}\">\n<h2><code>{id}</code>: {title}</h2>\n<p>{why}</p>\n<h3>Fails</h3>\n{}<h3>Passes</h3>\n{}",
            example_html(explanation.fails),
            example_html(explanation.passes)
        );
        if let Some(source) = source {
            let source = escaped(source);
            let _ = writeln!(html, "<p>Source: <a href=\"{source}\" rel=\"noreferrer\">{source}</a></p>");
        }
        html.push_str("</section>\n");
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// The page runs no script but the one that applies the chosen theme, and asks no other site for anything.
const HTML_HEAD: &str = "\
<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>Rules · Plimsoll</title>
<script src=\"theme.js\"></script>
<link rel=\"stylesheet\" href=\"rules.css\">
<link rel=\"icon\" type=\"image/svg+xml\" href=\"icon.svg\">
</head>
<body>
<main>
<h1>Rules</h1>
<p>Every finding names its rule. <a href=\"./\">Back to Plimsoll</a></p>
";

fn markdown(example: Example) -> String {
    match example {
        Example::Document(text) => format!("```yaml\n{text}```\n"),
        Example::Prose(text) => format!("{text}\n"),
    }
}

fn example_html(example: Example) -> String {
    match example {
        Example::Document(text) => format!("<pre><code>{}</code></pre>\n", escaped(text)),
        Example::Prose(text) => format!("<p>{}</p>\n", inline_html(text)),
    }
}

/// Text in which backticks mark code.
fn inline_html(text: &str) -> String {
    let pieces = text.split('`').enumerate().map(|(number, piece)| {
        let piece = escaped(piece);
        if number % 2 == 1 { format!("<code>{piece}</code>") } else { piece }
    });
    pieces.collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Returns the JSON Schema of a list of findings, as `plimsoll check --json` and the npm package give it.
#[cfg(feature = "schema")]
pub fn findings_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Vec<crate::finding::Located<'static>>).to_value();
    let ids: Vec<&str> = all().iter().map(|rule| rule.id).collect();
    if let Some(rule) = schema.pointer_mut("/$defs/Finding/properties/rule") {
        rule["enum"] = ids.into();
    }
    schema["title"] = "Findings of Plimsoll".into();
    schema["description"] = "The `findings` of `plimsoll check --json` and of the npm package.".into();
    schema
}
