"""The pages of the rules, made of the packs and the detectors' descriptions while MkDocs builds the site: one a pack.

Everything that comes from a pack is text: it stands in the page as escaped HTML, which Markdown leaves alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from cleaner.detectors.described import KEEP, Described, every
from cleaner.packs.expand import EXAMPLE
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.load import knowledge
from cleaner.report.rules import TRANSLATED

LANGUAGES = {
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "ru": "Russian",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
}
ABOUT = {
    "case": "Capitals that an engine left in the middle of a sentence, or lost.",
    "cleaner": "What cleaner says of its own directives in a text.",
    "dates": "Torn and impossible dates, hours, eras, and a tense that the date contradicts.",
    "debris": "Lines of the page that are not the article's.",
    "duplicates": "What stands twice.",
    "encoding": "Characters that a wrong decoding, escaping or input method made.",
    "english": "Slips of grammar that engines make in any language.",
    "grammar": "Sentences without a subject, comma splices, pronouns, fragments.",
    "lists": "Items that do not go together.",
    "names": "Bodies and people under a name or an office that is not theirs, by the facts and by the page itself.",
    "numbers": "Words of magnitude, decimal commas, numbers torn, lost or in contradiction.",
    "scraping": "What scrapers leave of a page: bylines, captions, rights, advertising, buttons.",
    "typography": "Marks, blanks and names of brands.",
    "untranslated": "The source's own script, left standing.",
}
WORDS = 12  # of a rule's context that are shown; `cleaner rule ID` shows all


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages into the navigation."""
    titles = {name: f"rules/{name}.md" for name in _packs(knowledge())}
    assert config.nav is not None
    config.nav.append({"The rules": [{"All packs": "rules/index.md"}, *({k: v} for k, v in titles.items())]})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages."""
    for path, text in pages(knowledge()).items():
        files.append(File.generated(config, f"rules/{path}", content=text))
    return files


def pages(known: Knowledge) -> dict[str, str]:
    """Return the Markdown of each page by its file name."""
    packs = _packs(known)
    out = {f"{name}.md": _page(name, rules) for name, rules in packs.items()}
    rows = [f"| [{name}]({name}.md) | {escape(about(name))} | {len(rules)} |" for name, rules in packs.items()]
    head = (
        "# The rules\n\n`cleaner rules` lists them, `cleaner rule ID` shows one, `cleaner test` runs all examples.\n\n"
    )
    out["index.md"] = head + "\n".join(["| pack | mends | rules |", "|---|---|---|", *rows]) + "\n"
    return out


def about(pack: str) -> str:
    """Return what a pack is for, in a sentence."""
    language = LANGUAGES.get(pack.split("-")[0]) if pack.endswith("-en") else None
    return f"What engines do to {language}." if language else ABOUT.get(pack, "")


def _packs(known: Knowledge) -> dict[str, dict[str, str]]:
    """Return, for each pack, the HTML of its rules by their names."""
    rules: dict[str, str] = {rule.id: "\n".join(_described(rule)) for rule in every()}
    for name, parts in groupby(sorted(known.rules, key=lambda rule: str(rule["id"])), key=lambda rule: rule["id"]):
        rules[name] = "\n".join(_packed(list(parts)))
    out: dict[str, dict[str, str]] = {}
    for name, html in sorted(rules.items()):
        pack, rule = name.split("/")
        out.setdefault(pack, {})[rule] = html
    return out


def _page(pack: str, rules: dict[str, str]) -> str:
    parts = [f"# {pack}", escape(about(pack))]
    for name, html in rules.items():
        parts += [f"## {name} {{#{name}}}", f"<div>\n{html}\n</div>"]
    return "\n\n".join(parts) + "\n"


def _head(name: str, kind: str, why: str) -> Iterator[str]:
    yield f"<p><code>{name}</code>, {escape(kind)}</p>"
    yield f"<p>{_text(why)}</p>"


def _described(rule: Described) -> Iterator[str]:
    yield from _head(rule.id, rule.kind, rule.why)
    yield f"<p>Finds: {_text(rule.finds)}</p>"
    if rule.needs:
        yield f"<p>Looks {TRANSLATED}.</p>"
    yield f"<p>Safety: {_text(rule.safety)}</p>"
    items = []
    for example in rule.examples:
        source = f", translated from {LANGUAGES[example.language]}" if example.language and not rule.needs else ""
        says = "stays" if example.says == KEEP else example.says
        items.append(f"{says}{source}: {_example(example.text, reported=example.says == 'manual')}")
    yield _list(items)


def _packed(parts: list[dict[str, Any]]) -> Iterator[str]:
    first = parts[0]
    yield from _head(first["id"], first["kind"], first["why"])
    for rule in parts:
        if rule["why"] != first["why"]:
            yield f"<p>{_text(rule['why'])}</p>"
        yield f"<p>{'; '.join(_does(rule))}</p>"
        reported = rule["replace"] is None
        examples = [_example(example, reported=reported) for example in rule["examples"]]
        yield _list([*examples, *(f"stays: {_text(keep)}" for keep in rule["keeps"])])


def _does(rule: dict[str, Any]) -> Iterator[str]:
    """Yield what a rule of a pack does and when."""
    if rule["forms"]:
        source = f"{_text(rule['from'])}: " if rule["from"] else ""
        pairs = ((w, "(reported)" if r is None else r or "(removed)") for w, r in rule["forms"].items())
        yield source + ", ".join(f"{_text(wrong)} → {_text(right)}" for wrong, right in pairs)
    else:
        yield f"matches <code>{_text(rule['pattern'])}</code>"
        replace = rule["replace"]
        yield "only reported" if replace is None else f"becomes <code>{_text(replace)}</code>" if replace else "removed"
    for key, says in (("near", "near"), ("unless", "not near")):
        words = rule[key]
        if words:
            more = f" and {len(words) - WORDS} more" if len(words) > WORDS else ""
            yield f"{says}: {', '.join(map(_text, words[:WORDS]))}{more}"
    if rule["needs"]:
        yield TRANSLATED
    yield f"at most {rule['safety']}"


def _example(text: str, *, reported: bool) -> str:
    """Return an example with what is found struck out and what takes its place underlined."""
    out, at = [], 0
    for match in EXAMPLE.finditer(text):
        out.append(_text(text[at : match.start()]))
        if match[1]:
            out.append(f"<mark>{_text(match[1])}</mark>" if reported else f"<del>{_text(match[1])}</del>")
        if match[2] and not reported:
            out.append(f"<ins>{_text(match[2])}</ins>")
        at = match.end()
    return "".join([*out, _text(text[at:])])


def _text(text: str) -> str:
    """Return a text as HTML in one line, so that no blank line ends the block."""
    return escape(text.strip("\n")).replace("\n", "<br>")


def _list(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
