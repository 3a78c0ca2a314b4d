"""The servers that apps need and that are measured themselves, each with its data in a folder that is thrown away."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from processes import Failed, Running, running
from toolbox import APPS, find
from traffic import wait_for_port

# Databases refuse to run as root.
USER = "nobody" if os.geteuid() == 0 else None


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Place:
    """A folder for what is started, its variables, and the servers that run beside it, all by name."""

    def __init__(self, folder: Path, programs: Path, stack: ExitStack):
        self.folder = folder
        self.programs = programs
        self.stack = stack
        self.ports: dict[str, int] = {}

    def start(self, name: str) -> Running:
        """Starts one of the servers below."""
        port = free_port()
        server = self.stack.enter_context(SERVERS[name](self, port))
        self.ports[name] = port
        return server

    def variables(self) -> dict[str, str]:
        """As generated images have them; nothing of the person's own environment gets in."""
        variables = {
            "PATH": os.pathsep.join([str(self.programs), "/usr/local/bin", "/usr/bin", "/bin"]),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(APPS),
        }
        if "postgres" in self.ports:
            variables["DATABASE_URL"] = f"postgresql://app@127.0.0.1:{self.ports['postgres']}/app"
        if "redis" in self.ports:
            variables["REDIS_URL"] = f"redis://127.0.0.1:{self.ports['redis']}/0"
        return variables

    def new_folder(self, name: str) -> Path:
        """A folder that the unprivileged user may write to."""
        folder = self.folder / name
        folder.mkdir()
        folder.chmod(0o777)
        return folder

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def do(self, command: list[str], folder: Path, user: str | None = None, **variables: str) -> None:
        """Runs a command that ends by itself."""
        done = subprocess.run(
            command,
            cwd=folder,
            env={**self.variables(), **variables},
            user=user,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        if done.returncode:
            raise Failed(f"`{' '.join(command)}` failed: {done.stderr[-500:]}")


@contextmanager
def postgres(place: Place, port: int) -> Iterator[Running]:
    """PostgreSQL as it comes, without a password, for the user and the database `app`."""
    folder = place.new_folder("postgres")
    data = str(folder / "data")
    place.do([find("initdb"), "--pgdata", data, "--username", "app", "--auth", "trust", "--no-sync"], folder, USER)
    command = [find("postgres"), "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", str(folder)]
    with running(command, folder, place.variables(), place.log("postgres"), USER) as server:
        wait_for_port(port)
        server.settled(2)
        place.do([find("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "app", "app"], folder)
        yield server


@contextmanager
def mariadb(place: Place, port: int) -> Iterator[Running]:
    """MariaDB without Debian's configuration, so that its own defaults hold."""
    folder = place.new_folder("mariadb")
    data = f"--datadir={folder}/data"
    install = ["--no-defaults", data, "--auth-root-authentication-method=normal", "--skip-test-db"]
    place.do([find("mariadb-install-db"), *install], folder, USER)
    create = folder / "create.sql"
    # One statement a line, as such a file has to be.
    create.write_text(
        "CREATE DATABASE app;\nCREATE USER app@'%' IDENTIFIED BY 'app';\nGRANT ALL ON app.* TO app@'%';\n"
    )
    listen = ["--bind-address=127.0.0.1", f"--port={port}", f"--socket={folder}/socket", "--skip-name-resolve"]
    command = [find("mariadbd"), "--no-defaults", data, *listen, f"--init-file={create}", f"--pid-file={folder}/pid"]
    with running(command, folder, place.variables(), place.log("mariadb"), USER) as server:
        wait_for_port(port)
        yield server


@contextmanager
def redis(place: Place, port: int) -> Iterator[Running]:
    """Redis without a disk."""
    command = [find("redis-server"), "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    with running(command, place.folder, place.variables(), place.log("redis")) as server:
        wait_for_port(port)
        yield server


@contextmanager
def memcached(place: Place, port: int) -> Iterator[Running]:
    """Memcached, without UDP."""
    command = [find("memcached"), "-l", "127.0.0.1", "-p", str(port), "-U", "0", *(["-u", USER] if USER else [])]
    with running(command, place.folder, place.variables(), place.log("memcached")) as server:
        wait_for_port(port)
        yield server


@contextmanager
def rabbitmq(place: Place, port: int) -> Iterator[Running]:
    """RabbitMQ without its management page, and Erlang's port mapper, which it would leave behind."""
    folder = place.new_folder("rabbitmq")
    variables = {
        **place.variables(),
        "HOME": str(folder),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(free_port()),
        "RABBITMQ_NODENAME": "measure@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "RABBITMQ_MNESIA_BASE": str(folder),
        "RABBITMQ_LOG_BASE": str(folder),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "RABBITMQ_CONFIG_FILE": str(folder / "none"),
    }
    (folder / "plugins").write_text("[].")
    with running([find("epmd")], folder, variables, place.log("epmd"), USER):
        with running([find("rabbitmq-server")], folder, variables, place.log("rabbitmq"), USER) as server:
            wait_for_port(port)
            yield server


@contextmanager
def backend(place: Place, port: int) -> Iterator[Running]:
    """What reverse proxies pass requests on to."""
    command = [f"{place.programs}/uvicorn", "starlette_bare:app", "--host", "127.0.0.1", "--port", str(port)]
    with running(command, place.folder, place.variables(), place.log("backend")) as server:
        wait_for_port(port)
        yield server


SERVERS = {
    "postgres": postgres,
    "mariadb": mariadb,
    "redis": redis,
    "memcached": memcached,
    "rabbitmq": rabbitmq,
    "backend": backend,
}
