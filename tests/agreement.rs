//! The files agree: one image, one command, one user, one set of variables, one memory figure, whatever the target; and
//! where they would not, it is seen. `properties.rs` holds the same of generated topologies.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;

use examples::EXAMPLES;
use plimsoll::agree::{agree, agree_all};
use plimsoll::analyze;

#[test]
fn the_files_of_every_example_agree() {
    for (example, text) in EXAMPLES {
        for targets in ["", "server: {}\n", "cluster: {}\n", "server: {}\ncluster: {}\n"] {
            let text: String =
                text.lines().filter(|line| !line.starts_with("server:")).map(|line| line.to_owned() + "\n").collect();
            let text = if text.contains("\ncluster:") { text } else { text + targets };
            let outputs = analyze(&text).outputs.unwrap();
            let agreement = agree_all(&outputs.topology, &outputs.plan);
            assert_eq!(agreement.disagreements, [], "{example} {targets}");
            assert!(agreement.facts > 10, "{example}: {agreement:?}");
        }
    }
}

/// A topology in which every fact is said at least twice.
const SHOP: &str = r#"
name: shop
services:
  api:
    python: { framework: fastapi, app: "app.main:app", source: services/api }
    image: ghcr.io/acme/shop:1.0
    replicas: 2
    env: { MOTTO: "a $5 word" }
    secrets: [DATABASE_URL]
    before_start: [{ run: migrate all }]
    health: { path: /healthz }
    needs: [db]
    public: { host: shop.example.com }
  mailer: { celery: { source: services/api }, storage: 1Gi, storage_path: /var/mail, needs: [db] }
  admin:
    python: { worker: admin, packages: pip }
    port: 9000
    publish: 9001
    before_start: [{ run: warm up, when: every-start, how: in-container }]
  nightly: { image: "acme/report:2", schedule: "0 3 * * *", storage: 1Gi, storage_path: /data, user: 1000 }
  db: { postgres: {} }
server: {}
cluster: { namespace: production }
"#;

