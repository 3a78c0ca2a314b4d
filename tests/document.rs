//! What Plimsoll makes of documents, good and bad: findings with their exact places, and what is left.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;

use examples::EXAMPLES;
use plimsoll::finding::{MAX_FINDINGS, Severity};
use plimsoll::text::LineIndex;
use plimsoll::{Analysis, analyze};

/// Each finding as `LINE:COLUMN rule`, in the order of the text.
fn findings(text: &str) -> Vec<String> {
    let index = LineIndex::new(text);
    let Analysis { findings, .. } = analyze(text);
    findings
        .iter()
        .map(|finding| {
            let start = index.position(finding.span.start);
            format!("{}:{} {}", start.line, start.column, finding.rule.id)
        })
        .collect()
}

fn service_names(text: &str) -> Vec<String> {
    let outputs = analyze(text).outputs.expect("the text can be read");
    outputs.topology.services.iter().map(|service| service.name.to_string()).collect()
}

#[test]
fn every_example_is_free_of_errors() {
    for (name, text) in EXAMPLES {
        let errors: Vec<_> =
            analyze(text).findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert_eq!(errors.is_empty(), name != "too-many-workers", "{name}: {errors:#?}");
    }
}

#[test]
fn the_smallest_document_is_complete() {
    let outputs = analyze("services:\n  api:\n    python: { app: \"app.main:app\" }\n").outputs.unwrap();
    let api = &outputs.topology.services[0];
    assert_eq!(
        api.command.as_deref().unwrap().join(" "),
        "uvicorn app.main:app --host 0.0.0.0 --port 8000 --workers 1 --timeout-graceful-shutdown 30"
    );
    assert_eq!((api.port, api.replicas.steady(), api.image.as_str()), (Some(8000), 1, "app:0.1.0"));
    assert!(outputs.topology.server.is_some() && outputs.topology.cluster.is_some());
}

#[test]
fn findings_stand_at_the_exact_value() {
    let cases = [
        ("services:\n  api:\n    pyton: {}\n", &["2:3 no-kind", "3:5 unknown-key"][..]),
        ("services:\n  api: { python: {}, replicas: lots }\n", &["2:32 wrong-type"]),
        ("services:\n  api: { python: {}, replicas: 10001 }\n", &["2:32 out-of-range"]),
        ("services:\n  api: { python: {}, workers: 0 }\n", &["2:31 out-of-range"]),
        ("services:\n  api: { python: {}, needs: [bd] }\n  db: { postgres: {} }\n", &["2:30 unknown-service"]),
        ("services:\n  a: { python: {}, needs: [a] }\n", &["2:28 circular-needs"]),
        (
            "services:\n  a: { image: \"a:1\", needs: [b] }\n  b: { image: \"b:1\", needs: [a] }\n",
            &["3:30 circular-needs"],
        ),
        ("services:\n  My_API: { image: \"a:1\" }\n", &["2:3 not-a-dns-label"]),
        ("services:\n  My API: { redis: {} }\n  my-api: { redis: {} }\n", &["2:3 duplicate-name"]),
        ("services:\n  a_b: { redis: {} }\n  A b: { redis: {} }\n", &["2:3 not-a-dns-label", "3:3 duplicate-name"]),
        ("services:\n  a: { python: {}, publish: 80 }\n  b: { python: {}, publish: 80 }\n", &["3:29 port-taken"]),
        (
            "services:\n  a:\n    python: {}\n    before_start: [{ run: x, when: once, how: in-container }]\n",
            &["4:36 no-effect"],
        ),
        (
            "services:\n  a: { python: {}, image: 'x:1' }\n  b: { node: {}, image: 'x:1', port: 1 }\n",
            &["3:25 duplicate-name"],
        ),
        ("services:\n  a: { python: {} }\n  b: { python: {} }\n", &["3:3 port-taken"]),
        ("services:\n  a: { image: \"a:1\", redis: {} }\n", &["2:22 two-kinds"]),
        ("services:\n  a: { image: nginx }\n", &["2:15 unpinned-image"]),
        ("services:\n  a: { python: { app: app } }\n", &["2:23 wrong-value"]),
        ("services:\n  a: { python: { framework: fastpai } }\n", &["2:29 wrong-value"]),
        ("services:\n  a: { python: {}, memory: { limit: 256m } }\n", &["2:37 wrong-value"]),
        ("services:\n  a: { python: {}, public: { host: a_b } }\n", &["2:36 wrong-value"]),
        ("services:\n  a: { python: {}, env: { 1A: x } }\n", &["2:27 wrong-value"]),
        ("services:\n  a: { postgres: {}, replicas: 2 }\n", &["2:32 replicas-with-data"]),
        ("services:\n  a: { redis: {}, replicas: 2 }\n", &["2:29 replicas-with-data"]),
        ("services:\n  a: { nginx: {}, replicas: 2 }\n", &[]),
        (
            "services:\n  a: { image: \"a:1\", replicas: 2, storage: 1Gi, storage_path: /a, user: 1000 }\n",
            &["2:32 replicas-with-data"],
        ),
        ("services:\n  a: { python: {}, autoscale: { min: 2 } }\n", &["2:31 missing-value"]),
        ("cluster: { namespace: default }\nservices:\n  kubernetes: { redis: {} }\n", &["3:3 duplicate-name"]),
        ("services:\n  kubernetes: { redis: {} }\n", &[]),
        ("services:\n  a: { image: \"a:1\", storage: 1Gi, storage_path: /a }\n", &["2:31 storage-owner"]),
        ("cluster: {}\nservices:\n  a: { image: \"a:1\", storage: 1Gi, storage_path: /a }\n", &[]),
        ("server: {}\nservices:\n  a: { image: \"a:1\", port: 80, health: { path: /a } }\n", &["3:40 no-effect"]),
        ("services:\n  a: { python: { source: k8s } }\n", &["2:26 wrong-value"]),
        ("traffic: { rate: fast }\n", &["1:18 wrong-value"]),
        ("server: { memory: 0 }\n", &["1:19 out-of-range"]),
        ("cluster: { nodes: 3 }\n", &["1:19 wrong-type"]),
        ("version: 2\n", &["1:10 wrong-value"]),
        ("name: [shop]\n", &["1:7 wrong-type"]),
        ("nmae: shop\n", &["1:1 unknown-key"]),
    ];
    for (text, expected) in cases {
        assert_eq!(findings(text), expected, "{text}");
    }
}

