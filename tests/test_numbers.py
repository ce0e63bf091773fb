"""Numbers through the engine: slips of magnitude, compounds, decimal commas, lost digits; and what must stay."""

from __future__ import annotations

import pytest

from cleaner.engine import Engine, Options
from cleaner.findings import Safety
from cleaner.text.formats import parse

SAFE = Engine(Options(select=("numbers",)))
UNSAFE = Engine(Options(select=("numbers",), unsafe=True))
CHINESE = Engine(Options(select=("numbers",), language="zh"))

FIXED = {
    # magnitudes side by side
    "Turnover was about 2 trillion 700 billion yen.": "Turnover was about 2.7 trillion yen.",
    "About 1 trillion 957.2 billion won was spent.": "About 1.9572 trillion won was spent.",
    "The fund holds 3 billion 50 million euros.": "The fund holds 3.05 billion euros.",
    "The way is 5.2 billion kilometers.\n\nIn all it flew 52 billion 400 million kilometers.":
        "The way is 5.2 billion kilometers.\n\nIn all it flew 5.24 billion kilometers.",
    "The fund holds 1.5 hundred million yuan.": "The fund holds 150 million yuan.",
    "The park has 12 ten thousand trees.": "The park has 120,000 trees.",
    "They sold 3 hundred million 50 million shares.": "They sold 350 million shares.",
    "She has 30w followers.": "She has 300,000 followers.",
    # one quantity, two magnitudes
    "Revenue reaches 72.2 billion yuan\n\nTotal revenue was 722 billion yuan. Profit was 4.1 billion yuan, services brought 5.8 billion yuan.":
        "Revenue reaches 72.2 billion yuan\n\nTotal revenue was 72.2 billion yuan. Profit was 4.1 billion yuan, services brought 5.8 billion yuan.",
    "The film has earned 32.47 billion yen.\n\n1. Night Train: 324.7 billion yen\n\n2. The Sea: 31.68 billion yen\n\n3. Ice: 26.2 billion yen":
        "The film has earned 32.47 billion yen.\n\n1. Night Train: 32.47 billion yen\n\n2. The Sea: 31.68 billion yen\n\n3. Ice: 26.2 billion yen",
    "Holiday box office tops 7.8 billion yuan\n\nThe week took 7.82 billion yuan in tickets.\n\nTwo films had most of the 782 billion yuan.":
        "Holiday box office tops 7.8 billion yuan\n\nThe week took 7.82 billion yuan in tickets.\n\nTwo films had most of the 7.82 billion yuan.",
    "The app had 3.68 billion monthly users. Of these 368 million users, many live abroad.":
        "The app had 368 million monthly users. Of these 368 million users, many live abroad.",
    "Exports came to $45.6 billion.\n\nThe exports of $456 billion were a record. Imports were $31 billion, services $12 billion.":
        "Exports came to $45.6 billion.\n\nThe exports of $45.6 billion were a record. Imports were $31 billion, services $12 billion.",
    # decimal commas, broken numbers, units
    "The rate rose to 7,5% and then to 7,4-7,9%.": "The rate rose to 7.5% and then to 7.4-7.9%.",
    "The hull of the ship is 13,1 meters long.": "The hull of the ship is 13.1 meters long.",
    "There were 3,5 million flats and 12,75 km of pipes.": "There were 3.5 million flats and 12.75 km of pipes.",
    "The price of it was 2,5 euros.": "The price of it was 2.5 euros.",
    "Sales grew, an increase of 35. 8%.": "Sales grew, an increase of 35.8%.",
    "The town has about 20, 000 people.": "The town has about 20,000 people.",
    "The pressure at sea level was 965 hundred Pa.": "The pressure at sea level was 965 hectopascals.",
    "Views: 10w+": "Views: 100,000+",
    "The new train is built for a speed of 350 kilometers. The old one ran at 35 kilometers an hour.":
        "The new train is built for a speed of 350 kilometers per hour. The old one ran at 35 kilometers an hour.",
    "It came with winds of 38 meters, and later winds of 28 meters per second.":
        "It came with winds of 38 meters per second, and later winds of 28 meters per second.",
}  # fmt: skip
CHINESE_FIXED = {
    "The city moved 36 million people to safety. The 360,000 residents slept in schools.":
        "The city moved 360,000 people to safety. The 360,000 residents slept in schools.",
    "The line is built for a speed of 350 kilometers.": "The line is built for a speed of 350 kilometers per hour.",
}  # fmt: skip
LESS_CERTAIN = {
    "The city moved 36 million people to safety. The 360,000 residents slept in schools.":
        "The city moved 360,000 people to safety. The 360,000 residents slept in schools.",
    "More than 1,025 million samples were taken; the city has about 11 million residents.":
        "More than 10.25 million samples were taken; the city has about 11 million residents.",
    "The line is built for a speed of 350 kilometers.": "The line is built for a speed of 350 kilometers per hour.",
}  # fmt: skip
REPORTED = [
    "On the first day the number of shows was , a new record.",
    "The share rose for the th day in a row.",
    "Exports rose by %, and imports fell by 3%.",
]
STAYS = [
    "About ten thousand people came, and a hundred million watched.",
    "He has a 30w lamp and 5 ten-thousand-ton ships.",
    "A hundred thousand million stars are in the sky.",
    "The firm sold 1,204 cars and 12,500 bicycles.",
    "The input [1,1] is 0 and (0,1) is 1.",
    "See chapters 3,4 and verses 2,5 of the book.",
    "Psalm 23,1 percent of it lost.",
    "French writes 512,50 %, English writes 512.50%.",
    "El precio era de 2,5 euros y la tasa de 7,5%, dicen los vecinos.",
    "In 2019, 5 million people came. In 2020, 3 million did.",
    "He was 35. 8% of the class was older.",
    "Revenue rose tenfold from 7.22 billion yuan in 2010.\n\nIn 2020 revenue was 72.2 billion yuan.",
    "Of the 7.82 billion yuan, 782 million were spent on ships.",
    "Revenue was 1.5 billion dollars.\n\nThe new hall cost 150 million dollars.",
    "Germany has 36 million people in work.\n\nIn the town of Bern live 360,000 people.",
    "About 10 % of the revenue of 4.56 billion euros, that is 456 million euros, was profit.",
    "Sales were 12.5 billion won in June.\n\nThe strike cost the harbour 125 billion won.",
    "The debt is 2 trillion, 700 billion of it foreign.",
    "€1,025 million were paid out by the bank.",
    "He bought a 10W+ lamp, 10w+ as the box said.",
    "The army marched at a speed of 20 miles, and rested.",
    "A train at a speed of 350 kilometers per hour needs 6 km to stop.",
    "The stone fell at a speed of 9.8 meters in the first second.",
    "A speed of 7.9 kilometers is not enough.",
    "She was , he thought , a queen.",
    "Three hundred people and 40 hundred-dollar notes were in the hall.",
    "The th sound is hard for the rest of us.",
    "About 2 million 2019 models were called back.",
]


