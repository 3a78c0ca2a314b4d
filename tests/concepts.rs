//! What FastAPI's deployment docs ask of images and commands (<https://fastapi.tiangolo.com/deployment/>), concept by
//! concept, and what Plimsoll makes of it. Where today's practice differs from the docs, the test says how.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use plimsoll::analyze;
use plimsoll::topology::{HealthCheck, Service, Topology, VariableValue};

/// The generated file, for services written in flow style.
fn file(path: &str, services: &str) -> String {
    let artifacts = analyze(&format!("services:\n{services}\n")).outputs.unwrap().artifacts();
    artifacts.into_iter().find(|artifact| artifact.path == path).unwrap().text
}

fn dockerfile(services: &str) -> String {
    file("Dockerfile", services)
}

fn topology(services: &str) -> Topology {
    analyze(&format!("services:\n{services}\n")).outputs.unwrap().topology
}

fn command(service: &Service) -> String {
    service.command.as_ref().unwrap().join(" ")
}

/// The rules of the findings.
fn findings(services: &str) -> Vec<&'static str> {
    analyze(&format!("services:\n{services}\n")).findings.into_iter().map(|finding| finding.rule.id).collect()
}

/// Asserts that a text has these lines, in this order.
#[track_caller]
fn has_in_order(text: &str, lines: &[&str]) {
    let mut rest = text.lines();
    for line in lines {
        assert!(rest.any(|other| other == *line), "{line}\nis not there, or not in order, in\n{text}");
    }
}

/// Concept 1: docs' `FROM python:3.14`. Ours is the slim one, since an image that runs needs no compiler.
#[test]
fn images_start_from_the_official_python_image() {
    let text = dockerfile("  api: { python: { version: '3.13' } }");
    assert_eq!(text.lines().rfind(|line| line.starts_with("FROM ")), Some("FROM python:3.13-slim"));
}

/// Concepts 2 and 3.
#[test]
fn the_list_of_packages_comes_before_the_code_in_one_folder() {
    let text = dockerfile("  api: { python: { packages: pip } }");
    has_in_order(&text, &["WORKDIR /app", "COPY requirements*.txt ./", "WORKDIR /app", "COPY . ."]);
}

/// Concept 4: `--no-cache-dir` keeps downloads out of the image; so does a cache mount, which the next build finds again.
#[test]
fn downloads_stay_out_of_the_image() {
    for packages in ["uv", "pip", "poetry"] {
        let text = dockerfile(&format!("  api: {{ python: {{ packages: {packages} }} }}"));
        assert!(text.contains("RUN --mount=type=cache,target=/root/.cache/"), "{text}");
        assert!(!text.contains("--no-cache-dir"), "{text}");
    }
}

/// Concept 5. The port is 8000, since a process that is not root may not everywhere listen on 80.
#[test]
fn fastapi_run_serves_the_app() {
    let text = dockerfile("  api: { python: { server: fastapi, app: 'app.main:app' } }");
    assert!(
        text.ends_with("CMD [\"fastapi\", \"run\", \"app/main.py\", \"--port\", \"8000\", \"--workers\", \"1\"]\n")
    );
    let named = topology("  api: { python: { server: fastapi, app: 'app.main:api' }, port: 80 }");
    assert_eq!(command(&named.services[0]), "fastapi run app/main.py --port 80 --workers 1 --app api");
}

/// Concept 6: otherwise a shell gets the signal to stop, and lifespan events never run.
#[test]
fn commands_are_in_exec_form_and_shells_in_between_are_pointed_out() {
    for service in ["python: {}", "celery: {}", "node: {}", "go: {}", "python: { worker: 'python -c \"a b\"' }"] {
        let text = dockerfile(&format!("  api: {{ {service} }}"));
        let exec = text.lines().last().unwrap().strip_prefix("CMD ").unwrap();
        let words: Vec<String> = serde_json::from_str(exec).unwrap();
        assert_ne!(words[0], "sh");
    }
    assert_eq!(findings("  api: { image: 'a:1', command: sh -c 'uvicorn main:app' }"), ["signal-lost"]);
    assert_eq!(findings("  api: { image: 'a:1', command: sh -c 'exec uvicorn main:app' }"), [""; 0]);
}