/// In which file what is replaced by what, once, and what is then said to differ.
#[rustfmt::skip]
const CHANGES: &[(&str, &str, &str, &str)] = &[
    // Names.
    ("compose.yaml", "name: shop\n", "name: store\n", "the name of the whole"),
    ("k8s/kustomization.yaml", "app.kubernetes.io/instance: shop", "app.kubernetes.io/instance: store", "the name of the whole"),
    ("k8s/kustomization.yaml", "namespace: production", "namespace: default", "the namespace"),
    ("k8s/namespace.yaml", "name: production", "name: test", "the namespace"),
    ("DEPLOY.md", "--namespace production", "--namespace test", "the namespace"),
    ("k8s/api.yaml", "                  name: shop\n", "                  name: store\n", "the name of the Secret"),
    ("DEPLOY.md", "secret generic shop", "secret generic store", "the name of the Secret"),
    ("compose.yaml", "  mailer:\n", "  postman:\n", "what runs"),
    ("k8s/mailer.yaml", "kind: StatefulSet\nmetadata:\n  name: mailer", "kind: StatefulSet\nmetadata:\n  name: postman", "what runs the pods"),
    ("DEPLOY.md", "deployment/api", "deployment/ape", "what runs the pods"),
    ("DEPLOY.md", "- `k8s/db.yaml`\n", "", "which files there are"),
    ("k8s/kustomization.yaml", "  - db.yaml\n", "", "the resources are"),
    ("k8s/api.yaml", "serviceAccountName: api", "serviceAccountName: ape", "there is no ServiceAccount"),
    ("k8s/api.yaml", "configMapRef:\n                name: api", "configMapRef:\n                name: ape", "there is no ConfigMap"),
    ("k8s/api.yaml", "selector:\n    app.kubernetes.io/name: api", "selector:\n    app.kubernetes.io/name: ape", "finds no pods"),
    ("k8s/mailer.yaml", "selector:\n    matchLabels:\n      app.kubernetes.io/name: mailer", "selector:\n    matchLabels:\n      app.kubernetes.io/name: m", "finds none of its own pods"),
    // Images.
    ("compose.yaml", "image: ghcr.io/acme/shop:1.0", "image: ghcr.io/acme/shop:1.1", "the image of `api`"),
    ("k8s/db.yaml", "image: postgres:18", "image: postgres:17", "the image of `db`"),
    ("k8s/kustomization.yaml", "newTag: \"1.0\"", "newTag: \"1.1\"", "no container runs `ghcr.io/acme/shop:1.1`"),
    ("compose.yaml", "context: ./services/api", "context: ./services/ape", "the Dockerfile of `ghcr.io/acme/shop:1.0`"),
    ("DEPLOY.md", "--tag ghcr.io/acme/shop:1.0", "--tag ghcr.io/acme/shop:2.0", "no container runs `ghcr.io/acme/shop:2.0`"),
    ("DEPLOY.md", "docker push ghcr.io/acme/shop:1.0", "docker push ghcr.io/acme/shop:2.0", "no container runs `ghcr.io/acme/shop:2.0`"),
    ("DEPLOY.md", "--file services/api/Dockerfile", "--file Dockerfile", "the Dockerfile of"),
    // Commands and steps.
    ("services/api/Dockerfile", "\"uvicorn\"", "\"hypercorn\"", "the command of `api`"),
    ("services/api/Dockerfile", "CMD [", "CMD exec [", "the command is not in exec form"),
    ("compose.yaml", "- --concurrency\n      - \"2\"", "- --concurrency\n      - \"3\"", "the command of `mailer`"),
    ("k8s/mailer.yaml", "- --concurrency", "- --autoscale", "the command of `mailer`"),
    ("compose.yaml", "- migrate", "- migrant", "the steps before the start of `api`"),
    ("k8s/api.yaml", "- migrate", "- migrant", "the steps before the start of `api`"),
    ("compose.yaml", "warm up &&", "warm down &&", "the steps before the start of `admin`"),
    // Ports.
    ("services/api/Dockerfile", "EXPOSE 8000", "EXPOSE 8001", "no service of this image listens on 8001"),
    ("services/api/Dockerfile", "\"--port\", \"8000\"", "\"--port\", \"8001\"", "the command of `api`"),
    ("compose.yaml", "http://127.0.0.1:8000/", "http://127.0.0.1:8001/", "the port of `api`"),
    ("compose.yaml", "9001:9000", "9001:9002", "the port of `admin`"),
    ("k8s/api.yaml", "containerPort: 8000", "containerPort: 8001", "the port of `api`"),
    ("k8s/db.yaml", "    - name: tcp\n      port: 5432", "    - name: tcp\n      port: 5433", "the port of `db`"),
    ("k8s/db.yaml", "        - port: 5432", "        - port: 5433", "the port of `db`"),
    ("k8s/api.yaml", "targetPort: http", "targetPort: web", "no pod of `api` has the port `web`"),
    ("k8s/api.yaml", "              port: http", "              port: web", "the container has no port `web`"),
    // Users.
    ("services/api/Dockerfile", "USER 10001:10001", "USER 10002:10001", "the user of `api`"),
    ("services/api/Dockerfile", "USER 10001:10001", "USER root", "the image's user is root"),
    ("services/api/Dockerfile", "\"-o\", \"10001\"", "\"-o\", \"10002\"", "the user of `mailer`"),
    ("compose.yaml", "user: \"10001:10001\"", "user: \"0:0\"", "the user of `api`"),
    ("compose.yaml", "uid=10001", "uid=1", "the user of `api`"),
    ("k8s/api.yaml", "runAsUser: 10001", "runAsUser: 0", "`api` runs as root, which `runAsNonRoot` refuses"),
    ("k8s/db.yaml", "runAsUser: 999", "runAsUser: 70", "the user of `db`"),
    ("k8s/db.yaml", "fsGroup: 999", "fsGroup: 70", "disks of `db` are given to group 70"),
    // What can be written to.
    ("compose.yaml", "/tmp:uid=10001,gid=10001,mode=0700", "/cache:uid=10001,gid=10001,mode=0700", "is read-only, and there is no /tmp"),
    ("compose.yaml", "/var/run/postgresql:", "/run/postgresql:", "the writable folders of `db`"),
    ("k8s/db.yaml", "mountPath: /tmp", "mountPath: /temp", "is read-only, and there is no /tmp"),
    ("k8s/db.yaml", "mountPath: /var/run/postgresql", "mountPath: /run/postgresql", "the writable folders of `db`"),
    ("k8s/db.yaml", "        - name: tmp\n          emptyDir", "        - name: temp\n          emptyDir", "there is no volume `tmp`"),
    ("compose.yaml", "target: /var/lib/postgresql", "target: /var/lib/postgresql/data", "the folder of the disk of `db`"),
    ("k8s/db.yaml", "mountPath: /var/lib/postgresql", "mountPath: /data", "the folder of the disk of `db`"),
    ("compose.yaml", "  db-data: {}\n", "", "the volume `db-data` is not declared"),
    ("compose.yaml", "  private:\n    internal: true\n", "", "the network `private` is not declared"),
    ("services/api/Dockerfile", "\"/var/mail\"", "\"/var/male\"", "the image has no folder /var/mail"),
    // Variables and secrets.
    ("compose.yaml", "MOTTO: a $$5 word", "MOTTO: a $$6 word", "the variable `MOTTO` of `api`"),
    ("k8s/api.yaml", "MOTTO: a $5 word", "MOTTO: a $6 word", "the variable `MOTTO` of `api`"),
    ("k8s/api.yaml", "  MOTTO: a $5 word\n", "", "the variables of `api`"),
    ("compose.yaml", "      MOTTO: a $$5 word\n", "", "the variables of `api`"),
    ("compose.yaml", "${DATABASE_URL:?", "${DATABASE_URI:?", "the variable `DATABASE_URL` of `api`"),
    ("k8s/db.yaml", "key: DB_PASSWORD", "key: PASSWORD", "the variable `POSTGRES_PASSWORD` of `db`"),
    (".env.example", "DB_PASSWORD=", "PASSWORD=", "the keys of the secrets"),
    (".env.example", "DATABASE_URL=", "# DATABASE_URL=", "the keys of the secrets"),
    // Figures.
    ("compose.yaml", "memswap_limit: ", "memswap_limit: 1", "the memory of `api`"),
    ("compose.yaml", "limits:\n          memory: ", "limits:\n          memory: 1", "the memory of `api`"),
    ("compose.yaml", "reservations:\n          memory: ", "reservations:\n          memory: 1", "the memory of `api`"),
    ("k8s/api.yaml", "limits:\n              memory: ", "limits:\n              memory: 1", "the memory of `api`"),
    ("k8s/db.yaml", "              memory: 256Mi", "              memory: 256M", "the memory of `db`"),
    ("compose.yaml", "cpu_shares: ", "cpu_shares: 1", "the share of the processors of `api`"),
    ("k8s/db.yaml", "cpu: 100m", "cpu: 101m", "the processors of `db`"),
    ("compose.yaml", "replicas: 2", "replicas: 3", "the number of containers of `api`"),
    ("k8s/api.yaml", "replicas: 2", "replicas: 3", "the number of containers of `api`"),
    ("compose.yaml", "restart: unless-stopped\n    stop_grace_period: 35s", "restart: unless-stopped\n    stop_grace_period: 10s", "the time to end of `api`"),
    ("k8s/api.yaml", "terminationGracePeriodSeconds: 40", "terminationGracePeriodSeconds: 35", "the time to end of `api`"),
    // Order.
    ("compose.yaml", "condition: service_completed_successfully", "condition: service_healthy", "waits for `api-before-start`, which has no health check"),
    ("compose.yaml", "condition: service_healthy", "condition: service_completed_successfully", "waits for `db`, which does not end"),
    ("compose.yaml", "      api-before-start:\n        condition: service_completed_successfully\n", "", "nothing waits for `api-before-start` to end"),
    ("compose.yaml", "  db:\n    image", "  db:\n    depends_on:\n      api:\n        condition: service_started\n    image", "waits for itself, over others"),
    ("compose.yaml", "    depends_on:\n      db:", "    depends_on:\n      bd:", "waits for `bd`, which is not there"),
    ("k8s/db.yaml", "                  - mailer\n", "", "may not connect to `db`, which it waits for in compose.yaml"),
    ("k8s/db.yaml", "                  - mailer\n", "                  - mailer\n                  - admin\n", "may connect to `db`, and does not need it"),
    ("k8s/mailer.yaml", "    - to:\n        - podSelector:", "    - to:\n        - namespaceSelector:", "lets StatefulSet `mailer` out to `db`"),
    ("k8s/api.yaml", "kind: Job\nmetadata:\n  name: api-before-start", "kind: Job\nmetadata:\n  name: ape-before-start", "waits for the Job `api-before-start"),
    ("k8s/api.yaml", "kind: RoleBinding", "kind: ClusterRoleBinding", "may not look at the Job `api-before-start"),
    ("k8s/nightly.yaml", "claimName: nightly", "claimName: daily", "there is no claim `daily`"),
    ("k8s/nightly.yaml", "mountPath: /data", "mountPath: /data2", "the folder of the disk of `nightly`"),
    // Hosts and health.
    ("Caddyfile", "shop.example.com {", "http://shop.example.com {", "how `shop.example.com` is served"),
    ("Caddyfile", "dynamic a api 8000", "dynamic a api 8001", "where `shop.example.com` leads"),
    ("Caddyfile", "dynamic a api 8000", "dynamic a admin 8000", "where `shop.example.com` leads"),
    ("k8s/api.yaml", "- name: api\n          port: 8000", "- name: mailer\n          port: 8000", "where `shop.example.com` leads"),
    ("k8s/api.yaml", "sectionName: https-api", "sectionName: https-ape", "`api` hangs on no listener"),
    ("k8s/api.yaml", "sectionName: https-api", "sectionName: http", "how `shop.example.com` is served"),
    ("k8s/gateway.yaml", "hostname: shop.example.com", "hostname: store.example.com", "takes `store.example.com` only"),
    ("DEPLOY.md", "https://shop.example.com", "http://shop.example.com", "how `shop.example.com` is served"),
    ("compose.yaml", "/healthz", "/health", "the health check of `api`"),
    ("compose.yaml", "Host=shop", "Host=store", "the health check of `api`"),
    ("k8s/api.yaml", "path: /healthz", "path: /health", "the health check of `api`"),
    ("k8s/db.yaml", "- pg_isready", "- pg_is_ready", "the health check of `db`"),
    ("Caddyfile", "shop.example.com {", "store.example.com {", "which hosts there are"),
    // What builds read.
    ("services/api/.dockerignore", ".git\n", "*.lock\n", "`uv.lock` is hidden, and services/api/Dockerfile:"),
    (".dockerignore", ".git\n", "requirements.txt\n", "`requirements.txt` is hidden, and Dockerfile:"),
    (".dockerignore", ".git\n", "!.env\n", "copies .env, which holds the secrets"),
    ("services/api/Dockerfile", "WORKDIR /app", "WORKDIR app", "the folder is not absolute"),
];

