//! The image that a service names.

use super::super::document;
use super::{Report, check};
use crate::finding::{Finding, Fix};
use crate::kinds::{Kind, PrebuiltImage};
use crate::message::message;
use crate::rules;
use crate::text::{Edit, Span};

/// The image's name and its place, if it is given and well formed; what nothing pins is worth a warning.
pub fn name<'a>(written: &'a document::Service, report: &mut Report) -> Option<(&'a str, Span)> {
    let is_one = |text: &str| check::image_reference(text).is_some();
    let text = report.text(
        &written.image,
        is_one,
        |text: &str| message!("`{text}` is no image reference", text),
        "Write it like `ghcr.io/acme/api:1.4`: lower case, with a tag",
    )?;
    let span = written.image.span()?;
    let reference = check::image_reference(text)?;
    if is_deprecated(text) {
        report.add(deprecated(text, span, written));
    } else if reference.digest.is_none() && reference.tag.is_none_or(|tag| tag == "latest") {
        let finding = Finding::warning(
            &rules::unpinned_image::RULE,
            span,
            message!("`{text}` means another image tomorrow", text),
        );
        report.add(finding.help("Name the version: `NAME:1.4`").cite());
    }
    Some((text, span))
}

/// Whether it is one of the images that were made to start several workers before Uvicorn could, or is based on one
/// under its own name.
fn is_deprecated(image: &str) -> bool {
    let image = image.strip_prefix("docker.io/").unwrap_or(image);
    ["tiangolo/uvicorn-gunicorn", "tiangolo/meinheld-gunicorn"].iter().any(|start| image.starts_with(start))
}

fn deprecated(image: &str, span: Span, written: &document::Service) -> Finding {
    let finding = Finding::warning(
        &rules::deprecated_image::RULE,
        span,
        message!("`{image}` is deprecated: Uvicorn itself starts workers, and restarts those that die", image),
    );
    let mut finding = finding.help("Let the image be built from your code: `python: {}` instead of `image`").cite();
    // Where a program is built, `image` is only its name; and a command is not what builds would run.
    let is_alone =
        written.written_kinds().iter().all(|(key, _)| *key == PrebuiltImage::KEY) && written.command.is_absent();
    if let Some(key) = written.image.key_span().filter(|_| is_alone) {
        let edit = Edit { span: Span::new(key.start, span.end), text: "python: {}".to_owned() };
        finding.fix = Some(Fix { title: "Replace by `python: {}`".to_owned(), edits: vec![edit] });
    }
    finding
}

#[cfg(test)]
mod tests {
    use crate::finding::Finding;

    fn deprecated(service: &str) -> Option<(Finding, String)> {
        let text = format!("services:\n  api:\n    {service}\n    port: 80\n");
        let finding =
            crate::analyze(&text).findings.into_iter().find(|finding| finding.rule.id == "deprecated-image")?;
        Some((finding, text))
    }

    #[test]
    fn a_deprecated_image_gives_way_to_one_that_is_built() {
        for image in [
            "tiangolo/uvicorn-gunicorn-fastapi:python3.11",
            "\"tiangolo/uvicorn-gunicorn\"",
            "docker.io/tiangolo/meinheld-gunicorn-flask:python3.9 # old",
        ] {
            let (finding, mut text) = deprecated(&format!("image: {image}")).unwrap();
            let edit = &finding.fix.unwrap().edits[0];
            text.replace_range(edit.span.start..edit.span.end, &edit.text);
            let analysis = crate::analyze(&text);
            assert!(analysis.findings.iter().all(|finding| finding.rule.id != "deprecated-image"), "{text}");
            let api = &analysis.outputs.unwrap().topology.services[0];
            assert_eq!((api.kind.key, api.port), ("python", Some(80)), "{text}");
        }
    }

    #[test]
    fn what_the_fix_would_change_besides_is_left_to_the_person() {
        let (finding, _) = deprecated("command: run\n    image: tiangolo/uvicorn-gunicorn:1").unwrap();
        assert_eq!(finding.fix, None);
        assert!(deprecated("image: tiangolo/other:1").is_none());
    }
}