/// Concept 6, from the other side: what a server gives its requests ends before it is killed.
#[test]
fn servers_end_before_they_are_killed() {
    for (server, option) in [("uvicorn", "--timeout-graceful-shutdown"), ("gunicorn", "--graceful-timeout")] {
        let topology = topology(&format!("  api: {{ python: {{ server: {server} }} }}"));
        let api = &topology.services[0];
        let words = api.command.as_ref().unwrap();
        let given: u32 = words[words.iter().position(|word| word == option).unwrap() + 1].parse().unwrap();
        assert!(given < api.grace_seconds(), "{words:?}");
    }
}

/// Gunicorn kills a worker of its own that has had one request for 30 seconds, unless it is told that requests take longer.
#[test]
fn a_long_request_is_no_reason_to_kill_its_worker() {
    let timeout = |service: &str, latency: &str| -> Option<u32> {
        let text = format!(
            "services: {{ api: {{ {service} }} }}\nserver: {{}}\ntraffic: {{ rate: 1/s, peak: 1/s, latency: {latency} }}\n"
        );
        let topology = analyze(&text).outputs.unwrap().topology;
        let words = topology.services[0].command.as_ref().unwrap();
        words[words.iter().position(|word| word == "--timeout")? + 1].parse().ok()
    };
    let flask = "python: { framework: flask }";
    assert_eq!(timeout(flask, "80ms"), None);
    assert!(timeout(flask, "40s").unwrap() > 40);
    assert!(timeout(&format!("{flask}, shutdown: 120s"), "80ms").unwrap() > 120);
    // Uvicorn's workers are alive while they wait.
    assert_eq!(timeout("python: { server: gunicorn }, shutdown: 120s", "40s"), None);
}

/// Concepts 7 and 8: `--proxy-headers` is on by itself in both servers, and does nothing between containers until it is
/// said whom to trust; who is not behind a proxy trusts nobody.
#[test]
fn behind_a_proxy_the_app_knows_whom_to_trust() {
    for (server, trusted) in [
        ("uvicorn", "127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"),
        ("fastapi", "127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"),
        ("gunicorn", "*"),
    ] {
        let text = file(
            "compose.yaml",
            &format!("  api: {{ python: {{ server: {server} }}, public: {{ host: a.example.com }} }}"),
        );
        let line = text.lines().find(|line| line.contains("FORWARDED_ALLOW_IPS")).unwrap();
        assert_eq!(line.trim().replace('"', ""), format!("FORWARDED_ALLOW_IPS: {trusted}"));
    }
    assert!(!file("compose.yaml", "  api: { python: {} }").contains("FORWARDED_ALLOW_IPS"));
}

/// Concept 9.
#[test]
fn an_app_of_a_single_file_is_one_file_in_the_image() {
    let text = dockerfile("  api: { python: { packages: pip, server: fastapi, app: 'main:app', files: [main.py] } }");
    let expected = ["COPY --from=builder /app/.venv .venv", "COPY main.py main.py", "USER 10001:10001"];
    has_in_order(&text, &expected);
    assert!(!text.contains("COPY . ."), "{text}");
    assert_eq!(findings("  api: { python: { app: 'main:app', files: [app.py] } }"), ["file-left-out"]);
    assert_eq!(findings("  api: { python: { app: 'main:app', files: [main.py, .env] } }"), ["secret-in-image"]);
}

/// Concepts 10 and 11: uv as its own guide has it.
#[test]
fn uv_installs_what_its_lock_file_says() {
    has_in_order(
        &dockerfile("  api: { python: {} }"),
        &[
            "COPY --from=uv /uv /usr/local/bin/",
            "ENV UV_COMPILE_BYTECODE=\"1\" \\",
            "    UV_LINK_MODE=\"copy\" \\",
            "    uv sync --locked --no-dev --no-install-project",
            "COPY . .",
            "    uv sync --locked --no-dev",
            "ENV PATH=\"/app/.venv/bin:$PATH\" \\",
        ],
    );
}

/// Concept 12.
#[test]
fn the_guide_says_how_to_build_and_to_run() {
    let text = file("DEPLOY.md", "  api: { python: {}, image: 'ghcr.io/acme/api:1.4' }");
    has_in_order(
        &text,
        &[
            "    docker compose up --build --detach --wait",
            "    curl --include http://127.0.0.1:8000/",
            "    docker build --tag ghcr.io/acme/api:1.4 --file Dockerfile .",
        ],
    );
}

/// Concept 13: Uvicorn itself restarts workers that die.
#[test]
fn the_deprecated_base_image_is_replaced() {
    let text = "services:\n  api: { image: tiangolo/uvicorn-gunicorn-fastapi:python3.9, port: 80 }\n";
    let finding = analyze(text).findings.into_iter().find(|finding| finding.rule.id == "deprecated-image").unwrap();
    let edit = &finding.fix.unwrap().edits[0];
    let mut fixed = text.to_owned();
    fixed.replace_range(edit.span.start..edit.span.end, &edit.text);
    assert_eq!(fixed, "services:\n  api: { python: {}, port: 80 }\n");
}

