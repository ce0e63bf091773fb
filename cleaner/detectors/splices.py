"""Comma splices: two full clauses joined by a comma alone, as Chinese, Japanese and Russian sentences run on.

"It is a simple tool, you can install it with one command.", "We welcome him today, let's hear his story." Only in a
translated page, and only where what stands before the comma is a main clause and nothing makes it lean on what follows.
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

BE = r"is|are|was|were|am|isn[’']t|aren[’']t|wasn[’']t|weren[’']t|has|have|had|can|cannot|can[’']t|could|will|won[’']t|would|should|must|may|might"
FINITE = (
    rf"(?:{BE}|do|does|don[’']t|doesn[’']t|did|didn[’']t|need|needs|want|wants|use|uses|found|find|finds|makes?|made|went|comes?|came|got|gets?|took"
    r"|takes?|saw|sees?|know|knows|knew|think|started|supports?|provides?|gives?|gave|works?|runs?|ran|began|became|becomes?|shows?|feels?|felt"
    r"|seems?|seemed|met|left|kept|keeps?|lets?|allows?|helps?|contains?|includes?|hopes?|likes?|loves?)"
)
STRONG = rf"(?:{BE}|needs?|seems?|seemed|becomes?|became)"
ADVERB = (
    r"(?:(?:also|just|still|only|really|always|then|already|now|never|often|even|all|both|mainly|basically|usually) )?"
)
PRONOUN = (
    r"I|you|we|they|it|he|she|this|there|these|everyone|everything|nothing|nobody|no one|everybody|someone|most of them"
)
INNER = r"(?!that\b|which\b|who\b|whose\b|and\b|or\b|but\b|as\b|if\b|when\b|of which\b|to\b|we\b|you\b|I\b|they\b|he\b|it\b)"
NOUN = rf"(?:the|this|these|those|all|our|my|your|its|each|every|most|many)(?: {INNER}(?:[\w’'-]+|{OBJECT})){{1,5}}?"
NO_NOUN = (
    r"(?!(?:and|or|but|so|nor|which|who|whose|what|where|when|as|if|then|not|it|you|he|she|they|we|because|since|though|although|while|whereas"
    r"|once|only|had|has|have|did|however|that|unless|until|till|except|than|like|how|why|whether|for|of|to|in|on|by|at|with|\w+ing|\w+ly)\b)"
)
BARE = rf"{NO_NOUN}[a-z]{{3,}}(?: {NO_NOUN}[a-z]+)?"
SPLICE = lazy(
    rf", (?P<word>(?:(?P<pronoun>{PRONOUN}) {ADVERB}(?P<verb>{FINITE})\b|(?P<short>it|that|there|he|she|you|we|they|I)[’'](?:s|re|ve|ll|m)\b"
    rf"|(?P<order>let[’']s|let us|imagine|please (?!note|see\b|refer|do not|don)[a-z]+)(?! say\b)(?= [\w’'{OBJECT}])|(?P<noun>{NOUN}) {ADVERB}{STRONG}\b|(?P<bare>{BARE}) {STRONG}\b))"
)
CUT = lazy(r"[;:] | -+ |—|--|[~!?](?: |(?=[A-Z]))|\.(?=[A-Z])")  # a new clause begins here without a comma
# Words that open a clause which leans on what follows the comma.
LEANING = lazy(
    r"\b(?:when|whenever|if|because|although|though|while|since|as|after|before|until|till|unless|where|wherever|whether|once|not only|either"
    r"|neither|both|like|than|even|given|provided|what|whatever|whoever|why|how|no matter|regardless|the (?:more|less|better|higher|lower|longer)"
    r"|in case|so that|(?:the|each|every|last|first|next) (?:\w+ )?(?:time|day|moment|night|year|week|morning|evening))\b",
    re.IGNORECASE,
)
OPENING = lazy(
    r"[-*•\d.) ]*(?:In|On|At|By|With|Without|From|To|For|After|Before|During|Through|About|According|Besides|Despite|Instead|Under|Over|Of|As"
    r"|Here|Yes|No|Well|Okay|OK|Oh|Hi|Hello|Then|Now|First|Second|Third|Finally|Also|Next|However|Therefore|Thus|Recently|Today|Yesterday|Hence"
    r"|\w+ly|\w+ing|\w+ed|Not|Never|Otherwise|Sometimes|Later|Meanwhile|Overall|Moreover|Furthermore|Thank|Thanks|Welcome|So|Among|Between|Since"
    r"|Had|Were|Was|Is|Are|Do|Does|Did|Have|Has|Can|Could|Should|Would|Will|What|Who|Why|How|Where|When|That said|That being said|Compared|Unlike"
    r"|Say|Let|Whether|Regarding|Upon|Until|Unless|Once|If|While|Although|Though|Because|More|Less|Like|Every time|Each time|Except)\b"
)
MAIN = lazy(
    rf"[-*•\d.) ]*(?:{PRONOUN}|[\w’'{OBJECT}-]+(?: [\w’'{OBJECT}/-]+){{0,7}}?) {ADVERB}(?:\w+ly )?(?P<verb>{FINITE}|\w{{3,}}ed)\b",
    re.IGNORECASE,
)
CONTRACTED = lazy(r"[-*•\d.) ]*(?:it|that|there|he|she|you|we|they|I|this)[’'](?:s|re|ve|ll|m|d)\b", re.IGNORECASE)
ASIDE = lazy(
    r", (?:I|you|we|they|he|she|it) (?:\w+ )?(?:think|know|knew|thought|said|say|says|guess|mean|suppose|believe|hope|feel|felt|seems?|seemed|turns? out"
    r"|(?:is|was) (?:said|reported|counted|noted|announced|estimated|believed|hoped)|added|wrote|explained|asked|replied)\b[,.]?(?! that)"
)
LIST = lazy(
    r", (?:and|or|but|so|yet|while|because) (?:\w+ ){0,4}?(?:is|are|was|were|has|have|had|can|will|do|does|did|\w+ed)\b"
)
TAIL = lazy(
    rf"\b(?:and|but|or|that|so|yet) (?:(?:in|on|at|by|for|to|after|before|during|from|with|without|according|more|as|under)\b|(?={LEANING.pattern}))[^,]*$"
)
SAYING = lazy(
    r"\b(?:sa(?:id|ys?)|pointed out|noted|stressed|emphasi[sz]ed|added|stated|announced|explained|believes?|believed|reported|reports|told \w+|hopes?|hoped"
    r"|warned|admitted|claimed|recalled|mentioned|revealed|indicated|confirmed|argued|insisted|promised|replied)$"
)
KIND = {"is": 1, "are": 1, "was": 2, "were": 2, "has": 3, "have": 3, "had": 4}
WHY = "Two full clauses joined by a comma alone."


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield splices, mended by a full stop; unsafe where the second clause could still belong to the first."""
    if language is None or SPLICE.search(document.prose) is None:
        return
    prose = document.prose
    for block in document.blocks:
        if block.kind not in ("paragraph", "item", "quote") or SPLICE.search(prose, block.start, block.end) is None:
            continue
        for start, end in sentences(document, block):
            if end - start < 1200 and SPLICE.search(prose, start, end):
                yield from _sentence(document, block, start, end)


