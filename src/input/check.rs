//! Rules for single pieces of text: what may stand in a path, a host, an image reference.

/// An environment variable's name that every shell, Compose and Kubernetes take.
pub fn is_variable_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
}

/// An absolute path other than `/`, without `..` and without characters that mount options give a meaning to.
pub fn is_absolute_path(text: &str) -> bool {
    text.len() > 1
        && text.starts_with('/')
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"/._-@+".contains(&c))
        && text.split('/').all(|part| part != "..")
}

/// A folder below the Compose file: `.`, or a relative path without `..` in which nothing is called like a generated
/// file.
pub fn is_source_folder(text: &str) -> bool {
    const FILES: [&str; 8] = [
        "compose.yaml",
        "deploy.md",
        "caddyfile",
        "traefik-routes.yaml",
        ".dockerignore",
        ".env.example",
        ".secrets",
        ".plimsoll",
    ];
    let is_generated = |part: &str| {
        // In lower case, since to some file systems that is the same.
        let part = part.to_ascii_lowercase();
        FILES.contains(&part.as_str()) || part.starts_with("dockerfile")
    };
    let folder = folder(text);
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_')
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"/._-".contains(&c))
        && folder.split('/').all(|part| part != ".." && !is_generated(part))
        && !folder.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case("k8s"))
}

/// A relative path in the one way to write it: `./services//api/` is `services/api`; nothing is `.`.
pub fn folder(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// A file or folder below another: a relative path without `..`, in which nothing is special to a shell or a Dockerfile.
pub fn is_file_below(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_')
        && text.len() <= 255
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"/._-".contains(&c))
        && folder(text) != "."
        && text.split('/').all(|part| part != "..")
}

/// A file of variables with their values, by its name: `.env`, `.env.production`.
pub fn is_secrets_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name == ".env" || name.starts_with(".env."))
}

/// A package of Go below the module's folder: `.` or `./cmd/api`.
pub fn is_go_package(text: &str) -> bool {
    folder(text) == "." && text.starts_with('.') || is_file_below(text)
}

/// A package of Go in the one way to write it, which the `go` command does not take for one of the standard library.
pub fn go_package(text: &str) -> String {
    let folder = folder(text);
    if folder == "." { folder } else { format!("./{folder}") }
}

/// A version in one to three numbers, such as `24` or `1.26.1`.
pub fn is_version(text: &str) -> bool {
    text.len() <= 12 && text.split('.').count() <= 3 && text.split('.').all(is_number)
}

/// A script of `package.json` that needs no quoting.
pub fn is_script_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.len() <= 64
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || b":._-".contains(&c))
}

/// A stage of a Dockerfile
/// (<https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/parse.go>).
pub fn is_stage_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 64
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"._-".contains(&c))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|c| c.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// The path of a URL, without query, in printable ASCII.
pub fn is_url_path(text: &str) -> bool {
    text.starts_with('/') && text.bytes().all(|c| c.is_ascii_graphic() && !b"\"'\\`<>{}#?%".contains(&c))
}

/// A DNS name of at least two labels, in lower case (RFC 1123).
pub fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

/// An image's tag (<https://github.com/distribution/reference/blob/main/reference.go>).
pub fn is_tag(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"._-".contains(&c))
}

/// An image reference in parts, if `text` is one (the grammar of `is_tag`'s source).
pub fn image_reference(text: &str) -> Option<ImageReference<'_>> {
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (text, None),
    };
    let last = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (repository, tag) = match rest[last..].find(':') {
        Some(colon) => (&rest[..last + colon], Some(&rest[last + colon + 1..])),
        None => (rest, None),
    };
    let digest_is_one = digest.is_none_or(|digest| {
        digest.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|c| c.is_ascii_hexdigit()))
    });
    let mut parts = repository.split('/').peekable();
    let first = *parts.peek()?;
    if repository.contains('/') && (first.contains(['.', ':']) || first == "localhost") {
        parts.next();
        let (host, port) = first.split_once(':').unwrap_or((first, "0"));
        let host_is_one = !host.is_empty() && host.bytes().all(|c| c.is_ascii_alphanumeric() || b".-".contains(&c));
        if !host_is_one || port.parse::<u16>().is_err() {
            return None;
        }
    }
    let part_is_one = |part: &str| {
        let alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        part.starts_with(alphanumeric)
            && part.ends_with(alphanumeric)
            && part.chars().all(|c| alphanumeric(c) || "._-".contains(c))
    };
    let is_one = text.len() <= 255 && parts.all(part_is_one) && tag.is_none_or(is_tag) && digest_is_one;
    is_one.then_some(ImageReference { tag, digest })
}