/// Concept 14: the pins of versions stand in a lock file, which no build changes.
#[test]
fn no_build_chooses_versions_of_packages_by_itself() {
    for (program, locked) in [
        ("python: { packages: uv }", "uv sync --locked"),
        ("python: { packages: pip }", "--requirement requirements.txt"),
        ("python: { packages: poetry }", "poetry sync"),
        ("node: { packages: npm }", "npm ci"),
        ("node: { packages: pnpm }", "pnpm install --frozen-lockfile"),
        ("node: { packages: yarn }", "yarn install --frozen-lockfile"),
        ("go: {}", "go mod download"),
        ("site: { packages: pnpm }", "pnpm install --frozen-lockfile"),
    ] {
        let text = dockerfile(&format!("  api: {{ {program} }}"));
        assert!(text.contains(locked), "{locked} in\n{text}");
    }
}

/// Concept 15: the docs look for `main.py`; ours is told, so that nothing else is found.
#[test]
fn the_app_is_named() {
    let topology = topology(
        "  a: { python: {} }\n  b: { python: { app: 'shop.api:create_app()' } }\n  \
         c: { python: { framework: flask, app: 'shop:create_app()' } }",
    );
    let starts: Vec<String> = topology.services.iter().map(command).collect();
    assert!(starts[0].starts_with("uvicorn main:app "), "{}", starts[0]);
    assert!(
        starts[1].starts_with("uvicorn shop.api:create_app ") && starts[1].ends_with(" --factory"),
        "{}",
        starts[1]
    );
    assert!(starts[2].starts_with("gunicorn shop:create_app() "), "{}", starts[2]);
    assert_eq!(findings("  a: { python: { app: 'shop:create_app' } }"), ["app-factory"]);
}

/// Concept 16.
#[test]
fn other_servers_can_serve_and_none_reloads() {
    let topology = topology(
        "  a: { python: { server: gunicorn } }\n  b: { python: { framework: django, app: 'a.asgi:application', server: uvicorn } }",
    );
    assert!(command(&topology.services[0]).contains(" --worker-class uvicorn_worker.UvicornWorker "));
    assert!(command(&topology.services[1]).starts_with("uvicorn a.asgi:application "));
    assert_eq!(findings("  a: { image: 'a:1', command: uvicorn main:app --reload }"), ["development-server"]);
}

/// Concepts 17 and 24: one process a container, which a cluster replicates; on one server, `workers` may be more, and
/// is the same number wherever it is said.
#[test]
fn a_container_is_one_process_unless_asked_for_more() {
    let text = "  api: { python: {}, replicas: 3 }";
    assert!(dockerfile(text).contains("\"--workers\", \"1\""), "written out, since WEB_CONCURRENCY could say another");
    assert!(file("k8s/api.yaml", text).contains("replicas: 3"));
    let four = topology("  api: { python: {}, workers: 4 }");
    assert!(command(&four.services[0]).contains(" --workers 4 "));
    assert_eq!(four.services[0].memory.workers, 4);
}

/// Concept 20: a parent and its workers, each counted.
#[test]
fn the_parent_of_the_workers_counts() {
    let supervisor = |service: &str| topology(&format!("  a: {{ {service} }}")).services[0].memory.supervisor.bytes();
    assert_eq!(supervisor("python: {}"), 0);
    assert!(supervisor("python: {}, workers: 2") > 0);
    assert!(supervisor("python: { worker: celery -A app worker -c 2 }") > supervisor("python: { worker: rq worker }"));
}

/// The number of processes is never left to the machine's processors, which are not the container's.
#[test]
fn every_count_of_processes_is_written_out() {
    for (service, count) in [
        ("python: {}", "--workers 1"),
        ("python: { server: fastapi }, workers: 2", "--workers 2"),
        ("python: { framework: flask }, workers: 3", "--workers 3"),
        ("celery: {}", "--concurrency 2"),
    ] {
        let topology = topology(&format!("  a: {{ {service} }}"));
        assert!(command(&topology.services[0]).contains(count), "{service}");
    }
    for worker in ["celery -A app worker", "dramatiq app.tasks"] {
        assert_eq!(findings(&format!("  a: {{ python: {{ worker: {worker} }} }}")), ["processes-of-the-machine"]);
    }
}

