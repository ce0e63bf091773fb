"""The terminal report: each finding with its place, safety and reason, its edit as a small diff, and its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.findings import Safety
from cleaner.report.places import Lines
from cleaner.results import Found, Result
from cleaner.text.edits import Edit
from cleaner.text.lazy import lazy

COLORS = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "cyan": "36", "dim": "2"}
SAFETY_COLOR = {"safe": "green", "unsafe": "yellow", "manual": "cyan"}
STEERS = lazy("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
REACH = 60  # characters of context on either side of a change


class Style:
    """Colour where it is wanted."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, name: str) -> str:
        return f"\x1b[{COLORS[name]}m{text}\x1b[0m" if self.color else text


def lines(result: Result, *, color: bool = False, fixing: bool = False) -> Iterator[str]:
    """Yield the lines that tell of one file."""
    style = Style(color)
    places = Lines(result.before)
    for found in result.found:
        yield from _finding(found, result, places, style, fixing=fixing)


def _finding(found: Found, result: Result, places: Lines, style: Style, *, fixing: bool) -> Iterator[str]:
    finding = found.finding
    line, column = places.place(finding.start)
    state = "fixed, " if found.applied and fixing else ""
    safety = finding.safety.name
    head = style(f"{clean(result.path)}:{line}:{column}", "bold")
    yield f"{head} {style(finding.rule, 'red')} [{state}{style(safety, SAFETY_COLOR[safety])}] {clean(finding.message)}"
    if finding.fixes:
        yield from _change(finding.fixes[0].edits, result.before, style)
    else:
        yield f"  {style('|', 'dim')} {_around(result.before, finding.start, finding.end)}"
    for evidence in finding.evidence:
        if evidence.start is not None:
            at = "{}:{}".format(*places.place(evidence.start))
            yield f"  {style('=', 'dim')} {at} “{clean(evidence.text)}”: {clean(evidence.says)}"
        else:
            yield f"  {style('=', 'dim')} {clean(evidence.says)}" + (f" <{evidence.source}>" if evidence.source else "")


def _change(edits: Sequence[Edit], text: str, style: Style) -> Iterator[str]:
    if not edits:
        return
    start = max(0, edits[0].start - REACH, text.rfind("\n", 0, edits[0].start) + 1)
    stop = text.find("\n", edits[-1].end)
    stop = min(len(text) if stop < 0 else stop, edits[-1].end + REACH)
    old: list[str] = []
    new: list[str] = []
    at = start
    for edit in edits:
        kept = clean(text[at : edit.start])
        old += (kept, style(clean(text[edit.start : edit.end]), "red"))
        new += (kept, style(clean(edit.text), "green"))
        at = edit.end
    rest = clean(text[at : max(at, stop)])
    yield f"  {style('-', 'red')} {''.join((*old, rest)).strip()}"
    after = "".join((*new, rest)).strip()
    yield f"  {style('+', 'green')} {after or '(removed)'}"


def _around(text: str, start: int, end: int) -> str:
    begin = max(0, start - REACH, text.rfind("\n", 0, start) + 1)
    stop = text.find("\n", end)
    return clean(text[begin : min(len(text) if stop < 0 else stop, end + REACH)])


def clean(text: str) -> str:
    """Return text without control characters, so that a document cannot steer the terminal or turn its lines about."""
    return STEERS.sub(lambda match: " " if match[0] in "\n\r\t" else "�", text)


def summary(results: Sequence[Result], *, fixing: bool, unsafe: bool) -> str:
    """Return the closing line: what was found, what was or would be fixed, and what is left to a person."""
    found = [f for result in results for f in result.found]
    files = sum(bool(r.found) for r in results)
    kept = sum(result.rejected for result in results)
    held = f" {kept} more kept back by decisions." if kept else ""
    if not found:
        return f"Nothing found in {_count(len(results), 'file')}." + held.replace(" more", "")
    by = Counter(f.finding.safety for f in found if not f.applied)
    fixed = sum(f.applied for f in found)
    text = f"Found {_count(len(found), 'artifact')} in {_count(files, 'file')}"
    parts = []
    if fixed:
        parts.append(f"{fixed} {'fixed' if fixing else 'fixable with `cleaner fix`'}")
    if by[Safety.unsafe]:
        parts.append(f"{by[Safety.unsafe]} more with --unsafe-fixes" if not unsafe else f"{by[Safety.unsafe]} unsafe")
    if by[Safety.manual] or by[Safety.safe]:
        parts.append(f"{by[Safety.manual] + by[Safety.safe]} for a person to decide")
    return text + (": " + ", ".join(parts) if parts else "") + "." + held


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
