"""Formats: what is prose in Markdown and HTML, where it stands, and that edits and cuts leave the rest as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.engine import sound
from cleaner.findings import Finding, Fix, Safety
from cleaner.text.document import OBJECT, Document
from cleaner.text.edits import Edit, ScriptEdit, apply
from cleaner.text.formats import parse
from cleaner.text.formats.structure import same_structure, tidy

# text, what is read in it (blocks by |), and the kinds of the blocks
MARKDOWN = [
    ("One two\nthree.\n\nFour.\n", "One two three.|Four.", "paragraph paragraph"),
    ("# Head *x* #\n\nText", "Head x|Text", "heading paragraph"),
    ("Head\nover two\n====\n", "Head over two", "heading"),
    ("Rosneft <b>President</b> [Dmitry Rogozin](u)", "Rosneft President Dmitry Rogozin", "paragraph"),
    ("A *b **c** d* __e__ ~~f~~ g", "A b c d e f g", "paragraph"),
    ("Run `make all` or see https://a.b/c_d_e. Or <http://x.y>, a@b.org.", "Run ￼ or see ￼. Or ￼, ￼.", "paragraph"),
    ("Get @scope/pack, org/name@1.0.2 or a/b :tada: @ 9:30:15.", "Get ￼, ￼ or a/b ￼ @ 9:30:15.", "paragraph"),
    ("AT&amp;T&nbsp;is \\*not\\* &#65; &foo;", "AT&T\xa0is *not* A &foo;", "paragraph"),
    ("Hard  \nbreak\\\nhere<br>too", "Hard break here too", "paragraph"),
    ("Gone<!-- a note -->. [^1]\n\n[^1]: The note.", "Gone.|The note.", "paragraph paragraph"),
    ("It costs $5 to $6, where $x^2$ is $$y$$; 5~10 or 6~7.", "It costs $5 to $6, where ￼ is ￼; 5~10 or 6~7.", "paragraph"),
    ("See [text][r], [r] and [none] [at all].\n\n[r]: http://x.y", "See text, r and [none] [at all].", "paragraph"),
    ("- a\n- b\n  - c\n\n1. d", "a|b|c|d", "item item item item"),
    ("- [ ] to do\n- [x] done", "to do|done", "item item"),
    ("> one\n> two\n\n> [!NOTE]\n> three", "one two|three", "quote quote"),
    ("![alt *text*](x.png)\n*A caption*", "A caption|alt text", "paragraph caption"),
    ("[![Build](b.svg)](u) [![Docs](d.svg)](v)", "Build|Docs", "caption caption"),
    ("| a *b* | c |\n|---|---|\n| d `e` | f \\| g |", "a b|c|d ￼|f | g", "cell cell cell cell"),
    ("```\ncode\n```\n\n    more code\n\ntext", "text", "paragraph"),
    ("<div>\n<p>In <i>HTML</i></p>\n<pre>code</pre>\n</div>", "In HTML", "paragraph"),
    ("<details><summary>Sum</summary>\n\ntext\n\n</details>", "Sum|text", "paragraph paragraph"),
    ("A <code>x *y*</code> and <kbd>Ctrl</kbd> end", "A ￼ and ￼ end", "paragraph"),
    ("Hello {{ site.name }} and {% if x %}you{% endif %}.", "Hello ￼ and ￼you￼.", "paragraph"),
    ("{{< figure src=\"a b\" >}}\n\ntext", "text", "paragraph"),
    ("{% highlight ruby %}\nputs 1\n\nputs 2\n{% endhighlight %}\n\ntext", "text", "paragraph"),
    (":::tip Title\ntext\n:::", "text", "paragraph"),
    ('!!! note "A title"\n    text\n\n    more\n', "A title|text|more", "heading paragraph paragraph"),
    ("import X from 'y'\n\n<Tabs>\n\ntext {x.y}\n\n</Tabs>", "text ￼", "paragraph"),
    ("## Head {#id}\n\ntext\n{: .wide}", "Head|text", "heading paragraph"),
    ("Term\n: Definition", "Term|Definition", "paragraph item"),
    ("intro:\n●one\n●two", "intro:|●one|●two", "paragraph paragraph paragraph"),
    ("[TOC]\n\n***\n\ntext", "text", "paragraph"),
    ("*(Responsible editor: Li)*\n\n**Swipe left >>>**", "(Responsible editor: Li)|Swipe left >>>", "paragraph paragraph"),
    ("**“中文”**后 é **b**", "“中文”后 é b", "paragraph"),
    ("a\r\nb\r\n\r\n- c\r\n", "a b|c", "paragraph item"),
    ("---\ntitle: \"A \\\"b\\\" \\u2014 c\"\ntags: [x, y]\nlayout: post\n---\n\ntext", 'A "b" — c|text', "value paragraph"),
    ("---\ntitle: 'It''s'\ndescription: >\n  Folded\n  text\n\n  two\nauthor: Me\n---\n", "It's|Folded text|two", "value value value"),
    ("---\nsummary: plain text # no\n  more\ntitle: true\nexcerpt: with `code` in\n---\n", "plain text|with ￼ in", "value value"),
    ('+++\ntitle = "A \\"b\\""\nsubtitle = \'c\'\ndraft = true\n[params]\nx = "y"\n+++\ntext', 'A "b"|c|text', "value value paragraph"),
]  # fmt: skip
HTML = [
    ("<p>One <b>two</b>\n  three</p>", "One two three", "paragraph"),
    ("<h1>Head</h1><h3>Sub</h3>", "Head|Sub", "heading heading"),
    ("<p>Track &amp; Field&nbsp;News &lt; A & B, 1 < 2</p>", "Track & Field\xa0News < A & B, 1 < 2", "paragraph"),
    ("<ul><li>a<li>b</ul><ol><li><p>c</p></li></ol>", "a|b|c", "item item item"),
    ("<p>a<p>b<div>c</div>d", "a|b|c|d", "paragraph paragraph paragraph paragraph"),
    ("<table><tr><th>a<td>b<tr><td><p>c</p></table>", "a|b|c", "cell cell cell"),
    ("<figure><img src=x alt='An &quot;alt&quot;'><figcaption>Cap</figcaption></figure>", 'An "alt"|Cap', "caption caption"),
    ("<title>T &amp; t</title><meta name='description' content='D'><meta name=robots content=no>", "T & t|D", "value value"),
    ("<p>Use <code>a <b>b</b></code> at https://x.y/z.</p><pre>x</pre><script>if (a < b) x('<p>')</script>", "Use ￼ at ￼.", "paragraph"),
    ("<style>p {}</style><!-- no --><p>yes <!-- no -->and</p><textarea>no</textarea>", "yes and", "paragraph"),
    ("<blockquote><p>q</p></blockquote><blockquote>r</blockquote>", "q|r", "quote quote"),
    ("<p>Source: A<br>and B.<br>New line<br><br>Third", "Source: A and B.|New line|Third", "paragraph paragraph paragraph"),
    ("<p>Swipe > left >>> b</p> 1 -> 2", "Swipe > left >>> b|1 -> 2", "paragraph paragraph"),
    ("</p></div>text</b> more", "text more", "paragraph"),
    ("<a href='{{ url }}'>go {{ x }}</a> <?php echo '<p>' ?>on", "go ￼ ￼on", "paragraph"),
    ("<p>A <a href=u title='Tip'>link</a></p>", "A link|Tip", "paragraph caption"),
    ("<!doctype html><html><head><title>t</title></head><body>text</body></html>", "t|text", "value paragraph"),
    ("<p>unclosed <b>bold", "unclosed bold", "paragraph"),
    ("<p>中文 <b>é</b> 😀 &mdash;</p>", "中文 é 😀 —", "paragraph"),
]  # fmt: skip


def contents(document: Document) -> list[str]:
    return [document.content(block) for block in document.blocks]


@pytest.mark.parametrize(("text", "prose", "kinds"), MARKDOWN, ids=[case[0][:30] for case in MARKDOWN])
def test_markdown(text: str, prose: str, kinds: str) -> None:
    document = parse(text, "markdown")
    assert ("|".join(contents(document)), " ".join(b.kind for b in document.blocks)) == (prose, kinds)
    check_runs(document)


@pytest.mark.parametrize(("text", "prose", "kinds"), HTML, ids=[case[0][:30] for case in HTML])
def test_html(text: str, prose: str, kinds: str) -> None:
    document = parse(text, "html")
    assert ("|".join(contents(document)), " ".join(b.kind for b in document.blocks)) == (prose, kinds)
    check_runs(document)


def check_runs(document: Document) -> None:
    """Every run is the text itself, an object, or one character that the text writes otherwise."""
    text, prose = document.text, document.prose
    at = 0
    for run in document.runs:
        assert run.prose >= at, "runs overlap in the prose"
        assert not prose[at : run.prose].strip("\n"), "prose without a place in the text"
        at = run.prose + run.length
        here, there = prose[run.prose : at], text[run.source : run.source + run.source_length]
        if here == OBJECT:
            assert run.fixed
        elif here != there:
            assert here == " " or there[0] in "&\\'", (here, there)
    assert not prose[at:].strip("\n")


# cut block N of a text, and what is left
CUTS = [
    ("markdown", "# H\n\nOne\n\nTwo\n", 1, "# H\n\nTwo\n"),
    ("markdown", "# H\n\nOne\n\n*(Two)*\n", 2, "# H\n\nOne\n"),
    ("markdown", "One\n\nTwo", 1, "One"),
    ("markdown", "One\n\nTwo", 0, "Two"),
    ("markdown", "One\n", 0, "\n"),
    ("markdown", "- a\n- b\n\nText\n", 1, "- a\n\nText\n"),
    ("markdown", "- a\n\n- b\n\nText\n", 1, "- a\n\nText\n"),
    ("markdown", "x\n\n- a\n\nText\n", 1, "x\n\nText\n"),
    ("markdown", "- a\n  - b\n- c\n", 0, None),
    ("markdown", "- a\n  - b\n- c\n", 1, "- a\n- c\n"),
    ("markdown", "x\n\n> q\n> r\n\ny\n", 1, "x\n\ny\n"),
    ("markdown", "> q\n>\n> r\n", 0, "> r\n"),
    ("markdown", "> q\n>\n> r\n", 1, "> q\n"),
    ("markdown", "x\n\n![a](b)\n\ny\n", 1, None),
    ("markdown", "![a](b)\n*Cap*\n\ny\n", 0, "![a](b)\n\ny\n"),
    ("markdown", "x\n\n●a\n●b\n\ny\n", 1, "x\n\n●b\n\ny\n"),
    ("markdown", "One\n\n\nTwo\n\n\nThree\n", 1, "One\n\n\nThree\n"),
    ("html", "<div>\n<p>a</p>\n<p>b</p>\n</div>\n", 1, "<div>\n<p>a</p>\n</div>\n"),
    ("html", "<p>a</p><p><b>b</b> c</p>", 1, "<p>a</p>"),
    ("html", "<p>a</p>\n<ul><li>b</li></ul>\n", 1, "<p>a</p>\n"),
    ("html", "<ul><li>a</li><li>b</li></ul>", 0, "<ul><li>b</li></ul>"),
    ("html", "<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n", 1, "<p>a</p>\n"),
    ("html", "<p>a.<br>b.<br>c</p>", 1, "<p>a.<br>c</p>"),
    ("html", "<p>a.<br>b.<br>c</p>", 2, "<p>a.<br>b.</p>"),
    ("html", "<p><img src=x alt=y>text</p>", 0, None),
    ("html", "<table><tr><td>a</td></tr></table>", 0, None),
]  # fmt: skip


@pytest.mark.parametrize(("format", "text", "number", "left"), CUTS)
def test_cut(format: str, text: str, number: int, left: str | None) -> None:
    document = parse(text, format)
    edits = document.removal(number)
    assert (None if edits is None else apply(text, edits)) == left
    assert edits is None or same_structure(document, apply(text, edits), edits)


def test_cutting_every_item_cuts_the_list() -> None:
    for format, text, left in [
        ("markdown", "x\n\n- a\n- b\n\ny\n", "x\n\ny\n"),
        ("markdown", "x\n\n- a\n\n- b\n", "x\n"),
        ("html", "<p>x</p>\n<ul><li>a</li><li>b</li></ul>\n", "<p>x</p>\n"),
    ]:
        document = parse(text, format)
        edits = [ScriptEdit(*edit) for n in (1, 2) for edit in document.removal(n) or ()]
        script = tidy(document, edits)
        assert apply(text, script) == left
        assert same_structure(document, left, script)


# an edit of the prose, the text it yields, and whether the markup is still what it was
EDITS = [
    ("markdown", "Rosneft <b>President</b> [D R](u) said", "Rosneft President", "Roscosmos head", "Roscosmos <b>head</b> [D R](u) said", True),
    ("markdown", "one two", "two", "*two*", "one *two*", False),
    ("markdown", "one two", "one", "# one", "# one two", False),
    ("markdown", "one **two** three", "two", "", "one **** three", False),
    ("markdown", "- a\n- b", "b", "", "- a\n- ", False),
    ("html", "<p>a <b>b</b></p>", "b", "", "<p>a <b></b></p>", False),
    ("html", "<p>The <b>National</b> <i>Aerospace</i> Corp</p>", "National Aerospace", "Space", "<p>The <b>Space</b><i></i> Corp</p>", False),
    ("markdown", "a [b](c)", "b", "b]", "a [b]](c)", False),
    ("markdown", "see http now", "http", "http://a.b", "see http://a.b now", False),
    ("markdown", "a | b\n--|--\nc | d", "c", "c | e", "a | b\n--|--\nc | e | d", False),
    ("markdown", "---\ntitle: a b\n---\n", "a", "a: c", "---\ntitle: a: c b\n---\n", False),
    ("markdown", "---\ntitle: 'a b'\n---\n", "a", "it's", "---\ntitle: 'it''s b'\n---\n", True),
    ("markdown", '---\ntitle: "a \\"b\\""\n---\n', '"b"', "b", '---\ntitle: "a b"\n---\n', True),
    ("html", "<p>a&nbsp;b</p>", "\xa0", " ", "<p>a b</p>", True),
    ("html", "<p>a b</p>", "a", "<i>a", "<p>&lt;i>a b</p>", True),
    ("html", "<p>a b</p>", "a", "A & B", "<p>A &amp; B b</p>", True),
    ("html", "<img alt='a b'>", "a", "it's", "<img alt='it&#39;s b'>", True),
]  # fmt: skip


@pytest.mark.parametrize(("format", "text", "old", "new", "after", "sound"), EDITS)
def test_edit(format: str, text: str, old: str, new: str, after: str, sound: bool) -> None:
    document = parse(text, format)
    at = document.prose.index(old)
    edits = document.edits(at, at + len(old), new)
    assert edits is not None
    assert apply(text, edits) == after
    assert same_structure(document, after, edits) is sound


def test_code_and_labels_are_not_edited() -> None:
    for text, part in [("a `b` c", OBJECT), ("a [b] c\n\n[b]: x", "b"), ("a {{ b }} c", OBJECT)]:
        document = parse(text, "markdown")
        at = document.prose.index(part)
        assert document.edits(at, at + 1, "X", exact=True) is None


# ---- properties ----

SENTENCE = "the river ran over élan 月球 stones, and Mr. Lee’s 12 dogs slept"
WORDS = st.lists(st.sampled_from(SENTENCE.split()), min_size=1, max_size=5)
TEXT = WORDS.map(" ".join)
INLINE = st.one_of(
    TEXT, TEXT, TEXT.map("**{}**".format), TEXT.map("*{}*".format), TEXT.map("[{}](http://x.y/a_b)".format),
    st.sampled_from(["`co*de`", "&amp;", "a&nbsp;b", "<b>bold</b>", "$x_1$", "![alt text](i.png)", "{{ tpl }}", "\\*", "https://a.b/c",
                     "<!-- c -->", "H<sub>2</sub>O", "[ref]", "x<br>y", "5~6 or 7~8", "$5 and $6", "a  \nb", "c\nd"]),
)  # fmt: skip
LINE = st.lists(INLINE, min_size=1, max_size=5).map(" ".join).map(lambda line: "W " + line)
FLAT = LINE.map(lambda line: " ".join(line.split()))
ITEMS = st.lists(FLAT, min_size=1, max_size=3)
MARKDOWN_BLOCKS = st.one_of(
    LINE, LINE, FLAT.map("## {}".format), ITEMS.map(lambda items: "\n".join("- " + item for item in items)),
    ITEMS.map(lambda items: "\n\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))),
    FLAT.map("- one\n  - {}".format), ITEMS.map(lambda items: "\n>\n".join("> " + item for item in items)),
    FLAT.map("<div>\n<p>{}</p>\n</div>".format), FLAT.map("*({})*".format),
    st.sampled_from(["```\ncode the\n```", "    code the", "| a | b |\n|---|---|\n| c | d |", "***", "{{< short >}}",
                     "![the alt](x)", "[ref]: http://x.y", "Head\n----", ':::tip\ntext\n:::', '!!! note "T"\n    text']),
)  # fmt: skip
PAGE = st.lists(MARKDOWN_BLOCKS, min_size=1, max_size=6).map("\n\n".join)
MATTER = st.sampled_from(["", "", '---\ntitle: "The \\"river\\""\nx: y\n---\n\n', "+++\ntitle = 'The river'\n+++\n"])
MARKDOWN_PAGES = st.builds(lambda head, page, end: head + page + end, MATTER, PAGE, st.sampled_from(["\n", ""]))

SPAN = st.one_of(
    TEXT, TEXT.map("<b>{}</b>".format), TEXT.map('<a href="u" title="the tip">{}</a>'.format),
    st.sampled_from(["<code>x</code>", "&amp;", "&nbsp;", "x<br>y.<br>z", "<!-- c -->", '<img src="x" alt="the alt">', "https://a.b", "1 < 2"]),
)  # fmt: skip
RICH = st.lists(SPAN, min_size=1, max_size=5).map(" ".join).map(lambda line: "W " + line)
HTML_BLOCKS = st.one_of(
    RICH.map("<p>{}</p>".format), RICH.map("<h2>{}</h2>".format), RICH.map("<div>{}</div>".format), RICH,
    st.lists(RICH, min_size=1, max_size=3).map(lambda items: "<ul>" + "".join(f"<li>{i}</li>" for i in items) + "</ul>"),
    st.lists(RICH, min_size=1, max_size=2).map(lambda items: "<ol>\n" + "\n".join(f"<li>{i}" for i in items) + "\n</ol>"),
    RICH.map("<blockquote>\n<p>{}</p>\n</blockquote>".format), RICH.map("<table><tr><td>{}</td></tr></table>".format),
    st.sampled_from(["<pre>code the</pre>", "<script>the()</script>", "<hr>", "<figure><figcaption>the c</figcaption></figure>"]),
)  # fmt: skip
HTML_PAGES = st.lists(HTML_BLOCKS, min_size=1, max_size=6).flatmap(
    lambda blocks: st.sampled_from(["", "\n", "\n\n"]).map(lambda gap: gap.join(blocks) + gap)
)
DOCUMENTS = st.one_of(
    MARKDOWN_PAGES.map(lambda text: parse(text, "markdown")), HTML_PAGES.map(lambda text: parse(text, "html"))
)


@given(DOCUMENTS)
def test_runs_map_the_prose(document: Document) -> None:
    check_runs(document)
    assert [b.start for b in document.blocks] == sorted(b.start for b in document.blocks)


@given(DOCUMENTS, st.data())
@settings(deadline=None)
def test_an_edit_changes_one_word(document: Document, data: st.DataObject) -> None:
    words = [match.span() for match in re.finditer(r"\w+", document.prose)]
    words = [span for span in words if len(document.edits(*span, "X", exact=True) or ()) == 1]
    if not words:
        return
    start, end = data.draw(st.sampled_from(words))
    edits = document.edits(start, end, "X", exact=True)
    assert edits is not None
    after = parse(apply(document.text, edits), document.format)
    assert after.prose == document.prose[:start] + "X" + document.prose[end:]
    assert same_structure(document, after, edits)


@given(DOCUMENTS, st.data())
@settings(deadline=None)
def test_a_cut_leaves_the_rest(document: Document, data: st.DataObject) -> None:
    numbers = [n for n in range(len(document.blocks)) if document.removal(n) is not None]
    if not numbers:
        return
    number = data.draw(st.sampled_from(numbers))
    (edit,) = document.removal(number) or ()
    text = apply(document.text, [edit])
    after = parse(text, document.format)
    if not same_structure(document, after, [edit]):
        return  # the engine would not apply it
    inside = [edit.start <= document.source(b.start, b.end)[0] < edit.end for b in document.blocks]
    assert inside[number]
    assert contents(after) == [c for c, gone in zip(contents(document), inside, strict=True) if not gone]
    doubled = len(re.findall(r"\n[ \t]*\n[ \t]*\n", text)) > len(re.findall(r"\n[ \t]*\n[ \t]*\n", document.text))
    assert not doubled


@given(
    st.one_of(MARKDOWN_PAGES, HTML_PAGES, st.text()),
    st.integers(0, 200),
    st.text("<>&*_`[](){}%-=#|:!\n \t\"'a月\r", max_size=8),
)
@settings(deadline=None)
def test_malformed_text_never_raises(text: str, at: int, noise: str) -> None:
    broken = text[:at] + noise + text[at:]
    for format in ("markdown", "html"):
        document = parse(broken, format)
        check_runs(document)
        script = [Edit(0, 0, noise)]
        same_structure(document, noise + broken, script)


def test_a_fix_that_breaks_the_markup_is_held_back() -> None:
    text = "One two three.\n\nFour five six.\n\nSeven.\n"
    document = parse(text, "markdown")

    def finding(start: int, end: int, new: str) -> Finding:
        return Finding("t/x", "term", start, end, "", (Fix((Edit(start, end, new),), Safety.safe),))

    fine, bad, cut = finding(0, 3, "Won"), finding(16, 20, "- four"), finding(*document.blocks[2].outer or (0, 0), "")
    made, script, after = sound(document, [fine, bad, cut])
    assert made == [fine, cut]
    assert after.text == apply(text, script) == "Won two three.\n\nFour five six.\n"
    assert sound(document, [bad])[0] == []


# ---- subtitles and catalogues ----

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>The National Aerospace</i>
Corporation has said

2
00:00:02,500 --> 00:00:04,000
that it will land.

3
00:00:05,000 --> 00:00:06,000
- Who are you?
- A friend.
"""
VTT = """WEBVTT - a title

NOTE not read

STYLE
::cue { color: red }

name
00:01.000 --> 00:02.000 align:start
<v Ann>Tom &amp; <b>Jerry</b>

00:02.000 --> 00:03.000
<v Bob>Hello
"""
PO = """msgid ""
msgstr ""
"Language: {language}\\n"

#, c-format
msgid "Hallo %s"
msgstr "Hello %s, see <a href=\\"x\\">this \\"page\\"</a> for %(count)d"

msgid "x"
msgid_plural "xs"
msgstr[0] "One "
"two\\n"
"three."
msgstr[1] ""

#~ msgid "old"
#~ msgstr "old"
"""


