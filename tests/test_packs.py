"""Packs: every shipped example holds; a broken pack stops with one line that names file and line; a bad example fails."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleaner
from cleaner.engine import Options
from cleaner.examples import failures
from cleaner.packs.expand import EXAMPLE
from cleaner.packs.knowledge import FORMS
from cleaner.packs.load import knowledge, rules_folder
from cleaner.packs.scan import Scanner
from cleaner.packs.yaml import PackError
from cleaner.text.formats import parse
from tests.test_cli import run

RULE = """\
- id: pear
  kind: term
  why: A test.
  match: wooden pear
  replace: pear
  examples:
    - She ate a [wooden pear|pear].
    - Two [wooden pear|pear]s lay there.
    - keep: A pear of wood.
    - keep: Wooden tables.
"""
FACT = "- {name: Pear Works, is: company, source: https://example.org, also: [Pear]}\n"
OFFICE = "[{name: A B, office: Head, from: 2001-01, to: 2005-01}, {name: C D, office: Head, from: 2003-01}]"


def test_every_example_of_every_rule_holds() -> None:
    known = knowledge()
    assert known.rules
    assert list(failures(known)) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (RULE.replace("replace:", "replcae:"), 5, "did you mean 'replace'"),
        (RULE.replace("wooden pear\n", "(wooden pear\n", 1), 4, "does not compile"),
        (RULE.replace("    - keep: Wooden tables.\n", ""), 6, "two"),
        (RULE + RULE, 11, "stands already"),
        (RULE.replace("kind: term", "kind: tern"), 2, "must be one of"),
        (RULE.replace("replace: pear", r"replace: \2 pear"), 5, "group 2"),
        (RULE.replace("match: wooden pear", "match: \\w+"), 4, "no literal"),
        (RULE.replace("why: A test.\n  ", ""), 1, "'why' is missing"),
        (RULE.replace("match: wooden", "match: '{nolist} wooden"), 4, "not YAML"),
        (RULE.replace("match: wooden pear", "match: '{nolist} pear'"), 4, "no list 'nolist'"),
        ("just: a mapping\n", 1, "must be a list"),
        ("- [\n", 2, "not YAML"),
        (
            "- id: t\n  kind: term\n  why: w\n  terms:\n  - {literal: old pear, right: very old pear,\n     yes: 'a [old pear|x]'}\n",
            5,
            "for ever",
        ),
    ],
)
def test_a_broken_pack_is_one_line_with_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    file = tmp_path / "mine" / "rules.yaml"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(PackError) as raised:
        knowledge((tmp_path / "mine",))
    assert str(raised.value).startswith(f"{file}:{line}: ")
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (FACT + FACT.replace("Pear Works", "Pear Trees"), 2, "'Pear' stands already"),
        (FACT.replace("also:", "people: " + OFFICE + ", also:"), 1, "two at one time"),
        (FACT.replace("also: [Pear]", "confused_with: [Nobody At All]"), 1, "in no facts file"),
        (FACT.replace("also: [Pear]", "misnamed: [Pear]"), 1, "one word"),
        (FACT.replace("source: https://example.org, ", ""), 1, "needs 'source'"),
        (FACT.replace("also:", "alos:"), 1, "unknown key"),
    ],
)
def test_contradicting_facts_stop_the_load(tmp_path: Path, text: str, line: int, says: str) -> None:
    file = tmp_path / "facts" / "x.yaml"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(PackError) as raised:
        knowledge((tmp_path / "facts",))
    assert str(raised.value).startswith(f"{file}:{line}: ")
    assert says in str(raised.value)


def test_a_wrong_example_fails_and_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "r.yaml").write_text(RULE, "utf-8")
    assert run("test", folder)[:2] == (0, "4 passed, 0 failed\n")
    (folder / "r.yaml").write_text(RULE.replace("a [wooden pear|pear].", "a [wooden pear|plum]."), "utf-8")
    code, out, _ = run("test", folder)
    assert code == 1
    assert f"{folder / 'r.yaml'}:1: mine/pear: made" in out
    assert "3 passed, 1 failed" in out
    (folder / "r.yaml").write_text(RULE.replace("A pear of wood.", "A wooden pear of oak."), "utf-8")
    assert "must keep" in run("test", folder)[1]


def test_a_pack_of_ones_own_works_beside_the_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "r.yaml").write_text(RULE, "utf-8")
    page = tmp_path / "p.txt"
    page.write_text("I ate a wooden pear.")
    assert run("fix", page, "--extend", folder)[0] == 1
    assert page.read_text() == "I ate a pear."


def test_a_form_that_is_part_of_the_right_one_is_put_once(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(
        """\
- id: banks
  kind: name
  why: The name lost its first word.
  terms:
  - {literal: [Harvest Bank], right: Northern Harvest Bank, form: name, near: [loan, owes],
     yes: ["His loan of [Harvest Bank|Northern Harvest Bank].", "She owes [Harvest Bank|Northern Harvest Bank] a loan."],
     keep: ["He went to the bank of the harvest.", "A harvest, a bank."]}
""",
        "utf-8",
    )
    text = "Northern Harvest Bank owes a loan; Harvest Bank was closed.\n"
    fixed = cleaner.fix(text, Options(extend=(tmp_path,)))
    assert fixed.after == "Northern Harvest Bank owes a loan; Northern Harvest Bank was closed.\n"
    assert fixed.rounds == 1


def test_a_broken_pack_on_the_command_line_exits_2(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "r.yaml").write_text("- [\n", "utf-8")
    (tmp_path / "p.txt").write_text("Text.")
    code, _, err = run("check", tmp_path / "p.txt", "--extend", folder)
    assert code == 2
    assert err.count("\n") == 1
    assert f"{folder / 'r.yaml'}:2" in err


def test_no_pattern_runs_without_its_anchor() -> None:
    """Each example of a rule holds one of the rule's anchors, in lower case: what the scan looks for is really required."""
    known = knowledge()
    anchors: dict[int, list[str]] = {}
    for n, anchor in enumerate(known.anchors):
        for number in known.called(n):
            anchors.setdefault(number % FORMS, []).append(anchor)
    for number, rule in enumerate(known.rules):
        for example in rule["examples"]:
            text = EXAMPLE.sub(r"\1", example).lower()
            assert any(a in text for a in anchors[number]), (rule["id"], example)
    assert rules_folder().is_dir()


@pytest.mark.parametrize(
    "text", ["The new crown pneumonia of 2020 by NASA, NASA and the IMF.", "Ünïcode 新冠 the the", "", "a"]
)
def test_the_small_scan_and_the_automaton_find_the_same(text: str) -> None:
    known = knowledge()
    page = (Path(__file__).parent.parent / "seeds" / "000_0ded87caa741994a.txt").read_text("utf-8")
    for document in (parse(text), parse(page + text)):
        small, bulk = Scanner(known, bulk=1 << 30).scan(document), Scanner(known, bulk=0).scan(document)
        assert {n: sorted(spans) for n, spans in small.rules.items()} == {n: sorted(s) for n, s in bulk.rules.items()}
        assert small.markers == bulk.markers
        assert sorted(small.names) == sorted(bulk.names)


def test_a_verb_that_ends_like_an_adverb_is_inflected() -> None:
    from cleaner.packs import forms

    assert forms.verb_phrase("apply a brake to", "past") == "applied a brake to"
    assert forms.verb_phrase("strictly protest", "past") == "strictly protested"
