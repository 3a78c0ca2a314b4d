"""Runs of what is measured: a program and its servers are started, get their traffic, and are read."""

import shlex
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import traffic
from cases import Case
from figures import Row
from processes import Failed, Memory, Peak, Running, running
from servers import Place, free_port
from toolbox import APPS, Toolbox, find, packages, system, version

# What tells the version of each program that is no package of Python's.
VERSIONS = {
    "Node": lambda tools: version(find("node"), "--version"),
    "express": lambda tools: version("grep", '"version"', f"{tools.node}/node_modules/express/package.json"),
    "Go": lambda tools: version(f"{tools.apps}/go", "version"),
    "PostgreSQL": lambda tools: version(find("postgres"), "--version"),
    "MariaDB": lambda tools: version(find("mariadbd"), "--version"),
    "Redis": lambda tools: version(find("redis-server"), "--version"),
    "Memcached": lambda tools: version(find("memcached"), "--version"),
    "RabbitMQ": lambda tools: version("dpkg-query", "--show", "rabbitmq-server"),
    "nginx": lambda tools: version(find("nginx"), "-v"),
    "Caddy": lambda tools: version(f"{tools.apps}/caddy", "version"),
    "Traefik": lambda tools: version(f"{tools.apps}/traefik", "version"),
}


def measure(tools: Toolbox, case: Case, count: int) -> list[Row]:
    """One program with so many workers or connections: at rest, at the busiest moment, and at rest again."""
    row = {"case": case.name, "count": count, "versions": versions(tools, case), "system": system()}
    with started(tools, case, count) as (place, port, program):
        idle = program.settled(case.processes(count))
        with ExitStack() as held:
            with Peak(program) as peak:
                came = drive(tools, place, port, case, count, held)
            # Measured with what is held: a server's connections are still open.
            after = program.settled()
        busy = max((peak.memory, peak.root, peak.processes), after, key=lambda state: state[0].pss)
    readings = {"idle": idle, "busy": busy, "after": after}
    print(
        f"{case.name:<36} {count:>3} {case.counted}s, {after[2]} processes, MiB: "
        + ", ".join(f"{state} {reading[0].pss / 1024:.1f}" for state, reading in readings.items())
        + f" (RSS {after[0].rss / 1024:.1f}); {came}",
        flush=True,
    )
    return [new_row(state, *reading, row) for state, reading in readings.items()]


def one_worker(tools: Toolbox, case: Case) -> Memory:
    """One of two workers after traffic, as a person would measure an app of their own.

    The one that has most to itself: what watches forked workers writes, too, to what the earlier ones shared with it.
    """
    with started(tools, case, 2) as (place, port, program), ExitStack() as held:
        program.settled(case.processes(2))
        drive(tools, place, port, case, 2, held)
        program.settled()
        return max(program.each()[1:], key=lambda memory: memory.private)


def new_row(state: str, memory: Memory, root: Memory, processes: int, row: dict) -> Row:
    kib = {f"{name}_kib": amount for name, amount in memory.__dict__.items()}
    today = date.today().isoformat()
    return Row(state=state, processes=processes, root_private_kib=root.private, date=today, **kib, **row)


def versions(tools: Toolbox, case: Case) -> str:
    """The versions of what is measured, as a reader would write them."""
    of_python = packages(tools.arq if case.name == "arq" else tools.apps)
    known = {"Python": lambda _: tools.python_version, **VERSIONS}
    told = [(name, known[name](tools) if name in known else of_python[name]) for name in case.versions]
    return ", ".join(f"{name} {number}" for name, number in told)


@contextmanager
def started(tools: Toolbox, case: Case, count: int) -> Iterator[tuple[Place, int, Running]]:
    """Starts a case and the servers that it needs, in a folder that is thrown away."""
    # Short, since the path of a socket may not be long; open to the user that databases run as.
    with tempfile.TemporaryDirectory(prefix="measure-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        place = Place(folder, tools.apps, stack)
        servers = {name: place.start(name) for name in case.needs}
        if not case.command:
            yield place, place.ports[case.name], servers[case.name]
            return
        port = free_port()
        words = {
            "bin": tools.apps,
            "arq": tools.arq,
            "apps": APPS,
            "folder": folder,
            "port": port,
            "count": count,
            "redis": place.variables().get("REDIS_URL"),
            "configuration": configuration(case, count, port, place),
        }
        words |= {program: find(program) for program in ("node", "nginx") if f"{{{program}}}" in case.command}
        words |= {"go_http": tools.go_http} if "{go_http}" in case.command else {}
        variables = {name: value.format(**words) for name, value in case.variables}
        if case.before:
            place.do(shlex.split(case.before.format(**words)), folder, **variables)
        where = tools.node if "{node}" in case.command else folder
        command = shlex.split(case.command.format(**words))
        with running(command, where, {**place.variables(), **variables}, place.log(case.name)) as program:
            if case.traffic in ("http", "proxy"):
                traffic.wait_for_port(port)
            yield place, port, program


def configuration(case: Case, count: int, port: int, place: Place) -> Path | None:
    """The case's file of configuration, filled in."""
    if not case.configuration:
        return None
    text = (APPS / case.configuration).read_text()
    for word, value in {
        "PORT": port,
        "BACKEND": place.ports["backend"],
        "COUNT": count,
        "FOLDER": place.folder,
    }.items():
        text = text.replace(word, str(value))
    file = place.folder / case.configuration
    file.write_text(text)
    return file


# How each kind of queue counts what waits in it.
QUEUES = {"celery": ("LLEN", "celery"), "rq": ("LLEN", "rq:queue:default"), "arq": ("ZCARD", "arq:queue")}


def drive(tools: Toolbox, place: Place, port: int, case: Case, count: int, held: ExitStack) -> str:
    """Gives a program its traffic, and says what came of it."""
    if case.traffic == "http":
        return traffic.http(port, count, case.requests)
    if case.traffic == "proxy":
        return traffic.http(port, 1, count * case.requests)
    if case.traffic == "connections":
        held.enter_context(connected(place, port, case, count))
        return f"{count} connections held"
    if case.traffic in QUEUES:
        tasks = count * case.requests
        programs = tools.arq if case.traffic == "arq" else tools.apps
        place.do([f"{programs}/python", f"{APPS}/enqueue.py", case.traffic, str(tasks)], place.folder)
        traffic.wait_for_empty(place.ports["redis"], QUEUES[case.traffic])
        return f"{tasks} tasks"
    time.sleep(10)
    return "no traffic"


@contextmanager
def connected(place: Place, port: int, case: Case, count: int) -> Iterator[None]:
    """Holds so many connections, each of which was used a little."""
    command = [f"{place.programs}/python", f"{APPS}/connect.py", case.name, str(port), str(count)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=place.variables(), stdin=pipe, stdout=pipe, stderr=pipe, text=True) as client:
        if client.stdout.readline() != "ready\n":
            raise Failed(f"the client of {case.name} failed: {client.stderr.read()[-500:]}")
        yield
