"""Translated documentation and blogs: splices, lists, fragments, articles, names of products, recipes. What must stay stays."""

from __future__ import annotations

import pytest

from cleaner.engine import Options, engine
from cleaner.text.formats import parse


def fixed(text: str, language: str | None = "zh", form: str = "markdown") -> str:
    return engine(Options(language=language)).fix(parse(text, form, "<test>")).after


def rules(text: str, language: str | None = "zh") -> set[str]:
    return {f.rule for f in engine(Options(language=language)).check(parse(text, "markdown", "<test>"))[0]}


CHANGED = [
    # splices
    ("The editor has a plugin system, all the plugins are listed in the menu.", "The editor has a plugin system. All the plugins are listed in the menu."),
    ("We are happy to meet the author today, let's hear his story.", "We are happy to meet the author today. Let's hear his story."),
    ("The server is open to everyone in the lab, it can store big files.", "The server is open to everyone in the lab. It can store big files."),
    ("Your patch may be a test, a script or a page, imagine it on a thousand machines.", "Your patch may be a test, a script or a page. Imagine it on a thousand machines."),
    ("Thanks to the new index the search is fast, this may be the reason for its success.", None),
    # lists
    ("My contributions:\n\n- Added a cache\n- Fixed two bugs\n- Optimize the parser\n", "My contributions:\n\n- Added a cache\n- Fixed two bugs\n- Optimized the parser\n"),
    ("I have worked here for a year.\n\nWhat I gained:\n\n1. Learned a lot.\n2. Broaden your horizons.\n", "I have worked here for a year.\n\nWhat I gained:\n\n1. Learned a lot.\n2. Broadened my horizons.\n"),
    ("- Open the file\n- Close the file\n- Print the page\n- show the menu\n", "- Open the file\n- Close the file\n- Print the page\n- Show the menu\n"),
    ("It sends mail by `smtp` `imap` `pop3` and more.", "It sends mail by `smtp`, `imap`, `pop3` and more."),
    ("The work can be divided into three steps\n\n- Read\n- Sort\n- Write\n", "The work can be divided into three steps:\n\n- Read\n- Sort\n- Write\n"),
    # fragments
    ("I know all the hills of the county. Including the steep one in the north.", "I know all the hills of the county, including the steep one in the north."),
    ("The soup is lovely on cold days. Rich in fibre and iron, good for the whole family.", "The soup is lovely on cold days. It is rich in fibre and iron, good for the whole family."),
    ("I learned a great deal this year. here is what I did.", "I learned a great deal this year. Here is what I did."),
    # articles
    ("It adds an index for `users` table.", "It adds an index for the `users` table."),
    ("The site is built with Spring framework.", "The site is built with the Spring framework."),
    # products
    ("Using froobly you can draw. The tool is based on Froobly too. Froobly lets you print. With froobly it is easy.",
     "Using Froobly you can draw. The tool is based on Froobly too. Froobly lets you print. With Froobly it is easy."),
    ("Call the Foo BarReader first; then `FooBarReader` returns a list.", "Call the FooBarReader first; then `FooBarReader` returns a list."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), CHANGED)
def test_changed(text: str, right: str | None) -> None:
    assert fixed(text) == (text if right is None else right)


KEPT = [
    # figures of speech
    "They left at dawn; the race was friendly, the nights were short.",
    "My uncle on the boat was afraid of storms, my aunt was not.",
    "If the file is empty, the program stops at once.",
    "When you press the key, it opens the door.",
    "According to the manual, the pump is safe.",
    "We will not rest, we will not yield to them.",
    "In the first part of the book, the hero is a boy.",
    "He said that in the winter, the road is closed.",
    "The pump is new, you know, and it is loud.",
    "The road is long, because the hill is steep, the bus is slow and the driver is old.",
    "Steps:\n\n- Add the salt\n- Stir the soup\n- Serve the bowl\n",
    "How to contribute:\n\n1. Fork the project\n2. Write a test\n3. Open a request\n",
    "- one\n- two\n- Three\n- four\n",
    "- Open it\n- Close it\n- Print it\n- npm is used here\n",
    "It is `a` `b` there.",
    "We saw many things\n\n- Bread\n- Wine\n",
    "It has many tools, e.g. a saw. Including tax it costs ten dollars.",
    "The firm grew, etc. and so on for years.",
    "It runs in `debug` mode and returns `int` values.",
    "It depends on `foo` library functions and methods.",
    "He works with the Spring framework.",
    "We use a chatbot here. The Chatbot Award went to us. Each chatbot is good.",
    "Call the Foo Bar first.",
    "Remove the pot from the heat and cover it with the lid.",
]


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert fixed(text) == text


@pytest.mark.parametrize(
    "text", [text for text, right in CHANGED if right is not None and not text.startswith("It sends")]
)
def test_people_write_so(text: str) -> None:
    """Without a word of its being translated, nothing of this is touched."""
    assert fixed(text, None) == text


def test_reported_only() -> None:
    soup = "- Heat wok, boil water, add garlic and ginger, open pot lid put in salt, stir-fry once.\n"
    assert "grammar/telegraphic" in rules(soup)
    assert "grammar/left-over" in rules("I liked the design and its many functions. me. Then I went home.")
    assert "grammar/fragment" in rules("It is hard. Especially, developing a bot on a closed platform.")


def test_a_page_keeps_its_language_through_the_rounds() -> None:
    """What the first round mended showed the language; what is left is still a translation."""
    text = (
        "The new crown epidemic is over, the relevant person in charge said.\n\n"
        "The reporter learned that small partners like the new crown vaccine. If it helps, 欢迎提 PR.\n"
    )
    said = engine(Options()).fix(parse(text, "markdown", "<test>"))
    assert "new crown" not in said.after
    assert "untranslated/remains" in {f.finding.rule for f in said.found}
