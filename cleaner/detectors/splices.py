"""Comma splices: two full clauses joined by a comma alone, as Chinese, Japanese and Russian sentences run on.

"It is a simple tool, you can install it with one command." Only in a translated page, and only where both halves have a
subject and a finite verb of their own and nothing makes one of them depend on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.detectors.sentences import sentences
from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.load import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Document
from cleaner.text.quotes import quotation

FINITE = (
    r"(?:is|are|was|were|am|isn[’']t|aren[’']t|has|have|had|can|cannot|can[’']t|could|will|would|should|must|do|does|don[’']t|doesn[’']t"
    r"|did|didn[’']t|need|needs|want|wants|use|uses|found|find|makes?|made|went|came|got|took|saw|know|knew|think|started|supports?|provides?)"
)
SUBJECT = r"(?:I|you|we|they|it|he|she|this|there|these|let[’']s|let us|everyone)"
SPLICE = re.compile(rf", (?P<word>{SUBJECT}) (?:(?:also|just|still|only|really|always|then|already|now) )?(?P<verb>{FINITE})\b")
# Words that may open a clause which leans on what follows the comma.
LEANING = re.compile(
    r"\b(?:when|whenever|if|because|although|though|while|since|as|after|before|until|unless|where|wherever|whether|once|not only|either"
    r"|neither|both|like|than|even|given|provided|what|whatever|why|how|the more|in case|(?:the|each|every|last|first|next) (?:\w+ )?"
    r"(?:time|day|moment|night|year|week))\b",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"(?:[-*•\d.) ]*)(?:In|On|At|By|With|Without|From|To|For|After|Before|During|Through|About|According|Besides|Despite|Instead|Under|Over|Of"
    r"|Here|Yes|No|Well|Okay|OK|Hi|Hello|Then|Now|First|Second|Third|Finally|Also|Next|However|Therefore|Thus|Recently|Today|Yesterday"
    r"|\w+ly|\w+ing|\w+ed|Not|Only|Never|Otherwise|Sometimes|Later|Meanwhile|Overall)\b"
)
CLAUSE = re.compile(rf"^[\w’'`\"“(￼, -]{{3,160}}?\b(?:{FINITE}|\w{{3,}}(?:ed|es))\b [\w’'`\"“()￼, -]+$")
ASIDE = re.compile(r"^, (?:I|you|we|they|he|she|it) (?:think|know|said|say|says|guess|mean|suppose|believe|hope|seems?|turns? out|is said)\b")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield splices, mended by a full stop; unsafe where the second clause could still belong to the first."""
    if language is None or SPLICE.search(document.prose) is None:
        return
    prose = document.prose
    for block in document.blocks:
        if block.kind not in ("paragraph", "item", "quote") or SPLICE.search(prose, block.start, block.end) is None:
            continue
        for start, end in sentences(document, block):
            finding = _judge(document, start, end, quoted=lambda at, b=block: quotation(prose, b.start, b.end, at))
            if finding is not None:
                yield finding


def _judge(document: Document, start: int, end: int, *, quoted) -> Finding | None:  # type: ignore[no-untyped-def]
    prose = document.prose
    text = prose[start:end]
    match = SPLICE.search(text)
    if match is None:
        return None
    first, second = text[: match.start()], text[match.start() + 2 :]
    comma = start + match.start()
    if quoted(comma) or ASIDE.match(text[match.start() :]) or len(second.split()) < 4 or first.count(",") > 2:
        return None
    if OPENING.match(first) or not CLAUSE.match(first) or first.count("(") != first.count(")"):
        return None
    if LEANING.search(first):
        return None
    safety = Safety.unsafe if OBJECT in first[:2] else Safety.safe
    word = match["word"]
    edits = document.edits(comma, comma + 2 + len(word), ". " + word[0].upper() + word[1:])
    return Finding(
        "grammar/comma-splice",
        "grammar",
        *document.source(comma, comma + 2 + len(word)),
        "Two full clauses joined by a comma alone.",
        (Fix(edits, safety),) if edits else (),
    )