def test_a_sentence_over_two_cues_is_one_block() -> None:
    document = parse(SRT, "subtitles")
    whole = "The National Aerospace Corporation has said that it will land."
    assert contents(document) == [whole, "Who are you?", "A friend."]
    assert contents(parse(VTT, "subtitles")) == ["Tom & Jerry", "Hello"]
    at = document.prose.index("said that")
    edits = document.edits(at, at + 9, "stated which")
    assert edits is not None
    after = apply(SRT, edits)
    assert after == SRT.replace("said", "stated").replace("that", "which")
    assert same_structure(document, after, edits)
    cut = document.removal(0)
    assert cut is not None
    assert apply(SRT, cut) == SRT[SRT.index("3\n") :]
    assert same_structure(document, apply(SRT, cut), cut)
    assert document.removal(1) is None


def test_translations_of_a_catalogue() -> None:
    document = parse(PO.replace("{language}", "en_GB"), "po")
    assert contents(document) == ['Hello ￼, see this "page" for ￼', "One two three."]
    at = document.prose.index("two")
    edits = document.edits(at, at + 3, 'a "b"')
    assert edits is not None
    after = apply(document.text, edits)
    assert '"a \\"b\\"\\n"' in after
    assert same_structure(document, after, edits)
    assert parse(PO.replace("{language}", "de"), "po").blocks == []


