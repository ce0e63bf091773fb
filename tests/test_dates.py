"""Dates and tense through the engine: torn dates, eras, hours, futures whose date is past; and what must stay."""

from __future__ import annotations

import pytest

from cleaner.engine import Engine, Options
from cleaner.findings import Safety
from cleaner.text.formats import parse

SAFE = Engine(Options(select=("dates",)))
TRANSLATED = Engine(Options(select=("dates",), language="zh"))
UNSAFE = Engine(Options(select=("dates",), unsafe=True))
LATER = "On May 4, 2021, the commission met again.\n\n"  # the page was written after this

TORN = {
    "2020 In the early morning of December 17, 2005, the capsule landed.": "In the early morning of December 17, 2020, the capsule landed.",
    "▲Photo: 2019 On the afternoon of January 11, 2005, the rover turned.": "▲Photo: On the afternoon of January 11, 2019, the rover turned.",
    "2021 At about 9:50 on July 26, 2001, the storm came ashore.": "At about 9:50 on July 26, 2021, the storm came ashore.",
    "2016 On September 25, 2009, the dish was finished.": "On September 25, 2016, the dish was finished.",
    "2013 In March 8, the firm opened a school.": "On March 8, 2013, the firm opened a school.",
    "2018 As of December 31, 2004, the chain had 300 shops.": "As of December 31, 2018, the chain had 300 shops.",
    "2008 In August 2001, the games came to the capital.": "In August 2008, the games came to the capital.",
    "2021 In early June 2006, the herd left the reserve.": "In early June 2021, the herd left the reserve.",
    "2014 Around noon on May 1, 2001, the bridge opened.": "Around noon on May 1, 2014, the bridge opened.",
    "2017 Since October 9, 2009, the line has been open.": "Since October 9, 2017, the line has been open.",
    "2017 On the afternoon of the 5th of May 2005, the jet took off.": "On the afternoon of the 5th of May 2017, the jet took off.",
    "2022 From February 4 to 20, 2020, the games were held.": "From February 4 to 20, 2022, the games were held.",
    "2019 From May 1 to May 5, 2001, the park was closed.": "From May 1 to May 5, 2019, the park was closed.",
    "Photo: 2018 on July 3, 2003, workers mend the bridge.": "Photo: On July 3, 2018, workers mend the bridge.",
    "On the afternoon of 2019 January 11, the lander moved.": "On the afternoon of January 11, 2019, the lander moved.",
    "1998 In the summer of 1987, the river rose.": "In the summer of 1998, the river rose.",
    "2019 In the second half of the year, sales fell.": "In the second half of 2019, sales fell.",
    "2015 At the end of the year, the mine closed.": "At the end of 2015, the mine closed.",
    "In 2018 On October 24, the tunnel opened.": "On October 24, 2018, the tunnel opened.",
    "It is reported that 2018 On October 24, 2003, the tunnel opened.": "It is reported that on October 24, 2018, the tunnel opened.",
    "The mine closed. 2012 On the night of June 3, 2003, it burned.": "The mine closed. On the night of June 3, 2012, it burned.",
    "2010 On the evening of Saturday, May 1, 2001, the fair began.": "On the evening of Saturday, May 1, 2010, the fair began.",
    "On June 17, 2021 At 9:22 in the morning, the rocket rose.": "At 9:22 on the morning of June 17, 2021, the rocket rose.",
    "On June 17 At 9:22, the rocket rose.": "At 9:22 on June 17, the rocket rose.",
    "On August 5, 2020 In the afternoon, the rain began.": "In the afternoon of August 5, 2020, the rain began.",
    "On May 2nd At noon, they met.": "At noon on May 2nd, they met.",
    "2021 On June 17 At 9:22, the rocket rose.": "At 9:22 on June 17, 2021, the rocket rose.",
    "2020, December 17 In the early morning, the capsule landed.": "In the early morning of December 17, 2020, the capsule landed.",
    "2020 year 12 month 17 day, the capsule landed.": "On December 17, 2020, the capsule landed.",
    "The hall opened in 2018. On May 3, 2012, 2018, it burned.": "The hall opened in 2018. On May 3, 2018, it burned.",
}
TORN_STAYS = [
    "In 2020, in the early morning of January 23, the city announced that it would close its roads.",
    "Apollo 13. In April 1970 it flew around the moon.",
    "The project ends in 2020. In the early morning of January 23, 2021, the first trucks came.",
    "It was shown in 2020 On October 24, 2003, the bridge opened.",
    "Windows 2000 In a Nutshell",
    "We moved the whole archive, at long last, to SQL Server\n2019 in October 2021, when it was time.",
    "Vision 2030 In Focus: What We Learned In May 2021",
    "1917 On November 7, the palace was taken.\n\n1918 On March 3, peace was made.\n\n1919 In June, the treaty followed.",
    "Room 2010 On May 1, 2011, was let to a painter.",
    "The team won 25-17. On July 26, 2021, they flew home.",
    "The observation was made on 2020 Dec 17 and again on 2021 Jan 3.",
    "In the summer of 2008, at about nine in the evening of August 8, the games began.",
    "2020 was a hard year. In December 2021 things looked up.",
    "We sold 2000 in March 2019.",
    "By 2020 in most of the towns of the north, trams ran again.",
    "On December 17, 2020, at noon, the bells rang.",
    "Since May 2015 In Rainbows has been their best-selling record.",
]
OTHER = {
    "The first one came back in Heisei 22 after seven years.": "The first one came back in 2010 after seven years.",
    "The inn was built in Showa 40.": "The inn was built in 1965.",
    "The shop opened on April 1, Reiwa 2, at noon.": "The shop opened on April 1, 2020, at noon.",
    "In the 22nd year of Heisei the tower was built.": "In 2010 the tower was built.",
    "The gate was moved in May of Taisho 12.": "The gate was moved in May of 1923.",
    "The office closes at 16 o'clock.": "The office closes at 16:00.",
    "We met at 20 o’clock in the evening.": "We met at 8 o’clock in the evening.",
    "By 14 o'clock 30 minutes the hall was full.": "By 14:30 the hall was full.",
    "It is open from 9 o'clock to 18 o'clock.": "It is open from 9:00 to 18:00.",
    "From 0-24 o'clock on January 10, the province reported 103 cases.": "From 0:00 to 24:00 on January 10, the province reported 103 cases.",
    "2020-07-2605: 03: 17 Evening News": "2020-07-26 05:03:17 Evening News",
    "2021-02-1810:22 Evening News": "2021-02-18 10:22 Evening News",
    "Beijing time on September 29, in the last round, they won.": "On September 29, Beijing time, in the last round, they won.",
    "Moscow time on July 5, the ship docked.": "On July 5, Moscow time, the ship docked.",
    "Beijing time at 9:22 on June 17, the rocket rose.": "At 9:22 Beijing time on June 17, the rocket rose.",
    "Local time on Thursday, the president spoke.": "On Thursday, local time, the president spoke.",
}
OTHER_STAYS = [
    "The law (Act No. 5 of Heisei 12) was passed in Reiwa 2 (2020).",
    "He was born in 1989 (Heisei 1), and liked the film Gamera.",
    "The Heisei era ended in 2019.",
    "The ship Showa 40 lay in the harbour.",
    "It was 9 o'clock in the morning and 12 o'clock at noon.",
    "Enemy at 3 o'clock!",
    "At 21:00 Beijing time on September 29, they won.",
    "2021-02-18 10:22:05 Evening News",
    "Beijing time is eight hours ahead of Greenwich.",
    "It must be done by 8 a.m. Moscow time on November 8, 2019.",
    "On February 29, 2020, a Saturday, the shop closed.",
    "On Thursday, December 17, 2020, the capsule landed.",
    "On Friday, 14 October 1066, according to the old calendar, they camped.",
]
REPORTED = {
    "The meeting was set for June 31.": "dates/impossible",
    "He said he would pay on February 30, 2021.": "dates/impossible",
    "They met on February 29, 2021, in Riga.": "dates/impossible",
    "On Friday, December 17, 2020, the capsule landed.": "dates/weekday",
    "The shop closed on Sunday, 3 May 2021.": "dates/weekday",
    "On May 3, 2012, 2018, it reopened.": "dates/torn",
    "2020 On May 3, 2012, it opened. In 2012 it was the first. It was sold in 2012.": "dates/torn",
}

