"""Tense against date: "In December 2020, China will set a record" in a page that was written later.

Chinese, Japanese and Korean verbs have no tense, Russian and French tell the past in the present or the future; the engine
guesses. The date of the sentence and the past that the rest of the page tells of decide. Not for real futures, reported
ones ("said in 2004 that it will"), conditions, habits, quotations, headings and plans older than their page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.detectors import verbs
from cleaner.detectors.calendar import MONTH, TIME, YEAR, Date, dates
from cleaner.detectors.pastness import DATED, LONG, Known, known_past, told, words
from cleaner.detectors.sentences import sentence
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.edits import Edit
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotation

RULE = "dates/tense"
WHY = "A future tense with a date that is past for the writer."
MARGIN = 28  # days between a date and the newest past one that leave no doubt
SAFE, UNSAFE = 2.0, 1.0
FUTURE = verbs.FUTURE
CUE = lazy(rf"{YEAR}(?!\d)|{MONTH} \d|(?i:\b(?:previously|earlier|last|ago|yesterday|prior to|before th))")
AHEAD = lazy(
    r"\b(?:next|soon|tomorrow|tonight|in the future|from now on|upcoming|coming|forthcoming|later this|in the years|if|unless|whether"
    r"|until|once|as soon as|when|whenever|always|usually|every|each year|would|anniversary|according to)\b",
    re.IGNORECASE,
)
OPENER = (
    r"(?:(?:however|also|later|then|and|but|so|thus|meanwhile|in addition|finally|moreover|among them|for example|specifically"
    r"|reported that|it is reported that|it was reported that|it is understood that|it is worth mentioning that),? )?"
)
ADJUNCT = lazy(rf"[\"“▲*•\s]*{OPENER}(?:(?:in|on|at|around|during|as early as)(?:[ -]{TIME})*[ -]?)?$", re.IGNORECASE)
CLAUSE = lazy(
    r"\b(?:that|which|who|whom|whose|what|why|how|while|because|as|than|is|are|was|were|has|had|have|did|does|do|can|could|may|might|must"
    r"|should|would|will|been|being|not|never|[a-z]{2,}ed|says?|said)\b|[;:—–?!(]"
)
# "In December 2020, I will remind the reader, ..." is said now.
SPEAKER = lazy(r"\b(?:I|we|We|you|You)(?: also)? ?$")
# A second verb, plain past, that hangs on the same subject: "will open a branch and sold 20,000 tickets".
SECOND = lazy(
    r",? and (?:also |then |later |even |successfully |finally )?(?P<verb>[a-z]+) (?=(?:that|the|an?|its|his|her|their|it|them|in|on|at|to|with|about|nearly|more|[$€£]?\d[\d,.]*)\b)"
)
RELATIVE = lazy(r"\b(?:who|which|that|where)$")
JOINED = lazy(r"\band$")
SAY = lazy(
    r"\b(?:sa(?:y|ys|id)|hopes?|hoped|plans?|planned|announce[sd]?|promise[sd]?|confirm(?:s|ed)?|report(?:s|ed)|decided|agreed|told)\b"
)
# Words behind which a year belongs to a noun: "will sing the songs of the war in 1932".
HOSTS = lazy(r"[,;:—–()]|\b(?:that|which|who|about|of|from|to|by|since|than|over|against|[a-z]{2,}ed|[a-z]{2,}ing)\b")
PLAIN = lazy(
    r"(?: (?:[A-Z][\w.’'-]*|in|at|on|it|them|him|there|again|back|away|here|[a-z]+ly|first|second|third|fourth|fifth|sixth|last))*"
)
NEXT = lazy(r"\s*(?:It|They|He|She|Its|Their|His|Her|This|The)\b")
RESULT = lazy(
    r"(?:[—–;]| --? |[a-z0-9]-(?=(?:the|its?|they|he|she|this|these|his|her|their|an?|[A-Z]\w+) )) ?(?P<clause>[^;]+)$"
)
EXACT = lazy(r"(?<![\w.,])(?:\d{1,3},(?!\d00)\d{3}|\d{2,}\.\d{1,3}|\d\.\d{2,3})\b(?! ?(?:%|percent|million|billion))")
NOTICE = lazy(
    r"\b(?:servers?|API|APIs|endpoints?|versions?|releases?|clients?|tokens?|support(?:ed)?|updates?|plugins?|librar(?:y|ies)|drivers?|packages?"
    r"|features?|services?|browsers?|modules?|accounts?|apps?|licen[cs]es?|deprecated|removed|disabled|deleted|migrated?|default|v\d)\b|\ufffc"
)
RECORD = lazy(rf"\bfirst\b[^.;]{{0,60}}\bsince\b[^.;]{{0,60}}\b{YEAR}\b")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield the futures whose date is past."""
    prose = document.prose
    if " will " not in prose and " going to " not in prose and " won" not in prose:
        return
    past: list[Known] | None = None
    done = -1
    for match in FUTURE.finditer(prose):
        if match.start() < done or not CUE.search(prose, max(0, match.start() - 160), match.end() + 120):
            continue
        number = document.block_at(match.start())
        if number < 0 or document.blocks[number].kind == "heading":
            continue
        block = document.blocks[number]
        if quotation(prose, block.start, block.end, match.start()):
            continue
        start, end = sentence(document, match.start())
        if AHEAD.search(prose, start, end) or SPEAKER.search(prose, start, match.start()):
            continue
        found = _front(document, known, match, start, end) or _behind(document, known, match, start, end)
        if found is None:
            continue
        when, subject, points, evidence = found
        if past is None:
            past = known_past(document, known.words)
        more, shown = _weigh(document, known, match, when, past, (start, end), language)
        points += more
        # Notes of a release and manuals announce; without the page's own date they may have been written before.
        if NOTICE.search(prose, start, end) and not any(item.evidence.says == DATED for item in past):
            points = min(points, UNSAFE)
        finding = _finding(document, match, subject, points, [*evidence, *shown], end)
        if finding is not None:
            done = end
            yield finding


