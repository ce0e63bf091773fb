#!/usr/bin/env python3
"""Set-up and daily commands of a checkout; needs Python 3.11 or newer and nothing else.

    python3 dev.py seed     set up, then clean the founding page: the diff, and a report of every change in cleaned/
    python3 dev.py test     set up, then run all tests and the examples of every rule
    python3 dev.py lint     set up, then formatting, lint, types and layers
    python3 dev.py docs     set up, then build the documentation into site/; a dead link or anchor stops it
    python3 dev.py shell-path   set up, then print the folder of the commands

The set-up is a virtual environment in .venv with the versions that requirements-dev.txt locks; it is made once.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "requirements-dev.txt"


def set_up() -> None:
    """Make or renew the environment, where the locked versions or the project's own metadata changed."""
    stamp = HOME / ".stamp"
    now = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == now:
        return
    if not (BIN / "pip").exists() and not (BIN / "pip.exe").exists():
        venv.create(HOME, with_pip=True)
    pip = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    stamp.write_text(now)


def run(*command: str) -> int:
    """Run a command of the environment in the checkout and return its exit code."""
    print("+", *command, flush=True)
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=env, check=False).returncode


def main(argv: list[str]) -> int:
    """Run the named task; return the exit code of its first step that fails."""
    tasks: dict[str, list[tuple[str, ...]]] = {
        "seed": [
            ("cleaner", "fix", "seeds/000_0ded87caa741994a.txt", "--diff"),
            (
                *("cleaner", "fix", "seeds/000_0ded87caa741994a.txt", "--output", "cleaned"),
                *("--report", "cleaned/report.json", "--report", "cleaned/report.patch"),
            ),
        ],
        "test": [("pytest", "-n", "auto"), ("cleaner", "test")],
        "lint": [
            ("ruff", "format", "--check", "."),
            ("ruff", "check", "."),
            ("mypy",),
            ("lint-imports",),
        ],
        "docs": [("mkdocs", "build", "--strict", "--quiet")],
        "shell-path": [],
    }
    if len(argv) != 1 or argv[0] not in tasks:
        print(__doc__)
        return 2
    set_up()
    if argv[0] == "shell-path":
        print(BIN)
    for step in tasks[argv[0]]:
        code = run(*step)
        # `fix` exits 1 where it changed something, which is the point of "seed".
        if code and not (argv[0] == "seed" and code == 1):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
