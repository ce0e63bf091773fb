"""The hook: cold time of `cleaner check --force-exclude` and `cleaner fix` on 1 and on 100 files, beside `python -c pass`.

    python benchmarks/hook.py

Wall time of whole processes, the median of several runs. The files are Markdown of 3 kB with one artifact in ten of them;
the cache of the packs is filled, as in every run of a hook but the first, whose time is printed, too.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
WRONG = "The Chang’e-4 lander touched down on the back of the moon.\n"
FINE = (
    "The bridge was opened in the spring, and the first trains have crossed it since. Many people came to see them.\n\n"
)


def main() -> None:
    """Make the files, time each command, print a table."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        for n in range(100):
            text = f"# Page {n}\n\n" + FINE * 26 + (WRONG if n % 10 == 0 else "")
            (top / f"page {n:02}.md").write_text(text, "utf-8")
        names = sorted(p.name for p in top.glob("*.md"))
        env = {**os.environ, "CLEANER_CACHE_DIR": str(top / "cache"), "PYTHONPYCACHEPREFIX": str(top / "pyc")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # a hook is installed with its bytecode
        cleaner = [sys.executable, "-m", "cleaner"]
        seconds([*cleaner, "check", *names], top, env, runs=1)
        base = seconds([sys.executable, "-c", "pass"], top, env)
        print(f"{'':34} ms   to `python -c pass`\n{'python -c pass':30} {1000 * base:6.0f}")
        first = [*cleaner, "check", "--force-exclude", names[1]]
        show("check, 1 file, very first", seconds(first, top, env, fresh=True, runs=3), base)
        for command in ("check", "fix"):
            for count in (1, 100):
                files = names[1:2] if count == 1 else names
                took = seconds([*cleaner, command, "--force-exclude", *files], top, env)
                show(f"{command}, {count} file{'s' if count > 1 else ''}", took, base)


def show(name: str, took: float, base: float) -> None:
    """Print a row."""
    print(f"{name:30} {1000 * took:6.0f} {took / base:14.1f}")


def seconds(command: list[str], top: Path, env: dict[str, str], *, fresh: bool = False, runs: int = RUNS) -> float:
    """Return the median wall seconds of a command; `fresh`: without what it has cached."""
    times = []
    for _ in range(runs):
        if fresh:
            shutil.rmtree(top / "cache", ignore_errors=True)
        begin = time.perf_counter()
        done = subprocess.run(command, cwd=top, env=env, capture_output=True, check=False)
        times.append(time.perf_counter() - begin)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr.decode())
    return statistics.median(times)


if __name__ == "__main__":
    main()