Found = tuple[Date | None, str, float, list[Evidence]]


def _front(document: Document, known: Knowledge, match: re.Match[str], start: int, end: int) -> Found | None:
    """Return the date in front of the clause, its subject, and what its opening words say."""
    prose = document.prose
    gone = words(tuple(known.words.get("time_gone", ()))).match(prose, start, match.start())
    if not gone:
        gone = re.compile(r"(?:\w+|a few|\d+) (?:years|months|weeks|days) (?:ago|earlier|before)(?=,)").match(
            prose, start, match.start()
        )
    evidence: list[Evidence] = []
    at, points, relative = start, 0.0, None
    if prose[start].islower():
        return None
    if gone and prose[gone.end() : gone.end() + 1] in (",", " "):
        begin, stop = document.source(gone.start(), gone.end())
        evidence.append(Evidence("a word for the past", begin, stop, gone.group()))
        at = gone.end() + 1
        # "Before that" may lie ahead, "last month" may not.
        relative = re.match(r"before|prior|earlier", gone.group(), re.IGNORECASE)
        points = (
            1.5 if re.search(r"\b(?:last|yesterday|ago)\b", gone.group(), re.IGNORECASE) else 0.0 if relative else 0.5
        )
    when = _first(document, at, match.start())
    if when is None and (not gone or prose[gone.end()] != ","):
        return None
    subject_start = at
    if when is not None:
        lead = prose[at : when.start].lstrip(", ")
        if not ADJUNCT.match(lead):
            return None
        if re.search(r"\b(?:since|until|by|from|to|before|after)\s*$", lead, re.IGNORECASE):
            return None
        subject_start = when.end
        if gone:
            points = 0.5 if relative else 2.0
    subject = prose[subject_start : match.start()]
    zone = re.match(r" ?(?:\([^)]*\)|,? \w+ time)?,?", subject)
    subject = subject[zone.end() if zone else 0 :].strip(" ,")
    if (
        not subject
        or re.match(r"(?:and|or|but|to)\b", subject)
        or len(subject) > 90
        or CLAUSE.search(subject)
        or subject.count(",") > 2
    ):
        return None
    if words(tuple(known.words.get("past_verbs", ()))).search(subject):
        return None
    return when, subject, points, evidence


def _first(document: Document, start: int, end: int) -> Date | None:
    return next((d for d in dates(document.prose) if start <= d.start and d.end <= end and d.start - start < 60), None)


def _behind(document: Document, known: Knowledge, match: re.Match[str], start: int, end: int) -> Found | None:
    """Return the date at the end of a clause in the future: "who will first perform it in 1910"."""
    prose = document.prose
    when = next((d for d in dates(prose) if d.start >= match.end("verb") and d.end <= end and d.year is not None), None)
    if when is None or not re.match(r"[\s]*(?:$|[.,;)—–-]|and\b|but\b)", prose[when.end : end]):
        return None
    between = prose[match.end("verb") : when.start]
    bare = re.search(r" (?:in|on|at)(?: (?:early|late|mid|the (?:spring|summer|autumn|fall|winter) of))? ?$", between)
    if not bare:
        return None
    between = between[: bare.start()]
    verb = match["verb"]
    passive = verb == "be" and bool(
        re.match(
            r" (?:[a-z]+ly |also |first )?(?:[a-z]+ed|[a-z]+n|built|made|held|won|sent|led|lost|put|set)\b", between
        )
    )
    if (verb == "be" and not passive) or verb in known.words.get("commemorate", ()):
        return None
    rest = re.sub(r"^ (?:[a-z]+ly |also |first )?[a-z]+", "", between) if passive else between
    rest = re.sub(r"\b(?:from|to) (?=[A-Z]|traffic|the public)", "", rest)
    if HOSTS.search(rest) or len(rest.split()) > 6:
        return None
    before = prose[start : match.start()].rstrip(" ,")
    relative = RELATIVE.search(before) or JOINED.search(before)
    # The year may belong to a noun: "will sing the songs in 1932".
    noun = not PLAIN.fullmatch(rest)
    if relative:
        main = before[: relative.start()].rstrip(" ,")
        if (relative.group() == "and" and not told(known.words, main)) or SAY.search(main):
            return None
        return when, main.rpartition(",")[2], 0.0 if not noun else -0.5, []
    if (
        CLAUSE.search(before)
        or "," in before
        or not before
        or words(tuple(known.words.get("past_verbs", ()))).search(before)
    ):
        return None
    return when, before, -0.5 if noun else 0.0, []


