"""The hooks in the real pre-commit, in real git repositories, installed from this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_cli import CLEAN, RIGHT, WRONG

ROOT = Path(__file__).resolve().parent.parent
Git = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("hook"),
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
]


def git_in(folder: Path, home: Path) -> Git:
    """Return a git for one folder, that no configuration of this machine reaches."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") and k not in ("PYTHONPATH", "PYTHONHOME")}
    env |= {
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "CLEANER_CACHE_DIR": str(home / "cache"),
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def git(*args: str, ok: bool = True, tool: str = "git") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [shutil.which(tool) or tool, *args], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
        )
        assert not ok or done.returncode == 0, done.stdout + done.stderr
        return done

    return git


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Path]:
    """A repository of this checkout as it stands, its commit, and the home where pre-commit keeps what it installs."""
    home = tmp_path_factory.mktemp("home")
    copy = home / "cleaner"
    ours = ("cleaner", "rules", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
    copy.mkdir()
    for name in ours:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    git = git_in(copy, home)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "as it stands")
    return copy, git("rev-parse", "HEAD").stdout.strip(), home


@pytest.fixture
def repository(tmp_path: Path, source: tuple[Path, str, Path]) -> Callable[[str], tuple[Path, Git]]:
    """Make a repository that one of the hooks guards."""

    def make(hook: str) -> tuple[Path, Git]:
        copy, revision, home = source
        folder = tmp_path / "texts"
        folder.mkdir()
        git = git_in(folder, home)
        git("init", "-q", "-b", "main")
        (folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {copy}\n  rev: {revision}\n  hooks:\n  - id: {hook}\n", "utf-8"
        )
        git("add", "-A")
        git("commit", "-q", "-m", "start")
        git("install", tool="pre-commit")
        return folder, git

    return make


def test_a_commit_is_stopped_the_fix_is_shown_and_the_second_passes(
    repository: Callable[[str], tuple[Path, Git]],
) -> None:
    folder, git = repository("cleaner-fix")
    names = ["page.txt", "a page with spaces.md", "Größe и 月.html"]
    for name in names:
        (folder / name).write_text(f"<p>{WRONG}</p>\n" if name.endswith("html") else WRONG, "utf-8")
    (folder / "code.py").write_text(f"# {WRONG}", "utf-8")
    (folder / "requirements.txt").write_text(f"# {WRONG}", "utf-8")
    git("add", "-A")
    done = git("commit", "-m", "first", ok=False)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    for name in names:
        assert f"{name}:1:" in said
        assert RIGHT.strip() in (folder / name).read_text("utf-8")
    assert "+ " + RIGHT.strip() in said
    assert "zh-en/space-terms [fixed, safe]" in said
    assert (folder / "code.py").read_text("utf-8") == f"# {WRONG}"
    assert (folder / "requirements.txt").read_text("utf-8") == f"# {WRONG}"
    git("add", "-A")
    git("commit", "-m", "second")
    assert git("show", "HEAD:page.txt").stdout == RIGHT


def test_check_stops_and_changes_nothing_and_excluded_files_pass(
    repository: Callable[[str], tuple[Path, Git]],
) -> None:
    folder, git = repository("cleaner-check")
    (folder / "page.txt").write_text(WRONG, "utf-8")
    git("add", "-A")
    done = git("commit", "-m", "first", ok=False)
    assert done.returncode == 1
    assert "far side" in done.stdout + done.stderr
    assert (folder / "page.txt").read_text("utf-8") == WRONG
    (folder / "cleaner.toml").write_text('exclude = ["page.txt"]\n', "utf-8")
    git("add", "-A")
    git("commit", "-m", "second")


def test_of_a_partly_staged_file_only_the_staged_text_counts(repository: Callable[[str], tuple[Path, Git]]) -> None:
    folder, git = repository("cleaner-fix")
    page = folder / "page.txt"
    page.write_text(CLEAN, "utf-8")
    git("add", "-A")
    # An artifact in the part that is not staged does not stop the commit, and stays as it is.
    page.write_text(CLEAN + "\n" + WRONG, "utf-8")
    git("commit", "-m", "clean")
    assert page.read_text("utf-8") == CLEAN + "\n" + WRONG
    assert git("show", "HEAD:page.txt").stdout == CLEAN
    # One in the staged part does; what is not staged is not lost, whether or not the fix can be put beside it.
    page.write_text(CLEAN + "\n" + WRONG, "utf-8")
    git("add", "-A")
    page.write_text(CLEAN + "\n" + WRONG + "\nSome more.\n", "utf-8")
    assert git("commit", "-m", "wrong", ok=False).returncode == 1
    assert page.read_text("utf-8").endswith("Some more.\n")
    assert git("show", ":page.txt").stdout == CLEAN + "\n" + WRONG


def test_a_merge_and_a_deletion(repository: Callable[[str], tuple[Path, Git]]) -> None:
    folder, git = repository("cleaner-fix")
    (folder / "old.txt").write_text(WRONG, "utf-8")
    (folder / "both.txt").write_text("One.\n\nTwo.\n", "utf-8")
    git("add", "-A")
    git("commit", "-q", "--no-verify", "-m", "before the hook")
    git("checkout", "-q", "-b", "side")
    (folder / "both.txt").write_text("One.\n\nSide.\n", "utf-8")
    (folder / "side.txt").write_text(CLEAN, "utf-8")
    git("add", "-A")
    git("commit", "-m", "side")
    git("checkout", "-q", "main")
    git("rm", "-q", "old.txt")
    git("commit", "-m", "gone")  # a file with an artifact may go
    (folder / "both.txt").write_text("One.\n\nMain.\n", "utf-8")
    git("add", "-A")
    git("commit", "-m", "main")
    assert git("merge", "side", ok=False).returncode == 1  # a conflict
    (folder / "both.txt").write_text("One.\n\n" + WRONG, "utf-8")
    git("add", "-A")
    assert git("commit", "-m", "merged", ok=False).returncode == 1
    assert (folder / "both.txt").read_text("utf-8") == "One.\n\n" + RIGHT
    git("add", "-A")
    git("commit", "-m", "merged")
    assert len(git("rev-list", "--parents", "-n", "1", "HEAD").stdout.split()) == 3
