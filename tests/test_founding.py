"""The founding page: its seventeen artifacts mended, everything else as it stands, and nothing left to do the second time."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from cleaner.engine import Engine
from cleaner.text.formats import parse

SEEDS = Path(__file__).parent.parent / "seeds"
PAGE = (SEEDS / "000_0ded87caa741994a.txt").read_bytes().decode("utf-8")
GOLDEN = (SEEDS / "000_0ded87caa741994a.corrected.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def result():  # type: ignore[no-untyped-def]
    return Engine().fix(parse(PAGE))


def test_the_corrected_copy_is_the_golden_one(result) -> None:  # type: ignore[no-untyped-def]
    assert result.after == GOLDEN


def test_cleaning_the_corrected_copy_changes_nothing() -> None:
    again = Engine().fix(parse(GOLDEN))
    assert again.after == GOLDEN
    assert [f.finding for f in again.found if f.applied] == []


def test_every_edit_names_its_rule_and_says_why(result) -> None:  # type: ignore[no-untyped-def]
    assert all(edit.rules for edit in result.script)
    applied = [f.finding for f in result.found if f.applied]
    assert all(finding.message for finding in applied)
    by_rule = {finding.rule: finding for finding in applied}
    office = by_rule["names/office"]
    assert any(evidence.source.startswith("https://") for evidence in office.evidence)
    torn = by_rule["dates/torn"]
    assert torn.evidence


def test_the_page_is_known_to_be_translated_from_chinese(result) -> None:  # type: ignore[no-untyped-def]
    assert result.score.translated == "zh"


def html(text: str) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>\n" for line in text.splitlines() if line)


@pytest.mark.parametrize(("form", "made"), [("markdown", str), ("html", html)])
def test_in_markdown_and_html_it_is_mended_alike(form: str, made: Callable[[str], str]) -> None:
    lines = [line for line in made(GOLDEN).splitlines() if line]
    assert [line for line in Engine().fix(parse(made(PAGE), form)).after.splitlines() if line] == lines