/// What pins an image.
pub struct ImageReference<'a> {
    pub tag: Option<&'a str>,
    pub digest: Option<&'a str>,
}

/// A Python object in a module, such as `app.main:app` or `app:create_app()`.
pub fn is_python_object(text: &str) -> bool {
    text.split_once(':').is_some_and(|(module, object)| {
        is_python_module(module) && is_python_module(object.strip_suffix("()").unwrap_or(object))
    })
}

/// A Python module, such as `app.tasks`.
pub fn is_python_module(text: &str) -> bool {
    text.split('.').all(is_variable_name)
}

/// A version of Python 3, such as `3.14` or `3.14.1`.
pub fn is_python_version(text: &str) -> bool {
    text.strip_prefix("3.").is_some_and(|rest| {
        rest.len() <= 8 && rest.split('.').count() <= 2 && rest.split('.').all(|part| part.parse::<u16>().is_ok())
    })
}

/// A database's or a database user's name that needs no quoting anywhere.
pub fn is_database_name(text: &str) -> bool {
    is_variable_name(text) && text.len() <= 63
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn image_references_follow_the_grammar() {
        for good in
            ["nginx", "nginx:1.29", "ghcr.io/acme/api:1.4", "localhost:5000/a/b_c:X", "a/b@sha256:".to_owned().as_str()]
        {
            assert_eq!(image_reference(good).is_some(), !good.ends_with("sha256:"), "{good}");
        }
        let digest = format!("a/b:1@sha256:{}", "0".repeat(64));
        assert!(image_reference(&digest).is_some_and(|image| image.tag == Some("1") && image.digest.is_some()));
        for bad in ["", "Nginx", "a b", "a:", "a//b", "/a", "a/", "a:b:c", "-a", "a\n", "ghcr.io:x/a", "$(id)"] {
            assert!(image_reference(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn paths_stay_where_they_are() {
        for (good, one_way) in
            [(".", "."), ("./", "."), ("services/api", "services/api"), ("./a/.//b/", "a/b"), ("a/k8s", "a/k8s")]
        {
            assert!(is_source_folder(good), "{good}");
            assert_eq!(folder(good), one_way);
        }
        for bad in ["", "/a", "..", "a/../b", "a b", "-a"] {
            assert!(!is_source_folder(bad), "{bad}");
        }
        assert!(is_absolute_path("/var/lib/data"));
        for bad in ["", "/", "data", "/a/../b", "/a:rw", "/a,b", "/a b"] {
            assert!(!is_absolute_path(bad), "{bad}");
        }
        assert!(is_url_path("/healthz") && !is_url_path("healthz") && !is_url_path("/a b"));
    }

    #[test]
    fn no_folder_stands_where_a_file_will() {
        for bad in ["k8s", "./K8s/api", "compose.yaml", "Caddyfile/x", ".env.example", "a/Dockerfile", "Dockerfile.api"]
        {
            assert!(!is_source_folder(bad), "{bad}");
        }
    }

    #[test]
    fn python_names_are_what_an_import_takes() {
        assert!(is_python_object("app.main:app") && is_python_object("app:create_app()"));
        for bad in ["app", "app:", ":app", "app main:app", "app-x:app", "app:app;rm"] {
            assert!(!is_python_object(bad), "{bad}");
        }
        assert!(is_python_version("3.14") && is_python_version("3.14.1"));
        for bad in ["3", "2.7", "3.x", "3.14-slim", "3.14.1.2", "latest"] {
            assert!(!is_python_version(bad), "{bad}");
        }
    }

    #[test]
    fn hosts_are_dns_names() {
        assert!(is_host("shop.example.com"));
        for bad in ["", "localhost", "Shop.example.com", "a..b", "-a.b", "a_b.c", "*.a.b", "a.b/c", "a.b:80"] {
            assert!(!is_host(bad), "{bad}");
        }
    }
}
