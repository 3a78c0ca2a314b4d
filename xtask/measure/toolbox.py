"""The programs that are measured: where they are, how those of Python, Node and Go get there, and their versions."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from functools import cache, cached_property
from pathlib import Path

from processes import Failed

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
APPS = HERE / "apps"
WORK = ROOT / "target" / "measure"

# Where Debian puts servers. RabbitMQ's own script comes before Debian's around it, which changes to another user.
FOLDERS = ["/usr/lib/rabbitmq/bin", "/usr/lib/erlang/bin", "/usr/sbin"]


def find(program: str) -> str:
    """Where a program of this machine is; of PostgreSQL, the newest version's."""
    postgres = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    folders = [*map(str, reversed(postgres)), *FOLDERS, os.environ.get("PATH", "")]
    found = shutil.which(program, path=os.pathsep.join(folders))
    if not found:
        raise Failed(f"{program} is not on this machine")
    return found


class Toolbox:
    """What is installed under target/measure, for one version of Python."""

    def __init__(self, python: str):
        self.python_version = said([python, "-c", "import platform; print(platform.python_version())"])
        self.apps = self.environment(python, "apps")
        self.arq = self.environment(python, "arq")

    def environment(self, python: str, name: str) -> Path:
        """The programs of a virtual environment with the packages of requirements/NAME.txt, made unless it is there."""
        folder = WORK / f"{name}-{self.python_version}"
        wanted, stamp = (HERE / "requirements" / f"{name}.txt").read_text(), folder / ".installed"
        if not stamp.is_file() or stamp.read_text() != wanted:
            say([python, "-m", "venv", "--clear", str(folder)])
            say([f"{folder}/bin/pip", "install", "--quiet", "--requirement", f"{HERE}/requirements/{name}.txt"])
            stamp.write_text(wanted)
        return folder / "bin"

    @cached_property
    def node(self) -> Path:
        """A folder with the apps for Node and the packages they need."""
        folder = WORK / "node"
        folder.mkdir(parents=True, exist_ok=True)
        for app in [*APPS.glob("*.js"), APPS / "package.json"]:
            shutil.copy(app, folder)
        if not (folder / "node_modules" / "express").is_dir():
            options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
            say([find("npm"), "install", "--prefix", str(folder), *options])
        return folder

    @cached_property
    def go_http(self) -> Path:
        """The program of apps/go_http, built."""
        program = WORK / "go_http"
        variables = {**os.environ, "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOCACHE": str(WORK / "go_cache")}
        build = [f"{self.apps}/go", "build", "-o", str(program), "."]
        subprocess.run(build, cwd=APPS / "go_http", env=variables, check=True)
        return program


@cache
def packages(environment: Path) -> dict[str, str]:
    """The version of each package of Python's in an environment, by its name in small letters."""
    code = "import importlib.metadata as m, json; print(json.dumps({d.name: d.version for d in m.distributions()}))"
    versions = json.loads(said([f"{environment}/python", "-c", code]))
    return {name.lower(): version for name, version in versions.items()}


@cache
def version(*command: str) -> str:
    """The first number with a dot that a program says when asked for its version."""
    number = re.search(r"\d+(\.\d+)+", said(list(command)))
    if not number:
        raise Failed(f"`{' '.join(command)}` tells no version")
    return number[0]


def system() -> str:
    """What all figures of one run have in common."""
    release = platform.freedesktop_os_release()
    libc = " ".join(platform.libc_ver())
    kernel = platform.release().partition("-")[0]
    machine = f"{platform.machine()}, {os.cpu_count()} processors"
    return f"{release['NAME']} {release['VERSION_ID']}, Linux {kernel}, {libc}, {machine}"


def newest_python() -> str:
    """The newest Python there is, but if possible not the one that runs this script.

    Two processes of one program share its code, and PSS would count what the script itself maps as not the app's.
    """
    names = [f"python3.{minor}" for minor in range(16, 9, -1)]
    pyenv = sorted(Path("~/.pyenv/versions").expanduser().glob("3.*/bin/python3.*[0-9]"), reverse=True)
    found = [path for path in [*map(shutil.which, names), *map(str, pyenv)] if path]
    runs = [(python, said([python, "-c", "import sys; print(*sys.version_info[:2])"])) for python in found]
    versions = {tuple(map(int, answer.split())): python for python, answer in reversed(runs) if answer}
    others = [minor for minor in versions if minor != sys.version_info[:2]]
    if not others:
        print("There is only one Python here: figures of Python's programs will be a few MiB too small.")
        return sys.executable
    return versions[max(others)]


def say(command: list[str]) -> None:
    """Says and runs a command."""
    print("$", Path(command[0]).name, *command[1:], flush=True)
    subprocess.run(command, check=True)


def said(command: list[str]) -> str:
    """What a command prints, or nothing if it fails."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip() if done.returncode == 0 else ""
