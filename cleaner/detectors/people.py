"""People in a page: who they are by the facts, and what their names and titles tell of their gender."""

from __future__ import annotations

from cleaner.packs.knowledge import Knowledge
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

NAME = lazy(r"\b[A-Z][a-z]+(?:[-’'][A-Za-z]+)?(?: [A-Z][a-z]+(?:-[A-Za-z]+)?)*\b")
# Russian surnames and patronymics with a feminine ending.
FEMININE = lazy(r"\b[A-Z][a-z]+(?:ova|eva|ina|skaya|tskaya|aya|ovna|evna|ysheva)\b")
NOT_SURNAMES = frozenset(
    [
        "China",
        "Argentina",
        "Ukraina",
        "Medina",
        "Carolina",
        "Katrina",
        "Marina",
        "Farina",
        "Cantina",
        "Regina",
        "Palestina",
        "Bosnia",
        "Athena",
        "Casanova",
        "Nova",
        "Geneva",
        "Eva",
        "Ocarina",
        "Catalina",
        "Cristina",
        "Christina",
        "Messina",
        "Herzegovina",
        "Vagina",
        "Machina",
        "Nina",
        "Dina",
        "Tina",
        "Sina",
    ]
)
WOMAN = lazy(
    r"\b(?:woman|women's|actress|girl|mother|wife|daughter|sister|grandmother|queen|princess|spokeswoman|chairwoman|Ms|Mrs|Miss)\b"
)
MAN = lazy(r"\b(?:man|actor|boy|father|husband|son|brother|grandfather|king|prince|spokesman|Mr)\b")


def feminine(name: str) -> bool:
    """Return True where a name carries a Russian feminine ending."""
    return any(m.group() not in NOT_SURNAMES for m in FEMININE.finditer(name))


def genders(known: Knowledge) -> dict[str, str]:
    """Return the gender of each person of the facts that gives one, by every spelling of the name, and by the surname."""
    out: dict[str, str] = {}
    for fact in known.facts:
        entries = [*fact["people"], fact] if fact.get("type") == "person" else fact["people"]
        for person in entries:
            if "gender" in person:
                for name in (person["name"], *person.get("also", [])):
                    out[name] = person["gender"]
    return out


def people_in(document: Document, known: Knowledge, start: int, end: int) -> dict[str, str | None]:
    """Return the people that prose `[start, end)` names, by the facts or by a Russian feminine ending, with their gender."""
    text = document.prose[start:end]
    found: dict[str, str | None] = {}
    table = genders(known)
    for match in NAME.finditer(text):
        name = match.group()
        if name in table:
            found[name] = table[name]
        elif feminine(name):
            found[name] = "f"
    return found


def person_gender(document: Document, known: Knowledge, start: int, end: int) -> str | None:
    """Return the gender of the one person whom `[start, end)` speaks of; None where it names none or several."""
    found = set(people_in(document, known, start, end).values()) - {None}
    text = document.prose[start:end]
    if not found:
        if WOMAN.search(text) and not MAN.search(text):
            return "f"
        if MAN.search(text) and not WOMAN.search(text):
            return "m"
    return found.pop() if len(found) == 1 else None
