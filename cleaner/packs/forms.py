"""English forms: plurals, verb forms, a and an. Light rules first; lemminflect only where a verb must be inflected."""

from __future__ import annotations

import re

from cleaner.text.lazy import lazy

VOWEL_SOUND = lazy(
    r"(?:[aeio]|u(?!n(?:i[^nm]|anim)|s[aeiu]|t[ei]|k|ro)|eu^|heir|honest|honou?r|hour|[FHLMNRSX](?=[A-Z0-9]|\b)|8|11\b|18\b)"
)
CONSONANT_SOUND = lazy(r"(?:eu|ewe|one\b|once\b|one-|uni(?!n|m)|use|usu|uto|ubi|U[KS]|Eu|One|Uni(?!n|m))")
KEEP_PLURAL = ("sheep", "series", "species", "aircraft", "spacecraft", "information", "equipment")
TAGS = {"past": "VBD", "participle": "VBN", "ing": "VBG", "s": "VBZ", "base": "VB"}


def article(word: str) -> str:
    """Return "an" where `word` begins with a vowel sound, else "a"."""
    if CONSONANT_SOUND.match(word):
        return "a"
    return "an" if VOWEL_SOUND.match(word) or re.match("[AEIO]", word) else "a"


def plural(phrase: str) -> str:
    """Return the plural of a noun phrase: of its last word, or of the word before "of", "in" or "for"."""
    head = re.match(r"(.+?)( (?:of|in|for|at|from|to|with)\b.*)$", phrase)
    front, rest = (head.group(1), head.group(2)) if head else (phrase, "")
    if front.endswith(KEEP_PLURAL):
        return phrase
    if re.search(r"[^aeiou]y$", front):
        return front[:-1] + "ies" + rest
    if re.search(r"(?:s|x|z|ch|sh)$", front):
        return front + "es" + rest
    if front.endswith(("man",)) and not front.endswith("human"):
        return front[:-2] + "en" + rest
    return front + "s" + rest


# Verbs that end like an adverb.
VERBS_IN_LY = {
    "ally",
    "apply",
    "bully",
    "comply",
    "fly",
    "imply",
    "multiply",
    "rally",
    "rely",
    "reply",
    "supply",
    "tally",
}


def verb(word: str, form: str) -> str:
    """Return the form (`past`, `participle`, `ing`, `s`, `base`) of a verb given in its base form.

    Source of the forms: lemminflect's dictionary, with its rules for words it does not hold.
    """
    if form == "base":
        return word
    from lemminflect import getInflection

    found = getInflection(word.lower(), TAGS[form])
    if not found:
        return word
    # Where American and British spelling differ (traveled, travelled) the dictionary's first is taken.
    return str(found[0])


def verb_phrase(phrase: str, form: str) -> str:
    """Inflect a verb phrase: its first word, past an adverb in -ly and through the parts of a hyphenated verb."""
    words = phrase.split(" ")
    at = 1 if len(words) > 1 and words[0].endswith("ly") and words[0] not in VERBS_IN_LY else 0
    front, _, last = words[at].rpartition("-")
    words[at] = (front + "-" if front else "") + verb(last, form)
    return " ".join(words)


def lemma(word: str) -> str:
    """Return the base form of a verb form; the word itself where the dictionary has no such verb."""
    from lemminflect import getLemma

    found = getLemma(word.lower(), "VERB", lemmatize_oov=False)
    return str(found[0]) if found else word.lower()
