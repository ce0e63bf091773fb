"""Edit scripts: any plan is sorted and disjoint; composing equals applying one after another; origin maps back."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.edits import Claims, Edit, ScriptEdit, apply, collide, compose, covering, origin, word_edits

TEXT = st.text("ab \né€\U0001f600", max_size=30)


@st.composite
def scripts(draw: st.DrawFn, text: str) -> list[ScriptEdit]:
    """A sorted, disjoint script against `text`."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits: list[ScriptEdit] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edit = ScriptEdit(start, end, draw(st.text("xyz", max_size=3)), (draw(st.sampled_from("pqr")),))
        if not edits or not collide(edits[-1], edit):
            edits.append(edit)
    return edits


@given(st.data())
def test_composed_script_does_what_the_rounds_do(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    whole: list[ScriptEdit] = []
    now = text
    for _ in range(3):
        step = data.draw(scripts(now))
        whole = compose(whole, step, len(text))
        now = apply(now, step)
    assert apply(text, whole) == now
    for a, b in itertools.pairwise(whole):
        assert a.end <= b.start


@given(st.data())
def test_untouched_text_maps_back_to_where_it_stood(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    step = data.draw(scripts(text))
    after = apply(text, step)
    shift, kept = 0, []
    at = 0
    for edit in [*step, ScriptEdit(len(text), len(text), "")]:
        kept += [(i, i + shift) for i in range(at, edit.start)]
        shift += len(edit.text) - (edit.end - edit.start)
        at = edit.end
    for old, new in kept:
        assert after[new] == text[old]
        assert (origin(step, new), origin(step, new + 1, end=True)) == (old, old + 1)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=12))
def test_claims_hold_only_edits_that_do_not_collide(spans: list[tuple[int, int]]) -> None:
    claims, held = Claims(), []
    for start, length in spans:
        edit = Edit(start, start + length, "x")
        free = claims.free([edit])
        assert free == (not any(collide(edit, other) for other in held))
        if free:
            claims.claim([edit])
            held.append(edit)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=8), st.integers(0, 20), st.integers(0, 5))
def test_covering_claims_what_any_of_the_spans_would(spans: list[tuple[int, int]], start: int, length: int) -> None:
    whole = [(at, at + size) for at, size in spans]
    edit = Edit(start, start + length, "")
    assert covering(whole).free([edit]) == (not any(collide(edit, Edit(*place, "")) for place in whole))


@given(TEXT, TEXT, st.integers(0, 5))
def test_word_edits_make_the_new_text(old: str, new: str, start: int) -> None:
    edits = word_edits(start, old, new)
    assert apply("." * start + old, edits) == "." * start + new
    for a, b in itertools.pairwise(edits):
        assert not collide(a, b)


def test_word_edits_are_small() -> None:
    assert word_edits(10, "the back of the moon", "the far side of the moon") == [Edit(14, 18, "far side")]
