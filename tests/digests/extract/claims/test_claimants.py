"""Who claims a figure: the speaker of the words around it, a toll's setter, or nobody."""

import datetime as dt

import pytest

from digests.extract.casualties import find_figures
from digests.extract.incidents import find_incidents
from digests.extract.places import find_places
from digests.extract.quotes import find_quotes
from digests.text.document import make_document


def claimants(text: str) -> list[str | None]:
    document = make_document("a", text, published=dt.date(2025, 3, 12))
    incidents = find_incidents(document, (), find_places(document))
    figures = find_figures(document, (), find_quotes(document), incidents)
    return [plain(figure.claimant.name) if figure.claimant else None for figure in figures]


def plain(name: str) -> str:
    """A name without its article: how a name is written is for the test of speakers."""
    return name.lower().removeprefix("the ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said it had killed 14 rebels.", ["army"]),
        ("Three people were killed, according to the fire service.", ["fire service"]),
        ("The agency quoted rescuers as saying 12 people had died.", ["rescuers"]),
        ("The group claimed responsibility for killing a dozen guards.", ["group"]),
        ("Tovania condemned the raid, saying it killed two shepherds.", ["tovania"]),
        ("Authorities raised the death toll to 19.", ["authorities"]),
        ("Nine shepherds were reported by local clinics to have been killed.", ["local clinics"]),
        ("Nine shepherds were said by the mayor to have drowned.", ["mayor"]),
        ("The flood killed, by the mayor's estimate, nine shepherds.", ["mayor"]),
        ("The mayor gave the toll as 21.", ["mayor"]),
        ("The rebels put the army's losses at 40.", ["rebels"]),
        ("The war has claimed an estimated 900 lives, according to the clinic.", ["clinic"]),
        ("The ministry claimed that 14 lives were lost in the fire.", ["ministry"]),
        ("The army claimed 31 victims had been armed.", ["army"]),
        ("Two cooks are among the dead, the ministry confirmed: both were from Orvalle.", ["ministry"]),
        ("Not until Friday did the ministry admit that nine had died.", ["ministry"]),
        ("The army first owned up to 22 dead.", ["army"]),
        ("The rebels said they had lost three fighters.", ["rebels"]),
        ("The consulate listed nine of its citizens as missing.", ["consulate"]),
        ("The mayor of Kelm put the number of injured at 40.", ["mayor of kelm"]),
        ("A guard was killed in the old mill, the Orvalle army reported today.", ["orvalle army"]),
        ("A clerk was stabbed by two youths in the old port police said.", ["police"]),
        ("The bus left the road, and nine people were hurt, reports Radio Vell.", ["radio vell"]),
        ("The army admitted to only three soldiers wounded.", ["army"]),
        ("The alarm was raised at 5:30 p.m. Lund police said two clerks were shot.", ["lund police"]),
        ("Police in Lagos, Nigeria say 12 people were killed.", ["police in lagos"]),
        ("After talks in Lagos, Nigeria said 12 soldiers were killed.", ["nigeria"]),
        ("The rector has publicly announced the death of two students.", ["rector"]),
        ("The WHO said 30 people had died.", ["who"]),
        ("Nine people have died, the latest health ministry figures show.", ["health ministry"]),
        ("Nine people drowned, according to preliminary coastguard data.", ["coastguard"]),
        ("Nine people drowned, the latest figures show.", [None]),
        (
            "Six people were killed, the ministry said, adding that 14 others were injured.",
            ["ministry"] * 2,
        ),
    ],
)
def test_speaker_of_the_words_claims_the_figure(text: str, expected: list[str]) -> None:
    """Saying, reporting, condemning with "saying", claiming responsibility and setting a toll are claims."""
    assert expected == claimants(text)


