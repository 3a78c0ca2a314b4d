use super::*;
use std::fmt::Write as _;

fn topology(services: &str) -> Topology {
    crate::analyze(&format!("services:\n{services}")).outputs.unwrap().topology
}

fn artifacts(services: &str) -> Vec<Artifact> {
    super::artifacts(&topology(services))
}

fn dockerfile(services: &str) -> String {
    artifacts(services).swap_remove(0).text
}

fn paths(artifacts: &[Artifact]) -> Vec<&str> {
    artifacts.iter().map(|artifact| artifact.path.as_str()).collect()
}

/// A service for every way to build.
const EVERY_WAY: [&str; 14] = [
    "python: { packages: uv }",
    "python: { packages: pip }",
    "python: { packages: poetry }",
    "python: { framework: django, app: 'a:b' }",
    "node: { packages: npm }",
    "node: { packages: pnpm, build: build }",
    "node: { packages: yarn, build: build }",
    "go: { app: ./cmd/api }",
    "java: {}",
    "java: { jar: 'shop-*.jar', module: api }",
    "java: { build: gradle, version: '25' }",
    "java: { build: gradle, module: services/api, worker: 'java -jar app.jar' }",
    "site: { packages: pnpm, fallback: index.html, build_env: { VITE_API_URL: x } }",
    "site: { server: nginx, fallback: index.html }",
];

#[test]
fn the_packages_come_before_the_code_and_no_installer_stays() {
    let text = dockerfile("  api: { python: { app: 'app.main:app' } }");
    let expected = r#"# syntax=docker/dockerfile:1

FROM ghcr.io/astral-sh/uv:0.13.9 AS uv

FROM python:3.14-slim AS builder
COPY --from=uv /uv /usr/local/bin/
ENV UV_COMPILE_BYTECODE="1" \
    UV_LINK_MODE="copy" \
    UV_PYTHON="/usr/local/bin/python"
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=uv.lock,target=/app/uv.lock \
    --mount=type=bind,source=pyproject.toml,target=/app/pyproject.toml \
    uv sync --locked --no-dev --no-install-project
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-dev

FROM python:3.14-slim
ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE="1" \
    PYTHONUNBUFFERED="1"
RUN groupadd --gid 10001 app \
    && useradd --no-log-init --uid 10001 --gid app --no-create-home --home-dir /tmp app
WORKDIR /app
COPY --from=builder /app/.venv .venv
COPY . .
USER 10001:10001
EXPOSE 8000
# No HEALTHCHECK: compose.yaml and the probes ask each service in its own way.
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000", "--workers", "1", "--timeout-graceful-shutdown", "30"]
"#;
    assert_eq!(text, expected);
}

#[test]
fn each_installer_of_python_has_its_files_and_its_cache() {
    for (packages, lines) in [
        ("pip", &["COPY requirements*.txt ./", "RUN --mount=type=cache,target=/root/.cache/pip \\"][..]),
        (
            "poetry",
            &[
                "    poetry sync --only main --no-root --compile",
                "RUN --mount=type=cache,target=/root/.cache/pypoetry \\",
                "RUN poetry install --only-root",
            ],
        ),
    ] {
        let text = dockerfile(&format!("  api: {{ python: {{ packages: {packages}, version: '3.12' }} }}"));
        for line in lines {
            assert!(text.lines().any(|other| other == *line), "{line} in\n{text}");
        }
        assert!(text.contains("FROM python:3.12-slim AS builder\n"), "{text}");
    }
}

#[test]
fn the_image_gets_the_files_that_are_listed_and_no_others() {
    let text = dockerfile("  api: { python: { files: [main.py, templates, main.py] } }");
    let last = text.rsplit("FROM ").next().unwrap();
    let copies: Vec<&str> = last.lines().filter(|line| line.starts_with("COPY ")).collect();
    assert_eq!(copies, ["COPY --from=builder /app/.venv .venv", "COPY main.py main.py", "COPY templates templates"]);
}

#[test]
fn static_files_are_gathered_without_a_secret_and_without_a_shell() {
    let text = dockerfile(
        "  site:\n    python: { framework: django, app: 'site.wsgi:application' }\n    \
         env: { MOTTO: \"it's $5\\nRUN id\" }\n    secrets: [DATABASE_URL, API_TOKEN]\n    \
         public: { host: site.example.com }\n",
    );
    let line = r#"RUN ["env", "SECRET_KEY=stands-in-while-building", "MOTTO=it's $5\nRUN id", "DATABASE_URL=sqlite://:memory:", "API_TOKEN=stands-in-while-building", "python", "manage.py", "collectstatic", "--no-input"]"#;
    assert!(text.lines().any(|other| other == line), "{text}");
}

