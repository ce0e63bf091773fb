"""Estimate translation markers: phrases that stand in machine translation from a language and not in human English.

    python benchmarks/markers.py DATA.jsonl.gz HUMAN_FOLDER [--lang ru]... [--output rules/markers]

DATA holds a JSON object a line with lang, system, doc, hyp and refs (the format of the WMT sets: the machine's segment and
what people made of it); HUMAN_FOLDER holds text files that people wrote. For each language a block of markers is printed,
or written to LANG.yaml.

A phrase is one to four words in lower case. What is counted is its presence in passages of about the same length: of
system output, of the references, of human text. Its weight is the log-odds of output against the references or against
human text, whichever is lower (the references share the subject, the human text shares the trade), with LENIENCE passages
added to every cell, and never more than CAP either way. A phrase is kept when it was seen in enough different documents;
of two that overlap only the heavier one, since the score adds weights up.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

PASSAGE = 250  # words; shorter documents of one language are joined, so that presence means the same everywhere
LENIENCE = 1.0
CAP = 2.5
SMALLEST = 1.0  # a weight below this is noise
DOCUMENTS = 6  # different documents (or joined groups of them) that must hold a phrase
WORD = re.compile(r"[\w'’-]+|[.,;:!?()\"“”]")
FUNCTION_WORDS = """
a an the of to in on at by for with from and or but not no is are was were be been being has have had do does did it its
he she they we you i his her their our your my this that these those as if than then so there who which what will would
can could may might must shall should all any more most some such only also very about into out up over after before
"""
FUNCTION = frozenset(FUNCTION_WORDS.split())


def tokens(text: str) -> list[str]:
    """Return the words and stops of a text in lower case; names and figures stand as breaks."""
    out: list[str] = []
    for line in text.splitlines():
        for match in WORD.finditer(line):
            word = match.group()
            name = word[0].isupper() and out and out[-1] not in '.!?:"“('
            out.append("\n" if name or any(c.isdigit() for c in word) else word.lower().replace("’", "'"))
        out.append("\n")
    return out


def phrases(words: Sequence[str]) -> set[str]:
    """Return the phrases of up to four words that a passage holds; none runs over a stop or a line."""
    found: set[str] = set()
    for start in range(len(words)):
        for end in range(start + 1, min(start + 4, len(words)) + 1):
            if not words[end - 1][0].isalpha():
                break
            found.add(" ".join(words[start:end]))
    return found


def passages(texts: Iterable[str]) -> Iterator[tuple[set[str], int]]:
    """Yield (phrases, number of the document group) for passages of about PASSAGE words, joined from short texts or cut."""
    gathered: list[str] = []
    for group, text in enumerate(texts):
        gathered += tokens(text)
        while len(gathered) >= PASSAGE:
            yield phrases(gathered[:PASSAGE]), group
            gathered = gathered[PASSAGE:]


def read(path: Path, lang: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return the texts of the systems (system: a text a document) and the reference texts of one language."""
    systems: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    references: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["lang"] != lang:
                continue
            systems[row["system"]][row["doc"]].append(row["hyp"])
            for number, reference in enumerate(row["refs"]):
                references[number, row["doc"]][row["source"]] = reference
    outputs = {system: ["\n".join(part) for part in docs.values()] for system, docs in systems.items()}
    return outputs, ["\n".join(part.values()) for part in references.values()]


def presence(texts: Iterable[str]) -> tuple[Counter[str], Counter[str], int]:
    """Return in how many passages each phrase stands, in how many document groups, and the number of passages."""
    held: Counter[str] = Counter()
    groups: dict[str, set[int]] = defaultdict(set)
    number = 0
    for found, group in passages(texts):
        number += 1
        held.update(found)
        for phrase in found:
            groups[phrase].add(group)
    return held, Counter({phrase: len(seen) for phrase, seen in groups.items()}), number


def log_odds(here: float, of_here: float, there: float, of_there: float) -> float:
    """Return the smoothed log-odds ratio of two shares."""
    return math.log((here + LENIENCE) / (of_here - here + LENIENCE)) - math.log(
        (there + LENIENCE) / (of_there - there + LENIENCE)
    )


def markers(path: Path, human: Sequence[str], lang: str) -> dict[str, float]:
    """Return the phrases worth keeping with their weights."""
    outputs, reference_texts = read(path, lang)
    held: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    total = 0.0
    for texts in outputs.values():  # systems share their sources: together they count as one
        counts, groups, number = presence(texts)
        for phrase, count in counts.items():
            held[phrase] += count / len(outputs)  # type: ignore[assignment]  # shares of a count
            seen[phrase] = max(seen[phrase], groups[phrase])
        total += number / len(outputs)
    references, _, of_references = presence(reference_texts)
    people, _, of_people = presence(human)
    weights: dict[str, float] = {}
    for phrase, count in held.items():
        words = phrase.split()
        if seen[phrase] < DOCUMENTS or all(word in FUNCTION for word in words) or words[-1] in ("a", "an", "the"):
            continue
        weight = min(
            log_odds(count, total, references[phrase], of_references), log_odds(count, total, people[phrase], of_people)
        )
        if weight >= SMALLEST:
            weights[phrase] = round(min(CAP, weight), 1)
    return independent(weights)


def independent(weights: dict[str, float]) -> dict[str, float]:
    """Keep of phrases that hold one another only the heaviest."""
    kept: dict[str, float] = {}
    for phrase, weight in sorted(weights.items(), key=lambda item: (-item[1], -len(item[0]), item[0])):
        if not any(f" {phrase} " in f" {other} " or f" {other} " in f" {phrase} " for other in kept):
            kept[phrase] = weight
    return kept


def block(lang: str, weights: dict[str, float], source: str) -> str:
    """Return a block of markers as YAML."""
    lines = [
        f"# Written by benchmarks/markers.py from {source}; edit curated.yaml instead.",
        "- why: Phrases that systems write and the translators of the same text do not.",
        "  markers:",
    ]
    lines += [f"    {json.dumps(phrase)}: {{{lang}: {weight}}}" for phrase, weight in weights.items()]
    return "\n".join(lines if weights else [*lines[:-1], "  markers: {}"]) + "\n"


def main() -> None:
    """Estimate, and print or write."""
    parser = argparse.ArgumentParser(description="Estimate translation markers.")
    parser.add_argument("data", type=Path)
    parser.add_argument("human", type=Path)
    parser.add_argument("--lang", action="append")
    parser.add_argument("--output", type=Path)
    args = parser.parse_args()
    files = sorted(p for p in args.human.iterdir() if p.suffix in (".txt", ".md") and p.name != "SOURCES.md")
    human = [p.read_text("utf-8") for p in files]
    for lang in args.lang or ["zh", "ru"]:
        text = block(lang, markers(args.data, human, lang), args.data.name)
        if args.output:
            (args.output / f"{lang}.yaml").write_text(text, "utf-8")
        else:
            print(text)


if __name__ == "__main__":
    main()
