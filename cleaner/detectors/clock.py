"""Hours and time zones: "16 o'clock", "from 0-24 o'clock", a stamp run together, "Beijing time on September 29, in"."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.detectors.calendar import MONTH, YEAR
from cleaner.detectors.sentences import opens
from cleaner.findings import Finding, Fix, Safety
from cleaner.text.document import Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotation

CLOCK = r"o[’'‘]? ?clock"
PART = r"(?P<part> (?:in the (?:early )?(?:morning|afternoon|evening)|at night|in the night))?"
SPAN = lazy(
    rf"\b(?:(?P<prep>[Ff]rom|[Bb]etween) )?(?P<a>\d\d?)(?P<min>:\d\d)?(?: {CLOCK})?(?P<join> ?[-–—~] ?| to | until | and )(?P<b>1[3-9]|2[0-4])(?P<min2>:\d\d)? {CLOCK}"
)
HOUR = lazy(
    rf"(?:\b(?P<prep>[Aa]t|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]efore|[Aa]fter|[Aa]round|[Aa]bout|[Oo]f|to|[Ss]ince|[Bb]etween|and) )?"
    rf"(?<![\d:.,-])(?P<hour>0|00|1[3-9]|2[0-4]) {CLOCK}(?: (?:and )?(?P<min>[0-5]?\d)(?: minutes?| min)?\b(?![,.]?\d))?{PART}"
)
STAMP = lazy(
    rf"\b(?P<day>{YEAR}[-./](?:0[1-9]|1[0-2])[-./](?:0[1-9]|[12]\d|3[01]))(?P<gap> ?)(?P<h>[01]\d|2[0-3]): ?(?P<m>[0-5]\d)(?:: ?(?P<s>[0-5]\d))?(?![\dA-Za-z:])"
)
WHEN = rf"(?:(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:, {YEAR}|(?!, {YEAR}))|the \d{{1,2}}(?:st|nd|rd|th)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
PLACES = [
    "Beijing",
    "Moscow",
    "Tokyo",
    "Seoul",
    "Taipei",
    "Local",
    "local",
    "Eastern",
    "Japan",
    "Korea",
    "Korean",
    "London",
    "Paris",
    "Berlin",
    "Tehran",
    "Kyiv",
    "Kiev",
    "Kong",
]
ZONE = lazy(
    rf"(?P<zone>\b(?:U\.?S\.? |Hong )?(?:{'|'.join(PLACES)}) [Tt]ime),?(?: (?:on|at|in|around|about))?"
    rf"(?P<time> (?:about )?\d\d?:\d\d(?: on)?| the (?:early )?(?:morning|afternoon|evening|night) of)?,? (?P<date>{WHEN}),"
)
HOURS = lazy(r"[-./][0-3]\d ?[0-2]\d: ?[0-5]\d")
HERE = lazy(r" time,? (?:on|at|in|around|about|the|[A-Z]|\d)")


def find(document: Document, translated: bool) -> Iterator[Finding]:
    """Yield hours and zones in the manner of the source; people write "14 o'clock" too, who think in another language."""
    prose = document.prose
    if "clock" in prose:
        yield from _spans(document)
        yield from _hours(document, translated)
    if HOURS.search(prose):
        for match in STAMP.finditer(prose):
            new = f"{match['day']} {match['h']}:{match['m']}" + (f":{match['s']}" if match["s"] else "")
            if new != match.group():
                yield _fixed(document, match.span(), new, "Date and hour, run together or apart.", Safety.safe, "stamp")
    if HERE.search(prose) or " Time on " in prose:
        yield from _zones(document)


def _fixed(document: Document, span: tuple[int, int], new: str, why: str, level: Safety, name: str) -> Finding:
    edits = document.edits(*span, new)
    start, end = document.source(*span)
    return Finding(f"dates/{name}", "date", start, end, why, () if edits is None else (Fix(edits, level),))


def _quoted(document: Document, offset: int) -> bool:
    number = document.block_at(offset)
    if number < 0:
        return True
    block = document.blocks[number]
    return quotation(document.prose, block.start, block.end, offset) is not None


def _spans(document: Document) -> Iterator[Finding]:
    """Yield "from 0-24 o'clock" -> "from 0:00 to 24:00"."""
    for match in SPAN.finditer(document.prose):
        if int(match["a"]) > 24 or _quoted(document, match.start()):
            continue
        first, last = f"{int(match['a'])}{match['min'] or ':00'}", f"{int(match['b'])}{match['min2'] or ':00'}"
        prep = (match["prep"] + " ") if match["prep"] else ""
        join = " and " if prep.lower() == "between " else " to " if prep else "–"
        if not prep and match["join"].strip() in ("to", "until", "and"):
            join = match["join"]
        yield _fixed(document, match.span(), f"{prep}{first}{join}{last}", WHY, Safety.safe, "hour")


WHY = "English counts the hours on the clock to twelve; the 24 hours are written 16:00."


def _hours(document: Document, translated: bool) -> Iterator[Finding]:
    """Yield "at 16 o'clock" -> "at 16:00", "at 20 o'clock in the evening" -> "at 8 o'clock in the evening"."""
    spans = [match.span() for match in SPAN.finditer(document.prose)]
    for match in HOUR.finditer(document.prose):
        if any(a <= match.start("hour") < b for a, b in spans):
            continue
        hour, part = int(match["hour"]), match["part"] or ""
        start = match.start("hour")
        level = Safety.safe if translated and match["prep"] and not _quoted(document, start) else Safety.unsafe
        if part and 13 <= hour <= 23 and not match["min"]:
            new = f"{hour - 12} o’clock{part}" if "’" in match.group() else f"{hour - 12} o'clock{part}"
        elif part and 13 <= hour <= 23:
            new = f"{hour - 12}:{int(match['min']):02}{part}"
        else:
            new = f"{hour}:{int(match['min'] or 0):02}{part}"
        yield _fixed(document, (start, match.end()), new, WHY, level, "hour")


def _zones(document: Document) -> Iterator[Finding]:
    """Yield a zone in front of its date, as Chinese says it: "Beijing time on September 29," -> "On September 29, Beijing time,"."""
    for match in ZONE.finditer(document.prose):
        number = document.block_at(match.start())
        if number < 0 or not opens(document, document.blocks[number], match.start()):
            continue
        zone, time, when = match["zone"], (match["time"] or "").strip(), match["date"]
        zone = zone if zone[:5] not in ("Local", "local") else "local time"
        zone = zone[:-4] + "time"
        if time.startswith("the "):
            new = f"In {time} {when}, {zone},"
        elif time:
            new = f"At {time.removesuffix(' on')} {zone} on {when},"
        else:
            new = f"On {when}, {zone},"
        yield _fixed(
            document, match.span(), new, "The zone stands in front of its date, as in the source.", Safety.safe, "zone"
        )
