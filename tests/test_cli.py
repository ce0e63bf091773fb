"""The command as its user runs it: exit codes, output, files written or left alone, bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WRONG = "The Chang’e-4 lander touched down on the back of the moon.\n"
RIGHT = "The Chang’e-4 lander touched down on the far side of the moon.\n"
CLEAN = "The lander touched down on the far side of the moon.\n"


def run(*args: object, stdin: bytes | None = None, cwd: Path | None = None, **env: str) -> tuple[int, str, str]:
    """Run the command in a process of its own; return its exit code, standard output and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *map(str, args)],
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **env},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(WRONG, "utf-8")
    return path


def test_check_reports_and_writes_nothing(page: Path) -> None:
    code, out, err = run("check", page)
    assert (code, err) == (1, "")
    assert "zh-en/space-terms" in out
    assert "far side" in out
    assert page.read_text("utf-8") == WRONG


def test_check_of_clean_text_exits_0(page: Path) -> None:
    page.write_text(CLEAN, "utf-8")
    assert run("check", page)[0] == 0


def test_fix_in_place_says_what_it_changed_and_the_second_run_changes_nothing(page: Path) -> None:
    page.chmod(0o640)
    code, out, _ = run("fix", page)
    assert code == 1
    assert "far side" in out
    assert page.read_text("utf-8") == RIGHT
    assert page.stat().st_mode & 0o777 == 0o640
    assert run("fix", page)[0] == 0
    assert [p.name for p in page.parent.iterdir()] == ["page.txt"]


def test_fix_output_leaves_the_original_and_keeps_folders(tmp_path: Path) -> None:
    deep = tmp_path / "in" / "a" / "page.txt"
    deep.parent.mkdir(parents=True)
    deep.write_text(WRONG, "utf-8")
    (tmp_path / "in" / "fine.txt").write_text(CLEAN, "utf-8")
    code, _, _ = run("fix", tmp_path / "in", "--output", tmp_path / "out")
    assert code == 1
    assert deep.read_text("utf-8") == WRONG
    assert (tmp_path / "out" / "a" / "page.txt").read_text("utf-8") == RIGHT
    assert (tmp_path / "out" / "fine.txt").read_text("utf-8") == CLEAN


@pytest.mark.parametrize("tool", [["git", "apply"], ["patch", "-p1", "-i"]])
@pytest.mark.parametrize("ending", ["", "\n"])
@pytest.mark.parametrize("name", ["page.txt", "a page.txt", "Größe.txt"])
def test_the_diff_applies(tmp_path: Path, tool: list[str], ending: str, name: str) -> None:
    page = tmp_path / name
    page.write_text("First line.\n\n" + WRONG.rstrip("\n") + ending, "utf-8")
    code, out, _ = run("fix", name, "--diff", "--report", "p.patch", cwd=tmp_path)
    assert code == 1
    assert page.read_text("utf-8").endswith(WRONG.rstrip("\n") + ending)
    assert (tmp_path / "p.patch").read_text("utf-8") == out
    subprocess.run([*tool, "p.patch"], cwd=tmp_path, check=True, capture_output=True)
    assert page.read_text("utf-8") == "First line.\n\n" + RIGHT.rstrip("\n") + ending


def test_json_edits_give_the_corrected_copy_exactly(page: Path) -> None:
    code, out, _ = run("fix", page, "--diff", "--output-format", "json")
    report = json.loads(out)
    assert code == 1
    assert report["version"] == 1
    (file,) = report["files"]
    text, at = "", 0
    for edit in file["edits"]:
        text += WRONG[at : edit["start"]] + edit["text"]
        at = edit["end"]
        assert edit["rules"] == ["zh-en/space-terms"]
    assert text + WRONG[at:] == RIGHT
    (finding,) = file["findings"]
    assert (finding["line"], finding["column"], finding["applied"]) == (1, 42, True)
    assert WRONG[finding["start"] : finding["end"]] == "back of the moon"
    assert finding["fixes"][0]["safety"] == "safe"
    assert {WRONG[e["start"] : e["end"]] for e in finding["evidence"] if "start" in e} <= {"Chang’e", "lander"}


def test_standard_input_goes_to_standard_output(page: Path) -> None:
    assert run("fix", "-", stdin=WRONG.encode())[:2] == (1, RIGHT)
    assert run("fix", "-", stdin=CLEAN.encode())[:2] == (0, CLEAN)
    assert run("check", "-", stdin=WRONG.encode())[0] == 1


def test_select_and_ignore_name_rules_packs_and_kinds(page: Path) -> None:
    for name in ("zh-en/space-terms", "zh-en", "term"):
        assert run("check", page, "--select", name)[0] == 1
        assert run("check", page, "--ignore", name)[0] == 0


