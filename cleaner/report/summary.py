"""The summary in Markdown: short enough for a comment on a pull request, whatever the documents hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleaner.changes import changes
from cleaner.findings import Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.report.brief import shown, visible
from cleaner.report.places import Lines
from cleaner.results import Change, Result

FIRST = 20  # changes that the table shows
RULES = 10
# Written as character references, in which Markdown and GitHub see no markup, mention, issue or address.
MARKUP = re.compile(r"[^\w\s.,;'\"()“”‘’…–—␣⇥⏎/-]|_|(?<=[wW]{3})\.")


def dumps(results: Sequence[Result], known: Knowledge | None = None) -> str:
    """Return the summary."""
    every = [(result, change) for result in results for change in changes(result)]
    if not every:
        return f"**cleaner** found nothing in {_count(len(results), 'file')}.\n"
    files = len({result.path for result, _ in every})
    out = [
        f"**cleaner** found {_count(len(every), 'place')} to look at in {_count(files, 'file')}: {_counts(every)}.\n"
    ]
    out += ["\n| place | was | becomes | why |\n|---|---|---|---|\n"]
    out += [_row(result, change, lines) for result, change, lines in _placed(every[:FIRST])]
    if len(every) > FIRST:
        out.append(f"\n{len(every) - FIRST} more are not shown. By rule: {_by_rule(every)}.\n")
    return "".join(out)


def _counts(every: Sequence[tuple[Result, Change]]) -> str:
    made = sum(change.applied for _, change in every)
    left = Counter(change.lead.safety for _, change in every if not change.applied)
    parts = [f"{made} corrected by `cleaner fix`"] if made else []
    parts += [f"{left[Safety.unsafe]} unsafe"] if left[Safety.unsafe] else []
    rest = left[Safety.manual] + left[Safety.safe]
    return ", ".join(parts + ([f"{rest} for a person to decide"] if rest else []))


def _by_rule(every: Sequence[tuple[Result, Change]]) -> str:
    most = Counter(change.lead.rule for _, change in every).most_common()
    named = [f"{_code(rule)} {count}" for rule, count in most[:RULES]]
    return ", ".join(named) + (f", and {_count(len(most) - RULES, 'other rule')}" if len(most) > RULES else "")


def _placed(every: Sequence[tuple[Result, Change]]) -> list[tuple[Result, Change, Lines]]:
    lines = {id(result): Lines(result.before) for result, _ in every}
    return [(result, change, lines[id(result)]) for result, change in every]


def _row(result: Result, change: Change, lines: Lines) -> str:
    lead = change.lead
    old, new = shown(result.before, lead)
    place = _code(f"{visible(result.path)}:{lines.place(lead.start)[0]}")
    becomes = "(look)" if new is None else "(removed)" if new == "(removed)" else _code(new)
    how = "" if change.applied else f" ({lead.safety.name})"
    return f"| {place} | {_code(old)} | {becomes} | {escaped(visible(lead.message, 160))}{how} |\n"


def _code(text: str) -> str:
    # GitHub leaves mentions and references inside <code> alone; backquotes could not hold every text.
    return f"<code>{escaped(text)}</code>" if text else ""


def escaped(text: str) -> str:
    """Return a text in which Markdown and HTML see nothing but text."""
    return MARKUP.sub(lambda match: f"&#{ord(match[0])};", text)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