/// One with Traefik, several languages in one folder, secrets that are files, and a timetable.
const BOARD: &str = r#"
name: board
services:
  web:
    node: { app: server.js }
    replicas: 2
    secrets: [DATABASE_URL]
    secrets_as: files
    before_start: [{ run: node migrate.js }]
    needs: [db]
    public: { host: board.example.com }
  api:
    go: { app: ./cmd/api }
    port: 8080
    health: { path: /up }
    storage: 1Gi
    storage_path: /data
    public: { host: api.example.com, tls: false }
  tool: { dockerfile: { path: tool.Dockerfile }, command: tool }
  events: { go: { app: ./cmd/events }, port: 8081, publish: false }
  nightly:
    node: { worker: node nightly.js }
    schedule: "0 3 * * *"
    secrets: [DATABASE_URL, TOKEN]
    before_start: [{ run: node migrate.js }]
    needs: [db]
  db: { postgres: {} }
server: { proxy: traefik }
cluster: {}
"#;

#[rustfmt::skip]
const CHANGES_OF_BOARD: &[(&str, &str, &str, &str)] = &[
    // Traefik.
    ("traefik-routes.yaml", "Host(`board.example.com`)", "Host(`other.example.com`)", "which hosts there are"),
    ("traefik-routes.yaml", "service: web", "service: wep", "the service `wep` of the route is not there"),
    ("traefik-routes.yaml", "http://board-web-2:8000", "http://board-web-2:8001", "where `board.example.com` leads"),
    ("traefik-routes.yaml", "          - url: http://board-web-2:8000\n", "", "the number of containers of `web`"),
    ("traefik-routes.yaml", "http://api:8080", "http://db:8080", "where `api.example.com` leads"),
    ("traefik-routes.yaml", "      tls:\n        certResolver: letsencrypt\n", "", "how `board.example.com` is served"),
    // Secrets that are files.
    ("compose.yaml", "    secrets:\n      - DATABASE_URL\n", "", "the secret files of `web`"),
    ("compose.yaml", "file: ./.secrets/DATABASE_URL", "file: ./.secrets/OTHER", "the secret `DATABASE_URL` is no file of its own"),
    ("k8s/web.yaml", "secretName: board", "secretName: bored", "the name of the Secret"),
    ("DEPLOY.md", "for key in DATABASE_URL;", "for key in TOKEN;", "the secrets that are files"),
    // A timetable.
    ("compose.yaml", "    profiles:\n      - scheduled\n    command:\n      - node\n      - nightly.js\n", "    command:\n      - node\n      - nightly.js\n", "nothing waits for `nightly` to end"),
    ("k8s/nightly.yaml", "- migrate.js", "- migrant.js", "the steps before the start of `nightly`"),
    // What is in an image of Go.
    ("compose.yaml", "http://127.0.0.1:8080/up", "http://127.0.0.1:8081/up", "the port of `api`"),
    ("compose.yaml", "http://127.0.0.1:8080/up", "http://127.0.0.1:8080/down", "the health check of `api`"),
    ("compose.yaml", "\"Host: api.example.com\"", "\"Host: example.com\"", "the health check of `api`"),
    ("compose.yaml", "- nc\n        - -z\n        - \"127.0.0.1\"\n        - \"8081\"", "- nc\n        - -z\n        - \"127.0.0.1\"\n        - \"8082\"", "the port of `events`"),
    ("Dockerfile.api", "\"/data\"", "\"/date\"", "the image has no folder /data"),
    // What builds read.
    ("Dockerfile.api.dockerignore", ".git\n", "go.mod\n", "`go.mod` is hidden, and Dockerfile.api:"),
];

