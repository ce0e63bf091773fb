"""The full screen: the same session as the plain prompt, one change a page, one key a decision."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.styles import Style

from cleaner.review.session import Session, proposed
from cleaner.review.show import KEYS, Piece, body, escaped, heading, unescaped
from cleaner.text.files import InputError

STYLE = Style.from_dict(
    {
        "bar": "reverse",
        "old": "ansired",
        "new": "ansigreen bold",
        "bold": "bold",
        "dim": "ansibrightblack",
        "rule": "bold",
        "safe": "ansigreen",
        "unsafe": "ansiyellow",
        "manual": "ansicyan",
    }
)
END = "w write the corrected files, u undo, q leave them"
NOTE = "Enter keeps this reason for what you decide now, Esc leaves it"
EDIT = r"Enter takes this text, Esc leaves the change as it was; \n is a line break"


class Screen:
    """The application around a session; `run` returns how it ended: "quit", "leave" or "write"."""

    def __init__(self, session: Session, *, color: bool, offer: bool) -> None:
        self.session = session
        self.offer = offer
        self.editing = False
        self.noting = False  # what is typed in is the reason, not the text
        self.line = 0
        self.note = ""
        self.buffer = Buffer(multiline=False, accept_handler=self._taken)
        text = FormattedTextControl(
            self._text, focusable=True, show_cursor=False, get_cursor_position=lambda: Point(0, self.line)
        )
        self.page = Window(text, wrap_lines=True)
        self.field = Window(BufferControl(self.buffer), wrap_lines=True, height=Dimension(min=1, max=6))
        editing = Condition(lambda: self.editing)
        root = HSplit(
            [
                Window(FormattedTextControl(self._head), height=1, style="class:bar"),
                self.page,
                ConditionalContainer(HSplit([Window(char="─", height=1), self.field]), editing),
                Window(FormattedTextControl(self._foot), wrap_lines=True, dont_extend_height=True, style="class:bar"),
            ]
        )
        self.app: Application[str] = Application(
            Layout(root, focused_element=self.page),
            key_bindings=self._keys(editing),
            style=STYLE,
            full_screen=True,
            color_depth=None if color else ColorDepth.DEPTH_1_BIT,
        )
        self.app.ttimeoutlen = 0.05  # Esc alone is not the start of a longer key

    def run(self) -> str:
        """Ask about all changes. Raises InputError where a decision cannot be kept."""
        if not self.session.go_on() and not (self.offer and self.session.changed):
            return "leave" if self.offer else "write"
        return self.app.run()

    # ---- what is shown ----

    def _head(self) -> StyleAndTextTuples:
        if self.session.where is None:
            return [("", "Nothing left to decide.")]
        return [("", text) for _, text in heading(self.session)]

    def _lines(self) -> list[list[Piece]]:
        if self.session.where is None:
            left = self.session.left
            return [[], [("", f"{self.session.decided} decided, {left} left for another time.")]]
        return body(self.session.sheet, self.session.change)

    def _text(self) -> StyleAndTextTuples:
        lines = self._lines()
        self.line = min(self.line, max(0, len(lines) - 1))
        return [
            piece
            for line in lines
            for piece in [*((f"class:{style}" if style else "", text) for style, text in line), ("", "\n")]
        ]

    def _foot(self) -> str:
        keys = NOTE if self.noting else EDIT if self.editing else END if self.session.where is None else KEYS
        return f"{self.note}  {keys}" if self.note else keys

    # ---- what the keys do ----

    def _keys(self, editing: Condition) -> KeyBindings:
        keys = KeyBindings()
        asking = Condition(lambda: not self.editing and self.session.where is not None)
        ended = Condition(lambda: not self.editing and self.session.where is None)

        def on(key: str, when: Condition, act: Callable[[], object]) -> None:
            @keys.add(key, filter=when, eager=True)
            def _(event: KeyPressEvent) -> None:
                self._do(act)

        for key, verdict in (("a", "accept"), ("r", "reject")):
            on(key, asking, lambda verdict=verdict: self._on(self.session.decide, verdict))  # type: ignore[misc]
            on(key.upper(), asking, lambda verdict=verdict: self._rule(verdict))  # type: ignore[misc]
        on("s", asking, lambda: self._on(self.session.skip))
        on("e", asking, self._edit)
        on("w", asking, self._reason)
        on("u", asking | ended, self._undo)  # type: ignore[arg-type]
        on("down", asking, lambda: self._scroll(1))
        on("up", asking, lambda: self._scroll(-1))
        on("w", ended, lambda: self.app.exit(result="write"))
        on("escape", editing, self._close)
        for key in ("q", "c-d"):
            on(key, asking, lambda: self.app.exit(result="quit"))
            on(key, ended, lambda: self.app.exit(result="leave"))
        keys.add("c-c")(lambda event: self.app.exit(result="quit"))
        return keys

    def _do(self, act: Callable[[], object]) -> None:
        self.note = ""
        try:
            act()
        except InputError as error:
            self.app.exit(exception=error)

    def _on(self, say: Callable[..., object], *args: str) -> None:
        say(*args)
        self.line = 0
        if not self.session.go_on() and not (self.offer and self.session.changed):
            self.app.exit(result="leave" if self.offer else "write")

    def _rule(self, verdict: str) -> None:
        rule = self.session.change.lead.rule
        before = self.session.decided
        self._on(self.session.decide_rule, verdict)
        self.note = f"{self.session.decided - before} of {rule}: {verdict}ed."

    def _undo(self) -> None:
        self.line = 0
        if not self.session.undo():
            self.note = "Nothing to take back."

    def _scroll(self, step: int) -> None:
        self.line = max(0, self.line + step)

    def _edit(self) -> None:
        self.buffer.text = escaped(proposed(self.session.sheet.text, self.session.change))
        self.buffer.cursor_position = len(self.buffer.text)
        self.editing = True
        self.app.layout.focus(self.field)

    def _reason(self) -> None:
        self.buffer.text = self.session.why
        self.buffer.cursor_position = len(self.buffer.text)
        self.editing = self.noting = True
        self.app.layout.focus(self.field)

    def _close(self) -> None:
        self.editing = self.noting = False
        self.app.layout.focus(self.page)

    def _taken(self, buffer: Buffer) -> bool:
        if self.noting:
            self.session.why = buffer.text.strip()
            self._close()
            self.note = f"Why: {self.session.why}" if self.session.why else ""
            return False
        text = unescaped(buffer.text)
        self._close()
        self._do(lambda: self._on(self.session.decide, "edit", text))
        return False
