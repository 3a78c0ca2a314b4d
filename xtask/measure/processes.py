"""Starting processes, and reading what they take."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """Something could not be measured, and why."""


@dataclass(frozen=True)
class Memory:
    """What processes take, in KiB, by /proc/PID/smaps_rollup (https://docs.kernel.org/filesystems/proc.html)."""

    pss: int = 0
    """Every page divided by how many processes map it: over all processes this counts each page once."""
    rss: int = 0
    """Every page in full: over several processes this counts a shared page several times."""
    private: int = 0
    """Pages that one process alone maps."""
    shared: int = 0
    """Pages that several processes map, in full for each."""

    def __add__(self, other: "Memory") -> "Memory":
        return Memory(
            self.pss + other.pss, self.rss + other.rss, self.private + other.private, self.shared + other.shared
        )


def memory_of(process: int) -> Memory | None:
    """One process; nothing if it has ended."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    kib = {}
    for line in text.splitlines()[1:]:
        name, amount, _ = line.split()
        kib[name.rstrip(":")] = int(amount)
    return Memory(
        pss=kib["Pss"] + kib["SwapPss"],
        rss=kib["Rss"],
        private=kib["Private_Clean"] + kib["Private_Dirty"],
        shared=kib["Shared_Clean"] + kib["Shared_Dirty"],
    )


def tree_of(root: int) -> list[int]:
    """A process and all that descend from it, itself first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                # The second field, a name in brackets, may itself hold brackets and spaces.
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(parent, []).append(int(folder.name))
    tree = [root]
    for process in tree:
        tree.extend(children.get(process, []))
    return tree


class Running:
    """A program that was started here, with its children."""

    def __init__(self, popen: subprocess.Popen, log: Path):
        self.popen = popen
        self.log = log

    def each(self) -> list[Memory]:
        """Each of its processes, the one that was started first."""
        each = [memory for memory in map(memory_of, tree_of(self.popen.pid)) if memory]
        if self.popen.poll() is not None or not each:
            raise Failed(f"ended by itself ({self.popen.poll()}): {self.last_words()}")
        return each

    def memory(self) -> tuple[Memory, Memory, int]:
        """All its processes together, the first of them alone, and how many they are."""
        each = self.each()
        return sum(each, Memory()), each[0], len(each)

    def settled(self, processes: int = 1, seconds: float = 60) -> tuple[Memory, Memory, int]:
        """The same once `processes` are there and their memory has stood still for three seconds."""
        deadline = time.monotonic() + seconds
        before, since = None, time.monotonic()
        while time.monotonic() < deadline:
            time.sleep(0.5)
            now = self.memory()
            moved = before is None or abs(now[0].pss - before[0].pss) > max(before[0].pss / 200, 128)
            if moved or now[2] != before[2] or now[2] < processes:
                before, since = now, time.monotonic()
            elif time.monotonic() - since >= 3:
                return now
        raise Failed(f"did not come to rest within {seconds:.0f} s: {self.last_words()}")

    def last_words(self) -> str:
        return " / ".join(self.log.read_text(errors="replace").splitlines()[-4:]) or "it said nothing"

    def stop(self) -> None:
        """Asks all its processes to end, and makes those that don't within ten seconds."""
        tree = tree_of(self.popen.pid)
        self.popen.terminate()
        try:
            self.popen.wait(10)
        except subprocess.TimeoutExpired:
            pass
        for process in tree:
            if is_alive(process):
                os.kill(process, signal.SIGKILL)
        self.popen.wait()


def is_alive(process: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def running(
    command: list[str], folder: Path, variables: dict[str, str], log: Path, user: str | None = None
) -> Iterator[Running]:
    """Runs `command` with these variables and no others, and stops it and its children in the end."""
    with log.open("w") as output:
        popen = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            user=user,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    program = Running(popen, log)
    try:
        yield program
    finally:
        program.stop()


class Peak:
    """The most that a program takes while the block runs, read five times a second."""

    def __init__(self, program: Running):
        self.program = program
        self.memory, self.root, self.processes = program.memory()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self) -> None:
        while not self.over.wait(0.2):
            try:
                now = self.program.memory()
            except Failed:
                return
            if now[0].pss > self.memory.pss:
                self.memory, self.root, self.processes = now

    def __enter__(self) -> "Peak":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.over.set()
        self.thread.join()
