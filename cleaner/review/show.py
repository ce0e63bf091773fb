"""Showing a change: what is asked about, as lines of styled pieces that hold no control characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.decisions import span
from cleaner.report.places import Lines
from cleaner.report.terminal import clean
from cleaner.results import Change
from cleaner.review.session import SKIPPED, Session, Sheet
from cleaner.text.edits import ScriptEdit

Piece = tuple[str, str]  # (style, text); the styles: old new bold dim rule safe unsafe manual, "" for none
REACH = 160  # characters of context on either side
KEYS = "a accept, r reject, e edit, A/R all of this rule, w why, u undo, s skip, q quit"
ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def heading(session: Session) -> list[Piece]:
    """Return the line that says where we are."""
    sheet, number = session.sheet, session.where[1] if session.where else 0
    line, column = Lines(sheet.text).place(session.change.lead.start)
    done = sum(bool(said) and said != SKIPPED for said in sheet.said)
    at = f"change {number + 1} of {len(sheet.changes)}, {done} decided"
    return [("bold", f"{clean(sheet.document.path)}:{line}:{column}"), ("dim", f"  {at}")]


def body(sheet: Sheet, change: Change) -> list[list[Piece]]:
    """Return the lines that tell of a change: rule and reason, the text before and after, the evidence."""
    out: list[list[Piece]] = []
    places = Lines(sheet.text)
    for number, finding in enumerate(change.findings):
        safety: list[Piece] = [] if number else [("", " ["), (finding.safety.name, finding.safety.name), ("", "]")]
        out.append([("rule", finding.rule), *safety, ("", f" {clean(finding.message)}")])
    out.append([])
    if change.edits:
        pieces = _context(sheet.text, change.edits)
        out.append([("old", "- "), *(p for p in pieces if p[0] != "new")])
        after = [p for p in pieces if p[0] != "old"]
        gone = not "".join(text for _, text in after).strip()
        out.append([("new", "+ "), *([("dim", "(removed)")] if gone else after)])
    else:
        pieces = _context(sheet.text, [ScriptEdit(*span(change.lead), "")])
        out.append([("dim", "| "), *(("bold" if style == "old" else style, text) for style, text in pieces)])
    told: set[str] = set()
    for evidence in (e for finding in change.findings for e in finding.evidence):
        says = clean(evidence.says)
        if evidence.start is not None:
            says = "{}:{} ".format(*places.place(evidence.start)) + f"“{clean(evidence.text)}”: {says}"
        elif evidence.source:
            says += f" <{clean(evidence.source)}>"
        if says not in told:
            told.add(says)
            out.append([("dim", "= "), ("", says)])
    return out


def _context(text: str, edits: Sequence[ScriptEdit]) -> list[Piece]:
    """Return the text around some edits, the pieces taken out styled old, those put in new."""
    start = _cut(text, edits[0].start, -1)
    stop = _cut(text, edits[-1].end, 1)
    out: list[Piece] = [("dim", "…")] if start and text[start - 1] not in "\r\n" else []
    at = start
    for edit in edits:
        kept = text[at : edit.start]
        if len(kept) > 2 * REACH:
            kept = f"{kept[:REACH]} … {kept[-REACH:]}"
        out += [("", clean(kept)), ("old", _marked(text[edit.start : edit.end])), ("new", _marked(edit.text))]
        at = edit.end
    out.append(("", clean(text[at:stop])))
    if stop < len(text) and text[stop] not in "\r\n":
        out.append(("dim", "…"))
    return [piece for piece in out if piece[1]]


def _cut(text: str, at: int, step: int) -> int:
    """Return where the context ends: at the line's end, or at a blank about REACH characters away."""
    if step < 0:
        begin = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        if begin >= at - REACH:
            return begin
        blank = text.find(" ", at - REACH, at)
        return blank + 1 if blank >= 0 else at - REACH
    ends = [e for e in (text.find("\n", at), text.find("\r", at)) if e >= 0]
    end = min(ends, default=len(text))
    if end <= at + REACH:
        return end
    blank = text.rfind(" ", at, at + REACH)
    return blank if blank >= 0 else at + REACH


def _marked(text: str) -> str:
    """Return text that is changed, its line breaks to be seen."""
    return clean(re.sub(r"\r\n|\r|\n", "↵", text))


# ---- a text on one line, to be edited ----


def escaped(text: str) -> str:
    """Return a text as one line without control characters: \\n, \\t, \\r, \\\\ and \\uXXXX stand for them."""
    return "".join(ESCAPES.get(c) or (c if clean(c) == c else f"\\u{ord(c):04x}") for c in text)


def unescaped(line: str) -> str:
    """Return the text that such a line stands for; a backslash before anything else is itself."""
    names = {value[1]: key for key, value in ESCAPES.items()}

    def character(match: re.Match[str]) -> str:
        return chr(int(match[1][1:], 16)) if len(match[1]) == 5 else names[match[1]]

    return re.sub(r"\\(u(?!d[89a-fA-F])[0-9a-fA-F]{4}|[nrt\\])", character, line)