def fixed(engine: Engine, text: str) -> str:
    return engine.fix(parse(text)).after


@pytest.mark.parametrize(("text", "right"), FIXED.items())
def test_numbers_mended(text: str, right: str) -> None:
    assert fixed(SAFE, text) == right
    assert fixed(UNSAFE, right) == right


@pytest.mark.parametrize(("text", "right"), CHINESE_FIXED.items())
def test_the_source_language_is_evidence(text: str, right: str) -> None:
    assert fixed(CHINESE, text) == right


@pytest.mark.parametrize(("text", "right"), LESS_CERTAIN.items())
def test_numbers_less_certain(text: str, right: str) -> None:
    assert fixed(SAFE, text) == text
    assert fixed(UNSAFE, text) == right


@pytest.mark.parametrize("text", REPORTED)
def test_lost_numbers_are_only_reported(text: str) -> None:
    result = UNSAFE.fix(parse(text))
    assert result.after == text
    assert [found.finding.safety for found in result.found] == [Safety.manual]


@pytest.mark.parametrize("text", STAYS)
def test_good_numbers_stay(text: str) -> None:
    assert fixed(UNSAFE, text) == text
    assert fixed(CHINESE, text) == text


def test_a_table_row_against_the_text() -> None:
    text = (
        "The film earned 32.47 billion yen in 73 days.\n\n| Film | Box office |\n|---|---|\n| Night Train | 324.7 billion yen |\n"
        "| The Sea | 31.68 billion yen |\n| Ice | 26.2 billion yen |\n"
    )
    assert SAFE.fix(parse(text, "markdown")).after == text.replace("324.7", "32.47")


def test_part_and_share_decide() -> None:
    """39.8 is 55.1 % of 72.2; so it is the headline that is wrong, though it stands first."""
    text = "Revenue 722 billion yuan\n\nRevenue was 72.2 billion yuan. Abroad it was 39.8 billion yuan, accounting for 55.1% of the total."
    assert SAFE.fix(parse(text)).after == text.replace("722", "72.2")