#[test]
fn a_port_that_is_asked_for_comes_before_one_that_is_offered() {
    let text = "services:\n  a: { python: {} }\n  b: { python: {}, publish: 8000 }\n";
    let analysis = analyze(text);
    let severities: Vec<_> = analysis.findings.iter().map(|finding| (finding.rule.id, finding.severity)).collect();
    assert_eq!(severities, [("port-taken", Severity::Info)]);
    let published: Vec<_> =
        analysis.outputs.unwrap().topology.services.iter().map(|service| service.publish.map(|it| it.port)).collect();
    assert_eq!(published, [None, Some(8000)]);
}

#[test]
fn what_compose_cannot_do_is_said_where_it_is_asked_for() {
    let on_server = |services: &str| findings(&format!("server: {{}}\nservices:\n{services}"));
    // Docker's networks lead out to everywhere or nowhere.
    let published = "  api: { python: {}, outbound: false, publish: 80 }\n";
    assert_eq!(on_server(published), ["3:32 no-effect"]);
    let outside =
        "  api: { python: {}, outbound: false, needs: [db] }\n  db: { postgres: {}, external: db.example.com }\n";
    assert_eq!(on_server(outside), ["3:32 no-effect"]);
    assert!(on_server("  api: { python: {}, outbound: false }\n").is_empty());
    // Compose starts nothing by the clock, and nothing waits for what ends.
    let report = "  report: { python: { worker: report }, schedule: 0 3 * * * }\n";
    assert_eq!(on_server(report), ["3:51 needs-cron"]);
    assert_eq!(findings(&format!("cluster: {{}}\nservices:\n{report}")), [""; 0]);
    let waiting = format!("cluster: {{}}\nservices:\n{report}  api: {{ python: {{}}, needs: [report] }}\n");
    assert_eq!(findings(&waiting), ["4:30 no-effect"]);
    assert!(analyze(&waiting).outputs.unwrap().topology.services[1].needs.is_empty());
}

#[test]
fn one_bad_field_does_not_take_the_rest_with_it() {
    let text = "services:\n  api: { python: {}, replicas: lots }\n  web: 5\n  db: { postgres: {} }\n";
    assert_eq!(service_names(text), ["api", "db"]);
}

#[test]
fn no_two_services_have_one_name() {
    assert_eq!(service_names("services:\n  a-b: { redis: {} }\n  a--b: { redis: {} }\n"), ["a-b", "a--b"]);
    assert_eq!(
        service_names("services:\n  My API: { redis: {} }\n  my-api: { postgres: {} }\n  x: { redis: {} }\n"),
        ["my-api", "x"]
    );
}

