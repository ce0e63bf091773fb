"""Lost subjects: a sentence whose verb has none, as Chinese, Japanese, Korean and Russian leave it out and engines do too.

"After the opening, will also connect ...", "Will leave the cabin twice.", "Since then has been moving": the pronoun
comes from the sentence before. Only in a translated page: people leave subjects out on purpose, in notes and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cleaner.detectors.people import feminine, person_gender
from cleaner.detectors.sentences import sentences
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotation

ADVERB = r"(?:also |not |never |still |soon |again |even |only |then |continue to |once again |now |already |further )*"
BASE = r"(?!the\b|an?\b|he\b|she\b|it\b|they\b|we\b|you\b|i\b|this\b|that\b|there\b|these\b|those\b|his\b|her\b|its\b|their\b|[A-Z])[a-z]+"
MODAL = r"(?:will|would|can|could|must|should)"
PERFECT = r"(?:has|have|had) (?:also |not |already |never |since )*(?:been|become|begun|made|\w+ed)\b"
FRONT = (
    r"(?:After|Before|Since|As a result|As in the past|In addition|According to|During|By|From|Until|On|In|At|Since then|Afterwards?|Then|"
    r"Later|Previously|Meanwhile|At the same time|For this|Because of this|Therefore|In the future|With this|As of)\b"
)
TRIGGER = lazy(
    r"(?:^|[.!?]\s+)(?:Will|Can|Could|Would|Has|Have|Was|Is|Said|Thinks|Believes)\b|\b(?:will|can|could|would|has|have)\b|, \w+(?:ed|ew|ose|ame|ent|ook|ave|aid)\b",
    re.M,
)


class Gap(NamedTuple):
    """Where a subject is missing: prose offset of the verb, and the verb as the pattern read it."""

    verb: int
    word: str
    starts: bool  # the verb opens the sentence, and has the capital that the subject should have


@lru_cache(maxsize=4)
def _patterns(past: tuple[str, ...], say: tuple[str, ...]) -> list[re.Pattern[str]]:
    finite = "|".join(past)
    said = "|".join(w for w in say if " " not in w)
    return [
        # "Will leave the cabin twice to ...": modal and verb open the sentence, which is no question.
        re.compile(rf"(?P<verb>Will|Can|Could|Would) {ADVERB}{BASE}[^?]*$"),
        re.compile(rf"(?P<verb>Has|Have) {ADVERB}(?:been|become|\w+ed)\b[^?]*$"),
        re.compile(
            r"(?P<verb>Was|Is) (?:the |an? |\w+(?: \w+)?[’']s? )(?:\w+ ){0,3}\w+ (?:since|of|in|for|to|from)\b[^?]*$"
        ),
        re.compile(r"(?P<verb>Said|Says|Thinks|Believes|Added|Noted|Stressed) that\b.*$"),
        # "After the opening, will also connect", "As a result, could not reach"
        re.compile(rf"{FRONT}[^,;:?]{{0,70}}, (?P<verb>{MODAL}|Will|Can|Could) {ADVERB}{BASE}[^?]*$"),
        re.compile(rf"{FRONT}[^,;:?]{{0,70}}, (?P<verb>{PERFECT})[^?]*$"),
        re.compile(rf"{FRONT}[^,;:?]{{0,70}}, (?P<verb>thinks|believes|says) that\b[^?]*$"),
        re.compile(
            rf"{FRONT}[^,;:?]{{0,70}}(?:, where [^,;:?]{{0,50}})?, (?P<verb>{finite}) (?:the|an?|its|his|her|their|that|to|for|from|in|on)\b[^?]*$"
        ),
        re.compile(
            r"In (?:an?|the|his|her) (?:\w+ )?(?:interview|statement|speech|post|report|letter|article|message|video)"
            r"(?: (?:with|at|on|in|of|to|for|after|by) (?:(?:the|an?|his|her|its) )?(?:[a-z]+|[A-Z]\w+))*"
            rf" (?P<verb>{said}) that\b.*$"
        ),
        # without the comma, where no subject can hide: "Since then has been", "In October will be joined"
        re.compile(r"(?:Since then|Since \d{4}|Then|Afterwards?) (?P<verb>(?:has|have) (?:been|become|\w+ed)\b)[^?]*$"),
        re.compile(
            rf"In (?:{{month}}|\d{{4}}|the future|the coming years)(?: \d{{4}})? (?P<verb>will) {ADVERB}(?:be \w+ed by|[a-z]+ to|[a-z]+ the)\b[^?]*$".replace(
                "{month}", "[A-Z][a-z]+"
            )
        ),
        # "said that in the future will be open"
        re.compile(
            rf"[^?]*?\b(?:{said}) that (?:in the future|after that|next year|by \d{{4}}|in \d{{4}}) (?P<verb>will|would|can|could) {ADVERB}{BASE}[^?]*$"
        ),
    ]


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield sentences without a subject, with the pronoun that the sentence before supports."""
    if language is None or TRIGGER.search(document.prose) is None:
        return
    patterns = _patterns(tuple(known.words.get("finite-past", ())), tuple(known.words.get("say", ())))
    for number, block in enumerate(document.blocks):
        if block.kind not in ("paragraph", "quote"):
            continue
        for start, end in sentences(document, block):
            text = document.prose[start:end]
            for pattern in patterns:
                match = pattern.match(text)
                if match:
                    gap = Gap(start + match.start("verb"), match["verb"], match.start("verb") == 0)
                    yield from _supply(document, known, language, number, (start, end), gap)
                    break


