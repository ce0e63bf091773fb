"""Ignores in the text: `cleaner: ignore[rule]` and its kin silence findings; those that silence nothing are reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.findings import Finding
from cleaner.text.directives import Directive
from cleaner.text.document import Document

UNUSED = "cleaner/unused-ignore"
Range = tuple[int, int, int]  # a span of the text, and the number of the directive that silences it


def heed(document: Document, found: Sequence[Finding], unasked: Sequence[str] = ()) -> list[Finding]:
    """Return the findings that no directive of the document silences, and one for each directive without effect.

    What is said of the packs and kinds that were not asked this time has none now.
    """
    ranges = list(_ranges(document))
    used: set[tuple[int, str]] = set()
    kept: list[Finding] = []
    for finding in found:
        names = {finding.rule, finding.rule.split("/")[0], finding.kind}
        silent = False
        for start, end, number in ranges:
            if touches(finding, start, end):
                own = document.directives[number].names
                for name in names.intersection(own) if own else ("",):
                    used.add((number, name))
                    silent = True
        if not silent:
            kept.append(finding)
    return kept + list(_unused(document, ranges, used, unasked))


def touches(finding: Finding, start: int, end: int) -> bool:
    """Return True where a finding, or an edit of its best fix, stands in `[start, end)` or reaches into it."""
    spans = [(finding.start, finding.end), *((edit.start, edit.end) for fix in finding.fixes[:1] for edit in fix.edits)]
    return any(begin < end and start < max(stop, begin + 1) for begin, stop in spans)


def _ranges(document: Document) -> Iterator[Range]:
    """Yield the span that each directive silences."""
    places = [document.source(block.start, block.end) for block in document.blocks]
    open_since: list[tuple[int, int]] = []
    for number, directive in enumerate(document.directives):
        if directive.wrong:
            continue
        if directive.verb == "ignore-file":
            yield 0, len(document.text), number
        elif directive.verb == "ignore":
            # The next block; inside a paragraph, that paragraph.
            place = next(((start, end) for start, end in places if end > directive.start), None)
            if place is not None:
                yield *place, number
        elif directive.verb == "off":
            open_since.append((directive.end, number))
        else:
            yield from ((start, directive.start, opened) for start, opened in open_since)
            open_since = []
    yield from ((start, len(document.text), number) for start, number in open_since)


def _unused(
    document: Document, ranges: Sequence[Range], used: set[tuple[int, str]], unasked: Sequence[str]
) -> Iterator[Finding]:
    active = {number for _, _, number in ranges}
    closes = False  # whether an `on` has anything to close
    for number, directive in enumerate(document.directives):
        if directive.wrong:
            yield _finding(directive, f"A comment that cleaner does not understand: {directive.wrong}.")
        elif directive.verb == "on":
            if not closes:
                yield _finding(directive, "Nothing is off here.")
            closes = False
        else:
            closes = closes or directive.verb == "off"
            if number not in active:
                yield _finding(directive, "No text follows that this could speak of.")
                continue
            idle = [name for name in directive.names or ("",) if (number, name) not in used]
            idle = [name for name in idle if name.split("/")[0] not in unasked]
            if idle:
                what = "no rule" if idle == [""] else " and ".join(idle)
                yield _finding(directive, f"Unused: {what} finds {'anything' if idle == [''] else 'nothing'} here.")


def _finding(directive: Directive, message: str) -> Finding:
    return Finding(UNUSED, "ignore", directive.start, directive.end, message)