@pytest.mark.parametrize(
    "data",
    [
        WRONG.encode("utf-8-sig"),
        WRONG.replace("\n", "\r\n").encode(),
        b"\xff\xfe" + WRONG.encode("utf-16-le"),
        b"\xfe\xff" + WRONG.encode("utf-16-be"),
        WRONG.rstrip("\n").encode(),
        (CLEAN * 3 + WRONG).encode("cp1252"),
    ],
    ids=["bom", "crlf", "utf-16-le", "utf-16-be", "no-newline", "cp1252"],
)
def test_every_other_byte_stays(page: Path, data: bytes) -> None:
    page.write_bytes(data)
    assert run("fix", page)[0] == 1
    after = page.read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252"):
        old, new = ("back".encode(encoding), "far side".encode(encoding))
        if data.replace(old, new) == after and old in data:
            break
    else:
        pytest.fail(f"{after!r}")


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"\x00\x01\x02", "binary"), (b"\xff\xfeabc", "utf-16"), (b"a\x81\x8d\x8f\x90\x9d\x1b\x02", "encoding")],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_done(page: Path, data: bytes, says: str) -> None:
    bad = page.with_name("bad.txt")
    bad.write_bytes(data)
    code, _, err = run("fix", bad, page)
    assert code == 2
    assert str(bad) in err
    assert says in err
    assert err.count("\n") == 1
    assert bad.read_bytes() == data
    assert page.read_text("utf-8") == RIGHT


def test_missing_files_and_empty_folders_are_named(page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    code, _, err = run("check", tmp_path / "none.txt", empty, page)
    assert code == 2
    assert err.count("\n") == 2
    assert "none.txt" in err
    assert "empty" in err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(page: Path, tmp_path: Path) -> None:
    page.parent.chmod(0o500)
    try:
        code, _, err = run("fix", page)
    finally:
        page.parent.chmod(0o700)
    assert code == 2
    assert err.count("\n") == 1
    assert page.read_text("utf-8") == WRONG


def test_an_output_that_is_a_file(page: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    code, _, err = run("fix", page, "--output", tmp_path / "out")
    assert code == 2
    assert err.count("\n") == 1
    assert page.read_text("utf-8") == WRONG


def test_a_report_of_an_unknown_kind_or_in_no_folder(page: Path, tmp_path: Path) -> None:
    code, _, err = run("check", page, "--report", tmp_path / "x.doc", "--report", tmp_path / "no" / "x.json")
    assert code == 2
    assert err.count("\n") == 2


@pytest.mark.parametrize("text", ["", "\n", "   \n\n", "word", "\r\n\r\n", "\ufeff"])
def test_texts_with_next_to_nothing(page: Path, text: str) -> None:
    page.write_bytes(text.encode())
    assert run("fix", page)[0] == 0
    assert page.read_bytes() == text.encode()


def test_ignored_files_are_not_read(tmp_path: Path) -> None:
    for name in ("a.txt", "skip/b.txt", "c.txt", "keep/c.txt", "d.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(WRONG, "utf-8")
    (tmp_path / ".gitignore").write_text("skip/\n/c.txt\n")
    _, out, _ = run("check", tmp_path, "--output-format", "json")
    assert [Path(f["path"]).relative_to(tmp_path).as_posix() for f in json.loads(out)["files"]] == [
        "a.txt",
        "keep/c.txt",
    ]


def test_garbage_in_the_cache_or_no_cache_changes_nothing(page: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = run("check", page, CLEANER_CACHE_DIR=str(cache))
    (file,) = cache.iterdir()
    for garbage in (b"", b"x" * 100, file.read_bytes()[:-10]):
        file.write_bytes(garbage)
        assert run("check", page, CLEANER_CACHE_DIR=str(cache)) == first
    assert run("check", page, CLEANER_CACHE_DIR=str(page)) == first


def test_two_runs_give_the_same_bytes_whatever_the_hash_seed(page: Path) -> None:
    outputs = {run("check", page, "--output-format", "json", PYTHONHASHSEED=seed)[1] for seed in ("0", "1", "2")}
    assert len(outputs) == 1


def test_rules_and_rule_tell_what_there_is() -> None:
    code, out, _ = run("rules")
    assert code == 0
    assert "zh-en/space-terms" in out
    code, out, _ = run("rule", "zh-en/space-terms")
    assert code == 0
    assert "月球背面" in out
    code, _, err = run("rule", "zh-en/space-term")
    assert code == 2
    assert "zh-en/space-terms" in err