#[test]
fn a_document_that_is_no_yaml_has_findings_and_no_outputs() {
    for text in ["services: [\n", "a: b: c\n", "\t- x", "services:\n  api:\n   python: {}\n  ?"] {
        let analysis = analyze(text);
        assert!(analysis.outputs.is_none(), "{text:?}");
        assert!(!analysis.findings.is_empty(), "{text:?}");
    }
}

#[test]
fn services_with_one_code_base_share_an_image() {
    let text = "services:\n  api: { python: {} }\n  mailer: { celery: {} }\n  old: { python: { version: \"3.12\", worker: ./run } }\n";
    let topology = analyze(text).outputs.unwrap().topology;
    let images: Vec<&str> = topology.services.iter().map(|service| service.image.as_str()).collect();
    assert_eq!(images, ["app-api:0.1.0", "app-api:0.1.0", "app-old:0.1.0"]);
    let files: Vec<&str> = topology.builds.iter().map(|build| build.dockerfile.as_str()).collect();
    assert_eq!(files, ["Dockerfile", "Dockerfile.old"]);
}

#[test]
fn a_gateway_has_room_for_63_hosts_with_https() {
    let services = |last: &str| {
        (0..64).fold(format!("{last}\nservices:\n"), |text, n| {
            text + &format!(
                "  s{n}: {{ image: \"a:1\", port: 80, replicas: 2, public: {{ host: h{n}.example.com }} }}\n"
            )
        })
    };
    let errors = |text: &str| findings(text).into_iter().filter(|finding| finding.ends_with("too-many")).count();
    assert_eq!(errors(&services("cluster: { nodes: [{ count: 20 }] }")), 1);
    assert_eq!(errors(&services("cluster: { nodes: [{ count: 20 }], gateway: ingress }")), 0);
}

#[test]
fn requests_in_flight_follow_littles_law() {
    let text = "services:\n  api: { python: {}, replicas: 3, memory: { per_request: 2Mi } }\ntraffic: { peak: 200/s, latency: 80ms }\n";
    let topology = analyze(text).outputs.unwrap().topology;
    // 200/s × 80 ms = 16 requests, over 3 replicas.
    assert_eq!(topology.services[0].memory.requests_in_flight, 6);
}

#[test]
fn hostile_documents_are_answered_by_findings() {
    let many: String =
        (0..10_000).fold("services:\n".to_owned(), |text, n| text + &format!("  s{n}: {{ image: \"a:1\" }}\n"));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let bomb = (1..60).fold("a0: &a0 [x, x, x]\n".to_owned(), |text, n| {
        let last = n - 1;
        text + &format!("a{n}: &a{n} [*a{last}, *a{last}, *a{last}]\n")
    });
    let steps = "{ run: a }, ".repeat(500);
    let steps = format!("services:\n  api: {{ image: \"a:1\", before_start: [{steps}] }}\n");
    let services = |service: &dyn Fn(usize) -> String| {
        (0..1000).fold("services:\n".to_owned(), |text, n| text + &format!("  s{n}: {{ {} }}\n", service(n)))
    };
    let runs = "{ run: a }, ".repeat(10);
    let jobs = services(&|_| format!("image: \"a:1\", before_start: [{runs}]"));
    let words = format!("services:\n  api: {{ image: \"a:1\", command: {} }}\n", "a ".repeat(501));
    let nowhere = services(&|n| format!("image: \"a:1\", needs: [{}]", format!("z{n}, ").repeat(60)));
    let circles = services(&|n| {
        let needs: Vec<String> = (1..60).map(|other| format!("s{}", (n + other) % 1000)).collect();
        format!("image: \"a:1\", needs: [{}]", needs.join(", "))
    });
    let cases = [
        ("10,000 services", many, "too-many"),
        ("10,000 steps", jobs, "too-many"),
        ("501 words", words, "too-many"),
        ("60,000 needs that are not there", nowhere, "too-many-findings"),
        ("circles among 1,000 services", circles, "too-many-findings"),
        ("500 steps, each a container", steps, "too-many"),
        ("deep nesting", deep, "too-deep"),
        ("alias bomb", bomb, "too-many-aliases"),
        ("10 MB", "a: b\n".repeat(2_000_000), "too-large"),
        ("zeros", "\0".repeat(1000), "yaml-syntax"),
    ];
    for (what, text, rule) in cases {
        let Analysis { findings, outputs } = analyze(&text);
        assert!(findings.iter().any(|finding| finding.rule.id == rule), "{what}: {findings:?}");
        assert!(findings.len() <= MAX_FINDINGS + 1, "{what}: {} findings", findings.len());
        let bytes: usize = outputs.iter().flat_map(plimsoll::Outputs::artifacts).map(|file| file.text.len()).sum();
        assert!(bytes < 10 << 20, "{what}: {bytes} bytes");
    }
}