/// The same for what the shop does not have: other stacks, Traefik, secrets as files, times, environments.
const TILES: &str = r#"
name: maps
services:
  tiles:
    go: { source: tiles, app: ./cmd/tiles }
    replicas: 2
    health: { path: /up }
    secrets: [API_KEY]
    secrets_as: files
    public: { host: tiles.example.com }
    env: { LEVEL: info }
    before_start: [{ run: fetch all }]
  site: { node: { source: site, packages: pnpm }, public: { host: www.example.com, tls: false } }
  nightly: { image: "acme/report:2", schedule: "0 3 * * *" }
server: { proxy: traefik }
cluster: {}
environments:
  staging: { services: { tiles: { env: { LEVEL: debug }, public: { host: tiles.example.org }, cpu: { request: 50m } } } }
"#;

#[rustfmt::skip]
const CHANGES_OF_TILES: &[(&str, &str, &str, &str)] = &[
    ("traefik-routes.yaml", "http://site:8000", "http://site:8001", "where `www.example.com` leads"),
    ("traefik-routes.yaml", "http://maps-tiles-2:8000", "http://maps-site-2:8000", "where `tiles.example.com` leads"),
    ("traefik-routes.yaml", "          - url: http://maps-tiles-2:8000\n", "", "the number of containers of `tiles`"),
    ("traefik-routes.yaml", "path: /up", "path: /down", "the health check of `tiles`"),
    ("traefik-routes.yaml", "      tls:\n        certResolver: letsencrypt\n", "", "how `tiles.example.com` is served"),
    ("traefik-routes.yaml", "service: site", "service: web", "the service `web` of the route is not there"),
    ("compose.yaml", "/up", "/down", "the health check of `tiles`"),
    ("compose.yaml", "Host: tiles", "Host: tales", "the health check of `tiles`"),
    ("compose.yaml", "file: ./.secrets/API_KEY", "file: ./.secrets/KEY", "the secret `API_KEY` is no file of its own"),
    ("compose.yaml", "secrets:\n      - API_KEY\n", "secrets: []\n", "the secret files of `tiles`"),
    ("k8s/base/tiles.yaml", "path: API_KEY", "path: KEY", "the secret files of `tiles`"),
    ("k8s/base/tiles.yaml", "key: API_KEY", "key: KEY", "the keys of the secrets"),
    ("DEPLOY.md", "for key in API_KEY;", "for key in KEY;", "the secrets that are files"),
    ("DEPLOY.md", "echo \"0 3 * * *", "echo \"0 4 * * *", "the times of `nightly`"),
    ("k8s/base/nightly.yaml", "schedule: 0 3 * * *", "schedule: 0 5 * * *", "the times of `nightly`"),
    ("tiles/Dockerfile", "CMD [\"/usr/local/bin/", "CMD [\"/usr/bin/", "the command of `tiles`"),
    ("site/.dockerignore", ".git\n", "pnpm-lock.yaml\n", "`pnpm-lock.yaml` is hidden"),
    ("tiles/.dockerignore", ".git\n", "go.mod\n", "`go.mod` is hidden"),
    ("k8s/base/kustomization.yaml", "  - site.yaml\n", "", "the resources are"),
    ("k8s/overlays/staging/kustomization.yaml", "namespace: maps-staging", "namespace: maps-test", "the namespace of `staging`"),
    ("k8s/overlays/staging/namespace.yaml", "name: maps-staging", "name: maps-test", "the namespace of `staging`"),
    ("DEPLOY.md", "--namespace maps-staging", "--namespace maps-test", "the namespace of `staging`"),
    ("k8s/overlays/staging/kustomization.yaml", "  - namespace.yaml\n", "", "the resources are"),
    ("k8s/overlays/staging/kustomization.yaml", "name: maps-tiles", "name: tiles", "no container runs an image `tiles`"),
    ("k8s/overlays/staging/kustomization.yaml", "path: patches/deployment-tiles.yaml", "path: patches/tiles.yaml", "there is no k8s/overlays/staging/patches/tiles.yaml"),
    ("k8s/overlays/staging/kustomization.yaml", "      kind: Deployment\n      name: tiles", "      kind: Deployment\n      name: tales", "there is no Deployment `tales`"),
    ("k8s/overlays/staging/patches/deployment-tiles.yaml", "value: tiles\n", "value: tales\n", "Deployment `tiles` is not so at /spec/template/spec/containers/0/name"),
    ("k8s/overlays/staging/tiles.yaml", "limits:\n              memory: ", "limits:\n              memory: 1", "the memory of `tiles in staging`"),
];

#[test]
fn every_change_of_one_file_is_seen() {
    for (document, changes) in [(SHOP, CHANGES), (BOARD, CHANGES_OF_BOARD), (TILES, CHANGES_OF_TILES)] {
        let outputs = analyze(document).outputs.unwrap();
        assert_eq!(agree_all(&outputs.topology, &outputs.plan).disagreements, []);
        for (path, from, to, expected) in changes {
            let mut artifacts = outputs.artifacts();
            let file = artifacts.iter_mut().find(|artifact| artifact.path == *path);
            let file = file.unwrap_or_else(|| panic!("there is no {path}"));
            assert!(file.text.contains(from), "{from:?} is not in\n{}", file.text);
            file.text = file.text.replacen(from, to, 1);
            let disagreements = agree(&artifacts, &outputs.plan).disagreements;
            // What only all manifests together say has no line of its own.
            let says =
                |message: &str| message.contains(expected) && (message.contains(path) || message.contains("k8s/ says"));
            assert!(disagreements.iter().any(|one| says(&one.message)), "{path}, {to:?}: {disagreements:#?}");
        }
    }
}