/// Concept 26, as far as images go: steps run in the image of the service, before it, and say so if they cannot.
#[test]
fn previous_steps_run_in_the_image_of_the_service() {
    let text = file("compose.yaml", "  api: { python: {}, before_start: [{ run: alembic upgrade head }] }");
    has_in_order(
        &text,
        &["  api-before-start:", "    image: app:0.1.0", "      - alembic", "  api:", "    image: app:0.1.0"],
    );
    assert_eq!(
        findings("  api: { python: {}, before_start: [{ run: uv run alembic upgrade head }] }"),
        ["not-in-image"]
    );
}

/// No queue's worker is asked whether it is well: see `resolve/queue.rs` for why.
#[test]
fn workers_of_queues_are_not_asked() {
    for worker in ["celery -A app worker -c 2", "arq app.Settings", "rq worker", "dramatiq app -p 2"] {
        let topology = topology(&format!("  a: {{ python: {{ worker: {worker} }} }}"));
        assert_eq!(topology.services[0].health, HealthCheck::None, "{worker}");
    }
}

/// Each framework of Java has variables of its own for its port and its end, and each program learns its heap.
#[test]
fn java_is_told_its_port_its_heap_and_its_end() {
    let heap = "JDK_JAVA_OPTIONS=-Xmx256m -XX:+ExitOnOutOfMemoryError";
    for (service, expected) in [
        ("java: {}, port: 80", vec!["SERVER_PORT=80", heap]),
        (
            "java: {}, shutdown: 45s, public: { host: a.example.com }",
            vec![
                "SERVER_PORT=8000",
                "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE=45s",
                "SERVER_FORWARD_HEADERS_STRATEGY=native",
                heap,
            ],
        ),
        (
            "java: { framework: quarkus }, public: { host: a.example.com }",
            vec![
                "QUARKUS_HTTP_PORT=8000",
                "QUARKUS_SHUTDOWN_TIMEOUT=30s",
                "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING=true",
                heap,
            ],
        ),
        ("java: { framework: micronaut }", vec!["MICRONAUT_SERVER_PORT=8000", heap]),
        ("java: { framework: other }", vec!["PORT=8000", heap]),
        ("java: { worker: java -jar app.jar }", vec![heap]),
    ] {
        let topology = topology(&format!("  a: {{ {service}, memory: {{ limit: 512Mi }} }}"));
        let env: Vec<String> = topology.services[0]
            .env
            .iter()
            .map(|variable| match &variable.value {
                VariableValue::Plain(value) => format!("{}={value}", variable.name),
                VariableValue::Secret { key } => key.clone(),
            })
            .collect();
        assert_eq!(env, expected, "{service}");
    }
}

/// A setting of one's own stands, and build tools are not in the image.
#[test]
fn java_takes_the_persons_own_options_and_says_what_its_image_lacks() {
    let own = topology("  a: { java: {}, env: { JDK_JAVA_OPTIONS: -Xmx99m, SERVER_PORT: '9' } }");
    assert_eq!(own.services[0].env.len(), 2);
    for command in ["mvn spring-boot:run", "./gradlew run", "sh -c 'exec java -jar app.jar'"] {
        let document = format!("services: {{ a: {{ java: {{ worker: \"{command}\" }} }} }}");
        let found = analyze(&document).findings.iter().any(|finding| finding.rule.id == "not-in-image");
        assert_eq!(found, !command.starts_with("sh"), "{command}");
    }
}

/// Node.js and Go programs learn their port by `PORT`, and how much memory they have.
#[test]
fn programs_are_told_what_they_look_for() {
    let topology = topology(
        "  a: { node: {}, port: 3000, memory: { limit: 1Gi } }\n  b: { go: {}, memory: { limit: 100Mi } }\n  \
         c: { go: { worker: ./c }, env: { GOMEMLIMIT: 1GiB } }",
    );
    let env = |index: usize| -> Vec<String> {
        let service: &Service = &topology.services[index];
        service.env.iter().map(|variable| format!("{}={:?}", variable.name, variable.value)).collect()
    };
    assert_eq!(env(0), ["PORT=Plain(\"3000\")", "NODE_OPTIONS=Plain(\"--max-old-space-size=768\")"]);
    assert_eq!(env(1), ["PORT=Plain(\"8000\")", "GOMEMLIMIT=Plain(\"90MiB\")"]);
    assert_eq!(env(2), ["GOMEMLIMIT=Plain(\"1GiB\")"]);
}