PAST = {
    LATER + "In December 2020, the country will set another record.": "In December 2020, the country set another record.",
    LATER + "On January 6, 2019, the two probes will be launched from the cape.": "On January 6, 2019, the two probes were launched from the cape.",
    LATER + "In December 2020, the probe will bring back soil and land in the steppe.": "In December 2020, the probe brought back soil and landed in the steppe.",
    LATER + "In December 2020, the probes will not be launched.": "In December 2020, the probes were not launched.",
    LATER + "In 2018, the firm won’t pay a dividend.": "In 2018, the firm did not pay a dividend.",
    LATER + "In March 2019, the two clubs will also have met in Lyon.": "In March 2019, the two clubs had also met in Lyon.",
    LATER + "In the spring of 2019, the ship is going to leave port and sail to Oslo.": "In the spring of 2019, the ship left port and sailed to Oslo.",
    LATER + "In 2016, the museum will successfully open its second hall.": "In 2016, the museum successfully opened its second hall.",
    LATER + "At the end of 2017, the town will also be connected to the grid.": "At the end of 2017, the town was also connected to the grid.",
    LATER + "However, in August 2018, the two sides will sign the treaty.": "However, in August 2018, the two sides signed the treaty.",
    LATER + "In 1957, the country will become the first to send a dog into orbit.": "In 1957, the country became the first to send a dog into orbit.",
    LATER + "In June 2019, construction will be completed.": "In June 2019, construction was completed.",
    LATER + "In 2016, it will not only make cars but also sell them.": "In 2016, it not only made cars but also sold them.",
    LATER + "The first line of the subway will be opened in 1969.": "The first line of the subway was opened in 1969.",
    LATER + "In 2015, the company will begin to sell cars.": "In 2015, the company began to sell cars.",
    LATER + "In 2015, they will fly to Rome and will be received by the mayor.": "In 2015, they flew to Rome and were received by the mayor.",
    "The last of them was Yamada of Japan, who will finish sixth in Paris in 1924. She ran in 2018.":
        "The last of them was Yamada of Japan, who finished sixth in Paris in 1924. She ran in 2018.",
    "The jump is named after Lind, who will first perform it in 1910. She won the title in 2015.":
        "The jump is named after Lind, who first performed it in 1910. She won the title in 2015.",
    "He was born in 1950 and will join the army in 1968. He retired in 2001.":
        "He was born in 1950 and joined the army in 1968. He retired in 2001.",
    "He will graduate from Tartu University in 1995. In 2003 he died.": "He graduated from Tartu University in 1995. In 2003 he died.",
    "The firm moved in 2012. It will be founded in 1998 and has its seat in Riga.":
        "The firm moved in 2012. It was founded in 1998 and has its seat in Riga.",
    "In 2018 he moved. In 2019, he will become champion. In 2020 he retired.":
        "In 2018 he moved. In 2019, he became champion. In 2020 he retired.",
    "Previously, on July 20, the city will be hit by a flood.": "Previously, on July 20, the city was hit by a flood.",
    "Source: Evening News 2021-06-15\n\nOn May 15, 2021, the rover will successfully land on the red planet.":
        "On May 15, 2021, the rover successfully landed on the red planet.",
    "RIGA, June 15, 2021 (LETA) -- The port is closed.\n\nOn May 1, 2021, the ferry will run aground.":
        "On May 1, 2021, the ferry ran aground.",
}  # fmt: skip
PAST_UNSAFE = {
    "Last year, the company will invest heavily in wind power.": "Last year, the company invested heavily in wind power.",
    "On July 20, the city will be flooded. On July 25, the water fell.": "On July 20, the city was flooded. On July 25, the water fell.",
    LATER + "The band will release a record in 2016.": "The band released a record in 2016.",
}
FUTURE_STAYS = [
    "The country plans to launch a lander on October 1 this year. In 2024, a second one will follow.",
    LATER + "By the end of 2022, when the two modules arrive, the station will have the shape of a T.",
    LATER + "The next championships will be held in Nice in March 2022.",
    LATER + "In December 2021, the probe will land.",
    LATER + "On May 20, 2021, the probe will land.",
    "A schedule of 2004 said that it “will be launched in 2007”. It was launched in 2010.",
    LATER + "He said in 2004 that it will be launched in 2007.",
    LATER + "In 2019, he said that the plant will close.",
    LATER + "The bank announced that in December 2020 it will raise the rate.",
    LATER + "If in December 2020 the vote fails, the minister will resign.",
    LATER + "In 2015, when the war is over, they will come home.",
    LATER + "“In December 2020, China will set another record,” he had written.",
    LATER + "The museum will mark the victory in 1945.",
    LATER + "The festival will revisit the summer in 1969.",
    LATER + "The choir will sing songs composed in 1910.",
    LATER + "In 2019, the law that will change the schools was passed.",
    LATER + "In 2008, the old man made his will in 2 copies.",
    LATER + "In December 2020, Will set another record.",
    LATER + "The law of 2019 will take effect next year.",
    LATER + "The treaty signed in 1992 will expire.",
    LATER + "In 2019, as always, the bells will ring at midnight.",
    LATER + "Before that, on July 20, the team will play Brazil.",
    LATER + "The hall was built in 1990. It will be repaired.",
    "In 2045, the machines will rule. In 2050, we will be free.",
    "The programme: in March 2022, Riga will host the talks; in May 2022, Oslo will.",
    "Summer Fair, 15 June 2022 18:00\n\nIn March 2022, tickets will go on sale if the hall is free.",
    "On June 11, the agency said the plan stands. On May 15, 2022, the rover will land.",
    "It will rain on July 3. On July 2 the sky was clear.",
    "Water will boil at 100 degrees, as Celsius showed in 1742.",
]


