"""Decisions: a rejected change stays rejected wherever its words go, and only there; files with mistakes are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.decisions import Decision, abouts, append, bind, load
from cleaner.engine import Engine, Options
from cleaner.text.files import InputError
from cleaner.text.formats import parse

PAGE = """\
The lander Chang’e-4 is resting on the back of the moon since 2019.

Nobody at the observatory expected the probe to touch down on the back of the moon so early in the mission.
"""


def decide(text: str, which: int, verdict: str, written: str | None = None, **more: str) -> Decision:
    """Return the decision about one of the findings that a text has."""
    from dataclasses import replace

    return replace(places(text)[which], verdict=verdict, text=written, **more)


def places(text: str) -> list[Decision]:
    """Return the decisions still to be taken in a text."""
    return abouts(text, [found.finding for found in Engine().fix(parse(text)).found])


def fixed(text: str, *decisions: Decision) -> str:
    return Engine(Options(decisions=decisions)).fix(parse(text)).after


REJECT = decide(PAGE, 1, "reject")


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "A new first paragraph about the back of the moon, the lander and the probe.\n\n" + PAGE,
        PAGE.replace("so early in the mission", "so early in\nthe mission"),
        PAGE.replace("\n\n", "\r\n\r\n"),
        PAGE.replace("Nobody at the observatory", "No one there"),
        PAGE + "\nAnother probe went to the back of the moon, a mission of its own.\n",
    ],
    ids=["same", "paragraph above", "reflowed", "crlf", "edited before", "same words below"],
)
def test_a_rejected_place_stays_and_the_others_are_mended(text: str) -> None:
    after = fixed(text, REJECT)
    assert after.count("back of the moon") == 1
    assert "down on the back of the moon so early" in after.replace("\n", " ")
    assert after.count("far side of the moon") == text.count("back of the moon") - 1


def test_an_edited_place_becomes_what_was_written() -> None:
    after = fixed(PAGE, decide(PAGE, 0, "edit", written="dark side of the moon"))
    assert "resting on the dark side of the moon" in after
    assert "down on the far side of the moon" in after


def test_what_a_person_wrote_stays_when_the_page_is_cleaned_again() -> None:
    said = decide(PAGE, 0, "edit", written="front of the moon")
    once = fixed(PAGE, said)
    assert "resting on the front of the moon" in once
    assert fixed(once, said) == once
    assert "near side" in fixed(once)
    assert "near side" in fixed(once + "\nThe probe saw the front of the moon.\n", said)


def test_an_accepted_unsafe_change_is_applied_by_default() -> None:
    text = "The song says that the back of the moon is where every tired old mission ends.\n"
    assert fixed(text) == text
    assert "far side" in fixed(text, decide(text, 0, "accept"))


def test_a_decision_about_another_file_or_other_words_does_not_fit() -> None:
    assert bind(places(PAGE), [REJECT], "a.txt") == {0: 1}
    elsewhere = decide(PAGE, 1, "reject", path="b.txt")
    assert bind(places(PAGE), [elsewhere], "a.txt") == {}
    other = "On the back of the moon the probe found a crater, said the mission.\n"
    assert bind(places(other), [REJECT]) == {}


def test_the_file_keeps_the_last_word_about_a_place(tmp_path: Path) -> None:
    path = tmp_path / "d" / "decisions.jsonl"
    first, second = decide(PAGE, 0, "accept", who="ann"), decide(PAGE, 1, "accept")
    append(path, [first])
    append(path, [second, REJECT])
    assert load(path) == [first, REJECT]
    append(path, [decide(PAGE, 0, "")])
    assert load(path) == [REJECT]
    path.write_bytes(path.read_bytes().rstrip())
    append(path, [first])
    assert load(path) == [REJECT, first]


def test_a_line_says_all_of_a_decision(tmp_path: Path) -> None:
    text = "The probe went to the back of the moon .\n"
    said = [
        decide(text, 1, "reject"),
        decide(text, 0, "edit", written=""),
        Decision("accept", "a/b", "x", None, "", "", who="ann", why="so"),
    ]
    assert said[0].after == ""
    append(tmp_path / "d.jsonl", said)
    assert load(tmp_path / "d.jsonl") == said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not a decision"),
        ("[]", "must be an object"),
        ('{"version": 2}', "another version"),
        ('{"version": 1, "verdict": "maybe"}', "'verdict'"),
        ('{"version": 1, "verdict": "reject", "rule": "a/b"}', "'before' is missing"),
        ('{"version": 1, "verdict": "reject", "colour": "red"}', "unknown key 'colour'"),
        (json.dumps({"version": 1, "verdict": "edit", "rule": "a", "before": "b", "left": "", "right": ""}), "'text'"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "decisions.jsonl"
    append(path, [REJECT])
    with path.open("a") as out:
        out.write(line + "\n")
    with pytest.raises(InputError) as raised:
        load(path)
    assert str(raised.value).startswith(f"{path}:2: ")
    assert says in str(raised.value)