def _supply(
    document: Document, known: Knowledge, language: str, number: int, sentence: tuple[int, int], gap: Gap
) -> Iterator[Finding]:
    prose = document.prose
    block = document.blocks[number]
    if quotation(prose, block.start, block.end, gap.verb):
        return
    before = _before(document, number, sentence[0])
    if before is None:
        return
    subject = subject_of(document, known, language, *before, gap.word, prose[gap.verb : sentence[1]])
    if subject is None:
        pronoun, safety = "it", Safety.unsafe
    else:
        pronoun, safety = subject
    verb = gap.word.split(" ")[0]
    new_verb = verb.lower()
    if pronoun == "they" and verb.lower() in ("has", "was", "is", "thinks", "believes", "says"):
        pronoun = "it" if verb.lower() in ("has", "was", "is") else "he"
        safety = Safety.unsafe if verb.lower() not in ("has", "was", "is") else safety
    if verb.lower() in ("said", "says", "thinks", "believes", "added", "noted", "stressed") and pronoun in (
        "it",
        "they",
    ):
        safety = min(safety, Safety.unsafe)
    if verb == "will" and re.search(
        r"\b(?:said|stated|announced|noted|added) that [\w ]*$", prose[sentence[0] : gap.verb]
    ):
        new_verb = "would"
    words = pronoun[:1].upper() + pronoun[1:] if gap.starts else pronoun
    edits = document.edits(gap.verb, gap.verb + len(verb), f"{words} {new_verb}")
    begin, stop = document.source(gap.verb, gap.verb + len(gap.word))
    shown = document.source(*before)
    evidence = Evidence(
        f"the sentence before speaks of what “{pronoun}” stands for",
        *shown,
        prose[before[0] : min(before[1], before[0] + 60)].strip(),
    )
    yield Finding(
        "grammar/lost-subject",
        "grammar",
        begin,
        stop,
        f"“{gap.word}” has no subject; the source left it out.",
        (Fix(edits, safety),) if edits else (),
        (evidence,),
    )


def _before(document: Document, number: int, start: int) -> tuple[int, int] | None:
    """Return the sentence before the one at `start`: in its block, else the last of the nearest paragraph above."""
    previous: tuple[int, int] | None = None
    for span in sentences(document, document.blocks[number]):
        if span[0] >= start:
            break
        previous = span
    if previous is not None:
        return previous
    for above in range(number - 1, max(-1, number - 4), -1):
        block = document.blocks[above]
        if block.kind == "paragraph" and document.content(block).rstrip('"”’) ').endswith((".", "!", "?")):
            return sentences(document, block)[-1]
    return None


def subject_of(
    document: Document, known: Knowledge, language: str, start: int, end: int, verb: str, rest: str
) -> tuple[str, Safety] | None:
    """Return the pronoun for the subject of a sentence, and how safe it is; None where the sentence does not tell."""
    text = document.prose[start:end]
    own = re.match(r"[^.,;]*?\b(his|her|its|their)\b", rest)
    speaks = verb.lower() in ("said", "says", "thinks", "believes", "added", "noted", "stressed")
    if own and (own[1] not in ("his", "her") or speaks):
        # "said that his dream had come true": the clause itself names its subject's gender and number.
        return {"his": "he", "her": "she", "its": "it", "their": "they"}[own[1]], Safety.safe
    named = re.match(r"([A-Z]\w+) ([A-Z][\w-]+), (?:the|an?|who|head|chief)\b", text)
    role = re.search(r"\b(?:an?|the|one) ((?:\w+ )?(?:" + "|".join(known.words.get("role", ["person"])) + r"))\b", text)
    gender = person_gender(document, known, start, end)
    if speaks or re.search(r"\b(?:said|told|explained|added|asked)\b", text):
        if gender:
            return ("she" if gender == "f" else "he"), Safety.safe
        if speaks and named:
            # Chinese and Korean names have the family name first.
            return (named[1] if language in ("zh", "ko") else named[2]), Safety.safe
        if speaks and role:
            return f"the {role[1]}", Safety.safe
        if speaks:
            return "he", Safety.unsafe
    main = re.sub(rf"^{FRONT}[^,]{{0,60}}, ", "", text)
    person = re.match(r"(?:[A-Z][\w’'-]+ ){0,3}[A-Z][\w’'-]+(?:,|(?= (?:is|was|said|has|had|won|will)\b))", main)
    if gender and person:
        return ("she" if gender == "f" else "he"), Safety.safe
    main = re.sub(r", (?:which|who|where|that) [^,]*,", "", main)
    number = re.search(
        r"(?<!should )(?<!would )(?<!could )(?<!may )(?<!might )(?<!to )\b(is|was|has|are|were|have)\b", main
    )
    head = main[: number.start()] if number else main[:60]
    if number and number[1] in ("are", "were", "have"):
        return "they", Safety.safe
    if re.match(
        r"(?:The |These |Those |Both |\w+ )?(?:two |three |four )?(?:\w+ )?(?:sides|countries|astronauts|players|companies|teams)\b",
        head,
    ):
        return "they", Safety.safe
    if re.search(r"[A-Z]\w+ and [A-Z]\w+", main) and "work" in text:
        return "they", Safety.unsafe
    if person and feminine(person.group()):
        return "she", Safety.safe
    return "it", Safety.safe if number else Safety.unsafe