def fixed(engine: Engine, text: str) -> str:
    return engine.fix(parse(text)).after


@pytest.mark.parametrize(("text", "right"), [*TORN.items(), *OTHER.items()])
def test_dates_mended(text: str, right: str) -> None:
    assert fixed(TRANSLATED, text) == right
    assert fixed(UNSAFE, right) == right


@pytest.mark.parametrize("text", [*TORN_STAYS, *OTHER_STAYS, *FUTURE_STAYS])
def test_good_text_stays(text: str) -> None:
    assert fixed(UNSAFE, text) == text


@pytest.mark.parametrize(("text", "rule"), REPORTED.items())
def test_only_reported(text: str, rule: str) -> None:
    result = UNSAFE.fix(parse(text))
    assert result.after == text
    assert [found.finding.rule for found in result.found] == [rule]
    assert all(found.finding.safety == Safety.manual for found in result.found)


@pytest.mark.parametrize(("text", "right"), PAST.items())
def test_past_futures(text: str, right: str) -> None:
    after = fixed(SAFE, text)
    assert after.endswith(right)
    assert fixed(UNSAFE, after) == after


@pytest.mark.parametrize(("text", "right"), PAST_UNSAFE.items())
def test_past_futures_less_certain(text: str, right: str) -> None:
    assert fixed(SAFE, text) == text
    assert fixed(UNSAFE, text).endswith(right)


