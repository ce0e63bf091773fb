"""The plain prompt: one change after the other as lines, one answer a line; for pipes and terminals that can do no more."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import BinaryIO

from cleaner.report.terminal import COLORS
from cleaner.review.session import Session, proposed
from cleaner.review.show import KEYS, Piece, body, escaped, heading, unescaped

STYLES = {"old": "red", "new": "green", "rule": "red", "safe": "green", "unsafe": "yellow", "manual": "cyan"}
DELETE = '""'


def ask(session: Session, source: BinaryIO, say: Callable[[str], None], *, color: bool, offer: bool) -> str:
    """Go through the changes; return how it ended: "quit" before the end, "leave" or "write" the corrected files.

    Without `offer` the end is "write", and nobody is asked.
    """
    while True:
        while session.where is not None or session.go_on():
            say("")
            for line in (heading(session), *body(session.sheet, session.change)):
                say(_line(line, color))
            while True:
                answer = read(source, say, f"{KEYS} > ")
                if answer is None or answer.strip() == "q":
                    return "quit"
                if _obey(session, answer.strip(), source, say):
                    break
        if not offer or not session.changed:
            return "leave" if offer else "write"
        answer = read(source, say, "Nothing left to decide. Write the corrected files? y yes, n no, u undo > ")
        if answer is not None and answer.strip() == "u" and session.undo():
            continue
        return "write" if answer is not None and answer.strip() in ("y", "yes") else "leave"


def read(source: BinaryIO, say: Callable[[str], None], prompt: str) -> str | None:
    """Return the next line of the answers; None at their end. One that is no UTF-8 is asked for again."""
    while True:
        print(prompt, end="", flush=True)
        line = source.readline()
        if not os.isatty(source.fileno()):
            say("")  # nobody's Enter moved the cursor on
        if not line:
            return None
        try:
            return line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            say("not UTF-8; once more")


def _obey(session: Session, answer: str, source: BinaryIO, say: Callable[[str], None]) -> bool:
    """Do what was answered; return True where another change is to be shown."""
    if answer in ("a", "r"):
        session.decide({"a": "accept", "r": "reject"}[answer])
    elif answer in ("A", "R"):
        count = session.decide_rule({"A": "accept", "R": "reject"}[answer])
        say(f"{count} {'accepted' if answer == 'A' else 'rejected'}")
    elif answer == "s":
        session.skip()
    elif answer == "u":
        if not session.undo():
            say("nothing to take back")
            return False
        return True
    elif answer == "e":
        say(f"now: {escaped(proposed(session.sheet.text, session.change))}")
        text = read(source, say, f"put instead ({DELETE} for nothing, an empty line leaves it) > ")
        if not text:
            return False
        session.decide("edit", "" if text == DELETE else unescaped(text))
    elif answer == "w":
        session.why = (read(source, say, "why (kept with what you decide now) > ") or "").strip()
        return False
    else:
        say("one of a r e A R w u s q, please")
        return False
    session.go_on()
    return True


def _line(pieces: Sequence[Piece], color: bool) -> str:
    if not color:
        return "".join(text for _, text in pieces)
    return "".join(
        f"\x1b[{COLORS[STYLES.get(style, style)]}m{text}\x1b[0m" if style else text for style, text in pieces
    )