@given(st.text(), st.integers(0, 400), st.text('<>{}\\"%-\n:0123456789 aé', max_size=8))
def test_malformed_subtitles_and_catalogues_never_raise(text: str, at: int, noise: str) -> None:
    for whole, format in ((SRT, "subtitles"), (VTT, "subtitles"), (PO, "po")):
        for broken in (whole[:at] + noise + whole[at:], text):
            document = parse(broken, format)
            for run in document.runs:
                assert run.fixed or document.prose[run.prose : run.prose + run.length].strip() or run.source_length


RST = [
    ("Title *x*\n=========\n\nOne\ntwo.", "Title x|One two.", "heading paragraph"),
    ("A **b** ``c`` :ref:`d <e>` :func:`f` `g <h>`_ i_ `j k`_ [1]_ |l| \\*", "A b ￼ d ￼ g i j k ￼ *", "paragraph"),
    ("- a\n  b\n\n  * c\n\n1. d", "a b|c|d", "item item item"),
    (".. note:: One\n   two\n\n.. tip::\n\n   three\n\n   - four", "One|two|three|four", "paragraph paragraph paragraph item"),
    (".. code-block:: x\n\n   y\n\n.. comment\n\n.. _t: http://x\n\nEnd::\n\n   z", "End:", "paragraph"),
    (".. image:: x.png\n   :alt: An alt\n\n.. figure:: x.png\n\n   Cap", "An alt|Cap", "caption caption"),
    ("  quoted\n\n  - item", "quoted|item", "quote item"),
    ("Term\n   Definition\n\n:param x: The value\n:Author: Me", "Term|Definition|The value", "item item item"),
    ("+---+---+\n| a | b |\n+---+---+\n\n===  ===\na    b\n===  ===\n", "", ""),
    ("| line\n| two", "line|two", "paragraph paragraph"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "prose", "kinds"), RST, ids=[case[0][:30] for case in RST])
def test_rst(text: str, prose: str, kinds: str) -> None:
    document = parse(text, "rst")
    assert ("|".join(contents(document)), " ".join(b.kind for b in document.blocks)) == (prose, kinds)
    check_runs(document)


def test_rst_edit_and_cut() -> None:
    text = "One *two*\nthree.\n\n.. note::\n\n   Four\n   five.\n\n   Six.\n\n- a\n- b\n\nEnd\n"
    document = parse(text, "rst")
    at = document.prose.index("five")
    edits = document.edits(at, at + 4, "5")
    assert edits is not None
    assert apply(text, edits) == text.replace("five", "5")
    for number, left in [(0, text[18:]), (2, text.replace("   Six.\n\n", "")), (4, text.replace("- b\n", ""))]:
        cut = document.removal(number)
        assert cut is not None
        assert apply(text, cut) == left
        assert same_structure(document, left, cut)


@given(st.text(), st.text(".:`*_|-=+ \n\\a", max_size=60))
def test_malformed_rst_never_raises(text: str, noise: str) -> None:
    for broken in (text, noise, "Title\n=====\n\n.. note:: " + noise + "\n\n   - " + noise):
        check_runs(parse(broken, "rst"))
