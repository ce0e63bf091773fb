"""Speed: MB/s of `cleaner check` on clean English text beside other tools, and the cold start on a 2 KB file.

    python benchmarks/speed.py [FOLDER]

FOLDER holds English text; without one, text is taken from the documentation that Python carries in its own library.
Figures are processor time (user + system) of whole processes, the median of several runs; peers run where installed.
"""

from __future__ import annotations

import os
import pydoc_data.topics
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

RUNS = 5
SIZE = 3_000  # bytes a document
TOTAL = 4_000_000


def main() -> None:
    """Make the corpora, run each tool on them, print a table."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        count = corpus(top / "corpus", Path(sys.argv[1]) if len(sys.argv) > 1 else None)
        size = sum(p.stat().st_size for p in (top / "corpus").iterdir()) / 1e6
        small = top / "small.txt"
        small.write_text(next(iter(sorted((top / "corpus").iterdir()))).read_text("utf-8")[:2000], "utf-8")
        env = {**os.environ, "CLEANER_CACHE_DIR": str(top / "cache")}
        cleaner = [sys.executable, "-m", "cleaner", "check"]
        seconds([*cleaner, str(small)], env, 1)  # fills the cache

        base = seconds([sys.executable, "-c", "pass"], env)
        print(
            f"cold start, 2 KB file          processor ms   to `python -c pass`\n{'python -c pass':30} {1000 * base:8.0f}"
        )
        start = seconds([*cleaner, str(small)], env)
        print(f"{'cleaner check':30} {1000 * start:8.0f} {start / base:14.1f}")
        print(f"\nclean English, {count} documents of 3 kB, {size:.1f} MB     MB/s   to cleaner")
        ours = size / seconds([*cleaner, str(top / "corpus")], env, 3)
        print(f"{'cleaner check':30} {ours:12.2f} {1:8.2f}")
        for name, command in peers(top).items():
            speed = size / seconds([*command, str(top / "corpus")], env, 3)
            print(f"{name:30} {speed:12.2f} {speed / ours:8.2f}")


def corpus(folder: Path, source: Path | None) -> int:
    """Write documents of 3 kB, about 4 MB in all; return their number."""
    if source is None:
        text = "\n\n".join(pydoc_data.topics.topics.values())
    else:
        text = "\n\n".join(p.read_text("utf-8", "ignore") for p in sorted(source.rglob("*.txt")))
    folder.mkdir()
    count = TOTAL // SIZE
    for n in range(count):
        at = n * SIZE % max(1, len(text) - SIZE)
        (folder / f"{n:05}.txt").write_text(text[at : at + SIZE], "utf-8")
    return count


def peers(top: Path) -> dict[str, list[str]]:
    """Return the commands of the peers that are installed."""
    config = top / ".vale.ini"
    config.write_text("StylesPath = styles\nMinAlertLevel = suggestion\n[*]\nBasedOnStyles = Vale\n")
    every = {
        "typos": ["typos", "--threads", "1"],
        "codespell": ["codespell"],
        "vale": ["vale", "--config", str(config), "--no-exit"],
    }
    return {name: command for name, command in every.items() if shutil.which(name)}


def seconds(command: Sequence[str], env: dict[str, str], runs: int = RUNS) -> float:
    """Return the median processor seconds of a command run to its end."""
    import resource

    times = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1, 2, 65):  # findings; typos exits 2 and codespell 65 for them
            sys.exit(f"{command[0]}: exit {done.returncode}: {done.stderr.decode()[-500:]}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


if __name__ == "__main__":
    main()
