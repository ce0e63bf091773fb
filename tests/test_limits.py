"""A baseline and --changed-since: what was there before is left alone, what is new is found, in any folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cleaner.cli.git import Changed
from cleaner.cli.main import main
from cleaner.text.files import InputError

OLD = "The Chang’e-4 lander touched down on the back of the moon.\n"
NEW = "The probe was the first to take off from the back of the moon, the mission said.\n"
CALM = "Nothing else was said about it by anyone who had been there.\n"


def git(folder: Path, *args: str) -> None:
    names = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *names, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(f"{OLD}\n{CALM}", "utf-8")
    (tmp_path / "b.txt").write_text(OLD + CALM * 10, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_only_changed_lines_are_corrected(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tree / "sub" / "a.txt"
    page.write_text(f"{OLD}\n{CALM}\n{NEW}", "utf-8")
    assert main(["check", "b.txt", "--changed-since", "HEAD"]) == 0
    monkeypatch.chdir(tree / "sub")
    assert main(["fix", "a.txt", "--changed-since", "HEAD"]) == 1
    assert page.read_text("utf-8") == f"{OLD}\n{CALM}\n{NEW.replace('back of', 'far side of')}"


def test_renamed_and_untracked_files(tree: Path) -> None:
    odd = tree / "sub" / "ü \t1.txt"
    git(tree, "mv", "b.txt", str(odd.relative_to(tree)))
    odd.write_text(OLD + CALM * 10 + NEW, "utf-8")
    (tree / "new.txt").write_text(OLD, "utf-8")
    changed = Changed("HEAD")
    assert changed.lines(odd) == {12}
    assert changed.lines(Path("new.txt")) is None
    assert changed.lines(Path("sub/a.txt")) == set()
    git(tree, "add", ".")
    git(tree, "commit", "-qm", "two")
    assert Changed("HEAD~1").lines(odd) == {12}
    assert Changed("HEAD~1").lines(Path("new.txt")) is None
    assert Changed("HEAD").lines(Path("new.txt")) == set()


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_a_revision_that_is_none_is_one_line(tree: Path, revision: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "b.txt", f"--changed-since={revision}"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("cleaner: --changed-since: ")
    assert err.count("\n") == 1
    assert sorted(p.name for p in tree.iterdir()) == [".git", "b.txt", "sub"]


def test_outside_a_repository_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.txt").write_text(OLD, "utf-8")
    with pytest.raises(InputError, match="is not in a git repository"):
        Changed("HEAD").lines(tmp_path / "a.txt")


def test_a_baseline_leaves_what_it_knows_and_finds_what_is_new(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tree / "sub" / "a.txt"
    assert main(["check", ".", "--write-baseline", "known.jsonl"]) == 0
    assert "2 known findings" in capsys.readouterr().out
    assert main(["check", ".", "--baseline", "known.jsonl"]) == 0
    page.write_text(f"{CALM}\n{NEW}\n{OLD.replace(' down', chr(10) + 'down')}", "utf-8")
    (tree / "c.txt").write_text(OLD, "utf-8")
    assert main(["fix", "sub", "c.txt", "--baseline", "known.jsonl"]) == 1
    assert page.read_text("utf-8").count("back of the moon") == 1
    assert "far side" in page.read_text("utf-8").split("\n\n")[1]
    assert "far side" in (tree / "c.txt").read_text("utf-8")


def test_a_baseline_of_the_founding_page_holds_all_of_it(tmp_path: Path) -> None:
    page = str(Path(__file__).parents[1] / "seeds" / "000_0ded87caa741994a.txt")
    known = str(tmp_path / "known.jsonl")
    assert main(["check", page, "--write-baseline", known]) == 0
    assert main(["check", page, "--baseline", known]) == 0


def test_a_missing_baseline_is_one_line(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "b.txt", "--baseline", "none.jsonl"]) == 2
    assert capsys.readouterr().err == "cleaner: none.jsonl: No such file or directory\n"
