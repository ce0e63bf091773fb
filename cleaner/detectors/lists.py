"""Lists: items that do not go together, as engines translate each by itself.

Bare verbs among items of what was done ("Added ...", "Optimize ..."), one item in small letters among capitals, names in
code with no commas between them, a list that its sentence announces without a colon. Only in a translated page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.detectors.verbs import is_base, past
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Document
from cleaner.text.lazy import lazy

FIRST = lazy(r"(?:\d+[.)] )?([A-Za-z]+)(?= |$)(?: ([A-Za-z]+|\ufffc))?")
# What follows a verb rather than a noun: "Fix the", "Write some"; "Test coverage" is a noun.
OBJECTS = frozenset(
    [
        "the",
        "a",
        "an",
        "some",
        "several",
        "many",
        "all",
        "my",
        "your",
        "our",
        "its",
        "their",
        "this",
        "these",
        "more",
        "new",
        "old",
        "two",
        "three",
        "multiple",
        "various",
    ]
)
ALWAYS_VERBS = frozenset(
    [
        "optimize",
        "optimise",
        "implement",
        "refactor",
        "complete",
        "write",
        "add",
        "remove",
        "modify",
        "improve",
        "fix",
        "realize",
        "broaden",
        "adjust",
        "rename",
        "rewrite",
        "delete",
        "enhance",
        "introduce",
        "extend",
        "simplify",
        "participate",
        "contribute",
        "upgrade",
        "migrate",
        "solve",
        "expand",
        "strengthen",
        "enrich",
        "join",
        "become",
        "learn",
        "gain",
    ]
)
DONE = lazy(
    r"\b(?:contribut\w*|chang(?:e|es|ed|elog)|what I (?:did|have done|gained|learned)|rewards?|gains?|harvest|achievements?|work done|done)\b",
    re.IGNORECASE,
)
OWN = lazy(r"\bI (?:have|had|also|was|did|participated|contributed|learned|submitted)\b|\bmy\b")
CODES = lazy(rf"{OBJECT}(?: {OBJECT}){{2,}}")
ANNOUNCES = lazy(
    r"\b(?:(?:divided|split|broken down) into|following|as follows|includes?|below|there are|mainly|has|have)\b"
)
ENDS = lazy(
    r"\b(?:steps|types|ways|points|aspects|categories|parts|methods|options|reasons|modes|kinds|conditions|situations|stages|cases|as follows|the following)$"
)


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield items out of step with their list."""
    if language is None:
        return
    if document.prose.count(OBJECT) > 2:
        yield from _codes(document)
    for first, last in _groups(document):
        yield from _announced(document, first)
        if last - first > 1:
            yield from _bare_verbs(document, first, last)
        if last - first > 3:
            yield from _small_letters(document, known, language, first, last)


