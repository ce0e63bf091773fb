"""Verb groups in the future, put into the past: "will set" -> "set", "will also be hit" -> "was also hit"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cleaner.text.lazy import lazy

# An adverb, and no verb that ends like one.
LY = r"(?!(?:re)?(?:fly|apply|supply|reply|rely|multiply|comply|imply|ally|rally|tally|bully)\b)[a-z]+ly"
FUTURE = lazy(
    r"\b(?P<aux>will|won[’']t|(?:is|are|am) going to)\b(?P<neg> not\b)?(?P<adv>(?:,? (?:also|first|soon|then|once|again|only|still"
    rf"|just|never|always|even|later|thus|both|{LY})\b)*) (?P<verb>[a-z]+(?:-[a-z]+)?)\b(?P<tail>(?: not)?(?: (?:also|first|then|{LY}))*"
    r" (?P<next>[a-z]+))?"
)
NOUN = lazy(
    r"\b(?:the|a|an|his|her|its|their|our|my|your|thy|whose|this|that|free|good|ill|last|strong|iron|own|divine|human|general"
    r"|political|popular|national|sheer|[a-z]+[’']s|of|against|at)\s$"
)
COORDINATE = lazy(
    rf"(?P<gap>,? (?:and then|and also|but also|and|or|but|then) (?:{LY} )?)(?P<will>will (?P<adv>also |then )?)?(?P<verb>[a-z]+(?:-[a-z]+)?)\b(?P<next> [\w“\"'’-]+)?"
)
OBJECTS = lazy(
    r" (?:the|an?|its|their|his|her|it|them|him|to|in|on|at|for|with|from|up|out|back|off|down|away|over|into|all|more|about|as|\d)\b"
)
PLURAL = lazy(r"(?:[^siu]s|men|people|police|children|women|they|we|you|these|those)$")


class Past(NamedTuple):
    """A stretch of prose and its past; `sure` is False where number or reach of the verb is a guess."""

    start: int
    end: int
    new: str
    sure: bool


@lru_cache(maxsize=512)
def is_base(word: str) -> bool:
    """Return True where a word is the base form of a verb."""
    from cleaner.packs.forms import lemma

    if word in ("be", "have", "do", "lay", "found", "bore"):
        return True
    from lemminflect import getLemma

    return bool(getLemma(word, "VERB", lemmatize_oov=False)) and lemma(word) == word


def past(word: str) -> str:
    """Return the past of a verb in its base form."""
    from cleaner.packs.forms import verb

    front, _, last = word.rpartition("-")
    return (front + "-" if front else "") + verb(last, "past")


def to_past(prose: str, match: re.Match[str], subject: str, end: int) -> list[Past]:
    """Return what puts the future at `match` into the past, with the verbs joined to it; empty where it is no future.

    `subject` decides between "was" and "were"; the clause ends at `end`.
    """
    if NOUN.search(prose, max(0, match.start() - 12), match.start()):
        return []
    verb, adv, neg = match["verb"], match["adv"], bool(match["neg"]) or match["aux"].startswith("won")
    number, sure = plural(subject)
    if not is_base(verb.rpartition("-")[2]):
        return []
    last = match.end("verb")
    if verb == "be":
        new = ("were" if number else "was") + (" not" if neg else "") + adv
    elif verb == "have":
        new, sure = (
            (
                "did not" + adv + " have"
                if neg and not _participle(match["next"])
                else "had" + (" not" if neg else "") + adv
            ),
            True,
        )
    elif neg and adv.strip() == "only" and match["neg"]:
        new, sure = f"not only {past(verb)}", True
    elif neg:
        new, sure = "did not" + adv + " " + verb, True
    else:
        new, sure = adv.strip() + (" " if adv else "") + past(verb), True
    found = [Past(match.start(), last, new, sure)]
    return found + _joined(prose, last, end, verb, (number, plural(subject)[1]))


def _joined(prose: str, start: int, end: int, first: str, number: tuple[bool, bool]) -> list[Past]:
    """Return the verbs that hang on the same "will": "will land and bring back samples"."""
    found: list[Past] = []
    for match in COORDINATE.finditer(prose, start, end):
        word = match["verb"]
        between = prose[start : match.start()]
        # A clause of its own, or another verb's infinitive, may own what follows.
        if re.search(r"[;:—–]| to [a-z]+|\b(?:that|which|who|if|when|where|while|because)\b", between):
            break
        if not is_base(word) and not match["will"]:
            continue
        if first == "be" and not match["will"]:
            continue
        if match["will"]:
            if not is_base(word):
                break
            new = (match["adv"] or "") + (("were" if number[0] else "was") if word == "be" else past(word))
            found.append(Past(match.start("will"), match.end("verb"), new, word != "be" or number[1]))
        elif match["next"] and OBJECTS.match(match["next"]):
            found.append(Past(match.start("verb"), match.end("verb"), past(word), True))
        else:
            found.append(Past(match.start("verb"), match.start("verb"), "", False))
    return found


def _participle(word: str | None) -> bool:
    """Return True where a word looks like the participle of a verb."""
    if not word or is_base(word):
        return False
    if word.endswith("ed") or word in ("been", "gone", "done"):
        return True
    from lemminflect import getAllLemmas, getInflection

    return any(word in getInflection(lemma, "VBN") for lemma in getAllLemmas(word, "VERB").get("VERB", ()))


def plural(subject: str) -> tuple[bool, bool]:
    """Return whether a subject is plural, and whether that is certain."""
    subject = re.sub(r"\s*[,(].*$", "", subject.strip())
    head = re.split(r"\s(?:of|in|at|on|for|from|with|to|by|between|under|near)\s", subject)[0].strip()
    if not head:
        return False, False
    word = head.split()[-1]
    if re.search(r"\band\b", head):
        return True, not re.search(r"&", head)
    if re.match(
        r"(?:both|many|several|some|all|most|two|three|four|five|six|seven|eight|nine|ten|\d+|these|those)\b",
        head.lower(),
    ):
        return True, True
    if word.lower() in ("it", "he", "she", "this", "that", "i"):
        return False, True
    if PLURAL.search(word):
        return (True, True) if word.islower() or word.lower() in ("they", "we", "you") else (False, False)
    return False, True
