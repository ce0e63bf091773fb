"""Siblings of the founding page's artifacts, and the same shapes where they are right: sentences inside a page of each kind."""

from __future__ import annotations

import pytest

from cleaner.engine import Engine
from cleaner.text.formats import parse

PAGE = """The new bridge opens after six years of work

By xkzwq xkzwq

Reported that the bridge was opened on Tuesday in the presence of the masses, and the relevant person in charge of the
bureau said that it had passed the acceptance. The road over it is four kilometers long and has six lanes.

{}

The new crown epidemic had delayed the work for a year, the bureau said. It is worth mentioning that tickets are free until
the end of the month, when the toll is to be collected at both ends.

Editor in charge: Wang Xiaoli
"""
ESSAY = """Notes from a long winter

{}

We came home late that night, and my sister had left a lamp in the window. Nobody spoke for a while.
"""

SIBLINGS = [
    # An office given to the wrong body; a body under a name that is nobody's.
    ("In June 2021, Rosneft President Dmitry Rogozin spoke in Moscow.", "Roscosmos"),
    ("In May 2022, Rosatom Director Dmitry Rogozin spoke in Moscow.", "Roscosmos"),
    ("In August 2023, Rosatom Director Yuri Borisov blamed the engine.", "Roscosmos"),
    ("On August 31, 2022, Transneft head Alexei Miller met reporters.", "Gazprom head Alexei Miller"),
    ("Tretyakov Gallery director Mikhail Piotrovsky opened the hall in 2019.", "Hermitage director Mikhail Piotrovsky"),
    (
        "In 2021, World Health Organization President Tedros Adhanom Ghebreyesus called for calm.",
        "Director-General Tedros",
    ),
    ("In 2022, FIFA Secretary Gianni Infantino wrote to the club.", "FIFA President Gianni Infantino"),
    ("In 2021, International Monetary Fund President Kristalina Georgieva agreed.", "Managing Director Kristalina"),
    ("In 2023, IAEA President Rafael Grossi went to the plant.", "IAEA Director General Rafael Grossi"),
    ("Russian National Aerospace Corporation signed the plan.", "Roscosmos signed the plan."),
    ("The People's bank of China cut the rate.", "The People's Bank of China cut"),
    # Torn dates and tenses.
    (
        "2021 In the late afternoon of July 20, 2003, the water broke in. In 2021, 14 people died.",
        "afternoon of July 20, 2021,",
    ),
    (
        "2019 In the early morning of March 3, 2008, the ship sailed. The fair of 2019 was long.",
        "morning of March 3, 2019,",
    ),
    ("In May 2019, the firm will open a plant-the plant made 300 cars. In 2021 it closed.", "the firm opened a plant"),
    (
        "In January 2021, the film will premiere and took 5 million dollars. It ended in 2022.",
        "the film premiered and took",
    ),
    ("In August 2020, the museum will open a wing and sold 20,000 tickets.", "the museum opened a wing"),
    # Capitals, blanks, dashes.
    ("The line is to run by 2025 And connect two ports.", "by 2025 and connect"),
    ("The trains can Stop at both ends.", "can stop at"),
    ("The rover crossed the plain .", "the plain."),
    ("The fare is 20 yuan , half of the old one.", "20 yuan, half"),
    ("In one hour, 201. 9 mm of rain fell.", "201.9 mm"),
    ("The crew was safe in Berlin.He said so.", "Berlin. He said"),
    ("GDP 's growth slowed in the spring.", "GDP's growth"),
    ("On December 3th the bank cut the rate.", "December 3rd"),
    ("The bank cut it by 0.5 percent points.", "percentage points"),
    # Formulas and speech.
    ("Reported that in 2019 the price rose.", "It was reported that in 2019"),
    ("Reported that, the bank will close.", "It was reported that the bank"),
    ("The report also said that Borisov also said, the work must go on.", "Borisov also said that the work"),
    (
        "The newspaper also pointed out that Lin Wei also pointed out, the work must go on.",
        "Lin Wei also pointed out that the work",
    ),
    ("According to reports, it is reported that the club is for sale.", "According to reports, the club"),
    ("Experts believe that Experts believe that the dam is old.", "\nExperts believe that the dam"),
    ("He noted, that the restoration took years.", "He noted that the"),
    ("The line reopened nearly two month after the flood.", "two months after"),
    ("More than 14 million people was affected.", "people were affected"),
    ("They have flown for more than 20 years year.", "20 years."),
    # Space, captions, promotion.
    ("In 2019 the lander reached the back of the moon, and the rover left the probe.", "the far side of the moon"),
    ("The probe landed on the front of the moon; the lander carried a rover.", "the near side of the moon"),
    ("▲Data map: the old ferry leaves the port for the last time.", "File photo: the old ferry"),
    ("▲Information picture: the crew at the ceremony before the launch.", "File photo: the crew"),
    ("The new crown epidemic had spread.", "The COVID-19 epidemic had spread."),
    ("Massive information, accurate interpretation, all in the Harbour Finance APP", None),
    ("Long press the QR code to identify and follow us", None),
]

