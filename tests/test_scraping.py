"""What scrapers leave, and what must stay: tables of cases through the public engine."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.engine import Engine, Options
from cleaner.text.formats import parse

HEAD = "Council agrees to rebuild the old harbor bridge"
BODY = [
    "The council of the port of Arnhaven agreed on Tuesday to rebuild the old harbor bridge, which had been closed "
    "since the flood in March.",
    "The work will cost about 40 million euros, the mayor said, and should be done before the winter. Half of the "
    "money comes from the province.",
    'Fishermen had asked for a wider passage. "We lost a whole season," one of them said at the meeting, where '
    "nobody disagreed with him.",
    "The first piles are to be driven in June, when the water is low and the ships can use the northern channel.",
]
PAGE = "\n\n".join([HEAD, *BODY]) + "\n"
OURS = ("scraping", "typography", "debris", "duplicates", "encoding", "captions")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Options(select=OURS))


@pytest.fixture(scope="module")
def bold() -> Engine:
    return Engine(Options(select=OURS, unsafe=True))


@pytest.fixture(scope="module")
def translated() -> Engine:
    return Engine(Options(select=OURS, language="zh"))


def page(line: str, place: int) -> str:
    blocks = [HEAD, *BODY]
    blocks.insert(place if place >= 0 else len(blocks), line)
    return "\n\n".join(blocks) + "\n"


REMOVED = [
    (1, "By wbq_71 wbq_71"),
    (1, "By qrxzt qrxzt"),
    (1, "Posted by admin on March 3, 2021"),
    (1, "2021-03-02 08:15:33 Source: Orbital Net"),
    (1, "Harbor Net March 2, 2021 08:15"),
    (1, "02.03.2021 14:22 Society 12+ Views: 1 352"),
    (1, "Home > Society > Text"),
    (1, "Original title: Bridge in Arnhaven to be rebuilt after the flood at last"),
    (1, "Source: Harbor Finance  Author: Xiaobian"),
    (1, "Cloud vendor's “Spring Rain” event-20 million coupons to help small and medium-sized enterprises go online"),
    (2, "Limited-time offer: new users get a 200 yuan coupon for free, click to receive"),
    (2, "Scan the QR code to follow the official account, more exciting content is waiting for you"),
    (2, "▶ Subscribe to our channel and receive breaking news faster"),
    (2, "Read also: Why bridges fall"),
    (2, "Image source: Orbital News client"),
    (2, "Share to: WeChat Moments QQ Zone Weibo"),
    (-1, "(Responsible editor: Li Na HN066)"),
    (-1, "（End）"),
    (-1, "Tags: bridge, harbor, flood"),
    (-1, "Like (218)  Favorite  Share  Report"),
    (-1, "Found a mistake? Select it and press Ctrl+Enter"),
    (-1, "ⓒ Harbor Daily, unauthorized reproduction and redistribution prohibited"),
    (-1, "Statement: The views in this article only represent the author and have nothing to do with this site"),
    (-1, HEAD),
    (-1, HEAD + " - Harbor News"),
    (-1, BODY[1]),
]

KEPT = [
    (1, "By Jane Smith"),
    (1, "By bell hooks"),
    (1, "By Jane Smith, staff reporter"),
    (1, "January 11, 2021"),
    (1, "What the new bridge means for small and medium-sized enterprises"),
    (1, "ARNHAVEN, March 2 (Reuters) - The council met again."),
    (1, "MOSCOW, July 29 - RIA Novosti. The council met again."),
    (2, "What comes next"),
    (2, "Follow the money"),
    (2, "Share and share alike"),
    (2, "We asked users to scan a QR code at the gate; few of them did."),
    (2, "Table 1: Costs by year"),
    (2, "09:14 The first ship passes"),
    (2, "* * *"),
    (-1, "Jane Smith is a reporter in Arnhaven."),
    (-1, "(Reporting by Jane Smith; Editing by John Doe)"),
    (-1, "For more information, visit the museum's website or call 12345678."),
    (-1, "The End"),
    (-1, "Photo: Jane Smith"),
]


@pytest.mark.parametrize(("place", "line"), REMOVED)
def test_line_goes(engine: Engine, place: int, line: str) -> None:
    assert engine.fix(parse(page(line, place))).after == PAGE


@pytest.mark.parametrize(("place", "line"), KEPT)
def test_line_stays(bold: Engine, place: int, line: str) -> None:
    text = page(line, place)
    assert bold.fix(parse(text)).after == text


CHANGED = [
    # bylines before the text
    ("[Orbital Network Report Reporter Wei Fang] The council met.", "The council met."),
    ("(Busan = Harbor News) Reporter Kim Su-bin = The council met.", "The council met."),
    ("Orbital News Service, Vienna, June 3 (Reporter Wei Fang) The council met.", "The council met."),
    ("[Osaka 3rd]-On Monday rice fell.", "On Monday rice fell."),
    # captions
    (
        "▲Profile picture: The old ferry leaves the port for the last time.",
        "File photo: The old ferry leaves the port for the last time.",
    ),
    ("↑↑↑ The ferry enters the port.", "The ferry enters the port."),
    ("The runner celebrates. Picture/Visual China", "The runner celebrates. Photo: Visual China"),
    ("The ferry in port (picture from the Internet)", "The ferry in port"),
    ("[Photo] Citizens watch the ferry 2019.05.03/News photo team", "Citizens watch the ferry"),
    ("▲ The runner celebrates [AP=Harbor News]", "The runner celebrates (AP/Harbor)"),
    # encoding
    ("Itâ€™s the womenâ€™s team.", "It’s the women’s team."),
    ("ã€€Before the opening it rained.", "Before the opening it rained."),
    ("The women鈥檚 team won.", "The women’s team won."),
    ("It窶冱 late.", "It’s late."),
    ("It?셲 late.", "It’s late."),
    ("вЂњHelloвЂќ, he said.", "“Hello”, he said."),
    ("Tom&#39;s AT&amp;T shares.", "Tom's AT&T shares."),
    ("Shijia\u200bzhuang is a city.", "Shijiazhuang is a city."),
    ("My mother\ufffds number.", "My mother’s number."),
    ("She won in Stoсkholm.", "She won in Stockholm."),  # a Cyrillic с
    # typography
    ("It is a time of exploration .", "It is a time of exploration."),
    ("A rate of 7.8% , and more.", "A rate of 7.8%, and more."),
    (
        "The agency （JAXA） paid 3 yuan， while others paid more。",
        "The agency (JAXA) paid 3 yuan, while others paid more.",
    ),
    ("planned for early 2021 ． The date is open.", "planned for early 2021. The date is open."),
    ("The best ever.A release is planned.", "The best ever. A release is planned."),
    ("exploration-the probe landed.", "exploration—the probe landed."),
    ("It took six hours-in 2016 it took two days.", "It took six hours—in 2016 it took two days."),
    ("Exports rose by 35. 8% in May.", "Exports rose by 35.8% in May."),
    ("a high -precision landing", "a high-precision landing"),
    ("On the 26 th it rained.", "On the 26th it rained."),
    ("The soup was amazing~", "The soup was amazing."),
    ("It doesnt matter, it's late.", "It doesn't matter, it's late."),
    # words
    ("He said said it to the the crew.", "He said it to the crew."),
    ("Listen Listen: one must listen, and listen well.", "Listen: one must listen, and listen well."),
]


@pytest.mark.parametrize(("before", "after"), CHANGED)
def test_mended(translated: Engine, before: str, after: str) -> None:
    assert translated.fix(parse(before)).after == after


SLIPS = [  # an engine's or a person's: whose page it is decides
    ("He said said it to the the crew.", "He said it to the crew."),
    ("exploration-the probe landed.", "exploration—the probe landed."),
    ("The \u200b ferry left.", "The ferry left."),
    ("The office closes at 16 o'clock.", "The office closes at 16:00."),
    ("Reported that the ferry left.", "It was reported that the ferry left."),
]


@pytest.mark.parametrize(("before", "after"), SLIPS)
def test_slips_are_safe_in_a_translated_page_only(before: str, after: str) -> None:
    assert cleaner.fix(before, Options(language="zh")).after == after
    assert cleaner.fix(before).after == before
    assert cleaner.fix(before, Options(unsafe=True)).after == after


LOOPS = [
    (
        "He knew the sweetness of the house of the house of the house of the house of the ho.",
        "He knew the sweetness of the house.",
    ),
    (
        "One month, one month, one month, one month, one month after another it went on.",
        "One month after another it went on.",
    ),
    (
        "They sought the people who have no house, the people who have no house, the people who have no house, "
        "the people who have no house.",
        "They sought the people who have no house.",
    ),
]


@pytest.mark.parametrize(("before", "after"), LOOPS)
def test_loops_of_a_lost_engine_are_cut(engine: Engine, before: str, after: str) -> None:
    assert engine.fix(parse(before)).after == after


LOOPS_STAY = [
    "Let it be, let it be, let it be, let it be.",
    "He sang “of the house of the house of the house of the house” and laughed.",
    "No, no, no, no, no, he said.",
    "It is 10 20 10 20 10 20 10 20 10 20 in the log.",
    "Left, right. Left, right. Left, right. Left, right. Left, right.",
    "He went from door to door, from door to door and from door to door.",
]


@pytest.mark.parametrize("text", LOOPS_STAY)
def test_what_people_repeat_stays(engine: Engine, text: str) -> None:
    assert engine.fix(parse(text)).after == text


STAYS = [
    "He said that that had had no effect.",
    "Yang Yang and Walla Walla are names; no, no, very very far.",
    "naïve café “x” — SÃO PAULO, 5 °C, Ångström",
    "Привет, мир. СССР. α-helix, μm.",
    "Mojibake such as â€™ or &amp; is what this text is about, and UTF-8.",
    "Use Node.js, System.Out and foo.Bar; see README.md and example.com/A.B",
    "A built-in check-in, a know-it-all and a run-of-the-mill plug-in.",
    "He waited . . . and waited ... and then .5 volts came.",
    "你好，世界。「早」（小）",
    "The village 小果庄（小） is small.",
    "Run it with the flag -verbose and wait.",
    "You can not only see it but also touch it.",
    "The family met 👩\u200d👩\u200d👧 in May.",
]


@pytest.mark.parametrize("text", STAYS)
def test_stays(engine: Engine, text: str) -> None:
    assert engine.fix(parse(text)).after == text


def test_refrains_stay(bold: Engine) -> None:
    verse = "\n".join(
        ["Row the boat to the far shore,", "Row, row, and row once more,", "Row the boat to the far shore,"] * 4
    )
    assert bold.fix(parse(verse)).after == verse


def test_spoken_repeats_stay(bold: Engine) -> None:
    talk = "\n\n".join(
        [
            "JUDGE: It was the the boat, then?",
            "CLERK: It was the the boat.",
            "JUDGE: And and the oars?",
            "CLERK: Those too.",
        ]
    )
    assert bold.fix(parse(talk)).after == talk


def test_tokenised_text_keeps_its_blanks(bold: Engine) -> None:
    text = "The ferry , the crew , the port , the sea , the sky , the night , all was still ."
    assert bold.fix(parse(text)).after == text


def test_sentence_twice(translated: Engine) -> None:
    text = PAGE.replace(
        "him.", "him. The work on the old northern tower of the bridge alone will cost 3 million euros. ", 1
    ).rstrip() + (" The work on the old northern tower of the bridge alone will cost 3 million euros.\n")
    fixed = translated.fix(parse(text)).after
    assert fixed.count("old northern tower") == 1


def test_a_row_of_buttons_goes_whole_wherever_it_stands(engine: Engine) -> None:
    row = "Facebook\n\nTwitter\n\nWhatsApp\n"
    assert engine.fix(parse(f"{PAGE}\n{row}")).after == PAGE
    head, rest = PAGE.split("\n\n", 1)
    assert engine.fix(parse(f"{head}\n\n{row}\n{rest}")).after == PAGE


def test_quoted_sentence_may_stand_twice(engine: Engine) -> None:
    text = (
        PAGE
        + '\n"We lost a whole season in the harbor and nobody came to help us," he wrote. '
        + ('"We lost a whole season in the harbor and nobody came to help us," they sang.\n')
    )
    assert engine.fix(parse(text)).after == text


MARKUP = [
    ("markdown", "See [the docs] (#docs) first.\n", "See [the docs](#docs) first.\n"),
    ("markdown", "A picture: ! [Demo](/doc/a.jpg) here.\n", "A picture: ![Demo](/doc/a.jpg) here.\n"),
    ("markdown", "●Mate 40 series\n●P40 series\n●Pad\n", "- Mate 40 series\n- P40 series\n- Pad\n"),
    (
        "markdown",
        "*↓The picture shows the feed cabin of the ship*\n",
        "*The picture shows the feed cabin of the ship*\n",
    ),
    ("html", "<p>Guangzhou.&amp;nbsp;After the race he slept.</p>\n", "<p>Guangzhou. After the race he slept.</p>\n"),
]


@pytest.mark.parametrize(("format", "before", "after"), MARKUP)
def test_mended_in_markup(engine: Engine, format: str, before: str, after: str) -> None:
    assert engine.fix(parse(before, format)).after == after