def _sentence(document: Document, block: Block, start: int, end: int) -> Iterator[Finding]:
    text = document.prose[start:end]
    clause, free = 0, False  # where the clause before the comma begins; whether it is known to be a main clause
    for match in SPLICE.finditer(text):
        for cut in CUT.finditer(text, clause, match.start()):
            clause, free = cut.end(), False
        first, second = text[clause : match.start()], text[match.start() + 2 :]
        safety = _judge(first, second, match, free)
        comma = start + match.start()
        if safety is None or quotation(document.prose, block.start, block.end, comma):
            continue
        clause, free = match.start() + 2, True
        word = match["word"].split(" ")[0]
        edits = document.edits(comma, comma + 2 + len(word), ". " + word[0].upper() + word[1:])
        fixes = (Fix(edits, safety),) if edits else ()
        yield Finding("grammar/comma-splice", "grammar", *document.source(comma, comma + 2 + len(word)), WHY, fixes)


def _judge(first: str, second: str, match: re.Match[str], free: bool) -> Safety | None:
    """Return how safe it is to end the sentence at the comma; None where what precedes is no main clause."""
    if (
        len(first.split()) < 4
        or len(second.split()) < 3
        or first.count(",") > 3
        or first.count("(") != first.count(")")
    ):
        return None
    if ASIDE.match(match.string, match.start()) or LIST.search(second) or second.rstrip().endswith("?"):
        return None
    if not (
        free
        or _main(first)
        or (match["order"] and first.lstrip().startswith(("Welcome ", "Thank", "Congratulations ")))
    ):
        return None
    if SAYING.search(first):
        return None  # "He also pointed out, the country must go on": what was said follows
    if first.lower().split()[:2] == second.lower().split()[:2]:
        return None  # "We will not rest, we will not yield": on purpose
    if _alike(first, second):
        return None  # "The days were long, the nights were short": a figure, not a slip
    parts = first.split(", ")
    last = parts[-1]
    leans = LEANING.search(last)
    if leans is not None and (
        leans.start() < 2 or match["noun"] or match["bare"] or not _finite(last[: leans.start()])
    ):
        return None  # "..., because it rained, the road was closed": the clause leans on what follows
    if TAIL.search(last) or (
        len(parts) > 1 and re.match(r"(?:who|which|whose|you know|make no|mind you|that is$)\b", last)
    ):
        return None  # "..., and for these reasons, I am": an opening phrase of the second clause
    if len(parts) > 1 and OPENING.match(last[:1].upper() + last[1:]) and not _finite(last):
        return None
    if leans is not None or match["bare"] or OBJECT in first[:2] or len(parts) > 3:
        return Safety.unsafe
    if len(parts) > 1 and not _finite(last) and not re.search(r"\b(?:and|or)\b", last):
        return Safety.unsafe
    contrast = re.search(r"\bnot\b|n[’']t\b|\bnever\b", first) and re.match(
        r"(?:it|this|they) (?:is|are|was)\b", second
    )
    return Safety.unsafe if contrast or match["short"] else Safety.safe


