"""Changes: taken together they give the corrected text; any choice of them is what the engine makes of the decisions."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from cleaner.changes import changes, choices, decisions, text_with
from cleaner.decisions import Decision
from cleaner.engine import Engine, Options
from cleaner.results import Choice, Result
from cleaner.text.formats import format_of, parse

PAGE = """\
The lander is resting on the back of the moon, a first for the mission.

The probe was the first to softly land and patrol the back of the moon, said the space agency.

Rockets lift satellites into the universe Space, and the song says that the back of the moon is where every mission ends .
"""
ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "seeds" / "000_0ded87caa741994a.txt", ROOT / "README.md"]


def fixed(text: str, said: tuple[Decision, ...] = (), path: str = "a.txt", **options: bool) -> Result:
    form = format_of(path) or "plain"
    return Engine(Options(decisions=said, **options)).fix(parse(text, form, path))


@pytest.mark.parametrize("unsafe", [False, True])
def test_the_applied_changes_give_the_corrected_text(unsafe: bool) -> None:
    result = fixed(PAGE, unsafe=unsafe)
    assert text_with(PAGE, choices(result)) == result.after != PAGE
    assert sum(len(c.findings) for c in changes(result)) == len(result.found)


def test_every_choice_is_what_the_engine_makes_of_the_decisions() -> None:
    every = [c for c in changes(fixed(PAGE)) if c.edits]
    assert 4 <= len(every) <= 9
    for choice in product(("accept", "reject"), repeat=len(every)):
        said = [d for change, verdict in zip(every, choice, strict=True) for d in decisions(change, verdict)]
        result = fixed(PAGE, tuple(said))
        assert result.after == text_with(PAGE, [Choice(*pair) for pair in zip(every, choice, strict=True)])
        assert result.rejected == sum(len(c.findings) for c, v in zip(every, choice, strict=True) if v == "reject")


@pytest.mark.parametrize("new", ["SOMETHING ELSE", "softly landed at the front of the moon", "the the", ""])
def test_an_edited_change_is_what_the_engine_makes_of_it(new: str) -> None:
    every = choices(fixed(PAGE))
    for number, choice in enumerate(every):
        said = tuple(decisions(choice.change, "edit", new))
        edited = [*every[:number], replace(choice, verdict="edit", text=new), *every[number + 1 :]]
        assert fixed(PAGE, said).after == text_with(PAGE, edited), number


TWINS = "The lander stands on the back of the moon since the mission.\n" * 4


def test_places_that_agree_in_all_their_words_are_told_apart() -> None:
    every = changes(fixed(TWINS))
    assert len(every) == 4
    for number, change in enumerate(every):
        lines = fixed(TWINS, tuple(decisions(change, "reject"))).after.splitlines()
        assert [n for n, line in enumerate(lines) if "back of" in line] == [number]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_any_decisions_give_the_text_of_the_same_choices(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    text = path.read_text("utf-8") + TWINS
    every = choices(fixed(text, path=path.name))
    chosen, said = [], []
    for choice in every:
        verdict = chance.choice(["", "accept", "reject", "edit"])
        put = chance.choice(["", "my own words", "on the back of the moon"]) if verdict == "edit" else None
        chosen.append(replace(choice, verdict=verdict, text=put))
        if verdict:
            said += decisions(choice.change, verdict, put, path.name)
    result = fixed(text, tuple(said), path.name)
    assert result.after == text_with(text, chosen)
    assert [(c.verdict, c.text) for c in choices(result)] == [(c.verdict, c.text) for c in chosen]
    # What was decided holds in the corrected text too: cleaned again, no rejected or written place changes.
    again = fixed(result.after, tuple(said), path.name).after
    assert again.count("my own words") == result.after.count("my own words")