@pytest.mark.parametrize(
    "text",
    [
        "The coast guard rescued 31 people.",
        "At least 12 people were killed. The mayor said the bridge was old.",
        "The death toll rose to 19.",
        "The quake injured 40 people, and officials said the roads were closed.",
        "The war has claimed more than an estimated 9,000 lives.",
        "The chancellor condemned the killing of nine pilgrims.",
        "The president offered his condolences to the families of the nine men who drowned.",
        "It was officially reported that four farmers were killed.",
        "The two clerks inside suffered non-life threatening injuries.",
        "Two clerks were killed, as a spate of raids continued.",
        "While some of the reported shots hit homes, no one was hurt.",
    ],
)
def test_the_writer_s_own_statement_has_no_claimant(text: str) -> None:
    """A doer is no speaker, and who speaks elsewhere does not claim the figure."""
    assert {None} == set(claimants(text))


def test_report_goes_on_in_the_next_sentence() -> None:
    """ "The dead included ..." belongs to the report before it; a list keeps its claimant throughout."""
    text = "Seven people were killed, the Red Crescent said. The dead included two nurses and three drivers."
    assert ["red crescent"] * 3 == claimants(text)


def test_report_does_not_go_on_by_itself() -> None:
    """A new sentence without such words is the writer's again."""
    text = "Seven people were killed, the Red Crescent said. Two nurses died in the clinic."
    assert ["red crescent", None] == claimants(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port office said nine men had drowned. Fourteen are still missing.", ["port office"] * 2),
        (
            "The clinic's head, Dr. Ida Dahl, said a boy had died. That brings the number of dead to four.",
            ["ida dahl"] * 2,
        ),
        ("The border guard said two men had died. Eight guards have been wounded.", ["border guard"] * 2),
        (
            "Nine of the sailors were found alive, the coast guard said. The other three have not been found.",
            ["coast guard"] * 2,
        ),
        (
            "By dusk the health office had registered 53 wounded, 19 of them with burns.",
            ["health office"] * 2,
        ),
        ("The health office said nine had died.\nFourteen are still missing.", ["health office", None]),
    ],
)
def test_count_that_opens_a_sentence_reads_on(text: str, expected: list[str | None]) -> None:
    """A bare number, a rest, a new toll or a toll as it stands goes on with the report before it in its paragraph."""
    assert expected == claimants(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The coast guard put the dead at 17. Twenty others were hurt, it said.", ["coast guard"] * 2),
        (
            "The health board put out a bulletin at noon. Its tally: 36 dead, 112 treated.",
            ["health board"] * 2,
        ),
        (
            "The association Old Harbour has a list of its own. It contains the names of 46 dead.",
            ["old harbour"],
        ),
        ("The harbour league says its volunteers have counted nine dead.", ["harbour league"]),
        (
            "The army said in a statement that it had been attacked. Nine men died, the statement said.",
            ["army"],
        ),
        (
            "The Ministry of Health issued a bulletin on Monday. The bulletin lists nine dead.",
            ["ministry of health"],
        ),
        ("Norvia has not changed the figure of two dead soldiers which it gave on Monday.", ["norvia"]),
        (
            "Her death brings the number of dead to 44, by the reckoning of the prosecutor, Ana Reyes.",
            ["ana reyes"],
        ),
        ("The harbour league estimates 300 people have drowned.", ["harbour league"]),
        ("The morgue has received 41 bodies. Its director, Ana Reyes, confirmed the number.", ["ana reyes"]),
        ("29 people confirmed dead, 44 injured, according to the Relief Council", ["relief council"] * 2),
        ("Mersin said it was clearing its streets. It said nine people had died.", [None]),
    ],
)
def test_claimants_over_sentences_and_papers(text: str, expected: list[str | None]) -> None:
    """Pronouns, a body's own people, papers and later words of confirming lead to who gave the count."""
    assert expected == claimants(text)