def _alike(first: str, second: str) -> bool:
    """Return True for two short clauses of one build: the same kind of verb in the same place, or "..., she was not"."""
    one, two = re.split(r"[,;:] ", first.lower())[-1].split(), re.split(r"[,;.!?]", second.lower())[0].split()
    if len(two) < 6 and re.search(r"\b(?:not|\w+n[’']t)$", " ".join(two)):
        return True
    if not one or not two or max(len(one), len(two)) > 8:
        return False
    places = [next((n for n, word in enumerate(c) if word in KIND), 0) for c in (one, two)]
    return 0 < places[0] == places[1] and len(one) == len(two) and KIND[one[places[0]]] == KIND[two[places[1]]]


def _finite(text: str) -> bool:
    return re.search(rf"\b(?:{FINITE}|\w{{3,}}ed)\b|[’'](?:s|re|ve|ll|m)\b", text) is not None


def _main(first: str) -> bool:
    """Return True where a main clause, perhaps behind an opening phrase, stands before the comma."""
    parts = first.strip().split(", ")
    while len(parts) > 1 and OPENING.match(parts[0]) and not re.search(rf"\b{FINITE}\b", parts[0]):
        parts = parts[1:]
    head = re.sub(r"^(?:And|But|So) ", "", parts[0].lstrip('"“(> '))
    if re.match(r"(?:and|or|but)\b", head):
        return False
    if OPENING.match(head[:1].upper() + head[1:]):
        return False
    if CONTRACTED.match(head):
        return True
    found = MAIN.match(head)
    if found is None or LEANING.search(head, 0, found.start("verb")):
        return False
    # A relative clause, or a verb that is the last word, is no clause: "the one that is here, it ..."
    return not re.search(r"\b(?:that|which|who|and)\b", head[: found.start("verb")]) and found.end() < len(
        head.rstrip()
    )