def _groups(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the spans of blocks that are items of one list, level by level."""
    blocks = document.blocks
    first = 0
    while first < len(blocks):
        if blocks[first].kind != "item":
            first += 1
            continue
        last = first
        while last < len(blocks) and blocks[last].kind == "item":
            last += 1
        yield first, last
        first = last


def _finding(document: Document, rule: str, start: int, end: int, new: str, why: str, safety: Safety) -> Finding:
    edits = document.edits(start, end, new)
    fixes = (Fix(edits, safety),) if edits else ()
    says = (Evidence("the other items of the list"),) if rule != "list-colon" else ()
    kind = {"list-verb": "grammar", "list-capital": "case"}.get(rule, "typography")
    return Finding(f"lists/{rule}", kind, *document.source(start, end), why, fixes, says)


# ---- verbs ----


def _bare_verbs(document: Document, first: int, last: int) -> Iterator[Finding]:
    prose = document.prose
    bare: list[re.Match[str]] = []
    done = 0
    for block in document.blocks[first:last]:
        match = FIRST.match(prose, block.start, block.end)
        if match is None:
            continue
        word = match[1].lower()
        if (word.endswith("ed") and len(word) > 4) or word in (
            "wrote",
            "built",
            "made",
            "became",
            "got",
            "gave",
            "took",
            "learnt",
        ):
            done += 1
        elif is_base(word) and (word in ALWAYS_VERBS or (match[2] or "").lower() in OBJECTS or match[2] == OBJECT):
            bare.append(match)
    if not bare or len(bare) > 20:
        return
    lead = _lead(document, first)
    own = OWN.search(lead) is not None
    told = own and DONE.search(lead) is not None
    if done < max(2, len(bare)) and not told:
        return
    for match in bare:
        word = match[1]
        new = past(word.lower())
        new = new.capitalize() if word[0].isupper() else new
        start, end = match.span(1)
        thing = re.compile(r" the (\w+ing|integration|deployment|encryption|conversion) of\b").match(prose, end)
        if word.lower() == "realize":
            new = "Implemented" if word[0].isupper() else "implemented"
            if thing:
                end, new = thing.end(1), f"{new} {thing[1]}"
        if own and match[2] == "your":
            end, new = match.end(2), f"{new} my"
        why = f"“{word}” among what was done: the past."
        yield _finding(document, "list-verb", start, end, new, why, Safety.safe)


def _lead(document: Document, first: int) -> str:
    """Return the text above a list: up to three blocks, as far as the last heading but one."""
    texts: list[str] = []
    for block in reversed(document.blocks[max(0, first - 12) : first]):
        texts.append(document.content(block))
        if block.kind == "heading":
            break
    return " ".join(reversed(texts))


# ---- letters ----


def _small_letters(document: Document, known: Knowledge, language: str, first: int, last: int) -> Iterator[Finding]:
    prose = document.prose
    levels: dict[int, list[int]] = {}
    for number in range(first, last):
        levels.setdefault(document.blocks[number].level, []).append(number)
    common = frozenset(known.words.get("lower-case", ())) | frozenset(known.words.get("either-case", ()))
    for numbers in levels.values():
        starts = [re.match(r"[A-Za-z]+", prose[document.blocks[n].start : document.blocks[n].end]) for n in numbers]
        words = [match.group() for match in starts if match]
        small = [n for n, match in zip(numbers, starts, strict=True) if match and match.group().islower()]
        if not small or len(words) < 4 or len(small) * 4 > len(words):
            continue
        for number in small:
            block = document.blocks[number]
            match = re.match(r"([a-z]{2,})(?=[ ,.]|$)", prose[block.start : block.end])
            if match is None or not (match[1] in common or is_base(match[1])):
                continue
            at = block.start
            safety = Safety.safe if language in ("zh", "ko") else Safety.unsafe
            why = "The other items begin with a capital."
            yield _finding(document, "list-capital", at, at + len(match[1]), match[1].capitalize(), why, safety)


# ---- marks ----


def _codes(document: Document) -> Iterator[Finding]:
    """Yield names in code that follow each other with no commas."""
    for match in CODES.finditer(document.prose):
        begin, stop = document.source(*match.span())
        text = document.text[begin:stop]
        if not re.fullmatch(r"`[^`\n]+`(?: `[^`\n]+`)+", text):
            continue
        edits = tuple(
            edit
            for blank in re.finditer(" ", match.group())
            for edit in document.edits(match.start() + blank.start(), match.start() + blank.end(), ", ", exact=True)
            or ()
        )
        fixes = (Fix(edits, Safety.safe),) if edits else ()
        yield Finding("lists/code-commas", "typography", begin, stop, "Names in a row without commas.", fixes)


def _announced(document: Document, first: int) -> Iterator[Finding]:
    """Yield a sentence that announces the list below it and ends in no mark."""
    if first == 0 or document.blocks[first - 1].kind != "paragraph":
        return
    block = document.blocks[first - 1]
    text = document.content(block).rstrip()
    match = ENDS.search(text)
    if match is None or len(text.split()) < 5 or not ANNOUNCES.search(text):
        return
    start, end = block.start + match.start(), block.start + len(text)
    edits = document.edits(end, end, ":", exact=True)
    fixes = (Fix(edits, Safety.safe),) if edits else ()
    why = "A colon stands before the list that the sentence announces."
    yield Finding("lists/list-colon", "typography", *document.source(start, end), why, fixes)
