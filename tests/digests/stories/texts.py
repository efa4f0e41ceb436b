"""Invented reports for the tests of stories: two outlets on a ferry, others on look-alikes."""

import datetime as dt

from digests.types import Article

FERRY = """PORT ALDER (AP) – A passenger ferry carrying 214 people capsized off Port Alder early on Tuesday,
killing at least 31 of them, the health ministry of Lowland said. Rescue boats pulled 140 survivors
from the water before dawn. The vessel, the Sea Marigold, left the island of Brume shortly after
three in the morning and sent a distress call ninety minutes later. Fishermen who reached it first
said that it lay on its side with people clinging to the hull. Transport Minister Ana Reyes
suspended every sailing on the route and ordered an inquiry into the operator. The port authority
had warned the company in May about overloading its older ships, according to a letter seen by
reporters. Divers were to search the lower deck on Wednesday as relatives waited at the harbour for
news.""".replace("\n", " ")

FERRY_OTHER = """At least 31 people died when the ferry Sea Marigold went down near Port Alder in Lowland, officials
said. The ship had set out from Brume overnight with more than two hundred on board. Survivors spoke
of a sudden lurch as waves came over the car deck. "It went over in a minute," said one of them, a
teacher. Ana Reyes, the transport minister, promised an inquiry and halted the service. Alder Lines,
which runs the ship, denied that it was overloaded. Divers expect to reach the wreck tomorrow.""".replace(
    "\n", " "
)

OTHER_FERRY = """Nine passengers are missing after a ferry struck a pier in Kestrel Bay, Highmark police said. The
Northern Pearl was coming in from Tarn with forty people when its engine failed in thick fog.
Harbour pilots said the captain had asked for a tug. The mayor of Kestrel Bay thanked the lifeboat
crews. The line, Pearl Transport, has run the crossing since the bridge closed.""".replace("\n", " ")

# A feature two days later: other words, the same names.
FERRY_FEATURE = """The women of Brume had laid the tables for a wedding. By nightfall on Wednesday candles stood there
instead, one for each of the neighbours whom the sea has not given back. Old Matthis Orne, who mends
nets, counts eleven cousins among them. His youngest grandson had bought his ticket for the Sea
Marigold with birthday money. The priest reads out names until his voice goes; the boats of Brume
stay in the harbour. Nobody on the island believes that the minister Ana Reyes will punish anybody;
in Port Alder the ships are painted, people here say, not repaired. Tomorrow the school stays shut
and the bakers give away bread.""".replace("\n", " ")

BANK = """The central bank of Lowland raised its key rate by half a point on Thursday, the third rise since
spring, and said that inflation would stay above its goal into next year. Governor Hugo Lindqvist
told reporters that wages were growing faster than output. The crown gained one per cent against the
euro. Economists at Union Credit had expected a quarter point.""".replace("\n", " ")


def make_article(
    article_id: str,
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    day: str | None = "2025-06-03",
) -> Article:
    """An article published at noon of a day, or without a day."""
    at = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00") if day else None
    return Article(
        id=article_id,
        source_id="test",
        external_id=article_id,
        text=text,
        title=title,
        outlet=outlet,
        published=at,
        published_on=at.date() if at else None,
    )