#[test]
fn node_runs_its_own_code_with_the_packages_that_run() {
    let text = dockerfile("  web: { node: { app: src/server.js, version: '22' }, port: 3000 }");
    let expected = r#"# syntax=docker/dockerfile:1

FROM node:22-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc* ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev && mkdir -p node_modules

FROM node:22-slim
ENV NODE_ENV="production"
RUN groupadd --gid 10001 app \
    && useradd --no-log-init --uid 10001 --gid app --no-create-home --home-dir /tmp app
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY . .
USER 10001:10001
EXPOSE 3000
# No HEALTHCHECK: compose.yaml and the probes ask each service in its own way.
CMD ["node", "src/server.js"]
"#;
    assert_eq!(text, expected);
}

#[test]
fn a_script_builds_with_all_packages_in_a_stage_of_its_own() {
    for (packages, install, script) in [
        ("npm", "    npm ci\n", "RUN npm run build:all && rm -rf node_modules\n"),
        (
            "pnpm",
            "    CI=1 pnpm install --frozen-lockfile --store-dir /root/.pnpm-store\n",
            "RUN pnpm run build:all && rm -rf node_modules\n",
        ),
        (
            "yarn",
            "        1.*) yarn install --frozen-lockfile ;; \\\n        *) yarn install --immutable ;; \\\n",
            "RUN yarn run build:all && rm -rf node_modules\n",
        ),
    ] {
        let text = dockerfile(&format!("  web: {{ node: {{ packages: {packages}, build: 'build:all' }} }}"));
        let stages: Vec<&str> = text.split("\nFROM ").collect();
        let [_, packages, builder, runtime] = stages.as_slice() else { panic!("{text}") };
        assert!(packages.starts_with("node:24-slim AS packages\n"), "{packages}");
        assert!(builder.starts_with("packages AS builder\n"), "{builder}");
        assert!(builder.contains(install) && builder.contains(script), "{builder}");
        assert!(runtime.contains("COPY --from=builder /app .\n") && !runtime.contains("COPY . ."), "{runtime}");
    }
}

#[test]
fn one_image_of_go_holds_every_program_of_the_code() {
    let text = dockerfile("  api: { go: { app: ./cmd/api } }\n  worker: { go: { worker: cmd/worker } }\n");
    let expected = r#"# syntax=docker/dockerfile:1

FROM golang:1.26 AS builder
ENV CGO_ENABLED="0"
WORKDIR /src
COPY go.mod go.sum* ./
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -trimpath -tags timetzdata -ldflags="-s -w" -o /programs/api ./cmd/api \
    && go build -trimpath -tags timetzdata -ldflags="-s -w" -o /programs/worker ./cmd/worker

FROM alpine:3.24
RUN addgroup -S -g 10001 app \
    && adduser -S -D -H -h /tmp -u 10001 -G app app
WORKDIR /app
COPY --from=builder /programs/ /usr/local/bin/
USER 10001:10001
EXPOSE 8000
# No HEALTHCHECK: compose.yaml and the probes ask each service in its own way.
CMD ["/usr/local/bin/api"]
"#;
    assert_eq!(text, expected);
}

#[test]
fn java_is_built_by_maven_and_runs_on_a_jre() {
    let text = dockerfile("  api: { java: { version: '25', module: services/api }, port: 8080 }");
    let (builder, runtime) = text.split_once("\nFROM eclipse-temurin:25-jre\n").unwrap();
    for line in [
        "FROM maven:3.9-eclipse-temurin-25 AS builder",
        "RUN --mount=type=cache,target=/root/.m2 \\",
        "    mvn --batch-mode --no-transfer-progress -DskipTests package --projects services/api --also-make",
        "        cp -R services/api/target/quarkus-app /program; mv /program/quarkus-run.jar /program/app.jar; \\",
    ] {
        assert!(builder.lines().any(|other| other == line), "{line} in\n{builder}");
    }
    let expected = r#"RUN groupadd --gid 10001 app \
    && useradd --no-log-init --uid 10001 --gid app --no-create-home --home-dir /tmp app
WORKDIR /app
COPY --from=builder /libraries/ lib/
COPY --from=builder /program/ ./
USER 10001:10001
EXPOSE 8080
# No HEALTHCHECK: compose.yaml and the probes ask each service in its own way.
CMD ["java", "-jar", "app.jar"]
"#;
    assert_eq!(runtime, expected);
}

