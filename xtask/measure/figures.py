"""What was measured, as files: every reading, the figures fitted to them, and the tables of the docs.

- docs/measured-memory.csv: every reading
- docs/measured-memory.md: the tables between its marks
- src/model/measured.rs: the figures
"""

import csv
import subprocess
from dataclasses import asdict, dataclass, fields

from cases import CASES, FORKED, Case
from toolbox import ROOT

READINGS = ROOT / "docs" / "measured-memory.csv"
TABLES = ROOT / "docs" / "measured-memory.md"
RUST = ROOT / "src" / "model" / "measured.rs"


@dataclass(frozen=True)
class Row:
    """One reading of all processes of one program; amounts in KiB."""

    case: str
    count: int
    state: str
    """`idle` before any traffic, `busy` at the highest reading during it or after, `after` at rest again."""
    processes: int
    pss_kib: int
    rss_kib: int
    private_kib: int
    shared_kib: int
    root_private_kib: int
    """What the first process alone maps: of several, the one that watches the others."""
    versions: str
    system: str
    date: str


@dataclass(frozen=True)
class Fit:
    """memory(N) = supervisor (where there is one) + shared + N × each, in KiB."""

    supervisor: int
    shared: int
    each: int

    def total(self, case: Case, count: int) -> int:
        watched = case.counted == "worker" and 0 < case.supervisor_from <= count
        return self.supervisor * watched + self.shared + self.each * count


def read() -> list[Row]:
    if not READINGS.exists():
        return []
    with READINGS.open(newline="") as file:
        return [
            Row(**{field.name: field.type(row[field.name]) for field in fields(Row)}) for row in csv.DictReader(file)
        ]


def replace(case: Case, rows: list[Row]) -> None:
    """Puts a case's new readings in the place of its old ones, in the order of the cases."""
    order = [case.name for case in CASES]
    kept = [row for row in read() if row.case != case.name and row.case in order]
    with READINGS.open("w", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in sorted(kept + rows, key=lambda row: order.index(row.case)))


def fit(case: Case, rows: list[Row]) -> Fit:
    """The figures that come nearest to readings of one state: least squares of the relative errors."""
    totals = {row.count: row.pss_kib for row in rows}
    if len(totals) == 1:
        return Fit(0, 0, *totals.values())
    if case.counted == "connection":
        if rows[0].state == "idle":
            # Nothing is connected yet.
            return Fit(0, round(sum(totals.values()) / len(totals)), 0)
        base, each = line(totals)
        return Fit(0, round(base), round(each))
    if case.supervisor_from == 2:
        # A lone worker has no supervisor, so the step from one worker to two tells the supervisor from what is shared.
        base, each = line({count: total for count, total in totals.items() if count > 1})
        shared = max(0, totals[1] - each)
        return Fit(round(max(0, base - shared)), round(shared), round(each))
    base, each = line(totals)
    supervisor = min(max(0, base), sum(row.root_private_kib for row in rows) / len(rows))
    return Fit(round(supervisor), round(max(0, base - supervisor)), round(each))


def line(totals: dict[int, int]) -> tuple[float, float]:
    """The height at 0 and the slope of the line through the points, each weighed by 1 ÷ its square."""
    points = [(count, total, total**-2) for count, total in totals.items()]
    weight = sum(w for _, _, w in points)
    mean_x = sum(x * w for x, _, w in points) / weight
    mean_y = sum(y * w for _, y, w in points) / weight
    slope = sum((x - mean_x) * (y - mean_y) * w for x, y, w in points) / sum(
        (x - mean_x) ** 2 * w for x, _, w in points
    )
    return mean_y - slope * mean_x, slope


def write() -> None:
    """Writes the figures and the tables from the readings."""
    rows = read()
    measured = []
    for case in CASES:
        states = {
            state: [row for row in rows if (row.case, row.state) == (case.name, state)] for state in ("idle", "busy")
        }
        if states["busy"]:
            measured.append((case, states))
    write_rust(measured)
    write_tables(measured)


def write_rust(measured: list[tuple[Case, dict[str, list[Row]]]]) -> None:
    entries = []
    for case, states in measured:
        idle, busy = fit(case, states["idle"]), fit(case, states["busy"])
        row = states["busy"][0]
        counted = "Connection" if case.counted == "connection" else "Worker"
        entries.append(f"""
/// {case.title}.
pub const {case.name.upper().replace("-", "_")}: Measured = Measured {{
    name: "{case.name}",
    title: "{case.title}",
    counted: Counted::{counted},
    supervisor_from: {case.supervisor_from},
    shares_until_written: {str(case.shares == FORKED).lower()},
    at_start: {rust(idle)},
    with_traffic: {rust(busy)},
    versions: "{row.versions}",
    system: "{row.system}",
    date: "{row.date}",
}};
""")
    RUST.write_text(RUST_HEAD + "".join(entries))
    subprocess.run(["rustfmt", "--edition", "2024", RUST], check=True)


