"""Case: a capital that an engine left in mid-sentence, where it glued two chunks of a translation together.

"by 2024 And return", "the phone can Stay smooth", "were Moved to". Names, titles, headings and terms that a page writes
with a capital more than once stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotations

# A word in lower case, a number or a comma, then one capitalised word that a lower-case word follows (or the end).
CAPITAL = lazy(r"(?<=[a-z0-9,;] )([A-Z][a-z]+)\b(?![-’'.]\w|\.[A-Z])(?= [a-z0-9(]|[,.;:!?)]|$)")
BEFORE = lazy(r"(?:^|[\s(“\"‘])([^\s(“\"‘]+)$")
FUNCTION = frozenset(
    [
        "and",
        "or",
        "but",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "with",
        "the",
        "that",
        "which",
        "who",
        "will",
        "can",
        "could",
        "would",
        "should",
        "may",
        "might",
        "must",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "there",
        "he",
        "she",
        "it",
        "they",
        "we",
        "this",
        "these",
        "those",
        "as",
        "by",
        "from",
        "not",
        "than",
        "then",
        "when",
        "where",
        "while",
        "because",
        "if",
        "so",
        "be",
        "been",
        "also",
    ]
)
# Before a verb form, whatever the word: "were Moved", "can Stay", "and Pay".
VERB_NEXT = lazy(
    r"(?:\b(?:is|are|was|were|be|been|being|can|could|would|should|must|has|have|had|not)|[a-z]{3,},? and) $"
)
JOINS = frozenset(["and", "or", "but", "then", "which", "of", "when", "where", "because"])
ANY_JOIN = lazy(r"[a-z0-9] (?:And|Or|But|Then|Which|Of|When|Where|Because) [a-z0-9(]")
# Words that in capitals are names often enough to keep, whatever a word list says.
KEEP = frozenset(
    [
        "will",
        "may",
        "march",
        "mark",
        "grant",
        "bill",
        "art",
        "miles",
        "pat",
        "rob",
        "sue",
        "jack",
        "hope",
        "faith",
        "grace",
        "earth",
        "moon",
        "sun",
        "internet",
        "web",
    ]
)


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield capitals in mid-sentence: of joining words on any page, of all common words on a translated one."""
    prose = document.prose
    if (ANY_JOIN if language is None else CAPITAL).search(prose) is None:
        return
    lower = _words(tuple(known.words.get("lower-case", ())))
    either = _words(tuple(known.words.get("either-case", ())))
    for match in CAPITAL.finditer(prose):
        word = match[1].lower()
        if word in KEEP or not (word in lower or (language and word in either)):
            continue
        number = document.block_at(match.start())
        if (
            number < 0
            or document.blocks[number].kind in ("heading", "value", "cell")
            or match.start() == document.blocks[number].start
        ):
            continue
        finding = _judge(document, number, match, word, language, sure=word in lower)
        if finding is not None:
            yield finding


@lru_cache(maxsize=4)
def _words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _judge(
    document: Document, number: int, match: re.Match[str], word: str, language: str | None, *, sure: bool
) -> Finding | None:
    prose, block = document.prose, document.blocks[number]
    start, end = match.span(1)
    lead = BEFORE.search(prose, max(block.start, start - 40), start - 1)
    previous = lead[1] if lead else ""
    if not previous or _titled(document, number) or _elsewhere(document, start, end):
        return None
    # What a colon, a bracket or a quotation mark opens may begin with a capital; so may a line of verse or a list.
    if any(s <= start and not prose[s:start].strip(' "“') for s, _ in quotations(prose, block.start, block.end)):
        return None
    comma = previous.endswith((",", ";"))
    bare = previous.rstrip(",;")
    if not (bare.islower() or bare[-1:].isdigit()):
        return None
    if bare in ("and", "of", "for", "&") and re.search(
        r"\b[A-Z]\w+,? \w+ $", prose[max(block.start, start - 30) : start]
    ):
        return None  # "Ministry of Information and Communication"
    if bare[-1:].isdigit() and not (bare.isdigit() and lead and lead.start(1) > block.start + 3):
        return None  # "Figure 15.16 This map", "1.3 Is it"
    if not sure and not VERB_NEXT.search(prose, max(block.start, start - 30), start):
        return None
    function = word in FUNCTION
    if language is None:
        if word not in JOINS or comma:
            return None
        safety = Safety.safe
    elif function or VERB_NEXT.search(prose, max(block.start, start - 30), start):
        # In a list, ", The ..." is often the title of a work.
        safety = Safety.unsafe if comma and word in ("the", "a") else Safety.safe
    else:
        # A noun may be a term of the page; one that the page elsewhere writes small, or that follows a number, is not.
        once = len(re.findall(rf"(?<!\w){match[1]}(?!\w)", prose)) == 1
        plain = bare.isdigit() or word.endswith("ed") or (once and re.search(rf"(?<!\w){word}(?!\w)", prose))
        safety = Safety.safe if plain and not comma else Safety.unsafe
    edits = document.edits(start, end, prose[start].lower() + prose[start + 1 : end])
    begin, stop = document.source(start, end)
    evidence = (Evidence("the page is machine-translated"),) if language else ()
    return Finding(
        "case/mid-sentence",
        "case",
        begin,
        stop,
        f"“{match[1]}” is no name and begins no sentence.",
        (Fix(edits, safety),) if edits else (),
        evidence,
    )


def _titled(document: Document, number: int) -> bool:
    """Return True where most of a block's longer words begin with a capital: a title, a list of names."""
    words: list[str] = re.findall(r"\b[A-Za-z][a-z]{3,}", document.content(document.blocks[number]))
    return sum(w[0].isupper() for w in words) * 2 > len(words)


def _elsewhere(document: Document, start: int, end: int) -> bool:
    """Return True where the page writes the word with a capital in mid-sentence more than once: a term of its own."""
    word = re.escape(document.prose[start:end])
    others = [m.start(1) for m in re.finditer(rf"(?<=[a-z,] )({word})\b", document.prose)]
    return len(others) > 1 and document.prose[start:end].lower() not in FUNCTION
