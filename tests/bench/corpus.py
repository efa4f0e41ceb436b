"""Made articles for the benchmarks: plain sentences, the sample corpus and the quality sets, by a fixed seed."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path

EVAL = Path(__file__).parent.parent / "eval"
SAMPLE = Path(__file__).parent.parent.parent / "digests" / "sample"
# Filler between news sentences: in real articles most sentences hold no figure.
FILLER = (
    "Shops along the main road stayed closed for most of the day.",
    "The road to the coast is the only one that lorries can use in winter.",
    "Neighbours brought blankets, bread and hot tea to the square.",
    "Nobody in the town remembers a night like it.",
    "The council had planned to repair the wall after the summer.",
    "A queue formed in front of the pharmacy before it opened.",
    "Trains run once an hour, and buses only when the pass is free of snow.",
    "The old market hall was turned into a shelter within an hour.",
    "Most families here have lived from fishing and small farms for generations.",
    "It was not clear when the power would be back.",
)

# The body of most articles: sentences as long as a newspaper's, with its places, names and statements.
PLAIN = (
    "The road from Mombasa to the border was rebuilt with a loan from China, and lorries now wait there for hours at a "
    "weighbridge that works only in the mornings.",
    "Officials in Lima have long promised to move the families who live below the slope, but no plot of land near the "
    "city was ever bought for them.",
    "The governor, who came to power after a close vote, said that the state would pay for new roofs and that schools "
    "would open again as soon as the water was clean.",
    "Traders in the old town say that business has fallen by a third since the bridge was closed and that many of them "
    "can no longer pay the rent.",
    "In Warsaw the foreign ministry called the decision regrettable and asked its partners in the European Union to "
    "discuss it when their ministers meet on Tuesday.",
    "Engineers from Japan and Turkey have looked at the cracks and advised the owner to lower the level of the lake "
    "before the rains begin in October.",
    "Her family left the valley when she was a child, but she came back to Nepal as a nurse and has worked in the same "
    "clinic for most of her life.",
    "The company, which runs two other plants in Brazil, did not answer questions about the valve that inspectors had "
    "described as worn in a report last year.",
    "Relations between the two neighbours have been poor since a dispute over fishing off Senegal, and neither has an "
    "ambassador in the other's capital.",
    "The court in Nairobi is to hear the case next month, although lawyers for the union expect that it will be put "
    "off until a new judge has been named.",
    "Aid groups warned that the only hospital in the district has no fuel for its generator and that the nearest one, "
    "in Goma, is a day's drive away.",
    "The president, on a visit to Ottawa, told reporters that talks would go on and that nobody had an interest in a "
    "longer quarrel over tariffs.",
    "A spokesman for the railway in Hungary rejected the criticism and said that the signal had been checked twice "
    "this year without any fault being found.",
    "Farmers along the river sell their maize to mills in Zambia, where prices have doubled because so little was "
    "harvested on the other side of the lake.",
    "The mayor of the port, a former teacher, argues that tourists will return to Tunisia once the beaches are clean "
    "and the flights from Germany are running again.",
    "Analysts in Singapore believe that the bank will leave its rates where they are, since inflation has slowed and "
    "few firms are ready to borrow.",
    "The church at the top of the hill, which survived two wars, is used by people from several villages and by "
    "pilgrims who walk there from Portugal in early May.",
    "Soldiers searched cars on the road to the airport in Baghdad, and shops in the streets around the parliament kept "
    "their shutters down until the evening.",
    "According to the energy ministry, power will be shared out between the north and the south of Pakistan in turns "
    "of four hours until the line has been mended.",
    "Teachers in Auckland have asked for smaller classes for years, and their union says that the government's offer "
    "does nothing about that.",
    "The explosion tore the roof off the bakery and broke windows as far as the university, and for a while people in "
    "the centre of Beirut thought that it was an earthquake.",
    "It was the second attack on the pipeline since spring, and the ministry in Abuja blamed the same group that it "
    "holds responsible for the kidnapping of two engineers.",
    "After the flood the town was cut off from the rest of Bavaria, and helicopters brought bread, insulin and dry "
    "clothes to a football ground above the river.",
    "Police in Marseille have found no link between the shooting and the fire in the same street, which broke out in a "
    "cellar after a gas bottle had leaked.",
    "Witnesses said that the ferry had listed for some minutes before it sank, and that the crew of a fishing boat "
    "from Cebu heard the passengers before they saw them.",
)
# The chances of a sentence of an article. With them 700 words hold 4 figures, 15 dates, 18 statements, 21 places, 8
# mentions of incidents and 29 sentences. Public news about attacks, quakes and epidemics has in 700 words 2 to 4
# figures, 9 to 13 dates, 13 to 16 statements, 14 to 18 places, 5 to 12 mentions of incidents, 28 to 31 sentences.
CHANCES = {"figures.jsonl": 0.05, "dates.jsonl": 0.03, "quotes.jsonl": 0.05, "sample": 0.17, "plain": 0.70}


def lines_of(name: str) -> list[str]:
    """The texts of one of our own annotated sets, in its order."""
    lines = (EVAL / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


def sample_lines() -> list[str]:
    """The paragraphs of the sample corpus."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLE.rglob("*.txt"))]
    return [line for text in texts for line in text.splitlines() if len(line) > 60]


