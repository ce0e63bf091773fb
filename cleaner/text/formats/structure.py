"""Structure: whether a text that was edited still has the markup it had, and whole lists where all their items go."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from cleaner.text.document import Document
from cleaner.text.edits import Edit, ScriptEdit
from cleaner.text.formats import parse
from cleaner.text.formats.build import lines_outer, whole_lines


def same_structure(before: Document, after: Document | str, script: Sequence[Edit | ScriptEdit]) -> bool:
    """Return True where `after`, which is `before` with `script` applied, has the same tree but for words and cuts.

    Everything that is no prose must be there as it was: the markup, code and URLs between the words, and the kinds of
    the blocks. So a word that turned into markup, and markup that turned into words, are both seen.
    """
    if isinstance(after, str):
        after = parse(after, before.format, before.path)
    if before.format == "plain":
        return True
    cut = _cuts(before, script)
    return _kinds(before, cut) == _kinds(after, []) and _markup(before, cut) == _markup(after, [])


def _cuts(document: Document, script: Sequence[Edit | ScriptEdit]) -> list[Edit | ScriptEdit]:
    """Return the edits of `script` that cut whole blocks; all others stay within the prose."""
    outers = [block.outer for block in document.blocks] + [group.outer for group in document.groups]
    known = sorted({outer for outer in outers if outer is not None})
    cuts = []
    for edit in script:
        if not edit.text and edit.start < edit.end:
            at = bisect_left(known, (edit.start,))
            if any(outer[1] <= edit.end for outer in known[at : at + 3]):
                cuts.append(edit)
    return cuts


def _kinds(document: Document, cut: Sequence[Edit | ScriptEdit]) -> list[tuple[str, int]]:
    """Return the kind and level of each block that `cut` leaves."""
    kept = []
    for block in document.blocks:
        start, end = document.source(block.start, block.end)
        if not any(edit.start <= start and end <= edit.end for edit in cut):
            kept.append((block.kind, block.level))
    return kept


def _markup(document: Document, cut: Sequence[Edit | ScriptEdit]) -> list[str]:
    """Return what stands between the words, in order, without what `cut` takes away.

    A list, so that words gone from between two pieces of markup (an emptied link) are missed.
    """
    text = document.text
    cuts = [(edit.start, edit.end) for edit in cut]
    words = sorted((run.source, run.source + run.source_length) for run in document.runs if not run.fixed)
    out: list[str] = []
    markup: list[str] = []
    at = 0
    for start, end in _joined_spans(words):
        markup += _left(text, at, start, cuts)
        at = end
        if not any(a <= start and end <= b for a, b in cuts):
            out.append("".join(markup))
            markup = []
    return [*out, "".join([*markup, *_left(text, at, len(text), cuts)])]


def _joined_spans(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans with those that touch as one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _left(text: str, start: int, end: int, cuts: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield the parts of `text[start:end]` that `cuts` leave."""
    for first, last in cuts:
        if last <= start or first >= end:
            continue
        if first > start:
            yield text[start:first]
        start = max(start, last)
    if start < end:
        yield text[start:end]


def tidy(document: Document, script: Sequence[ScriptEdit]) -> list[ScriptEdit]:
    """Return a script that leaves no empty list, and no two blank lines where several blocks in a row are cut."""
    cuts = {(edit.start, edit.end): edit for edit in script if not edit.text and edit.start < edit.end}
    if len(cuts) < 2:
        return list(script)
    out = _without_groups(document, list(script), cuts)
    return _joined(document.text, out)


def _without_groups(
    document: Document, script: list[ScriptEdit], cuts: dict[tuple[int, int], ScriptEdit]
) -> list[ScriptEdit]:
    """Put the cut of a whole list or quotation in place of the cuts of all its blocks."""
    for group in document.groups:
        start, end = group.outer
        outers = [block.outer for block in document.blocks[group.first : group.last]]
        if not all(outer in cuts for outer in outers):
            continue
        inside = [edit for edit in script if edit.start < end and edit.end > start]
        if all(start <= edit.start and edit.end <= end and not edit.text for edit in inside):
            rules = tuple(dict.fromkeys(rule for edit in inside for rule in edit.rules))
            script = [edit for edit in script if edit not in inside] + [ScriptEdit(start, end, "", rules)]
    return sorted(script, key=lambda edit: (edit.start, edit.end))


def _joined(text: str, script: list[ScriptEdit]) -> list[ScriptEdit]:
    """Let the last of several cuts that touch take the blank lines that would be left beside others."""
    out: list[ScriptEdit] = []
    first = 0
    for edit in script:
        touches = out and not out[-1].text and not edit.text and out[-1].end == edit.start and edit.start < edit.end
        if not touches:
            first = edit.start
        out.append(edit)
        if touches and whole_lines(text, first, edit.end - 1) == (first, edit.end):
            outer = lines_outer(text, first, edit.end - 1)
            if outer is not None and outer[0] == first and outer[1] > edit.end:
                out[-1] = edit._replace(end=outer[1])
    return out
