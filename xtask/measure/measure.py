"""Measures what programs take in memory, on real processes: `cargo xtask measure`, see docs/measured-memory.md."""

import argparse
import signal
import subprocess
import sys

import figures
from cases import CASES, Case
from compare import compare
from processes import Failed
from runs import measure
from toolbox import WORK, Toolbox, newest_python


def main() -> int:
    # Ends like Ctrl+C does: what was started is stopped on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    arguments = read_arguments()
    if arguments.figures:
        figures.write()
        return 0
    names = [case.name for case in CASES]
    wanted = arguments.only.split(",") if arguments.only else names
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        print(f"no such case: {', '.join(unknown)}; the cases are {', '.join(names)}")
        return 2
    WORK.mkdir(parents=True, exist_ok=True)
    tools = Toolbox(arguments.python or newest_python())
    if arguments.compare:
        return compare(tools, wanted)
    return measure_all(tools, [case for case in CASES if case.name in wanted])


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="cargo xtask measure", description=__doc__)
    parser.add_argument("--only", metavar="CASE[,CASE]", help="only some cases; the figures of the rest stay")
    parser.add_argument("--python", metavar="PROGRAM", help="the Python to measure; by default the newest there is")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--compare", action="store_true", help="compare plans with real processes; no file is written")
    what.add_argument("--figures", action="store_true", help="measure nothing; write figures and tables anew")
    return parser.parse_args()


def measure_all(tools: Toolbox, cases: list[Case]) -> int:
    """Measures each case, writes its rows as soon as it is done, and tells at the end what could not be had."""
    failures = []
    for case in cases:
        rows = []
        try:
            for count in case.counts:
                rows += measure(tools, case, count)
        except (Failed, OSError, subprocess.SubprocessError, ValueError) as why:
            failures.append(f"{case.name}: {why}")
            print(f"{case.name}: {why}", flush=True)
            continue
        figures.replace(case, rows)
    figures.write()
    for failure in failures:
        print(f"not measured: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