#[test]
fn the_wrapper_of_gradle_builds_one_module_and_its_home_is_for_one_build_at_a_time() {
    let text = dockerfile("  api: { java: { build: gradle, module: services/api, jar: 'api-*.jar' } }");
    for line in [
        "FROM eclipse-temurin:21-jdk AS builder",
        "RUN --mount=type=cache,target=/root/.gradle,sharing=locked \\",
        "    sh gradlew --no-daemon --console=plain :services:api:assemble",
        "        jar=\"$(find services/api/build/libs -maxdepth 1 -name 'api-*.jar' || true)\"; \\",
    ] {
        assert!(text.lines().any(|other| other == line), "{line} in\n{text}");
    }
}

#[test]
fn services_of_one_java_build_share_an_image_and_modules_do_not() {
    let of = |worker: &str| {
        paths(&artifacts(&format!(
            "  api: {{ java: {{}} }}\n  worker: {{ java: {{ worker: java -jar app.jar{worker} }} }}\n"
        )))
        .iter()
        .filter(|path| path.starts_with("Dockerfile"))
        .count()
    };
    assert_eq!((of(""), of(", module: worker"), of(", version: '25'")), (1, 2, 2));
}

#[test]
fn caddy_serves_a_site_from_an_image_without_node() {
    let text = dockerfile(
        "  web:\n    site: { packages: pnpm, output: build/client, assets: _astro, fallback: 200.html,\n            \
         build_env: { VITE_API_URL: 'https://api.example.com/?a=$b' } }\n    port: 8080\n",
    );
    let expected = r#"# syntax=docker/dockerfile:1

FROM node:24-slim AS builder
RUN --mount=type=cache,target=/root/.npm \
    npm install --global pnpm@12
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml* .npmrc* ./
RUN --mount=type=cache,target=/root/.pnpm-store \
    CI=1 pnpm install --frozen-lockfile --store-dir /root/.pnpm-store
COPY . .
RUN ["env", "VITE_API_URL=https://api.example.com/?a=$b", "pnpm", "run", "build"]

FROM caddy:2-alpine AS caddy
RUN cp /usr/bin/caddy /usr/local/bin/caddy

FROM busybox:1.37
RUN addgroup -S -g 10001 app \
    && adduser -S -D -H -h /tmp -u 10001 -G app app
WORKDIR /app
ENV XDG_DATA_HOME="/tmp"
COPY --from=caddy /usr/local/bin/caddy /usr/local/bin/
COPY --from=caddy /etc/mime.types /etc/

COPY <<"EOF" /etc/caddy/Caddyfile
{
	admin off
	auto_https off
	persist_config off
}
:8080 {
	root * /app
	log {
		output stdout
	}
	encode zstd gzip
	@hashed {
		path /_astro/*
		file
	}
	header @hashed Cache-Control "public, max-age=31536000, immutable"
	header ?Cache-Control no-cache
	@unknown {
		not path /_astro/*
		not file {path} {path}/
	}
	rewrite @unknown /200.html
	file_server
	handle_errors 404 {
		header Cache-Control no-cache
		@page file /404.html
		handle @page {
			rewrite * /404.html
			file_server
		}
		respond "404 Not Found"
	}
}
EOF

COPY --from=builder /app/build/client .
USER 10001:10001
EXPOSE 8080
# No HEALTHCHECK: compose.yaml and the probes ask each service in its own way.
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
"#;
    assert_eq!(text, expected);
}

#[test]
fn nginx_serves_a_site_with_as_many_processes_as_asked() {
    let text = dockerfile("  web: { site: { server: nginx, fallback: index.html }, port: 3000, workers: 2 }");
    let last = text.rsplit("FROM ").next().unwrap();
    assert!(last.starts_with("nginx:1.30-alpine-slim\n"), "{last}");
    for line in ["\t\tlisten 3000;", "\t\tlocation /assets/ {", "\t\t\ttry_files $uri $uri/ /index.html;"] {
        assert!(last.lines().any(|other| other == line), "{line:?} in\n{last}");
    }
    assert!(last.ends_with("CMD [\"/usr/sbin/nginx\", \"-g\", \"daemon off; worker_processes 2;\"]\n"), "{last}");
    // Without a page for them, paths without a file are not found.
    assert!(!dockerfile("  web: { site: { server: nginx } }").contains("location / {"));
    assert!(!dockerfile("  web: { site: {} }").contains("rewrite @unknown"));
}

#[test]
fn every_site_has_an_image_of_its_own_since_it_holds_the_port() {
    let artifacts = artifacts("  a: { site: {}, port: 3000 }\n  b: { site: {}, port: 4000 }\n");
    assert_eq!(paths(&artifacts), ["Dockerfile", ".dockerignore", "Dockerfile.b"]);
    assert!(artifacts[0].text.contains("\n:3000 {\n") && artifacts[2].text.contains("\n:4000 {\n"));
}

#[test]
fn the_folder_of_a_disk_belongs_to_the_user_that_the_topology_runs() {
    for program in ["python: {}", "node: {}", "go: {}", "java: {}", "site: {}", "site: { server: nginx }"] {
        let topology = topology(&format!("  api: {{ {program}, storage: 1Gi, storage_path: /data }}"));
        assert!(topology.services.iter().all(|service| service.user == crate::dockerfile::USER));
        let text = super::artifacts(&topology).swap_remove(0).text;
        let lines = "RUN [\"install\", \"-d\", \"-o\", \"10001\", \"-g\", \"10001\", \"/data\"]\n";
        let (before, after) = text.split_once(lines).unwrap();
        assert!(before.contains("\nWORKDIR /app\n") && after.contains("COPY --from="), "{text}");
    }
}

#[test]
fn images_that_share_a_folder_have_dockerfiles_of_their_own() {
    let artifacts = artifacts(
        "  api: { python: {} }\n  old: { python: { version: '3.11' } }\n  job: { celery: { source: jobs } }\n",
    );
    assert_eq!(
        paths(&artifacts),
        ["Dockerfile", ".dockerignore", "Dockerfile.old", "jobs/Dockerfile", "jobs/.dockerignore"]
    );
}

#[test]
fn a_dockerfile_of_your_own_is_left_alone_and_nothing_is_hidden_from_it() {
    assert_eq!(paths(&artifacts("  api: { dockerfile: { target: run }, port: 80 }\n")), [""; 0]);
    let artifacts = artifacts("  api: { dockerfile: {}, port: 80 }\n  web: { node: {} }\n");
    assert_eq!(paths(&artifacts), ["Dockerfile.web", "Dockerfile.web.dockerignore"]);
}

#[test]
fn every_line_but_the_empty_ones_says_why_it_is_there() {
    for service in EVERY_WAY {
        for artifact in &artifacts(&format!("  api: {{ {service} }}")) {
            for (line, origin) in artifact.lines() {
                assert_eq!(origin.is_none(), line.is_empty(), "{}: {line}", artifact.path);
            }
            assert!(!artifact.explained().contains("(services..") && !artifact.explained().contains("()"));
        }
    }
}

#[test]
fn the_explained_file_still_starts_with_its_syntax() {
    let artifacts = artifacts("  api: { python: {} }");
    assert!(artifacts[0].explained().starts_with("# syntax=docker/dockerfile:1\n"));
}

#[test]
fn nothing_that_a_build_reads_is_ignored_in_a_folder_that_all_languages_share() {
    let mut services = String::new();
    for (number, service) in EVERY_WAY.iter().enumerate() {
        writeln!(services, "  s{number}: {{ {service} }}").unwrap();
    }
    let topology = topology(&services);
    let builds: Vec<&Build> = topology.builds.iter().collect();
    let mut read: Vec<String> = Vec::new();
    for build in &builds {
        let steps = build.stack.dockerfile(&image(&topology, build)).unwrap().concat();
        read.extend(steps.iter().flat_map(|(step, _)| step.reads()).filter(|file| file != "."));
    }
    assert!(read.len() > 10, "{read:?}");
    // What COPY . . is for: the code, and what a package needs to be built.
    let code = [
        "app/main.py",
        "manage.py",
        "README.md",
        "LICENSE",
        "src/shop/__init__.py",
        "alembic/env.py",
        "src/server.ts",
        "dist/server.js",
        "public/index.html",
        "vite.config.js",
        "tsconfig.json",
        "main.go",
        "cmd/api/main.go",
        "vendor/modules.txt",
        "pom.xml",
        ".mvn/maven.config",
        "gradlew",
        "gradle/wrapper/gradle-wrapper.jar",
        "buildSrc/src/main/kotlin/shop.gradle.kts",
        "services/api/build.gradle.kts",
        "src/main/java/com/example/build/Main.java",
        "src/main/java/com/example/target/Main.java",
        "libs/driver.jar",
    ];
    for file in read.iter().map(String::as_str).chain(code) {
        assert_eq!(ignore::hides(&builds, file), None, "{file}");
    }
    for secret in [".env", ".env.production", "services/api/.env", ".venv/bin/python", ".git/config"] {
        assert!(ignore::hides(&builds, secret).is_some(), "{secret}");
    }
}

#[test]
fn what_the_document_lists_is_never_ignored() {
    let artifacts = artifacts("  api: { python: { files: [main.py, venv/data.json, compose.yaml] } }");
    let ignored = &artifacts[1].text;
    let exceptions: Vec<&str> = ignored.lines().filter(|line| line.starts_with('!')).collect();
    assert_eq!(exceptions, ["!venv/data.json", "!compose.yaml"]);
    assert!(ignored.ends_with("!compose.yaml\n"), "{ignored}");
}
