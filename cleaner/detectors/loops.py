"""Loops: a phrase that the engine said over and over, where its decoder could not get away from it.

A neural engine repeats what it has just said when it is lost ("of the house of the house of the house of the house"). The first
copy stays. People repeat too, in songs, cheers and speeches, but mostly few words and with a comma between: such are only shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Block, Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotation

WORD = lazy(r"[\w’'-]+")
TIMES = 4  # copies that make a loop
LONGEST = 12  # words of a phrase
STRIDE, SAMPLE, FAR = 16, 8, 120  # characters: from sample to sample, of one, and to where it is looked for again
PREPOSITIONS = frozenset(
    ("of", "in", "to", "for", "with", "on", "at", "by", "from", "into", "as", "about", "between", "through")
)


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield the copies behind the first one, to go."""
    low = document.lower
    seen = -1
    for at in range(0, len(low) - SAMPLE, STRIDE):
        # The same characters again soon, and all between them a second time: so begins every loop.
        again = low.find(low[at : at + SAMPLE], at + 1, at + FAR)
        if again > 0 and at > seen and low.startswith(low[at:again], again):
            number = document.block_at(at)
            if number >= 0:
                seen = document.blocks[number].end
                yield from _block(document, document.blocks[number])


def _block(document: Document, block: Block) -> Iterator[Finding]:
    low = document.lower
    words = [m.span() for m in WORD.finditer(low, block.start, block.end)]
    if len(words) < 2 * TIMES:
        return
    said = [low[a:b] for a, b in words]
    pairs = Counter(pairwise(said))
    if max(pairs.values(), default=0) < TIMES - 1:
        return
    n = 0
    while n < len(said):
        period = _period(said, n)
        if not period:
            n += 1
            continue
        stop = n + period
        while said[stop : stop + period] == said[n : n + period]:
            stop += period
        # What the engine had no room to finish belongs to the loop.
        rest = 0
        while stop + rest < len(said) and rest < period and said[stop + rest] == said[n + rest]:
            rest += 1
        torn = stop + rest + 1 == len(said) and rest < period and said[n + rest].startswith(said[-1])
        rest += torn
        whole = stop + rest == len(said)
        finding = _finding(document, block, words, n, period, stop + rest if whole else stop)
        if finding is not None:
            yield finding
        n = stop


def _period(said: list[str], n: int) -> int:
    """Return the least number of words, two or more, that stand at `n` four times over; 0 where none do."""
    for period in range(2, LONGEST + 1):
        if n + TIMES * period > len(said):
            return 0
        phrase = said[n : n + period]
        if len(set(phrase)) > 1 and said[n + period] == phrase[0] and phrase * TIMES == said[n : n + TIMES * period]:
            return period
    return 0


def _finding(
    document: Document, block: Block, words: list[tuple[int, int]], n: int, period: int, stop: int
) -> Finding | None:
    prose = document.prose
    begin, first, end = words[n][0], words[n + period - 1][1], words[stop - 1][1]
    gaps = {prose[words[k][1] : words[k + 1][0]] for k in range(n, stop - 1)}
    if OBJECT in prose[begin:end] or any("\n" in gap or gap.strip(" ,;") for gap in gaps):
        return None  # sentences and lines of their own: a refrain
    if not any(prose[a:b].isalpha() for a, b in words[n : n + period]):
        return None  # figures
    copies = (stop - n) // period
    plain = gaps == {" "} and (
        prose[begin : words[n][1]].lower() in PREPOSITIONS
        or prose[words[n + period - 1][0] : first].lower() in PREPOSITIONS
    )
    over = period == 2 and not {"and", "or"}.isdisjoint(prose[begin:first].lower().split())  # "over and over and over"
    sure = (
        not over and (plain or copies > TIMES or period > 3) and quotation(prose, block.start, block.end, begin) is None
    )
    edits = document.edits(first, end, "", exact=True)
    fixes = () if edits is None else (Fix(edits, Safety.safe if sure else Safety.unsafe),)
    evidence = (Evidence("it stands here already", *document.source(begin, first), prose[begin:first]),)
    message = f"The phrase stands {copies} times in a row."
    return Finding("duplicates/loop", "duplicate", *document.source(first, end), message, fixes, evidence)
