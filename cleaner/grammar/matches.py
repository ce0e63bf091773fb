"""Matches: what LanguageTool says, as findings, without what the document and the facts know better.

A name is no misspelling; British spelling is none; what stands in another language is not judged; what code, an address or
one of our own findings touches is left to those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.grammar.client import Match, ask
from cleaner.grammar.server import running
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.match import BESIDE
from cleaner.text.document import OBJECT, Block, Document
from cleaner.text.edits import Edit, covering
from cleaner.text.quotes import quotations

PACK = "languagetool"
KINDS = {"TYPOS": "spelling", "MULTITOKEN_SPELLING": "spelling", "CASING": "case"}  # the rest: grammar
SPELLING = "MORFOLOGIK_RULE"
OFF = "languagetool-off"
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
STOP = re.compile(r"[.!?…:;][\"”’)\]]*\s+|\n")
NEAR = 40  # characters in which the next word is looked for
NEXT_WORD = re.compile(rf"{OBJECT}\S*\s?\S*\||\|\S*\s?\S*{OBJECT}")
FOREIGN = 0.3  # share of unknown words, two at least, from which a sentence is not taken for English
QUOTED = 0.5  # the same for a quotation, where one may do
SHOWN = 3  # further suggestions that are named
# What American spelling, LanguageTool's here, makes of British.
BRITISH = [
    (re.compile(pattern), american)
    for pattern, american in (
        (r"our", "or"),
        (r"re(?=[sd]?$)", "er"),
        (r"is(?=e|ing|ation|able)", "iz"),
        (r"ys(?=e|ing)", "yz"),
        (r"ll(?=ed|ing|er|or|ous|ist)", "l"),
        (r"gue(?=s?$)", "g"),
        (r"c(?=e|es)", "s"),
        (r"s(?=e|es|ed|ing)", "c"),
        (r"[ao]e", "e"),
        (r"mme(?=s?$)", "m"),
        (r"l(?=s?$|ment|ful)", "ll"),
    )
]


def find(document: Document, known: Knowledge, ours: Sequence[Finding], url: str) -> Iterator[Finding]:
    """Yield what LanguageTool at `url` (""; one of our own) says; `ours` are the findings that go before. Raises InputError."""
    blocks = [block for block in document.blocks if WORD.search(document.prose, block.start, block.end)]
    if not blocks:
        return
    said = ask(url or running(), [document.content(block) for block in blocks], _settings(known))
    taken = covering(place for finding in ours for place in _places(finding))
    names = _names(document)
    for block, matches in zip(blocks, said, strict=True):
        shut = _foreign(document.content(block), matches) if matches else []
        for match in matches:
            if any(start < match.end and match.start < end for start, end in shut):
                continue
            if (
                _listed(_id(match), known.words.get(OFF, ()))
                or _beside_code(document, block, match)
                or (_spelling(match) and _name(document, block, match, known, names))
            ):
                continue
            finding = _finding(document, block, match, known)
            if taken.free(Edit(*place, "") for place in _places(finding)):
                yield finding


def _settings(known: Knowledge) -> str:
    """Return the part of a request that says what is not asked for."""
    words = known.words
    rules = (name.upper().replace("-", "_") for name in words.get(OFF, ()) if not name.endswith("*"))
    categories = words.get("languagetool-off-categories", ())
    return urlencode({"disabledRules": ",".join(rules), "disabledCategories": ",".join(categories)})


# ---- what the document and the facts know better ----


def _id(match: Match) -> str:
    return match.rule.lower().replace("_", "-")


def _spelling(match: Match) -> bool:
    return match.rule.startswith(SPELLING)


def _foreign(text: str, matches: Sequence[Match]) -> list[tuple[int, int]]:
    """Return the sentences and quotations of a block in which too many words are unknown for English."""
    unknown = [match.start for match in matches if _spelling(match)]
    if not unknown:
        return []
    out = []
    ends = [0, *(stop.end() for stop in STOP.finditer(text)), len(text)]
    quoted = quotations(text, 0, len(text))
    for stretches, few, share in ((pairwise(ends), 2, FOREIGN), (quoted, 1, QUOTED)):
        for start, end in stretches:
            odd = sum(start <= at < end for at in unknown)
            if odd >= few and odd >= share * sum(1 for _ in WORD.finditer(text, start, end)):
                out.append((start, end))
    return out


def _beside_code(document: Document, block: Block, match: Match) -> bool:
    """Return True where a match touches code, an address or an identifier, or the word next to it is one."""
    text = document.content(block)
    start, end = match.start, match.end
    if OBJECT in text[start:end] or BESIDE.search(text[max(0, start - 1) : start] + "|" + text[end : end + 2]):
        return True
    if any(word[1:] != word[1:].lower() and not word.isupper() for word in text[start:end].split()):
        return True
    return OBJECT in text and bool(NEXT_WORD.search(text[max(0, start - NEAR) : start] + "|" + text[end : end + NEAR]))


def _names(document: Document) -> dict[str, int]:
    """Return how often each capitalised word stands in the page."""
    out: dict[str, int] = {}
    for match in WORD.finditer(document.prose):
        if match.group()[0].isupper():
            out[match.group()] = out.get(match.group(), 0) + 1
    return out


def _name(document: Document, block: Block, match: Match, known: Knowledge, names: dict[str, int]) -> bool:
    """Return True where a word that LanguageTool does not know is a name, or British."""
    text = document.content(block)
    word = text[match.start : match.end]
    if not word.replace("-", "").replace("'", "").replace("’", "").isalpha() or _british(word, match.suggestions):
        return True
    if word[0].islower():
        return False
    before = text[: match.start].rstrip(" \"“‘'([")
    opens = not before or before[-1] in ".!?…:;\n"
    return not opens or block.kind == "heading" or names.get(word, 0) > 1 or word in _fact_words(known.names)


@lru_cache(maxsize=4)
def _fact_words(names: Any) -> frozenset[str]:
    """Return the words of all names that the facts know."""
    return frozenset(word for name, _, _ in names for word in WORD.findall(name))


def _british(word: str, suggestions: Sequence[str]) -> bool:
    for pattern, american in BRITISH:
        for match in pattern.finditer(word):
            if word[: match.start()] + american + word[match.end() :] in suggestions:
                return True
    return False


# ---- the finding ----


def _finding(document: Document, block: Block, match: Match, known: Knowledge) -> Finding:
    start, end = block.start + match.start, block.start + match.end
    name = _id(match)
    old = document.prose[start:end]
    new = match.suggestions[0] if match.suggestions else old
    edits = document.edits(start, end, new) if new != old else None
    fixes = (Fix(edits, _safety(name, old, new, known)),) if edits else ()
    evidence = [Evidence(f"LanguageTool, {match.rule}", source=match.url)]
    if len(match.suggestions) > 1:
        evidence.append(Evidence("or: " + ", ".join(match.suggestions[1 : SHOWN + 1])))
    kind = KINDS.get(match.category, "grammar")
    message = " ".join(match.message.split())
    return Finding(f"{PACK}/{name}", kind, *document.source(start, end), message, fixes, tuple(evidence))


def _safety(name: str, old: str, new: str, known: Knowledge) -> Safety:
    """Return how safe the fix of a rule was measured to be."""
    if _listed(name, known.words.get("languagetool-hyphens", ())) and old.replace(" - ", "-") == new:
        return Safety.safe
    return Safety.unsafe if _listed(name, known.words.get("languagetool-unsafe", ())) else Safety.manual


def _listed(name: str, ids: Sequence[str]) -> bool:
    return any(name == one or (one.endswith("*") and name.startswith(one[:-1])) for one in ids)


def _places(finding: Finding) -> Iterator[tuple[int, int]]:
    yield finding.start, finding.end
    for fix in finding.fixes[:1]:
        for edit in fix.edits:
            yield edit.start, edit.end
