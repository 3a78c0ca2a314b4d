"""What is measured: one entry a program."""

from dataclasses import dataclass

PYTHON, NODE, GO = "Python", "Node", "Go"


@dataclass(frozen=True)
class Case:
    """One program, started with each of `counts`."""

    name: str
    """What the figures are called."""
    title: str
    """What it is, for a reader."""
    command: str
    """How it is started; runs.py fills in names in braces. Empty: as servers.py starts the server of that name."""
    versions: tuple[str, ...]
    """Whose versions belong to the figures: Python's packages by their names, and the languages."""
    traffic: str = "http"
    """`http`, `proxy` (answers don't tell which worker it was), `connections`, `celery`, `rq`, `arq` or `none`."""
    counts: tuple[int, ...] = (1, 2, 4, 8)
    """How many workers; of a server, how many connections."""
    counted: str = "worker"
    """What `counts` counts."""
    supervisor_from: int = 1
    """From how many workers on a process watches them; 0 where none ever does."""
    shares: str = "nothing"
    """What workers share of what they allocate: `nothing` if each starts anew, `until written` if they are forked."""
    requests: int = 200
    """How many requests or tasks each worker gets."""
    needs: tuple[str, ...] = ()
    """The servers that it talks to."""
    before: str = ""
    """A command that runs first."""
    configuration: str = ""
    """A file of apps/ in which PORT, BACKEND, COUNT and FOLDER are filled in."""
    variables: tuple[tuple[str, str], ...] = ()
    """Environment variables."""

    def processes(self, count: int) -> int:
        """How many processes there are at least."""
        if self.counted != "worker":
            return 1
        return count + (0 < self.supervisor_from <= count)


UVICORN = "{bin}/uvicorn APP:app --host 127.0.0.1 --port {port} --workers {count}"
GUNICORN = "{bin}/gunicorn APP --bind 127.0.0.1:{port} --workers {count}"
GUNICORN_ASGI = f"{GUNICORN} --worker-class uvicorn_worker.UvicornWorker".replace("APP", "APP:app")
CELERY = "{bin}/celery -A APP worker --concurrency {count} --loglevel WARNING"
DJANGO = "django_site.wsgi:application"
MIGRATE = "{bin}/django-admin migrate --no-input"
FORKED = "until written"


def uvicorn(name: str, title: str, app: str, *packages: str, **others) -> Case:
    versions = (PYTHON, "uvicorn", *packages)
    return Case(name, f"{title}, Uvicorn", UVICORN.replace("APP", app), versions, supervisor_from=2, **others)


def gunicorn(name: str, title: str, command: str, *packages: str, **others) -> Case:
    return Case(name, f"{title}, Gunicorn", command, (PYTHON, "gunicorn", *packages), **others)


def preload(case: Case) -> Case:
    """The same with Gunicorn's `--preload`: the app is loaded once, before the workers are forked."""
    fields = {**case.__dict__, "shares": FORKED, "command": f"{case.command} --preload"}
    return Case(**{**fields, "name": f"{case.name}-preload", "title": f"{case.title} `--preload`"})


def celery(name: str, title: str, app: str, *packages: str, needs: tuple[str, ...] = ("redis",)) -> Case:
    versions = (PYTHON, "celery", *packages)
    command = CELERY.replace("APP", app)
    return Case(name, title, command, versions, "celery", shares=FORKED, needs=needs)


def server(name: str, title: str, counts: tuple[int, ...] = (1, 10, 50)) -> Case:
    """A server of servers.py, by its connections."""
    return Case(name, title, "", (title,), "connections", counts, "connection", needs=(name,))


SQLALCHEMY = ("fastapi", "sqlalchemy", "psycopg")
FASTAPI_GUNICORN = gunicorn(
    "gunicorn-fastapi", "FastAPI", GUNICORN_ASGI.replace("APP", "fastapi_bare"), "uvicorn", "uvicorn-worker", "fastapi"
)
SQLALCHEMY_GUNICORN = gunicorn(
    "gunicorn-fastapi-sqlalchemy",
    "FastAPI and SQLAlchemy",
    GUNICORN_ASGI.replace("APP", "fastapi_sqlalchemy"),
    *("uvicorn", "uvicorn-worker", *SQLALCHEMY),
    needs=("postgres",),
)
ARRAY_GUNICORN = gunicorn(
    "gunicorn-fastapi-array",
    "FastAPI and an array of 100 MiB",
    GUNICORN_ASGI.replace("APP", "fastapi_array"),
    *("uvicorn", "uvicorn-worker", "fastapi", "numpy"),
    requests=50,
)
OBJECTS_GUNICORN = gunicorn(
    "gunicorn-fastapi-objects",
    "FastAPI and 100 MiB of objects",
    GUNICORN_ASGI.replace("APP", "fastapi_objects"),
    *("uvicorn", "uvicorn-worker", "fastapi"),
    requests=50,
)
DJANGO_GUNICORN = gunicorn(
    "gunicorn-django",
    "Django",
    GUNICORN.replace("APP", DJANGO),
    *("django", "psycopg"),
    needs=("postgres",),
    before=MIGRATE,
    variables=(("DJANGO_SETTINGS_MODULE", "django_site.settings"),),
)
FLASK_GUNICORN = gunicorn("gunicorn-flask", "Flask", GUNICORN.replace("APP", "flask_bare:app"), "flask")
NODE_VARIABLES = (("PORT", "{port}"),)