def test_every_edit_shows_evidence() -> None:
    for text in PAST:
        for found in SAFE.fix(parse(text)).found:
            assert found.finding.evidence
            assert all(
                text[e.start : e.end] == e.text
                for e in found.finding.evidence
                if e.start is not None and e.end is not None
            )


def test_two_years_compete() -> None:
    """The year in front is the source's own, unless the page dates the day otherwise."""
    text = "2020 On May 3, 2012, it opened.\n\nIt was on May 3, {} that it opened."
    assert fixed(SAFE, text.format(2020)).startswith("On May 3, 2020, it")
    assert fixed(UNSAFE, text.format(2012)) == text.format(2012)


def test_front_matter_dates_the_page() -> None:
    text = "---\ntitle: News\ndate: 2021-06-17\n---\n\nIn April 2021, the first module will be sent up.\n"
    assert "module was sent up" in SAFE.fix(parse(text, "markdown")).after


def test_dates_in_markup() -> None:
    text = "*Photo: 2019 On the **afternoon** of January 11, 2005, the `rover` turned.*\n"
    assert (
        SAFE.fix(parse(text, "markdown")).after
        == "*Photo: On the **afternoon** of January 11, 2019, the `rover` turned.*\n"
    )


def test_an_announcement_without_a_date_is_never_safe() -> None:
    text = "In January 2024, the server will return 404 for old paths. In March 2024 we announced the change."
    assert fixed(SAFE, text) == text