def rust(figures: Fit) -> str:
    return "Terms { " + ", ".join(f"{name}: Memory::from_kib({kib:_})" for name, kib in asdict(figures).items()) + " }"


RUST_HEAD = """//! What programs take in memory, measured on real processes.
//!
//! Written by `cargo xtask measure`, which docs/measured-memory.md describes; not by hand.

use crate::quantity::Memory;

/// One program: memory(N) = supervisor (from `supervisor_from` workers on) + shared + N × each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// What the figures are called in docs/measured-memory.md.
    pub name: &'static str,
    /// What was measured, for a reader.
    pub title: &'static str,
    /// What N counts.
    pub counted: Counted,
    /// From how many workers on a process watches them; 0 where none ever does.
    pub supervisor_from: u32,
    /// Whether workers are forked from a process that has loaded the app, and share what neither writes to.
    pub shares_until_written: bool,
    /// Before the first request.
    pub at_start: Terms,
    /// At the highest, during traffic or after: what to plan with, since forked workers share ever less.
    pub with_traffic: Terms,
    /// The versions of what was measured.
    pub versions: &'static str,
    /// The system it ran on.
    pub system: &'static str,
    /// The day, such as `2026-11-23`.
    pub date: &'static str,
}

/// What N counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Processes that do the work.
    Worker,
    /// Open connections of a server.
    Connection,
}

/// What the memory of a program is made of, fitted to the sums of its processes' PSS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The process that watches the workers.
    pub supervisor: Memory,
    /// What is there once, however many workers or connections there are.
    pub shared: Memory,
    /// One worker or connection.
    pub each: Memory,
}
"""

MARKS = ("<!-- written by `cargo xtask measure` from here -->\n", "<!-- to here -->\n")


def write_tables(measured: list[tuple[Case, dict[str, list[Row]]]]) -> None:
    before, rest = TABLES.read_text().split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    tables = [workers(measured), single(measured), servers(measured), versions(measured)]
    TABLES.write_text(before + MARKS[0] + "\n" + "\n".join(tables) + "\n" + MARKS[1] + after)


def workers(measured: list[tuple[Case, dict[str, list[Row]]]]) -> str:
    rows = []
    for case, states in measured:
        if case.counted == "worker" and len(case.counts) > 1:
            totals = [f"{mib(i.pss_kib)} → {mib(b.pss_kib)}" for i, b in zip(states["idle"], states["busy"])]
            rows.append([case.title, *totals, *terms(case, states["busy"]), over(states["busy"][-1])])
    heads = ["MiB", *(f"{count}" for count in (1, 2, 4, 8)), "supervisor", "shared", "each worker", "off by", "RSS"]
    return "### By the number of workers\n\n" + table(heads, rows)


def single(measured: list[tuple[Case, dict[str, list[Row]]]]) -> str:
    rows = []
    for case, states in measured:
        if len(case.counts) == 1:
            [idle], [busy] = states["idle"], states["busy"]
            rows.append([case.title, mib(idle.pss_kib), mib(busy.pss_kib), over(busy)])
    return "### One process\n\n" + table(["MiB", "at start", "with traffic", "RSS"], rows)


def servers(measured: list[tuple[Case, dict[str, list[Row]]]]) -> str:
    rows = []
    for case, states in measured:
        if case.counted == "connection":
            totals = [f"{row.count}: {mib(row.pss_kib)}" for row in states["busy"]]
            figures = fit(case, states["busy"])
            each = f"{figures.each} KiB"
            at_start = mib(states["idle"][0].pss_kib)
            rows.append([case.title, at_start, ", ".join(totals), mib(figures.shared), each, over(states["busy"][-1])])
    heads = ["MiB", "at start", "connections held", "without connections", "each connection", "RSS"]
    return "### Servers, by the number of connections\n\n" + table(heads, rows)


def versions(measured: list[tuple[Case, dict[str, list[Row]]]]) -> str:
    rows = [
        [case.title, f"`{case.name}`", states["busy"][0].versions, states["busy"][0].date] for case, states in measured
    ]
    systems = sorted({states["busy"][0].system for _, states in measured})
    return "### Versions\n\n" + table(["", "name", "versions", "date"], rows) + f"\nAll on {'; '.join(systems)}.\n"


def terms(case: Case, rows: list[Row]) -> list[str]:
    """The fitted figures, and by how much they miss the readings at most."""
    figures = fit(case, rows)
    off = max(abs(figures.total(case, row.count) / row.pss_kib - 1) for row in rows)
    return [mib(figures.supervisor), mib(figures.shared), mib(figures.each), f"{off:.1%}"]


def over(row: Row) -> str:
    """By how much the sum of RSS overstates the sum of PSS."""
    return f"+{row.rss_kib / row.pss_kib - 1:.0%}"


def mib(kib: int) -> str:
    return f"{kib / 1024:.1f}" if kib < 10 * 1024 else f"{kib / 1024:.0f}"


def table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
