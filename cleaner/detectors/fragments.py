"""Fragments: sentences without a verb or a beginning, as engines leave them where they cut a sentence of the source in two.

"... near the city. Including the highest one." belongs to the sentence before it; "... functions. me." is a word left over;
"Rich in fibre, suitable for children." has no subject. Only in a translated page; mostly reported, not mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.detectors.sentences import sentences
from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Block, Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotation

FINITE = lazy(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|can|cannot|could|will|would|shall|should|must|may|might|do|does|did|let|need|needs|makes?"
    r"|gives?|allows?|supports?|provides?|uses?|helps?|becomes?|shows?|contains?|includes|requires?|means?|comes?|goes|takes?|gets?|works?|says?"
    r"|lets|wants?|seems?|feels?|thinks?|knows?|hopes?|likes?|depends?|remains?|exists?|leads?|brings?|keeps?|turns?|runs?|starts?|returns?"
    r"|\w{3,}ed|\w+n[’']t)\b|[’'](?:s|re|ve|ll|d|m)\b",
    re.IGNORECASE,
)
LEFT_OVER = lazy(
    r"(?<=[a-z]{3}[.!?] )(?!etc|eg|ie|vs|al|pp|ex|cf|no|com|org|io|js|net)([a-z]+(?: [a-z]+)?)\.(?= [A-Z]|$)"
)
SMALL_START = lazy(r"(?P<before>\b[a-z]{3,})\. (?P<word>[a-z]{2,})(?= [a-z])")
SHORTENED = frozenset(
    [
        "etc",
        "vs",
        "approx",
        "incl",
        "excl",
        "resp",
        "est",
        "max",
        "min",
        "avg",
        "dept",
        "fig",
        "eqs",
        "refs",
        "ibid",
        "viz",
        "assn",
        "corp",
        "misc",
        "temp",
        "tel",
        "ext",
        "ver",
        "rev",
        "sec",
        "vol",
        "ops",
    ]
)
SUBJECTLESS = lazy(r"(?:Rich in|Suitable for|Full of|Easy to|Convenient for|Compatible with) [a-z]")
INCLUDED = lazy(
    r"Including (?:the|those|some|many|several|an?|all|my|our|his|her|such|most)\b(?!.*(?::|\b(?:it|he|she|they|we|you|I|there)\b))"
)
HEADLESS = lazy(r"Especially,? (?:when |in |for |the )?\w+ing\b|Especially, ")
# Sentences that people write without a verb.
ALLOWED = lazy(
    r"(?:Thanks|Thank|Hello|Hi|Welcome|Happy|No|Yes|Not|What|How|Why|Where|When|Who|More|Same|Congratulations|Good|Great|Nice|See|To|Please|Just|Simply"
    r"|Never|Always|Also|First|Then|Next|Finally|Note|Copyright|License|Version|Author|All rights|Contact|Email|Tel|The (?:more|less|better|bigger)|Fig|Figure|Table|Source|Photo"
    r"|Image|Video|So|And|But|Or|Of course|Sorry|Well|Maybe|Perhaps|Ready|Part|Chapter|Step|Example|Default|Optional|Required)\b"
)


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield fragments; joined to the sentence before, or given a subject, where that is certain."""
    if language is None:
        return
    for block in document.blocks:
        if block.kind in ("paragraph", "quote", "item") and block.end - block.start > 30:
            yield from _small(document, known, block)
            if block.kind != "item":
                yield from _verbless(document, block)


def _finding(
    document: Document,
    rule: str,
    kind: str,
    start: int,
    end: int,
    why: str,
    new: str | None = None,
    safety: Safety = Safety.safe,
) -> Finding:
    edits = None if new is None else document.edits(start, end, new)
    fixes = (Fix(edits, safety),) if edits else ()
    return Finding(rule, kind, *document.source(start, end), why, fixes)


# "229 dollars. per ton": the stop of an abbreviation in the source, not of the sentence.
MEASURED = lazy(
    r"\d (?:(?:million|billion|trillion|thousand)\. ?|(?:(?:million|billion|thousand) )?(?:dollars|rubles|roubles|euros|tons|tonnes|hectares|km|kg)\. ?)$"
)


def _small(document: Document, known: Knowledge, block: Block) -> Iterator[Finding]:
    """Yield what begins in small letters behind a full stop: a word left over, or a sentence that lost its capital."""
    prose = document.prose
    left: set[int] = set()
    for match in LEFT_OVER.finditer(prose, block.start, block.end):
        left.add(match.start(1))
        why = "A word or two left over as a sentence."
        yield _finding(document, "grammar/left-over", "grammar", match.start(1), match.end(), why)
    common = known.words.get("lower-case", ())
    for match in SMALL_START.finditer(prose, block.start, block.end):
        start, end = match.span("word")
        if start in left or match["before"] in SHORTENED or match["word"] not in common:
            continue
        if quotation(prose, block.start, block.end, start) or prose[max(0, match.start() - 1)] in "./_-@" + OBJECT:
            continue
        if MEASURED.search(prose, max(block.start, match.start() - 40), start):
            continue
        why = "A sentence begins with a capital."
        yield _finding(document, "case/sentence-start", "case", start, end, why, match["word"].capitalize())


def _verbless(document: Document, block: Block) -> Iterator[Finding]:
    prose = document.prose
    spans = sentences(document, block)
    for number, (start, end) in enumerate(spans):
        text = prose[start:end].rstrip()
        if HEADLESS.match(text):
            yield _finding(
                document, "grammar/fragment", "grammar", start, start + len(text), "A sentence without a subject."
            )
            continue
        if not text.endswith((".", "~", "!", "。")) or len(text.split()) < 5 or FINITE.search(text) or number == 0:
            continue
        if ALLOWED.match(text) or not text[0].isupper() or quotation(prose, block.start, block.end, start + 1):
            continue
        before = prose[spans[number - 1][0] : start].rstrip()
        if INCLUDED.match(text) and before.endswith(".") and len(before.split()) > 3:
            at = spans[number - 1][0] + len(before) - 1
            why = "What is included belongs to the sentence before."
            yield _finding(document, "grammar/fragment", "grammar", at, start + 9, why, ", including")
        elif SUBJECTLESS.match(text):
            first = text.split(" ", 1)[0]
            new = f"It is {first.lower()}"
            yield _finding(
                document, "grammar/fragment", "grammar", start, start + len(first), "The sentence has no subject.", new
            )