def test_pronoun_of_a_relative_clause_is_the_country_before_it() -> None:
    """ "..., which it said killed two" goes back to the country that stands right in front."""
    text = "The raid follows Tuesday's attack by Chad on camps in Sudan, which it said killed two children."
    assert ["sudan"] == claimants(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour office has put the number of dead at 14.", ["harbour office"]),
        (
            "Minister Ida Karr rejected a figure of 21 dead that the regional governor gave on Monday.",
            ["regional governor"],
        ),
        ("The army dismissed a toll of 40 dead given by the rebels.", ["rebels"]),
        ("Rescuers said at least nine people, a boy and eight men, had drowned.", ["rescuers"] * 3),
        ("A fire in the port of Kelm killed 22 people on Friday, police said.", ["police"]),
        (
            "The governor of Orm island told the wire service four roads had been cut and three people killed.",
            ["governor of orm island"],
        ),
        ("Forty-one people are confirmed dead and 12 remain unaccounted for.", [None, None]),
        ("Seventeen people were hurt, though no deaths have been reported.", [None, None]),
    ],
)
def test_helpers_rejections_and_openings(text: str, expected: list[str | None]) -> None:
    """ "has put" names nobody "has"; who rejects a count does not claim it; who opens or closes a sentence does."""
    assert expected == claimants(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fire brigade: 6 dead in Orm hostel fire", ["fire brigade"]),
        ("Six killed as van hits crowd, say police", ["police"]),
        ("Toll in mill fire reaches 14 - minister", ["minister"]),
        ("Quake update: 14 dead", [None]),
        ("The daily, citing the coroner, said nine people had died.", ["coroner"]),
        ("The warden was quoted by the daily as saying nine men had died.", ["warden"]),
        ("Nine deaths were confirmed by the coroner.", ["coroner"]),
        ("Nine people were killed by the army.", [None]),
        ("The toll was put at 36 by the fire brigade.", ["fire brigade"]),
        ("By the opposition's own count, nine people were killed.", ["opposition"]),
        ("The army played down the rebels' claim that 40 soldiers had died.", ["rebels"]),
        ("There was no proof of the army's claim to have killed 60 rebels.", ["army"]),
        ("The firm rejected a union report that nine welders had died.", ["a union"]),
        ("A tally by the lawyers' league shows 90 people were detained.", ["lawyers' league"]),
        ("Nine people died, according to a count by local clinics.", ["local clinics"]),
        ("The guard spoke of four dead, while the clinic reported nine deaths.", ["guard", "clinic"]),
        (
            "Police said four people were hurt; the stewards put the number of injured at 30.",
            ["police", "stewards"],
        ),
        ("Nine men were killed, the captain said, and 15 were wounded.", ["captain"] * 2),
        ("“The clinic told us nine people died,” a driver said.", ["clinic"]),
        ("The president called for calm after a riot in which five people were killed.", [None]),
        ("The raid, which the army said was over, killed nine people.", [None]),
        ("Police chief Ada Roth toured the ruins. According to her, nine people died.", ["ada roth"]),
        ("The district governor toured the ruins. He said nine people were dead.", ["district governor"]),
        ("The Orm Watch League said it was there. The group said nine men died.", ["orm watch league"]),
        ("Nine deaths were recorded by Monday.", [None]),
        ("Nobody claimed the attack, which killed nine men.", [None]),
        ("The premier apologised for the deaths of nine men.", [None]),
        ("The abbot said a prayer for the nine men who were killed.", [None]),
        ("Forty may be trapped, a foreman said; crews had found nine bodies.", [None]),
        ("Divers who searched the bay say they counted nine bodies.", ["divers"]),
        ("Dock workers came out at noon. They said nine men had drowned.", ["dock workers"]),
        (
            "The mayor had at first spoken of 40 dead, but on Friday she said nine people died.",
            ["mayor"] * 2,
        ),
        ("The radio reported the warden as saying nine men had died.", ["warden"]),
        ("Hospital fire: nine dead", [None]),
        ("School bus crash near Orlo: nine dead", [None]),
        ("Crash investigators: nine dead", ["crash investigators"]),
    ],
)
def test_cues_beyond_quotations(text: str, expected: list[str | None]) -> None:
    """Labels, tallies, agents, what is cited, a second clause: whose count it is; who killed is no source."""
    assert expected == claimants(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The navy denied that it had fired, after residents said nine people had died.", "residents"),
        ("In Orlan nine people died, according to that region's health board.", "that region's health board"),
    ],
)
def test_who_tells_within_and_behind(text: str, who: str) -> None:
    """Behind a denial somebody else may tell; a body that is pointed at is one."""
    assert [who] == claimants(text)