CASES = [
    uvicorn("uvicorn-starlette", "Starlette", "starlette_bare", "starlette"),
    uvicorn("uvicorn-fastapi", "FastAPI", "fastapi_bare", "fastapi"),
    uvicorn(
        "uvicorn-fastapi-sqlalchemy",
        "FastAPI and SQLAlchemy",
        "fastapi_sqlalchemy",
        *SQLALCHEMY,
        needs=("postgres",),
    ),
    uvicorn("uvicorn-fastapi-pandas", "FastAPI and pandas", "fastapi_pandas", "fastapi", "pandas", "numpy"),
    uvicorn(
        "uvicorn-fastapi-array",
        "FastAPI and an array of 100 MiB",
        "fastapi_array",
        *("fastapi", "numpy"),
        requests=50,
    ),
    uvicorn("uvicorn-fastapi-objects", "FastAPI and 100 MiB of objects", "fastapi_objects", "fastapi", requests=50),
    Case(
        "fastapi-run",
        "FastAPI, `fastapi run`",
        "{bin}/fastapi run {apps}/fastapi_bare.py --host 127.0.0.1 --port {port} --workers {count}",
        (PYTHON, "uvicorn", "fastapi", "fastapi-cli"),
        supervisor_from=2,
    ),
    Case(
        "fastapi-run-sqlalchemy",
        "FastAPI and SQLAlchemy, `fastapi run`",
        "{bin}/fastapi run {apps}/fastapi_sqlalchemy.py --host 127.0.0.1 --port {port} --workers {count}",
        (PYTHON, "uvicorn", *SQLALCHEMY, "fastapi-cli"),
        supervisor_from=2,
        needs=("postgres",),
    ),
    FASTAPI_GUNICORN,
    preload(FASTAPI_GUNICORN),
    SQLALCHEMY_GUNICORN,
    preload(SQLALCHEMY_GUNICORN),
    ARRAY_GUNICORN,
    preload(ARRAY_GUNICORN),
    OBJECTS_GUNICORN,
    preload(OBJECTS_GUNICORN),
    DJANGO_GUNICORN,
    preload(DJANGO_GUNICORN),
    FLASK_GUNICORN,
    preload(FLASK_GUNICORN),
    celery("celery", "Celery's prefork pool", "celery_bare"),
    celery(
        "celery-sqlalchemy",
        "Celery's prefork pool and SQLAlchemy",
        "celery_sqlalchemy",
        *("sqlalchemy", "psycopg"),
        needs=("redis", "postgres"),
    ),
    celery("celery-array", "Celery's prefork pool and an array of 100 MiB", "celery_array", "numpy"),
    Case(
        "celery-beat",
        "Celery beat",
        "{bin}/celery -A celery_bare beat --schedule {folder}/schedule --loglevel WARNING",
        (PYTHON, "celery"),
        "none",
        (1,),
        supervisor_from=0,
        needs=("redis",),
    ),
    Case(
        "rq",
        "RQ, which forks for every job",
        "{bin}/rq worker --url {redis}",
        (PYTHON, "rq"),
        "rq",
        (1,),
        supervisor_from=0,
        requests=100,
        needs=("redis",),
    ),
    Case(
        "arq",
        "ARQ",
        "{arq}/arq arq_jobs.WorkerSettings",
        (PYTHON, "arq"),
        "arq",
        (1,),
        supervisor_from=0,
        needs=("redis",),
    ),
    Case(
        "node-http",
        "Node's own server",
        "{node} node_http.js",
        (NODE,),
        *("http", (1,)),
        supervisor_from=0,
        variables=NODE_VARIABLES,
    ),
    Case(
        "node-express",
        "Express",
        "{node} express_app.js",
        (NODE, "express"),
        *("http", (1,)),
        supervisor_from=0,
        variables=NODE_VARIABLES,
    ),
    Case(
        "node-express-cluster",
        "Express, Node's cluster",
        "{node} express_app.js",
        (NODE, "express"),
        variables=(*NODE_VARIABLES, ("WORKERS", "{count}")),
    ),
    Case("go-http", "Go's own server", "{go_http}", (GO,), "http", (1,), supervisor_from=0, variables=NODE_VARIABLES),
    server("postgres", "PostgreSQL"),
    server("mariadb", "MariaDB"),
    server("redis", "Redis", (1, 100, 400)),
    server("memcached", "Memcached", (1, 100, 400)),
    server("rabbitmq", "RabbitMQ"),
    Case(
        "nginx",
        "nginx, as a reverse proxy",
        "{nginx} -c {configuration}",
        ("nginx",),
        "proxy",
        shares=FORKED,
        needs=("backend",),
        configuration="nginx.conf",
    ),
    Case(
        "caddy",
        "Caddy, as a reverse proxy",
        "{bin}/caddy run --config {configuration} --adapter caddyfile",
        ("Caddy",),
        *("proxy", (1,)),
        supervisor_from=0,
        needs=("backend",),
        configuration="Caddyfile",
    ),
    Case(
        "traefik",
        "Traefik, as a reverse proxy",
        "{bin}/traefik --configFile={configuration}",
        ("Traefik",),
        *("proxy", (1,)),
        supervisor_from=0,
        needs=("backend",),
        configuration="traefik.yaml",
    ),
]
