"""Changes: taken together they give the corrected text; any choice of them is what the engine makes of the decisions."""

from __future__ import annotations

from itertools import product

import pytest

from cleaner.changes import changes, decisions, text_with
from cleaner.engine import Engine, Options
from cleaner.text.formats import parse

PAGE = """\
The lander is resting on the back of the moon, a first for the mission.

The probe was the first to softly land and patrol the back of the moon, said the space agency.

Rockets lift satellites into the universe Space, and the song says that the back of the moon is where every mission ends .
"""


@pytest.mark.parametrize("unsafe", [False, True])
def test_the_applied_changes_give_the_corrected_text(unsafe: bool) -> None:
    result = Engine(Options(unsafe=unsafe)).fix(parse(PAGE))
    every = changes(result)
    assert text_with(PAGE, [c for c in every if c.applied]) == result.after != PAGE
    assert sum(len(c.findings) for c in every) == len(result.found)


def test_every_choice_is_what_the_engine_makes_of_the_decisions() -> None:
    every = [c for c in changes(Engine().fix(parse(PAGE))) if c.edits]
    assert 4 <= len(every) <= 9
    for choice in product((True, False), repeat=len(every)):
        said = [
            d
            for change, taken in zip(every, choice, strict=True)
            for d in decisions(PAGE, change, "accept" if taken else "reject")
        ]
        taken = [change for change, yes in zip(every, choice, strict=True) if yes]
        assert Engine(Options(decisions=tuple(said))).fix(parse(PAGE)).after == text_with(PAGE, taken)


@pytest.mark.parametrize("new", ["SOMETHING ELSE", "softly landed at the front of the moon", "the the", ""])
def test_an_edited_change_is_what_the_engine_makes_of_it(new: str) -> None:
    every = changes(Engine().fix(parse(PAGE)))
    for number, change in enumerate(every):
        said = tuple(decisions(PAGE, change, "edit", new))
        others = [c for c in every if c.applied or c is change]
        edited = {others.index(change): new}
        assert Engine(Options(decisions=said)).fix(parse(PAGE)).after == text_with(PAGE, others, edited), number
