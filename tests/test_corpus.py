"""Documents in bulk: real Markdown and HTML keeps its tree under every fix; artifacts planted anywhere are found, nothing else.

The real documents are what the installed packages bring; CLEANER_CORPUS names one more folder.
"""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleaner.engine import Engine, Options
from cleaner.results import Result
from cleaner.text.formats import parse

LARGEST = 60_000  # characters
BOLD = Engine(Options(unsafe=True))
TRANSLATED = Engine(Options(unsafe=True, language="zh"))


def documents() -> Iterator[tuple[str, str, str]]:
    """Yield (name, format, text) of the documents of installed packages, and of the folder that CLEANER_CORPUS names."""
    installed = Path(sysconfig.get_paths()["purelib"])
    for path in sorted(installed.glob("*.dist-info/METADATA")):
        head, _, body = path.read_text("utf-8", "replace").partition("\n\n")
        if "Description-Content-Type: text/markdown" in head and len(body) <= LARGEST:
            yield path.parent.name, "markdown", body
    folders = [installed, *([Path(os.environ["CLEANER_CORPUS"])] if "CLEANER_CORPUS" in os.environ else [])]
    for folder in folders:
        for suffix, form in ((".md", "markdown"), (".html", "html")):
            for path in sorted(folder.rglob(f"*{suffix}")):
                text = path.read_bytes().decode("utf-8", "replace")
                if len(text) <= LARGEST:
                    yield str(path.relative_to(folder)), form, text


EVERY = list(documents())


def test_there_are_documents() -> None:
    assert sum(form == "markdown" for _, form, _ in EVERY) >= 25
    assert sum(form == "html" for _, form, _ in EVERY) >= 5


# ---- trees, by parsers that cleaner does not use ----


def markdown_tree(text: str) -> list[tuple[Any, ...]]:
    """Return the nodes of a Markdown document without its words."""
    if text.startswith("---\n"):
        text = text.partition("\n---\n")[2]
    out: list[tuple[Any, ...]] = []

    def walk(tokens: list[Any]) -> None:
        for token in tokens:
            if token.type in ("text", "softbreak"):
                continue
            words = token.type in ("inline", "image")
            if token.type == "html_block":
                out.append((token.type, tuple(html_tree(token.content))))
                continue
            attrs = {k: v for k, v in token.attrs.items() if k not in ("alt", "title")}
            out.append((token.type, token.tag, token.markup, str(attrs), "" if words else token.content, token.info))
            walk(token.children or [])

    walk(MarkdownIt("gfm-like", {"linkify": False}).parse(text))
    return out


class Tags(HTMLParser):
    """Collects the tags of an HTML document, with the attributes that are no prose."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[tuple[Any, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        prose = ("alt", "title", "content", "aria-label", "placeholder", "summary", "label")
        self.out.append((tag, tuple(a for a in attrs if a[0] not in prose)))

    def handle_endtag(self, tag: str) -> None:
        self.out.append((f"/{tag}",))


def html_tree(text: str) -> list[tuple[Any, ...]]:
    """Return the tags of an HTML document, without its words."""
    tags = Tags()
    tags.feed(text)
    tags.close()
    return tags.out


TREES = {"markdown": markdown_tree, "html": html_tree}


def within(small: list[Any], large: list[Any]) -> bool:
    """Return whether `small` is `large` with some of its members left out."""
    rest = iter(large)
    return all(any(one == other for other in rest) for one in small)


def spliced(result: Result) -> str:
    """Return the text with the script applied by hand."""
    out, at = [], 0
    for edit in result.script:
        assert at <= edit.start <= edit.end
        out += [result.before[at : edit.start], edit.text]
        at = edit.end
    return "".join([*out, result.before[at:]])


@pytest.mark.parametrize("engine", [BOLD, TRANSLATED], ids=["unsafe", "translated"])
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_real_documents_keep_their_trees(form: str, engine: Engine) -> None:
    changed = 0
    for name, its, text in EVERY:
        if its != form:
            continue
        result = engine.fix(parse(text, form, name))
        assert spliced(result) == result.after
        if result.after == text:
            continue
        changed += 1
        mends = any(each.finding.fixes[0].markup for each in result.found if each.applied)
        before, after = TREES[form](text), TREES[form](result.after)
        # What is cut whole (a button, a repeated line) leaves the tree; nothing else in it moves, changes or comes.
        assert mends or within(after, before), name
    assert changed or form == "html"


# ---- artifacts planted at random ----

CALM = [
    "The committee met on Tuesday and agreed on the budget for the coming year.",
    "Nobody in the village had expected so much rain so early in the season.",
    "She read the letter twice, folded it and put it back into the drawer.",
    "The museum opens at nine and closes at five, except on Mondays.",
    "A good hammer is worth more than three bad ones, as every carpenter knows.",
    "Prices rose by about two percent, which was less than the bank had feared.",
    "The trail climbs through a pine forest and ends at a small stone hut.",
]
PLANTED = [
    ("The lander touched down on the back of the moon.", "The lander touched down on the far side of the moon."),
    (
        "The probe of the mission sees the front of the moon.",
        "The probe of the mission sees the near side of the moon.",
    ),
    ("Reported that the bridge is open again.", "It was reported that the bridge is open again."),
    ("The women\ufffds team won the cup.", "The women’s team won the cup."),
    ("On May 22th the road was opened.", "On May 22nd the road was opened."),
    ("It was a long time of exploration .", "It was a long time of exploration."),
]
MARKS = {
    "plain": [("", "")],
    "markdown": [("", ""), ("- ", ""), ("> ", ""), ("# ", ""), ("**", "**"), ("1. ", "")],
    "html": [("<p>", "</p>"), ("<li>", "</li>"), ("<p>\n  ", "\n</p>"), ("<blockquote><p>", "</p></blockquote>")],
}
NOISE = {
    "plain": ["", "\n"],
    "markdown": [
        "",
        "```\nthe back of the moon, said said\n```",
        "| a | b |\n|---|---|\n| 1 | `of of` |",
        "<!-- the the -->",
    ],
    "html": ["", "<pre>the the back of the moon</pre>", "<!-- of of -->", '<img src="back-of-the-moon.png">', "<hr>"],
}


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_artifacts_planted_anywhere_are_mended_and_nothing_else(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(sorted(MARKS)))
    ending = data.draw(st.sampled_from(["\n", "\r\n"]))
    calm = data.draw(st.lists(st.sampled_from(CALM), min_size=2, max_size=7, unique=True))
    planted = data.draw(st.lists(st.sampled_from(PLANTED), min_size=1, max_size=4, unique=True))
    blocks: list[tuple[str, str]] = []
    for sentence in calm:
        before, after = data.draw(st.sampled_from(MARKS[form]))
        blocks.append((f"{before}{sentence}{after}", f"{before}{sentence}{after}"))
        noise = data.draw(st.sampled_from(NOISE[form]))
        if noise.strip():
            blocks.append((noise, noise))
    for wrong, right in planted:
        before, after = data.draw(st.sampled_from(MARKS[form]))
        lead = data.draw(st.sampled_from(["", "The weather was fine. "]))
        at = data.draw(st.integers(0, len(blocks)))
        blocks.insert(at, (f"{before}{lead}{wrong}{after}", f"{before}{lead}{right}{after}"))
    text, want = (
        f"{ending}{ending}".join(side).replace("\r\n", "\n").replace("\n", ending) + ending
        for side in zip(*blocks, strict=True)
    )
    assert TRANSLATED.fix(parse(text, form)).after == want
