"""The action's check, as far as it runs without GitHub: which files, what it leaves behind, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import CLEAN, WRONG

SCRIPT = Path(__file__).resolve().parent.parent / ".ci" / "action"


@pytest.mark.skipif(os.name == "nt", reason="the script is bash")
def test_the_check_of_what_a_pull_request_changed(tmp_path: Path) -> None:
    def git(*args: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
        done = subprocess.run(["git", *who, *args], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8")
        return done.stdout.strip()

    temp = tmp_path / "temp"
    temp.mkdir()
    command = temp / "cleaner.sh"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cleaner "$@"\n', "utf-8")
    command.chmod(0o755)

    def check(**env: str) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", str(SCRIPT)],
            cwd=tmp_path,
            env={
                **os.environ,
                "CLEANER": str(command),
                "RUNNER_TEMP": str(temp),
                "GITHUB_OUTPUT": str(temp / "output"),
                **env,
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    git("init", "-q", "-b", "main")
    (tmp_path / "old.txt").write_text(WRONG, "utf-8")
    (tmp_path / "gone.txt").write_text(WRONG, "utf-8")
    (tmp_path / ".gitignore").write_text("/temp/\n", "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "before")
    base = git("rev-parse", "HEAD")
    git("rm", "-q", "gone.txt")
    (tmp_path / "code.py").write_text(f"# {WRONG}", "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "no texts")
    assert check(BASE=base) == (0, "No texts changed.\n")
    (tmp_path / "-новый page.md").write_text(WRONG, "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "a text")
    code, out = check(BASE=base)
    assert code == 1
    assert "::" in out
    assert "old.txt" not in out
    assert len(json.loads((temp / "cleaner.sarif").read_text("utf-8"))["runs"][0]["results"]) == 1
    assert "checked=true" in (temp / "output").read_text("utf-8")
    assert (temp / "cleaner.md").exists()
    assert check(BASE=base, OPTIONS="--ignore term")[0] == 0
    assert "old.txt" in check(FILES="old.txt")[1]
    assert check()[0] == 1
    for name in ("old.txt", "-новый page.md"):
        (tmp_path / name).write_text(CLEAN, "utf-8")
    assert check()[0] == 0
