"""Untranslated remains: source script that an engine left standing in a translated page.

Behind a name that already stands in Latin letters it goes ("Goheung 고흥"); elsewhere only a reader of the source knows, and
it is reported. In brackets or quotation marks it stands on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotation

SCRIPT = r"\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
RUN = lazy(rf"[{SCRIPT}][{SCRIPT}·・ー]*(?: [{SCRIPT}·・ー]+)*")
LONGEST = 12  # characters of a name
NAME = lazy(r"\b[A-Z][\w’'-]+ $")
MOSTLY = 0.1  # share of such characters above which a page is not an English one


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield runs of Chinese, Japanese or Korean script."""
    prose = document.prose
    if language is None or prose.isascii() or RUN.search(prose) is None:
        return
    runs = list(RUN.finditer(prose))
    if sum(len(m.group()) for m in runs) > MOSTLY * len(prose):
        return
    for match in runs:
        number = document.block_at(match.start())
        if number < 0:
            continue
        block = document.blocks[number]
        start, end = match.span()
        before, after = prose[max(block.start, start - 40) : start], prose[end : end + 1]
        if before[-1:] in ("(", "（", "[", "【", "/", "#", "@") or after in (")", "）", "]", "】"):
            continue
        if quotation(prose, block.start, block.end, start) or re.search(
            r"\b(?:character|word|Chinese|Japanese|Korean)s?[ :,]+$", before
        ):
            continue
        fixes: tuple[Fix, ...] = ()
        if end - start <= LONGEST and NAME.search(before) and (not after or after in " ,.;:)’'"):
            edits = document.edits(start - 1, end, "")
            fixes = (Fix(edits, Safety.safe),) if edits else ()
        yield Finding(
            "untranslated/name" if fixes else "untranslated/remains",
            "untranslated",
            *document.source(start, end),
            "The source's own script behind the name it spells."
            if fixes
            else "Left in the source's script: compare with the source.",
            fixes,
        )
