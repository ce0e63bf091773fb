"""Blanks: one too many before a mark or a hyphen, one too few behind the end of a sentence; as the page's habits allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Document
from cleaner.text.lazy import lazy

# Each begins with its mark: a search for one character is the fastest there is.
GLUED = [re.compile(re.escape(stop) + r"(?=([A-Z][a-z]*)[ ,’'])") for stop in ".!?"]
GLUED_COMMA = lazy(
    r",(?=(?:(?:and|but|the|which|who|where|while|because|it|they|he|she|we|in|to|so|as|with|for) [a-z]|(?:and|but|while|which|because) [A-Z]))"
)
# Behind a name too: "in Berlin.He said" is no file.
PRONOUNS = frozenset(["He", "She", "They", "It", "The", "This", "These", "But", "In", "According", "However"])
ADDRESS = lazy(r"[/@_\\=<>#:|{}\[\]$*`]|\w\.\w+\.|\(\)|^\W*(?:www|http)")
BEFORE_STOP = lazy(r"(?<=[\w)\]”’\"%])[ \xa0]+(?=[.,](?:[\s”’\")]|$)(?![.,]? ?[.,…})\]]))")
BEFORE_MARK = lazy(r"(?<=[a-z]{2}) +(?=[:;!?](?:[ ”’\"]|$))(?!! ?\[)")
BEFORE_HYPHEN = lazy(r" (?=-([A-Za-z]{2,})(?![\w-]))")
LAST_WORD = lazy(r"(?<![\w-])[A-Za-z]{2,}$")
COMMAND = lazy(r"\b(?:options?|flags?|commands?|arguments?|parameters?|switch(?:es)?|shell|terminal)\b|--\w")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield blanks that stand where none belongs, and places where one is missing."""
    yield from _before_stops(document, known, language)
    yield from _before_hyphens(document, known)
    yield from _glued(document, known)


def _finding(document: Document, rule: str, start: int, end: int, new: str, why: str, safety: Safety) -> Finding:
    edits = document.edits(start, end, new, exact=True)
    fixes = () if edits is None else (Fix(edits, safety),)
    return Finding(f"typography/{rule}", "typography", *document.source(start, end), why, fixes)


# ---- blanks before marks ----


def in_line(document: Document, start: int, end: int) -> bool:
    """Return True where a blank of the prose is one in the text too: no markup beside it, no end of a line."""
    begin, stop = document.source(start - 1, end + 1)
    return document.text[begin:stop] == document.prose[start - 1 : end + 1] and "\n" not in document.text[begin:stop]


def _before_stops(document: Document, known: Knowledge, language: str | None) -> Iterator[Finding]:
    """Yield blanks before stops: "at sea .", "7% ,"; a text cut into tokens has them everywhere, and keeps them.

    In a page that shows no sign of translation it is somebody's slip, or code (`git add .`), and not ours to mend unasked.
    """
    prose = document.prose
    if any(blank in prose for blank in (" .", " ,", "\xa0.", "\xa0,")):
        found = list(BEFORE_STOP.finditer(prose))
        habit = len(found) >= 6 and len(found) * 2 > prose.count(",") + prose.count(". ")
        small = frozenset(known.words.get("function-word", ()))
        for match in () if habit else found:
            start, end = match.span()
            word = re.search(r"(\w*)$", prose[max(0, start - 20) : start])
            if (
                (word and word[1].lower() in small)
                or not in_line(document, start, end)
                or prose[end + 1 : end + 3] == " ."
            ):
                continue  # a lost word, not a stray blank
            safety = Safety.unsafe if language is None else Safety.safe
            yield _finding(document, "space-before-stop", start, end, "", "No space stands before a stop.", safety)
    if any(blank in prose for blank in (" :", " ;", " !", " ?")):
        for match in BEFORE_MARK.finditer(prose):
            if in_line(document, *match.span()):
                why = "No space stands before this mark."
                yield _finding(document, "space-before-mark", *match.span(), "", why, Safety.unsafe)


def _before_hyphens(document: Document, known: Knowledge) -> Iterator[Finding]:
    """Yield compounds torn before the hyphen: "high -precision"; a dash between clauses, and a command's flag, stay."""
    prose = document.prose
    if " -" not in prose:
        return
    first = frozenset(known.words.get("compound-first", ()))
    small = frozenset(known.words.get("function-word", ()))
    particles = frozenset(known.words.get("particle-compound", ()))
    for match in BEFORE_HYPHEN.finditer(prose):
        start, end = match.span()
        left = LAST_WORD.search(prose, max(0, start - 24), start)
        if left is None:
            continue
        one, two = left.group().lower(), match[1].lower()
        particle = two in ("in", "on", "up", "off", "out", "down", "over") and one in particles
        if (two in small and not particle) or one in small or len(two) < 2 or not in_line(document, start, end):
            continue
        number = document.block_at(start)
        if number < 0 or COMMAND.search(document.content(document.blocks[number])):
            continue
        sure = (one in first and len(two) > 2) or particle
        if not sure and not (left.group().islower() and prose[match.end(1) : match.end(1) + 2].strip().islower()):
            continue
        why = "The two parts of a compound, torn before the hyphen."
        safety = Safety.safe if sure else Safety.unsafe
        yield _finding(document, "torn-hyphen", start, end, "", why, safety)


# ---- glued sentences ----


@lru_cache(maxsize=4)
def _starters(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _glued(document: Document, known: Knowledge) -> Iterator[Finding]:
    """Yield stops with no blank behind them: "at sea.The crew"; names of files, sites, versions and code stay."""
    prose = document.prose
    starters = None
    suffixes: frozenset[str] = frozenset()
    for match in chain.from_iterable(pattern.finditer(prose) for pattern in GLUED):
        start, end = match.span()
        if not ("a" <= prose[start - 1 : start] <= "z" or prose[start - 1 : start] in (OBJECT, ")")):
            continue
        left = prose[max(0, start - 40) : start].split()[-1:] or [""]
        right = prose[end : end + 40].split()[:1] or [""]
        if ADDRESS.search(left[0]) or ADDRESS.search(right[0]) or "." in left[0] or document.block_at(start) < 0:
            continue
        if starters is None:
            starters = _starters(tuple(known.words.get("sentence-start", ())))
            suffixes = frozenset(known.words.get("file-suffix", ()))
        word = re.sub(r"^\W+", "", left[0].replace(OBJECT, ""))
        told = match[1] in PRONOUNS and re.match(r" [a-z]{2}", prose[match.end(1) : match.end(1) + 3])
        if (
            word
            and not told
            and not (word.rstrip(")").islower() and len(word) > 1)
            and not left[0].endswith((OBJECT, ")"))
        ):
            continue
        if match[1] not in starters and document.format != "plain":
            continue  # the name of something in a program, more likely than not
        if match[1] not in starters and not re.match(r" [a-z]", prose[match.end(1) : match.end(1) + 2]):
            continue
        safe = match[1] in starters and (match.group() != "." or word not in suffixes)
        why = "No space behind the end of the sentence."
        yield _finding(document, "glued", end, end, " ", why, Safety.safe if safe else Safety.unsafe)
    if prose.count(",") > prose.count(", ") + prose.count(",\n"):
        for match in GLUED_COMMA.finditer(prose):
            if not re.match(r"[a-z]{2}|\d%", prose[max(0, match.start() - 2) : match.start()]):
                continue
            yield _finding(
                document, "glued-comma", match.end(), match.end(), " ", "No space behind the comma.", Safety.safe
            )
