"""Compares what `plimsoll plan` says with what real processes take: `cargo xtask measure --compare`."""

import json
import subprocess
from dataclasses import dataclass

from cases import CASES
from processes import Failed
from runs import measure, one_worker
from toolbox import ROOT, Toolbox


@dataclass(frozen=True)
class Comparison:
    """A case, and the service of a document that describes it; COUNT is how many workers it has."""

    case: str
    service: str
    is_given: bool = False
    """Whether the document gives `memory`, from one worker measured beforehand; else it is the catalog's."""


# Where the catalog has one app a framework, it is the one that talks to a database, as most do.
COMPARISONS = [
    Comparison("uvicorn-starlette", "python: { framework: starlette }, workers: COUNT"),
    Comparison("uvicorn-fastapi-sqlalchemy", "python: { framework: fastapi }, workers: COUNT"),
    Comparison("fastapi-run-sqlalchemy", "python: { framework: fastapi, server: fastapi }, workers: COUNT"),
    Comparison("gunicorn-fastapi-sqlalchemy", "python: { framework: fastapi, server: gunicorn }, workers: COUNT"),
    Comparison(
        "gunicorn-fastapi-sqlalchemy-preload",
        "python: { framework: fastapi, server: gunicorn, preload: true }, workers: COUNT",
    ),
    Comparison("gunicorn-django", "python: { framework: django, app: 'site.wsgi:application' }, workers: COUNT"),
    Comparison(
        "gunicorn-django-preload",
        "python: { framework: django, app: 'site.wsgi:application', preload: true }, workers: COUNT",
    ),
    Comparison("gunicorn-flask", "python: { framework: flask }, workers: COUNT"),
    Comparison("gunicorn-flask-preload", "python: { framework: flask, preload: true }, workers: COUNT"),
    Comparison("celery-sqlalchemy", "celery: { app: tasks, concurrency: COUNT }"),
    Comparison("uvicorn-fastapi-array", "python: { framework: fastapi }, workers: COUNT", is_given=True),
    Comparison("uvicorn-fastapi-pandas", "python: { framework: fastapi }, workers: COUNT", is_given=True),
    Comparison(
        "gunicorn-fastapi-objects", "python: { framework: fastapi, server: gunicorn }, workers: COUNT", is_given=True
    ),
    Comparison(
        "gunicorn-fastapi-objects-preload",
        "python: { framework: fastapi, server: gunicorn, preload: true }, workers: COUNT",
        is_given=True,
    ),
    Comparison("celery-array", "celery: { app: tasks, concurrency: COUNT }", is_given=True),
]


def compare(tools: Toolbox, wanted: list[str]) -> int:
    """Prints, for each number of workers, the plan's figure and that of real processes at their busiest."""
    near, compared = 0, 0
    for comparison in COMPARISONS:
        [case] = [case for case in CASES if case.name == comparison.case]
        if case.name not in wanted:
            continue
        compared += len(case.counts)
        try:
            service = comparison.service
            if comparison.is_given:
                worker = one_worker(tools, case)
                service += f", memory: {{ process: {worker.private}Ki, shared: {worker.shared}Ki }}"
            planned = {count: plan(service.replace("COUNT", str(count))) for count in case.counts}
            for count in case.counts:
                [measured] = [row.pss_kib for row in measure(tools, case, count) if row.state == "busy"]
                off, allowed = planned[count] / measured - 1, 0.20 if comparison.is_given else 0.10
                near += abs(off) <= allowed
                word = "within" if abs(off) <= allowed else "NOT within"
                print(f"    planned {planned[count] / 1024:.1f} MiB, {off:+.1%}: {word} {allowed:.0%}", flush=True)
        except (Failed, OSError) as why:
            print(f"{case.name}: not compared: {why}", flush=True)
    print(f"{near} of {compared} plans are near enough to what real processes take")
    return 0 if near == compared else 1


def plan(service: str) -> float:
    """What the plan says that one container of this service needs, in KiB.

    Without what is kept back for the page cache, which is no memory of a process: PSS does not count it.
    """
    document = f"services: {{ app: {{ {service} }} }}\n"
    findings = json.loads(plimsoll("check", document))["findings"]
    errors = [finding["message"] for finding in findings if finding["severity"] == "error"]
    if errors:
        raise Failed(f"no document can say it: {'; '.join(errors)}")
    [planned] = json.loads(plimsoll("plan", document))["services"]
    terms = planned["container"]["terms"]
    return sum(term["bytes"] for term in terms if not term["label"].startswith("page cache")) / 1024


def plimsoll(command: str, document: str) -> str:
    """What the command prints of a document."""
    cargo = ["cargo", "run", "--quiet", "--locked", "--no-default-features", "--features", "cli", "--bin", "plimsoll"]
    run = subprocess.run(
        [*cargo, "--", command, "-", "--json"], cwd=ROOT, input=document, text=True, capture_output=True, check=False
    )
    if not run.stdout:
        raise Failed(f"`plimsoll {command}` printed nothing: {run.stderr[-500:]}")
    return run.stdout
