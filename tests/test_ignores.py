"""Ignores in the text: what they silence, where they end, and that the unused are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleaner
from cleaner.results import Result
from cleaner.text.formats import parse
from tests.test_cli import RIGHT, WRONG, run

RULE = "zh-en/space-terms"
UNUSED = "cleaner/unused-ignore"
AGAIN = "The lander Chang’e-4 stands for good on the back of the moon.\n"


def rules(result: Result) -> list[str]:
    return [one.finding.rule for one in result.found]


@pytest.mark.parametrize("names", ["[zh-en/space-terms]", "[zh-en]", "[term]", "[date, term]", ""])
@pytest.mark.parametrize(
    ("form", "before", "after"),
    [
        ("markdown", "<!-- cleaner: ignore{} the poet says so -->\n", ""),
        ("markdown", "# A title\n\n<!--cleaner: ignore{}-->\n\n", ""),
        ("markdown", "{/* cleaner: ignore{} */}\n\n", ""),
        ("markdown", "- <!-- cleaner: ignore{} -->\n  ", ""),
        ("html", "<p>One.</p><!-- cleaner: ignore{} a reason --><p>", "</p>"),
        ("html", "<p>One. <!-- cleaner: ignore{} --> ", "</p>"),
        ("plain", "cleaner: ignore{}\n", ""),
        ("plain", "Before.\n<!-- cleaner: ignore{} a reason -->\n\n", ""),
        ("rst", ".. cleaner: ignore{}\n\n", ""),
    ],
)
def test_ignore_silences_the_next_block_and_no_other(form: str, before: str, after: str, names: str) -> None:
    head = before.replace("{}", names)
    text = head + WRONG.rstrip("\n") + after + "\n\n" + ("<p>" if form == "html" else "") + AGAIN
    result = cleaner.fix(text, format=form)
    expected = [RULE] if "date" not in names else sorted([RULE, UNUSED])
    assert sorted(rules(result)) == sorted(expected)
    assert WRONG.rstrip("\n") in result.after
    assert AGAIN not in result.after
    assert result.after.startswith(head)


def test_a_reason_needs_no_brackets_but_in_plain_text() -> None:
    assert rules(cleaner.check("cleaner: off the shelf\n" + WRONG)) == [RULE]
    assert rules(cleaner.check("<!-- cleaner: off because -->\n" + WRONG)) == []
    assert rules(cleaner.check("cleaner: off[term] because\n" + WRONG)) == []


@pytest.mark.parametrize("form", ["markdown", "plain"])
def test_off_holds_until_on(form: str) -> None:
    text = f"{WRONG}\n<!-- cleaner: off[term] -->\n\n{WRONG.replace('Chang', 'The Chang')}\nOne more: {AGAIN}\n<!-- cleaner: on -->\n\n{AGAIN}"
    result = cleaner.fix(text, format=form)
    assert set(rules(result)) == {RULE}
    assert result.after.startswith(RIGHT)
    assert result.after.count("back of the moon") == 2
    assert result.after.endswith("the far side of the moon.\n")


@pytest.mark.parametrize("form", ["markdown", "html", "plain"])
def test_ignore_file_holds_everywhere(form: str) -> None:
    text = f"{WRONG}\n{AGAIN}\n<!-- cleaner: ignore-file[{RULE}] -->\n"
    result = cleaner.fix(text, format=form)
    assert rules(result) == []
    assert result.after == text


def test_the_unused_are_reported_and_never_corrected() -> None:
    text = (
        "<!-- cleaner: ignore[date] -->\n\nFine.\n\n<!-- cleaner: off -->\n\nFine.\n\n<!-- cleaner: on -->\n\n"
        "<!-- cleaner: on -->\n\n<!-- cleaner: ignroe -->\n\n<!-- cleaner: ignore[] -->\n\nFine.\n\n<!-- cleaner: ignore -->\n"
    )
    result = cleaner.fix(text, format="markdown")
    assert rules(result) == [UNUSED] * 6
    assert result.after == text
    assert "did you mean 'ignore'" in result.found[3].finding.message


def test_an_ignore_is_used_whatever_was_selected(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- cleaner: ignore[term] -->\n" + WRONG, "utf-8")
    for options in ((), ("--select", "cleaner"), ("--ignore", "term")):
        assert run("check", page, *options)[0] == 0
    page.write_text("<!-- cleaner: ignore[term] -->\nFine.\n", "utf-8")
    assert run("check", page)[0] == 1
    assert run("check", page, "--ignore", "cleaner")[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "```\n<!-- cleaner: ignore -->\n```\n\n" + WRONG,
        "    <!-- cleaner: ignore -->\n\n" + WRONG,
        "Write `<!-- cleaner: ignore -->` before it.\n\n" + WRONG,
        "```\n{/* cleaner: ignore */}\n```\n\n" + WRONG,
        "<pre><!-- cleaner: ignore --></pre>\n\n" + WRONG,
    ],
)
def test_what_stands_in_code_only_shows_how_it_is_done(text: str) -> None:
    assert rules(cleaner.check(text, format="markdown")) == [RULE]


@pytest.mark.parametrize("form", ["plain", "markdown", "html"])
def test_the_comment_is_no_prose(form: str) -> None:
    text = f"<!-- cleaner: ignore[x] the lander is on the back of the moon -->\n\n{WRONG}"
    document = parse(text, form)
    assert "cleaner" not in document.prose
    assert [d.names for d in document.directives] == [("x",)]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_line_that_goes_leaves_the_comments_beside_it(ending: str) -> None:
    title = "The lander has come home from the long journey to the moon"
    crowd = "The people of the town went to see it on the next day. Many of the old and the young said that they had never seen such a thing before."
    lines = [
        title,
        "",
        title,
        "cleaner: ignore[term]",
        WRONG.strip(),
        crowd,
        crowd,
        "cleaner: ignore[term]",
        WRONG.strip(),
    ]
    text = ending.join([*lines, ""])
    result = cleaner.fix(text)
    assert result.after == ending.join([*lines[:2], *lines[3:5], *lines[6:], ""])
    assert rules(result) == ["duplicates/headline", "duplicates/paragraph"]
