"""Torn dates: Chinese, Japanese and Korean write the year first, and engines leave it there, inventing a second one behind.

"2020 In the early morning of December 17, 2005," was 2020年12月17日凌晨: the day 17 was read once more, as a year.
Not for correct English: "In 2020, in the early morning of January 23,", "ended in 2020. In the morning of", headings,
titles ("Windows 2000 In a Nutshell") and chronologies, whose every line begins with its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.detectors.calendar import MONTH, MONTHS, YEAR, Date, dates, month_number, published
from cleaner.detectors.sentences import LEAD, chronology, opens, runs_on
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.text.document import Block, Document
from cleaner.text.lazy import lazy

RULE = "dates/torn"
WHY = "The year stands first in the source; the engine left it there, away from its date."
INVENTED = "The year stands first in the source; the engine left it there and made a second one up."
FIRST = ("zh", "ja", "ko")  # languages that write the year first
PREPOSITIONS = r"(?:In|On|At|As of|By|Since|Until|From|Before|After|Around|During|Towards?|Starting|Beginning)"
# Only these may stand between the preposition and the month: then nothing else than one date is being given.
TIME = (
    r"(?:the|a|an|in|on|at|of|from|to|by|about|around|approximately|early|late|mid|very|first|second|third|fourth|last|half|part"
    r"|beginning|start|middle|end|day|days|night|eve|morning|afternoon|evening|noon|midday|midnight|dawn|dusk|hours|quarter"
    r"|(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day|o['’]clock|[ap]\.?m\.?|local|Beijing|Moscow|Tokyo|Seoul|time|period|week"
    r"|\d{1,2}(?::\d\d){0,2}),?"
)
SEASON = r"(?:spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall|Winter)"
CLOCK = r"(?:(?:about |around |exactly )?\d{1,2}(?::\d\d(?::\d\d)?| o['’]clock| ?[ap]\.?m\.?)(?: ?[ap]\.?m\.?)?)"
PART = r"(?:(?:early |late )?(?:morning|afternoon|evening|night|hours))"

# 2020 In the early morning of December 17(, 2005)
FRONT = lazy(
    rf"(?<![\w.,:/$€£¥#№’'-])(?P<lead>[Ii]n (?:the year )?)?(?P<year>{YEAR})(?: year)?(?P<comma>,)?"
    rf" (?P<phrase>(?P<prep>{PREPOSITIONS}|in|on|at)(?= )(?: {TIME}){{0,9}}(?P<nth> (?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th) of)?"
    rf" (?P<month>{MONTH}|{SEASON})(?: (?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|,\d)"
    rf"(?:(?: to | until | and | ?[-–—~] ?)(?:{MONTH} )?\d{{1,2}}(?:st|nd|rd|th)?(?![\d:%]|,\d))?)?)"
    rf"(?:(?P<join>,? (?:of )?)(?P<second>{YEAR})(?![\w:/-]|[.,]\d))?"
)
# 2019 In the second half of the year,
SPAN = lazy(
    rf"(?<![\w.,:/$€£¥#№’'-])(?P<year>{YEAR}),? (?P<phrase>(?:In|At|By|Since|From|During|Until) the "
    r"(?:(?:early|late|first|second|third|fourth|last) )?(?:half|part|months?|quarter|beginning|start|middle|end|days?|weeks?) of) "
    r"(?:the|that) year\b"
)
# December 17, 2005, 2020 or the other way about
DOUBLE = lazy(
    rf"\b(?P<month>{MONTH}) (?P<day>3[01]|[12]\d|0?[1-9]), ?(?P<year>{YEAR}),? (?:of )?(?P<second>{YEAR})(?![\w:/–-]|[.,]\d)"
)
# 2020 December 17; 2020 year 12 month 17 day
PLAIN = lazy(
    rf"(?<![\w.,:/$€£¥#№’'-])(?P<year>{YEAR})(?: year)?,? (?P<month>{MONTH}|(?:1[0-2]|0?[1-9]) month) "
    rf"(?P<day>3[01]|[12]\d|0?[1-9])(?: day)?(?![\w:%]|,\d)(?:, (?P<second>{YEAR})(?![\w:/-]))?"
)
# On June 17, 2021 At 9:22 in the morning,
BEHIND = lazy(
    rf"(?:\b(?P<on>[Oo]n|[Ii]n) )?(?P<date>(?<!\w)(?:{MONTH}) (?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:,? {YEAR})?),? (?P<prep>At|In|On|Around)"
    rf" (?P<time>(?:{CLOCK}|noon|midnight|dawn|night)(?: (?P<inday>in the|on the|at) (?P<part>{PART}))?|the {PART})"
    rf"(?P<zone>,? (?:Beijing|Moscow|Tokyo|Seoul|[Ll]ocal) time)?(?=,| [a-z]| [A-Z])"
)
GATE = lazy(
    rf"{YEAR}(?: year)?,? (?:{PREPOSITIONS} |{MONTH}|\d\d? month)|\d(?:st|nd|rd|th)?,? (?:At|In|On|Around) (?:the|about|around|\d|noon|mid|dawn)"
    rf"|{YEAR},? (?:of )?{YEAR}(?!\d)|(?:^|[.:!?▲*] ?){YEAR} (?:in|on|at) ",
    re.MULTILINE,
)
# Cheaper still: a digit, then a capital, a year or a word that could follow one.
QUICK = lazy(
    r"[0-9](?:(?:st|nd|rd|th)?(?: year)?,? (?:(?:In|On|At|As of|By|Since|Until|From|Before|After|Around|During|Towards?|Starting"
    r"|Beginning) |(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|[12]\d\d\d|of [12]\d|\d\d? m)| (?<=[0-9]{4} )(?:in|on|at) )"
)
LABEL = lazy(
    r"\b(?:that|when|and|but|photo|picture|image|map|file|data|shows?|caption|video|chart|graphic)$", re.IGNORECASE
)
BELONGS = lazy(r"\b(?:in|since|by|until|of|from|to|the|year|for|after|before|about|and|or|than|model)$")


def find(document: Document, language: str | None) -> Iterator[Finding]:
    """Yield the torn dates of a document."""
    prose = document.prose
    if not QUICK.search(prose) or not GATE.search(prose):
        return
    taken: list[tuple[int, int]] = []
    for pattern, judge in ((FRONT, _front), (SPAN, _span), (PLAIN, _plain), (BEHIND, _behind), (DOUBLE, _double)):
        for match in pattern.finditer(prose):
            number = document.block_at(match.start())
            if number < 0 or any(a < match.end() and match.start() < b for a, b in taken):
                continue
            finding = judge(document, document.blocks[number], match, language)
            if finding is not None:
                taken.append(match.span())
                yield finding


def _front(document: Document, block: Block, match: re.Match[str], language: str | None) -> Finding | None:
    """Judge a year in front of a phrase of time: 2020 In the early morning of December 17, 2005,"""
    year, second, day = int(match["year"]), match["second"], match["day"]
    invented = second is not None and int(second) != year
    capital = match["prep"][0].isupper()
    if not (capital and invented) and runs_on(document, block, match.start()):
        return None
    first = opens(document, block, match.start())
    if not capital and (match["lead"] or not first or not invented):
        return None  # "In 2020, in the early morning of January 23," is English
    if match["lead"] and not (first and capital):
        return None
    if re.match(rf" ?(?:to|until|and|[-–—~]) ?(?:{MONTH} )?\d", document.prose[match.end() : match.end() + 16]):
        return None  # a span of which only the beginning was read
    lead = match["lead"] or ""
    before = document.prose[block.start : match.start()].rstrip(LEAD)
    limit = Safety.safe
    if not first:
        if (before.endswith(",") and not re.search(rf"(?:{MONTH}|\d),$", before)) or LABEL.search(before):
            limit = Safety.safe if invented else Safety.unsafe
        elif invented and re.search(r"\b[a-z]+$", before) and not BELONGS.search(before):
            return _report(
                document, match.span(), "A year, then a date with another year: one of them is not the source's."
            )
        else:
            return None
    if (block.kind == "heading" or not invented) and chronology(document, block, match.start()):
        return None
    if block.kind == "heading" and not invented:
        return None
    dated = bool(day or match["nth"])
    if (not dated and not second) or (not capital and not (invented and dated) and language not in FIRST):
        limit = min(limit, Safety.unsafe)
    phrase = match["phrase"]
    if day and re.match(rf"In {MONTH} ", phrase):
        phrase = "On" + phrase[2:]
    if not first:
        phrase = phrase[:1].lower() + phrase[1:]
    elif not capital:
        phrase = phrase[:1].upper() + phrase[1:]
    join = ", " if day else match["join"] or (" of " if re.search(SEASON + "$", phrase) else " ")
    new = f"{phrase}{join}{year}"
    if dated and second is None and re.match(r" [\w“\"]", document.prose[match.end() : match.end() + 2]):
        new += ","
    start = match.start() + (len(lead) if not first else 0)
    named = Date(match.start(), match.end(), year, _month(match["month"]), int(day) if day else None)
    return _finding(document, (start, match.end()), new, named, int(second) if second else None, limit, language)


def _span(document: Document, block: Block, match: re.Match[str], language: str | None) -> Finding | None:
    """Judge a year in front of a stretch of itself: 2019 In the second half of the year,"""
    if not opens(document, block, match.start()) or chronology(document, block, match.start()):
        return None
    named = Date(match.start(), match.end(), int(match["year"]))
    return _finding(document, match.span(), f"{match['phrase']} {match['year']}", named, None, Safety.safe, language)


def _plain(document: Document, block: Block, match: re.Match[str], language: str | None) -> Finding | None:
    """Judge a date in the order of the source: 2020 December 17, 2020 year 12 month 17 day."""
    year, second = int(match["year"]), match["second"]
    after = document.prose[match.end() : match.end() + 6]
    words = bool(re.search(r" (?:year|month)\b", match.group()) or re.match(r",? (?:In|At|On) ", after))
    before = document.prose[block.start : match.start()]
    invented = second is not None and int(second) != year
    first = opens(document, block, match.start())
    if not (
        words
        or first
        or re.search(r"\b(?:[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Tt]o|[Oo]f|[Bb]efore|[Aa]fter) $", before)
    ):
        return None
    if re.search(rf"{MONTH} $|\b(?:[Ii]n|[Tt]he) $", before) or (
        not words and chronology(document, block, match.start())
    ):
        return None
    if not words and not invented:
        # "2020 Dec 17" alone, or more than once, is a way of writing dates, of astronomers among others.
        again = sum(1 for _ in re.finditer(rf"\b{YEAR} (?:{MONTH}) \d", document.prose))
        if (
            (len(match["month"].rstrip(".")) < 4 and match["month"] != "May")
            or again > 1
            or not re.match(r",? [a-z“\"]|, ", after)
        ):
            return None
    month = _month(match["month"])
    assert month is not None
    name = match["month"] if match["month"][0].isalpha() else MONTHS[month - 1]
    part = re.search(r"\b(?:morning|afternoon|evening|night|dawn|noon|day|end|beginning) of $", before)
    limit = Safety.safe if words or invented or part or language in FIRST else Safety.unsafe
    new = f"{name} {int(match['day'])}, {year}"
    if first and re.match(r",? [A-Z]|, |,$", after):
        new = "On " + new
    elif re.match(r" [a-z]", after) and not second and re.search(r"\b[Oo]n $", before):
        new += ","
    named = Date(match.start(), match.end(), year, month, int(match["day"]))
    return _finding(document, match.span(), new, named, int(second) if second else None, limit, language)


def _double(document: Document, block: Block, match: re.Match[str], language: str | None) -> Finding | None:
    """Judge a date with two years: the page must say which is its own."""
    years = int(match["year"]), int(match["second"])
    if years[0] == years[1]:
        right = years[0]
    else:
        votes = [
            _support(document, Date(match.start(), match.end(), y, _month(match["month"]), int(match["day"])))
            for y in years
        ]
        right = years[0] if votes[0][0] >= votes[1][0] else years[1]
        if votes[0][0] == votes[1][0]:
            return _report(document, match.span(), "A date with two years: which is right only the source can tell.")
    wrong = years[1] if right == years[0] else years[0]
    new = f"{match['month']} {match['day']}, {right}"
    if re.match(r" [a-z]", document.prose[match.end() : match.end() + 2]):
        new += ","
    named = Date(match.start(), match.end(), right, _month(match["month"]), int(match["day"]))
    return _finding(document, match.span(), new, named, wrong, Safety.safe, language)


def _behind(document: Document, block: Block, match: re.Match[str], language: str | None) -> Finding | None:
    """Judge a time of day behind its date, with a capital: On June 17, 2021 At 9:22 in the morning,"""
    first = opens(document, block, match.start())
    if not first or ((match["on"] or "").lower() == "in" and not match["time"]):
        return None  # in mid-sentence a full stop may be missing instead
    time, prep, zone = match["time"], match["prep"], (match["zone"] or "").lstrip(",")
    if match["part"] and match["inday"] != "at":
        new = f"{prep} {time[: match.start('inday') - match.start('time')]}on the {match['part']} of {match['date']}"
    elif match["part"]:
        new = f"{prep} {time} on {match['date']}"
    elif time.startswith("the "):
        new = f"{prep} {time} of {match['date']}"
    else:
        new = f"{prep} {time} on {match['date']}"
    if zone:
        new += "," + zone
    found = document.edits(match.start(), match.end(), new)
    if found is None:
        return None
    start, end = document.source(*match.span())
    why = "A time of day behind its date, with a capital: the order of the source. English gives the hour first."
    return Finding(RULE, "date", start, end, why, (Fix(found, Safety.safe),), _known(language))


def _finding(
    document: Document,
    span: tuple[int, int],
    new: str,
    named: Date,
    second: int | None,
    limit: Safety,
    language: str | None,
) -> Finding:
    """Weigh the year that stands first against the second one by the other dates of the page."""
    points, evidence = _support(document, named)
    assert named.year is not None
    if second is not None and second != named.year:
        against, other = _support(document, named._replace(year=second))
        if against > points:
            said = f"The date has two years, {named.year} and {second}, and the page speaks for the second."
            return _report(document, span, said, other)
        if against and against == points:
            limit = min(limit, Safety.unsafe)
            evidence = (*evidence, *other)
        elif not evidence:
            evidence = (
                Evidence(
                    f"a year before the phrase and another, {second}, behind it: {named.year} is the source's own"
                ),
            )
    edits = document.edits(*span, new)
    start, end = document.source(*span)
    fixes = () if edits is None else (Fix(edits, limit),)
    why = INVENTED if second is not None and second != named.year else WHY
    return Finding(RULE, "date", start, end, why, fixes, (*evidence, *_known(language)))


def _report(document: Document, span: tuple[int, int], why: str, evidence: tuple[Evidence, ...] = ()) -> Finding:
    start, end = document.source(*span)
    return Finding(RULE, "date", start, end, why, (), evidence)


def _support(document: Document, named: Date) -> tuple[int, tuple[Evidence, ...]]:
    """Return how strongly the rest of the page speaks for the year of a date: the same day 9, front matter 3, a year 1."""
    points = 0
    out: list[Evidence] = []
    for other in dates(document.prose):
        if other.year != named.year or (other.start < named.end and named.start < other.end):
            continue
        same = named.day is not None and (other.month, other.day) == (named.month, named.day)
        points += 9 if same else 1
        if same or not out:
            begin, stop = document.source(other.start, other.end)
            says = "the same day, dated elsewhere in the text" if same else "another date of that year"
            out.append(Evidence(says, begin, stop, document.prose[other.start : other.end]))
    day = published(document.text)
    if day is not None and str(named.year) == document.text[day[1] : day[1] + 4]:
        points += 3
        out.append(Evidence("the date of the page", day[1], day[2], document.text[day[1] : day[2]]))
    return points, tuple(out[-2:])


def _known(language: str | None) -> tuple[Evidence, ...]:
    return (
        (Evidence(f"the page is translated from {language}, which writes the year first"),) if language in FIRST else ()
    )


def _month(name: str) -> int | None:
    if name[0].isdigit():
        return int(name.split()[0])
    return None if re.fullmatch(SEASON, name) else month_number(name)
