"""The ledger: apply gives what fix gave, undo gives the bytes back, and nothing is written where a file does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import RIGHT, WRONG, run


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report about two files, one of them with a byte order mark, CRLF and in UTF-16."""
    (tmp_path / "a.txt").write_bytes(WRONG.encode())
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe" + WRONG.replace("\n", "\r\n").encode("utf-16-le"))
    path = tmp_path / "r.json"
    run("fix", tmp_path / "a.txt", tmp_path / "b.txt", "--diff", "--report", path)
    return path


def test_apply_and_undo_are_exact(report: Path) -> None:
    files = [report.with_name(n) for n in ("a.txt", "b.txt")]
    before = [f.read_bytes() for f in files]
    assert run("apply", report)[0] == 1
    assert files[0].read_text("utf-8") == RIGHT
    after = [f.read_bytes() for f in files]
    assert run("apply", report)[0] == 2
    assert [f.read_bytes() for f in files] == after
    assert run("undo", report)[0] == 1
    assert [f.read_bytes() for f in files] == before
    assert run("fix", *files)[0] == 1
    assert [f.read_bytes() for f in files] == after


def test_nothing_is_written_where_one_file_does_not_fit(report: Path) -> None:
    a, b = (report.with_name(n) for n in ("a.txt", "b.txt"))
    a.write_text(WRONG + "More.\n")
    before = b.read_bytes()
    code, _, err = run("apply", report)
    assert code == 2
    assert err.count("\n") == 1
    assert "a.txt" in err
    assert b.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: "{", "r.json:1"),
        (lambda r: "[]", "not a report"),
        (lambda r: json.dumps(json.loads(r) | {"version": 2}), "version 2"),
        (lambda r: r.replace('"edits"', '"edit"'), "without 'edits'"),
        (lambda r: r.replace('"text": "far side"', '"text": "dark side"'), "does not give"),
        (lambda r: r.replace("a.txt", "none.txt"), "none.txt"),
    ],
)
def test_a_report_that_is_wrong_changes_nothing(report: Path, change, says: str) -> None:  # type: ignore[no-untyped-def]
    report.write_text(change(report.read_text("utf-8")), "utf-8")
    code, _, err = run("apply", report)
    assert code == 2
    assert says in err
    assert report.with_name("a.txt").read_text("utf-8") == WRONG