def _weigh(
    document: Document,
    known: Knowledge,
    match: re.Match[str],
    when: Date | None,
    past: list[Known],
    span: tuple[int, int],
    language: str | None,
) -> tuple[float, list[Evidence]]:
    """Return the points that the page gives for the date being past, and what it shows."""
    prose = document.prose
    start, end = span
    points = 0.0
    shown: list[Evidence] = []
    if when is not None and when.year is not None:
        others = [item for item in past if not start <= item.date.start < end]
        others = [item for item in others if item.date.year is not None]
        newest = max(others, key=lambda item: (item.sure, item.day(), -item.date.start), default=None)
        if newest is not None and newest.day() - when.last() >= MARGIN:
            far = len(prose) > LONG and abs(newest.date.start - when.start) > LONG // 4
            points += 0.0 if far else 2.0 if newest.sure else 1.5
            shown.append(newest.evidence)
        else:
            same = next((i for i in others if i.date.month and when.month and i.date.last() >= when.first()), None)
            if same is not None:
                points += 1.0
                shown.append(same.evidence)
    elif when is not None and when.day:
        # A day of the same month, later and told in the past: without years it is the same month.
        later = next(
            (i for i in past if i.date.month == when.month and i.date.day and i.date.day >= when.day + 2), None
        )
        if later is not None:
            points += 1.5
            shown.append(later.evidence)
    block = document.blocks[document.block_at(match.start())]
    result = RESULT.search(prose, match.end(), end)
    after = (end, sentence(document, min(end + 1, block.end - 1))[1])
    if result and told(known.words, result["clause"]):
        points += 1.0
        shown.append(_seen(document, result.span("clause"), "the same event, told in the past tense"))
    elif when is not None and after[1] > end and NEXT.match(prose, *after) and told(known.words, prose[slice(*after)]):
        points += 0.5
        shown.append(_seen(document, after, "the story goes on in the past tense"))
    second = SECOND.search(prose, match.end(), end)
    if second and _second(known, second["verb"], prose[match.end() : second.start()]):
        points += 1.5
        shown.append(_seen(document, second.span("verb"), "the same subject, told in the past tense"))
    if when is not None and when.year is not None:
        exact, record = EXACT.search(prose, match.end(), end), RECORD.search(prose, match.end(), end)
        if exact:
            points += 0.5
            shown.append(_seen(document, exact.span(), "an exact count, known only afterwards"))
        if record:
            points += 0.5
            shown.append(_seen(document, record.span(), "measured against what went before"))
        points += 0.5 * bool(exact and record)
        here = re.compile(r"\bthis year\b").search(prose, end, block.end)
        if points and here:
            points += 0.5
            shown.append(_seen(document, here.span(), "this year, after a year given in full"))
    if points and language is not None:
        points += 0.5
        shown.append(Evidence(f"the page is translated from {language}"))
    return points, shown


def _second(known: Knowledge, verb: str, between: str) -> bool:
    """Return True where a verb behind "and" is a past form that no noun or earlier participle takes up."""
    past = words(tuple(known.words.get("past_verbs", ())))
    if not (verb.endswith("ed") or past.fullmatch(verb)):
        return False
    return not (CLAUSE.search(between) or past.search(between))


def _seen(document: Document, span: tuple[int, int], says: str) -> Evidence:
    start, end = span
    while document.prose[start : start + 1].isspace():
        start += 1
    begin, stop = document.source(start, end)
    return Evidence(says, begin, stop, document.prose[start : min(end, start + 60)])


def _finding(
    document: Document, match: re.Match[str], subject: str, points: float, evidence: list[Evidence], end: int
) -> Finding | None:
    """Return the finding with the verbs put into the past; None where the evidence is too thin."""
    if points < UNSAFE:
        return None
    pieces = verbs.to_past(document.prose, match, subject, end)
    if not pieces:
        return None
    edits: list[Edit] = []
    for piece in pieces:
        if piece.new:
            made = document.edits(piece.start, piece.end, piece.new)
            if made is None:
                return None
            edits += made
    level = Safety.safe if points >= SAFE and all(piece.sure for piece in pieces) else Safety.unsafe
    begin, stop = document.source(pieces[0].start, pieces[0].end)
    return Finding(RULE, "date", begin, stop, WHY, (Fix(tuple(edits), level),), tuple(evidence))