def sentences() -> list[str]:
    """News sentences of our own, in a fixed order."""
    found = [line for name in ("figures.jsonl", "dates.jsonl", "quotes.jsonl") for line in lines_of(name)]
    return found + sample_lines()


def made_articles(count: int, *, words: int = 700, seed: int = 7) -> Iterator[dict[str, str]]:
    """`count` JSON articles of about `words` words, dated over a month.

    How much there is to read in them is fixed by `CHANCES`, so that the figures of a benchmark stay comparable when a
    quality set grows.
    """
    source = random.Random(seed)
    kinds = {name: lines_of(name) for name in CHANCES if name.endswith(".jsonl")}
    kinds |= {"sample": sample_lines(), "plain": list(PLAIN)}
    for number in range(count):
        paragraphs: list[str] = []
        length = 0
        while length < words:
            drawn = source.choices(list(CHANCES), list(CHANCES.values()), k=source.randint(1, 3))
            paragraphs.append(" ".join(source.choice(kinds[name]) for name in drawn))
            length += len(paragraphs[-1].split())
        day = dt.date(2026, 5, 1) + dt.timedelta(days=number % 30)
        yield {
            "id": f"made-{number:06d}",
            "title": f"{source.choice(kinds['figures.jsonl'])[:70]} ({number})",
            "text": "\n\n".join(paragraphs),
            "published": day.isoformat(),
            "outlet": f"Outlet {number % 40}",
        }


# Syllables of invented town names: what holds the articles of one made story together.
SYLLABLES = (
    "bar",
    "dol",
    "fen",
    "gra",
    "kel",
    "lum",
    "mor",
    "nes",
    "pol",
    "rin",
    "sta",
    "tor",
    "ul",
    "vem",
    "wes",
    "zan",
)
PER_STORY = 10


def made_stories(count: int, *, words: int = 400, seed: int = 7) -> Iterator[dict[str, str]]:
    """`count` JSON articles in stories of ten, each story with its own town, day and sentences.

    Unlike `made_articles`, whose articles all share their sentences and so melt into few giant stories.
    """
    news = sentences()
    for start in range(0, count, PER_STORY):
        source = random.Random(seed * 1_000_003 + start)
        town = "".join(source.choice(SYLLABLES) for _ in range(4)).capitalize()
        pool = [f"{line} That was in {town}." for line in source.sample(news, min(len(news), 40))]
        day = dt.date(2026, 5, 1) + dt.timedelta(days=source.randrange(30))
        for number in range(start, min(start + PER_STORY, count)):
            lines = source.sample(pool, len(pool))
            length, kept = 0, []
            while lines and length < words:
                kept += [lines.pop(), source.choice(FILLER)]
                length = sum(len(line.split()) for line in kept)
            yield {
                "id": f"made-{number:06d}",
                "title": f"{town}: {source.choice(pool)[:60]}",
                "text": "\n\n".join(" ".join(kept[at : at + 2]) for at in range(0, len(kept), 2)),
                "published": (day + dt.timedelta(days=number % 2)).isoformat(),
                "outlet": f"Outlet {number % 40}",
            }