STAY = [
    "In 2020, in the early morning of December 17, I was standing in a car park in Oban.",
    "Rosneft head Igor Sechin signed the deal; Gazprom CEO Alexei Miller did not.",
    "Former Roscosmos head Dmitry Rogozin went to Donetsk in 2022.",
    "Then-Microsoft CEO Steve Ballmer laughed at the phone in 2007.",
    "Exxon chief executive Rex Tillerson became secretary of state in 2017.",
    "Apple director Al Gore praised Apple CEO Tim Cook.",
    "IMF head Kristalina Georgieva met WHO chief Tedros Adhanom Ghebreyesus.",
    "European Central Bank President Christine Lagarde, once IMF managing director, agreed.",
    "In January 2031, the two companies will set up a joint venture.",
    "By 2030 the council will set a budget for the new hall.",
    "“In December 2020, we will win,” he had promised them in the spring of that year.",
    "In December 2020, I will remind the reader that nobody was allowed to travel.",
    "The mayor said in May 2019 that the line will open in 2021.",
    "“The back of the moon,” my uncle said, “is where she keeps the spare keys.”",
    "She had a poster of the dark side, the back of the moon, as he called it.",
    "The report also said that she had said nothing.",
    "The report also said that the ministry had opposed the plan.",
    "He said she said he had been gracious.",
    "Reported that day to the captain, the theft was never solved.",
    "The clerk reported that in January 2019 the bins had not been emptied.",
    "Foreign aid from the United States fell by 4%.",
    "The contract hit its daily limit twice in March.",
    "The economy had landed softly, the chancellor told us.",
    "With a view to saving paper, we printed on both sides.",
    "I have a room with a view to the east.",
    "A well-known, long-awaited, 12-year-old single malt stood on the shelf.",
    "The White House, the Kremlin and the Blue House said no.",
    "She read The Times and The Spectator; he read And Quiet Flows the Don.",
    "It rained and rained and rained.",
    "He had had enough, and she knew that that was true.",
    "They sailed on May 11th, May 12th and May 13th.",
    "The 111th, 112th and 113th Congresses met.",
    "A crowd of 300 people was moved behind the fence.",
    "It is a ten day journey, or a five-year plan.",
    "He gave us dollars and cents.",
    "1.4 billion people live there; the company is worth 14 billion dollars.",
    "Read the notes. Read the notes again. Then read the notes.",
    "The museum, which opened in 1911, will reopen in 2032.",
    "It was the year the old king's new crown was lost, and found.",
    "Chelsea captain and president of the players' union John Smith will retire.",
    "Photo editor Anna Whitfield and reporter Tom Lee will speak next week.",
    "Each must to his own work go, the hymn says.",
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def cleaned(engine: Engine, page: str) -> str:
    return engine.fix(parse(page)).after


@pytest.mark.parametrize(("sentence", "right"), SIBLINGS)
def test_a_sibling_is_mended_in_a_translated_page(engine: Engine, sentence: str, right: str | None) -> None:
    after = cleaned(engine, PAGE.format(sentence))
    if right is None:
        assert f"\n\n{sentence}\n" not in after
    else:
        assert right in after, after


@pytest.mark.parametrize("sentence", STAY)
def test_the_same_shape_stays_where_it_is_right(engine: Engine, sentence: str) -> None:
    essay = ESSAY.format(sentence)
    assert cleaned(engine, essay) == essay
    assert sentence in cleaned(engine, PAGE.format(sentence))
