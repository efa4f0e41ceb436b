"""Mentions of incidents: kind, doer, day and place; joined within the article; the one that words speak of."""

import dataclasses
import datetime as dt

import pytest

from digests.extract import extract
from digests.extract.dates import find_dates
from digests.extract.incidents import find_incidents, incident_at, main_incident
from digests.extract.places import find_places
from digests.text.document import Document, make_document
from digests.types import IncidentMention, Span

# A Thursday.
_DAY = dt.date(2024, 5, 16)


def _read(text: str) -> tuple[Document, tuple[IncidentMention, ...]]:
    document = make_document("a1", text, published=_DAY)
    return document, find_incidents(document, find_dates(document), find_places(document))


def _at(text: str, words: str) -> IncidentMention:
    document, incidents = _read(text)
    start = text.index(words)
    return incident_at(document, Span(start=start, end=start + len(words)), incidents)


def _incident(text: str, words: str) -> IncidentMention:
    """What the words speak of, whichever mention of it is nearest."""
    return dataclasses.replace(_at(text, words), span=None, sentence=None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An airstrike hit Aleppo on Wednesday.", "airstrike"),
        ("A car bomb exploded in Lagos.", "bombing"),
        ("Rebels have bombed two banks in Lagos.", "bombing"),
        ("A gunman opened fire at a school in Oslo.", "shooting"),
        ("A bus plunged into a ravine in Peru.", "road crash"),
        ("Bus plunges into ravine in Peru", "road crash"),
        ("Ferry capsizes off Java in bad weather", "sinking"),
        ("A magnitude 6 earthquake struck Peru.", "earthquake"),
        ("A ferry capsized off Java.", "sinking"),
        ("A fire at a warehouse in Dhaka killed two.", "fire"),
        ("A landslide buried a village in Nepal.", "landslide"),
        ("A landslide killed nine people in Nepal after heavy rain.", "landslide"),
        ("Nine people died when a bridge collapsed in Nepal amid torrential rain.", "collapse"),
        ("Heavy rain killed nine people in Nepal.", "flood"),
        ("Two trains collided near Milan.", "train crash"),
        ("A crowd crush at a concert in Seoul killed four.", "stampede"),
        ("A cholera outbreak in Haiti has killed nine.", "outbreak"),
        ("Militants ambushed a convoy in Mali.", "ambush"),
        ("A lightning strike in Kampala killed five people.", "storm"),
        ("REBELS ATTACKED A BARRACKS IN COLOMBIA TODAY.", "attack"),
    ],
)
def test_kind_is_read(text: str, kind: str) -> None:
    """Each kind of event has its words."""
    assert kind == _read(text)[1][0].kind


@pytest.mark.parametrize(
    "text",
    [
        "The two sides struck a deal in Geneva.",
        "He suffered a heart attack in Rome.",
        "The market crash wiped out savings.",
        "Prisoners began a hunger strike in Athens.",
        "The mayor faced a flood of complaints.",
        "The fire department bought a truck.",
        "Officials fear attacks could follow.",
    ],
)
def test_words_that_are_no_incident(text: str) -> None:
    """Standing phrases and fears open nothing."""
    assert () == _read(text)[1]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Kenyan airstrikes hit a camp in Somalia.", "Kenya"),
        ("Kenya launched airstrikes on Somalia.", "Kenya"),
        ("Tuesday's shelling by Kenya hit a market.", "Kenya"),
        ("A suicide bombing carried out by al-Shabab hit a hotel.", "al-Shabab"),
        ("Boko Haram militants attacked a village.", "Boko Haram"),
        ("Kenya said its forces carried out raids in Somalia.", "Kenya"),
        ("Gunmen attacked a bus in Mali.", "Gunmen"),
        ("An earthquake struck Kenya.", None),
        ("A raid by Somalia's ally Hamas failed.", "Hamas"),
        ("Kenyan forces end mall siege, 12 killed", None),
        ("Troops stole villagers' cattle and kidnapped nine clerks in Kenya.", None),
        ("He is a former army psychiatrist who shot nine clerks in Oslo.", None),
    ],
)
def test_doer_is_read(text: str, actor: str | None) -> None:
    """A state acts under its newsroom name, a group as written; nobody makes an earthquake."""
    assert actor == _read(text)[1][0].actor


def test_day_and_place_stand_with_their_incident() -> None:
    """Two incidents of one sentence keep their own days and places."""
    text = "A bombing in Kampala on Tuesday came after a shooting in Nairobi on Sunday."
    bombing, shooting = _read(text)[1]
    assert ("Kampala", dt.date(2024, 5, 14)) == (bombing.place, bombing.first)
    assert ("Nairobi", dt.date(2024, 5, 12)) == (shooting.place, shooting.first)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("He was recovering on Wednesday after he was shot on Monday night.", "shot", dt.date(2024, 5, 13)),
        (
            "He is charged with the 9 May murder of a guard and an attack on 3 May, when a man was shot.",
            "shot",
            dt.date(2024, 5, 3),
        ),
        ("She died in the May 2012 shooting at a school in Oslo.", "shooting", dt.date(2012, 5, 1)),
    ],
)
def test_each_clause_has_its_own_day(text: str, words: str, day: dt.date) -> None:
    """What stands inside the clause of a deed dates it, before what leads there."""
    assert day == _at(text, words).first


def test_a_name_behind_a_death_is_no_place() -> None:
    """ "the death of Houston Bell" happened elsewhere."""
    assert _incident("Crowds rioted in Oslo after the killing of Houston Bell.", "rioted").place == "Oslo"


def test_day_of_the_talking_is_not_the_day_of_the_deed() -> None:
    """ "said on Wednesday" dates the speech."""
    text = (
        "A bomb killed six people in Kampala on Monday. Police said on Wednesday the blast was an accident."
    )
    assert {dt.date(2024, 5, 13)} == {mention.first for mention in _read(text)[1]}


def test_day_behind_the_place_is_the_day_of_the_deed() -> None:
    """A comma of the place does not part the deed from its day."""
    text = "The strike hit the village of Orm, in the hill district, late on 5 May 2024, two men said."
    assert dt.date(2024, 5, 5) == _incident(text, "strike").first


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan army on Sunday said that nine people died in the attack.",
        "BRUME, May 18, 2021 (AP) - Gunmen killed nine people in an attack, the army said.",
        "The Kenyan army on Sunday denied that nine people died in the attack.",
        "A fourth clerk died on Friday after the attack.",
        "The army confirmed the attack for the first time on Sunday.",
    ],
)
def test_day_of_what_followed_is_not_the_day_of_the_deed(text: str) -> None:
    """ "The army on Sunday said", "died on Friday after the attack"."""
    assert _incident(text, "attack").first is None


@pytest.mark.parametrize(
    ("text", "actor", "place"),
    [
        ("Peru's Arequipa bombing killed nine people.", None, "Arequipa"),
        ("Peru's Guayaquil strike killed nine people.", "Peru", "Guayaquil"),
        ("Peru's strike killed nine people.", "Peru", None),
    ],
)
def test_a_state_that_owns_a_place_did_not_do_it(text: str, actor: str | None, place: str | None) -> None:
    """Its own town only says where; a town of another state was hit by it."""
    found = _incident(text, "nine")
    assert (found.actor, found.place) == (actor, place)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The number of people killed in a fire at a mill in Orm has risen to 21, the mayor said on Wednesday.",
            "21",
        ),
        (
            "The toll of a mill fire in Orm rose to 21. Four people died in hospital overnight, a doctor said.",
            "Four",
        ),
        ("Families buried their dead on Wednesday after a fire in a mill in Orm killed 21 people.", "21"),
        ("Two managers were arrested on Wednesday over a fire in a mill in Orm that killed 21 people.", "21"),
        ("The minister resigned on Wednesday over a train crash that killed 57 people in Orm.", "57"),
        ("Divers recovered nine more bodies on Wednesday from a ferry that sank off Orm.", "nine"),
        ("Divers found a body in the ferry on Wednesday, bringing the toll of the sinking to 21.", "21"),
    ],
)
def test_news_of_what_came_after_does_not_date_the_deed(text: str, words: str) -> None:
    """A toll that rises, a funeral or an arrest is of its own day, and so is the article."""
    assert _incident(text, words).first is None


@pytest.mark.parametrize(
    "text",
    [
        "A man was arrested on Wednesday after a shooting killed 2 people in Orm.",
        "Gunmen opened fire on Wednesday at a funeral in Orm, killing 2.",
        "More than 2 people were wounded in a raid on Orm on Wednesday.",
    ],
)
def test_news_of_the_deed_dates_it(text: str) -> None:
    """What only sounds like a sequel."""
    assert _incident(text, "2 " if "2 " in text else "2.").first == dt.date(2024, 5, 15)


@pytest.mark.parametrize(
    "text",
    [
        "The number of dead from the fire at Club Lora reached 52 on Thursday, the ministry announced.",
        "The number of dead from the fire at Club Lora reached 52 after five of the injured died overnight.",
        "The fire killed more than 30 people. Two of those wounded in the fire died in hospital on Wednesday.",
    ],
)
def test_days_of_a_toll_are_none_of_the_fire(text: str) -> None:
    """A toll moves, and those who were hurt die, days after it."""
    assert _at(text, "fire").first is None


def test_a_citizen_of_a_country_does_not_place_the_fire_there() -> None:
    """Where the dead came from is not where they died."""
    text = "Three foreigners are among the dead of the fire, two Italians and a citizen of Kosovo."
    assert _at(text, "fire").place is None


def test_later_mentions_carry_what_the_first_told() -> None:
    """ "The attack" is the airstrike told of before, with its doer and place."""
    text = "Kenyan airstrikes hit a camp in Somalia on Tuesday. The attack killed nine people."
    mention = _at(text, "nine people")
    assert ("airstrike", "Kenya", "Somalia") == (mention.kind, mention.actor, mention.place)


def test_one_does_not_condemn_ones_own_strike() -> None:
    """Who condemns the strikes did not fly them."""
    text = (
        "Kenya bombed camps in Somalia on Wednesday, two days after Somalia carried out strikes in Kenya. "
        "Kenya condemned the strikes, saying they killed two children."
    )
    assert "Somalia" == _at(text, "two children").actor


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Nine people died when a bus overturned in Peru.", "Nine people", "road crash"),
        ("A strike on a town killed four in Syria after a bombing in Homs killed two.", "two", "bombing"),
        ("A raid, which followed a bombing in May, killed six.", "six", "raid"),
        ("The raid was a response to a bombing in Kabul that killed 40.", "40", "bombing"),
        ("Eleven officers were killed and two injured when rebels stormed a post.", "two", "raid"),
    ],
)
def test_figure_belongs_to_its_governing_trigger(text: str, words: str, kind: str) -> None:
    """The clause decides which incident a count speaks of, not the distance alone."""
    assert kind == _at(text, words).kind


def test_older_incident_is_background() -> None:
    """An incident of another year is told as background, the news is not."""
    text = (
        "A ferry sank off Java on Tuesday, killing 12. In 2019, 30 people drowned when a ferry sank off Bali."
    )
    _, incidents = _read(text)
    assert not main_incident(incidents).is_background
    assert _at(text, "30 people").is_background


def test_another_incident_of_the_kind_stays_apart() -> None:
    """ "Another", "similar" and "separate" open an incident of their own."""
    text = "A blast in Kampala killed four on Tuesday. Another blast killed two."
    assert _at(text, "four") != _at(text, "two")
    assert _at(text, "two").first is None


def test_without_incidents_words_speak_of_an_empty_kind() -> None:
    """A figure always has an incident, be nothing known of it."""
    assert "" == _at("Nine people were honoured.", "Nine").kind


def test_long_sentence_stays_cheap() -> None:
    """A text without any full stop is read in linear time."""
    text = "the strike in Kampala killed nine and " * 1500
    document, incidents = _read(text)
    assert incidents
    assert incident_at(document, Span(start=len(text) - 9, end=len(text) - 5), incidents).kind


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "Four people died in Accra on Tuesday when looters torched a shop. "
            "Youths clashed with police. Officers arrested 30.",
            "Four",
            "30",
        ),
        (
            "A firebomb attack on a bank in Oslo killed three people on Tuesday. "
            "Protesters tried to storm parliament, and two guards were hurt.",
            "three",
            "two",
        ),
        ("A cargo ship sank in the Baltic on Tuesday after a collision; four died.", "sank", "four"),
        ("Floods after three days of heavy rain have killed 27 people in Nepal.", "Floods", "27"),
        (
            "A quake hit Peru on Tuesday, killing nine. The tremor, which struck at noon, injured 40.",
            "nine",
            "40",
        ),
        ("A quake hit Peru on Tuesday.\n\nIt killed nine people.", "quake", "nine"),
        (
            "A ferry sank off Iloilo on Tuesday. Five years after the last such loss, the ferry sank in calm seas, "
            "and 12 people died.",
            "ferry sank off",
            "12",
        ),
    ],
)
def test_scenes_of_one_event_are_one_incident(text: str, one: str, other: str) -> None:
    """Other words of the same event, without a day, a place or a doer of their own, do not part it."""
    assert _incident(text, one) == _incident(text, other)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "A quake hit Peru on Tuesday, killing nine. The last major quake was in May 2007, "
            "when a tremor levelled Pisco.\n\nIt killed 500.",
            "nine",
            "500",
        ),
        (
            "A quake hit Nepal on Tuesday, killing nine, almost nine years after the town of Barpak was razed "
            "in a quake that killed thousands.",
            "nine",
            "thousands",
        ),
        (
            "A quake hit Nepal on Tuesday, killing nine. The valley was shaken almost nine years after the town of "
            "Barpak, which lies 80 kilometres to the west of it, was razed in a quake that killed thousands.",
            "nine",
            "thousands",
        ),
        (
            "A bus crashed near Cusco on Tuesday, killing nine. Earlier this month, a bus crash near Puno killed 13.",
            "nine",
            "13",
        ),
        (
            "Four people died in a crash at Cusco in 2013, and 71 were killed in Puno in 1996.",
            "Four",
            "71 were killed",
        ),
        ("Nine people have died of heat this week. The 1976 heat wave killed 70.", "Nine", "70"),
        (
            "A quake hit Nepal on Tuesday, killing nine. In 1946 a quake shook Peru and brought a tsunami "
            "that killed 700.",
            "nine",
            "700",
        ),
        ("Protests broke out in Kampala after a police shooting of a boy on Tuesday.", "Protests", "boy"),
        (
            "Hundreds protested in Kampala on Tuesday at the death of a clerk.",
            "protested",
            "death of a clerk",
        ),
        (
            "A bomb killed nine people in the market on Saturday. Years of attacks by the Red Front have killed 3,000.",
            "nine",
            "3,000",
        ),
        (
            "A bomb killed nine people in the market on Saturday. Some sixty kilometres away, gunmen ambushed a convoy "
            "on Saturday and killed five soldiers.",
            "nine",
            "five",
        ),
        (
            "A bomb killed nine people in the market on Saturday. In a separate attack, gunmen killed five soldiers.",
            "nine",
            "five",
        ),
    ],
)
def test_other_times_are_other_incidents(text: str, one: str, other: str) -> None:
    """A sentence that names another time speaks of another incident, and so does the one that goes on with it."""
    assert _incident(text, one) != _incident(text, other)


def test_a_comment_on_other_years_counts_the_dead_of_the_news_apart() -> None:
    """What neither of two crashes of old is told to have done is of none of them."""
    text = (
        "In 1998 at Kolm, 36 people died in a crash. In 2016, eight men were killed at Brede.\n\n"
        "Nobody read the reports.\n\nThe bodies of 14 people were laid out."
    )
    assert _incident(text, "14").kind == ""


def test_days_without_a_year_part_what_an_undated_article_tells() -> None:
    """Which year it was does not matter: two days are two days, and no day of the year is given out."""
    text = (
        "A gunman killed two clerks in a shop on Saturday, Jan. 25. A guard was shot dead on Friday, Jan. 24, at the "
        "old mill."
    )
    document = make_document("a1", text)
    one, other = (
        incident_at(
            document,
            Span(start=text.index(words), end=text.index(words) + 3),
            find_incidents(document, find_dates(document), find_places(document)),
        )
        for words in ("two", "guard")
    )
    assert (None, None) == (one.first, other.first)
    assert (False, True) == (one.is_background, other.is_background)


@pytest.mark.parametrize(
    "text",
    [
        "The strike, the union members say, will go on. A walkout paralysed trains in Rome on Tuesday.",
        "Demonstrators tried to storm parliament in Rome.",
        "Witnesses saw the jet strike a mast near Rome.",
        "Youths overturned cars in Rome.",
        "Their hearts sank in Rome on Tuesday.",
        "The coalition government in Rome has collapsed.",
        "Deputies executed a search warrant at a flat in Rome on Tuesday.",
    ],
)
def test_words_that_only_sound_like_it_open_no_incident(text: str) -> None:
    """A walkout, an attempt and a transitive verb are no happening of ours."""
    assert () == _read(text)[1]


def test_quake_that_struck_is_a_quake() -> None:
    """What "struck", the text has to say: a quake makes no strike."""
    _, incidents = _read("The quake, which struck Peru on Tuesday, killed nine. It struck at noon.")
    assert {"earthquake"} == {incident.kind for incident in incidents}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("A man opened fire in a bar in Oslo on Tuesday. Officers raided the bar.", "man"),
        ("A firebomb attack in Oslo killed three as police clashed with protesters.", None),
        ("Youths threw stones at police and torched a shop in Oslo.", "Youths"),
    ],
)
def test_nameless_doer_did_the_deed_itself(text: str, actor: str | None) -> None:
    """Police that come, clash or are hit are no culprits."""
    _, incidents = _read(text)
    assert actor == main_incident(incidents).actor


def test_place_at_a_distance_is_not_the_place() -> None:
    """ "600 miles southeast of Lima" is not in Lima."""
    assert _at("A quake that killed nine people was 600 miles southeast of Lima.", "nine").place is None


def test_the_lead_s_part_of_a_day_is_the_incident_s() -> None:
    """ "Last night" in the lead dates the news, though the sentence that tells the incident names no day."""
    text = "There was fear in Orvalle last night. An explosion had wounded ten people."
    document = make_document("a", text, published=dt.date(2025, 3, 12))
    assert extract(document).incidents[-1].first == dt.date(2025, 3, 11)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Prosecutors on Wednesday questioned a man accused of shooting a judge.", "shooting"),
        ("On Wednesday a court charged two men with the murder of a judge.", "murder"),
    ],
)
def test_day_of_the_charge_is_not_the_day_of_the_deed(text: str, words: str) -> None:
    """What somebody is held for happened before."""
    told = "A judge was shot dead on Monday.\n\n"
    assert dt.date(2024, 5, 13) == _at(told + text, words).first


def test_time_of_another_zone_gives_no_other_day() -> None:
    """What stands in brackets is the same moment."""
    text = "A bomb exploded in Lagos shortly after 6 a.m. on Wednesday (2300 GMT Tuesday)."
    assert dt.date(2024, 5, 15) == _at(text, "exploded").first


def test_where_the_wounded_are_is_not_where_it_happened() -> None:
    """They are treated elsewhere."""
    text = "A bomb exploded in Lagos on Wednesday. In Accra doctors operated on four of the wounded."
    assert "Lagos" == _at(text, "wounded").place


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("On Wednesday thousands buried the judge who was shot at a market last Friday.", "shot", 10),
        ("The guard who shot a judge was once a sailor, the court heard on Wednesday.", "shot", 13),
        ("The mayor of Kolm explained the gap on Wednesday: three people had died at home.", "died", 13),
        ("Residents told the agency on Wednesday that gunmen attacked a mill.", "attacked", 13),
    ],
)
def test_day_of_another_clause_is_not_the_day_of_the_deed(text: str, words: str, day: int) -> None:
    """What frames a relative clause, and what stands in front of a colon, dates something else."""
    told = _at(f"A bomb went off in Lagos on Monday.\n\n{text}", words).first
    assert dt.date(2024, 5, day) == told


@pytest.mark.parametrize(
    "text",
    [
        "The minister told a news conference in Nairobi that nine people had died.",
        "Speaking in Nairobi, the president condemned the bombing.",
        "Four of those wounded were taken to a clinic in Nairobi.",
        "The suspect had been in Nairobi before he bombed the hall.",
        "The driver was not injured in Nairobi.",
    ],
)
def test_where_somebody_speaks_or_is_treated_is_not_where_it_happened(text: str) -> None:
    """Nor is where somebody was before."""
    _, incidents = _read(f"A bomb exploded at a hall in Lagos on Wednesday. {text}")
    assert {"Lagos"} == {incident.place for incident in incidents}


@pytest.mark.parametrize(
    "text",
    [
        "A Kenya war veteran opened fire in a hall in Oslo on Tuesday.",
        "A hall in Oslo was bombed by former army officer Per Lund on Tuesday.",
        "He went in at the Third Brigade and opened fire in Oslo on Tuesday.",
        "Hall bombed\n\nOSLO, Norway (NP) - Two explosions ripped through a hall on Tuesday.",
    ],
)
def test_who_is_only_described_did_nothing(text: str) -> None:
    """A country or a body that says what somebody is, or where he is, is no doer."""
    assert main_incident(_read(text)[1]).actor is None


def test_what_follows_moments_later_is_the_same_incident() -> None:
    """ "Another blast" of the same minute is no other incident."""
    text = "A bomb exploded in Lagos on Wednesday. Seconds later there was another blast in the yard."
    assert _incident(text, "exploded") == _incident(text, "blast")


def test_what_either_side_of_a_fight_does_is_the_fight() -> None:
    """Rockets of one and raids of the other are scenes of a clash of two armies."""
    text = (
        "Kenyan and Ugandan troops exchanged fire along their border on Tuesday, killing nine people.\n\n"
        "Rockets fell on a school in Busia and killed six pupils, the Kenyan army said. "
        "Two Ugandan soldiers were killed when shells hit their camp, the Ugandan army said."
    )
    assert _incident(text, "nine people") == _incident(text, "six pupils") == _incident(text, "Two Ugandan")


def test_undated_article_s_main_incident_has_no_day_of_years_ago() -> None:
    """A day with its year, far below the news of a page without a date, is that of another incident."""
    text = (
        "A soldier opened fire at a barracks in Oslo on Wednesday, killing three people.\n\n"
        "The base was closed. Parents waited at the gate. A general said he was shocked. Blood was given.\n\n"
        "On May 5, 2011, a captain opened fire there and killed 13 people."
    )
    document = make_document("a", text)
    mentions = find_incidents(document, find_dates(document), find_places(document))
    assert [None, dt.date(2011, 5, 5)] == [mentions[0].first, mentions[-1].first]


def test_toll_of_years_ago_is_not_what_was_told_far_above() -> None:
    """Two tellings without a place, one of them dated years back, are two incidents."""
    text = (
        "A bomb exploded in Lagos on Wednesday. Another bombing was reported. A hall burned. Windows broke.\n\n"
        "The mayor came. People prayed. Nobody spoke.\n\nIn 2005 a blast left 22 people dead."
    )
    assert _incident(text, "Another bombing") != _incident(text, "22")


def test_an_attack_of_the_same_sentence_is_the_one_told_in_it() -> None:
    """ "One of the attacks" goes back to the bombings right before."""
    text = (
        "A bomb exploded at a church in Lagos on Wednesday.\n\nIn May 2018 two men carried out bombings in Abuja, "
        "and a boy of six was killed in one of the attacks."
    )
    assert _incident(text, "bombings") == _incident(text, "attacks")


@pytest.mark.parametrize(
    "text",
    [
        "The U.N. office said in Geneva that nine people had died.",
        "It was like the deaths in the Iraq and Afghanistan wars.",
        "Officers came from the Kenyan embassy. Nine people died.",
    ],
)
def test_names_that_say_no_place_give_none(text: str) -> None:
    """Where an office spoke, a war's name and an embassy's country."""
    _, incidents = _read(f"A bomb exploded at a hall in Lagos on Wednesday. {text}")
    assert {"Lagos"} == {incident.place for incident in incidents}


def test_what_happened_in_two_towns_is_in_neither_alone() -> None:
    """ "Riots in Lagos and Abuja" is placed by what else is told."""
    assert _at("Riots broke out in Lagos and Abuja on Wednesday.", "Riots").place is None
    assert _at("Riots broke out in Lagos on Wednesday.", "Riots").place == "Lagos"


def test_violence_of_two_days_is_the_news() -> None:
    """ "Two days of violence" stands in no side clause; "two days after" does."""
    text = "Unrest spread in Zambia on Wednesday.\n\nNine people died in two days of violence."
    assert _incident(text, "Unrest") == _incident(text, "Nine people")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Wednesday they fed survivors of a quake that hit Lagos late on Monday.", 13),
        ("A quake hit Lagos on Monday. On the night of the quake the lights went out.", 13),
        ("A quake that hit Lagos on Monday forced thousands to spend the night in tents.", 13),
        (
            '"We felt the quake. On Wednesday I saw the mayor," said Ade Bello. The quake hit Lagos on Monday.',
            13,
        ),
    ],
)
def test_day_of_what_a_quake_left_behind_is_not_its_day(text: str, day: int) -> None:
    """Survivors are fed, nights are spent and mayors met after it."""
    assert dt.date(2024, 5, day) == _at(text, "quake").first


def test_report_on_what_happened_weeks_ago_is_about_it() -> None:
    """A headline without a day and the first sentence with one tell one incident, however old it is."""
    text = (
        "Kenya: drone strike kills 21 in Lagos\n\nA drone strike in Lagos on 2 May killed at least 21 people, "
        "the group said after talking to witnesses."
    )
    assert _incident(text, "21 in") == _incident(text, "21 people")
    assert dt.date(2024, 5, 2) == _at(text, "21 people").first


def test_crackdown_on_gangs_is_no_scene_of_a_stampede() -> None:
    """What a minister is known for is not the news."""
    text = (
        "Forty-four people died in a crush at a stadium in Lagos on Sunday.\n\nThe minister made his name with a "
        "crackdown on gangs, in which 260 people have died."
    )
    assert _incident(text, "Forty-four") != _incident(text, "260")


def test_a_shortened_title_parts_no_day_from_its_deed() -> None:
    """ "Maj." ends no sentence."""
    text = "On Monday an army man, Maj. Per Lund, opened fire in a hall in Lagos."
    assert dt.date(2024, 5, 13) == _at(text, "opened fire").first


def test_two_nouns_of_one_phrase_share_day_and_place() -> None:
    """ "A crash and fire in May" is one thing of May."""
    text = "A blaze killed twelve people in Lagos on Wednesday. In May 2019 a crash and fire killed 22."
    assert dt.date(2019, 5, 1) == _at(text, "22").first


def test_the_dead_of_a_funeral_are_known() -> None:
    """ "Their dead" open no incident of the day on which they are buried."""
    text = "Families took their dead home to Kolm in silence.\n\nNine people have died since Monday's fire in Lagos."
    assert "fire" == main_incident(_read(text)[1]).kind


@pytest.mark.parametrize(
    "text",
    [
        "Murder trial ordered for a Lagos clerk on Wednesday.",
        "On Wednesday a man accused of a stabbing in Lagos was heard.",
        "Lagos bombing inquiry opens on Wednesday.",
    ],
)
def test_what_a_court_deals_with_happened_before(text: str) -> None:
    """The day of the hearing is no day of the deed."""
    assert main_incident(_read(text)[1]).first is None


def test_attacks_in_a_third_country_are_others() -> None:
    """A village that no gazetteer holds lies in the countries told beside it, so it makes room for no third one."""
    text = (
        "Chad's air force carried out strikes in Niger on Thursday. The strikes began in the village of Ourbadine. "
        "Niger had warned of it. The region has been restless since France began attacks on militia posts in Mali."
    )
    assert _incident(text, "strikes in Niger") == _incident(text, "The strikes")
    assert _incident(text, "strikes in Niger") != _incident(text, "attacks on militia")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The dead were buried on Wednesday, four days after a fire swept through a hall.", (10, 12)),
        ("Divers gave up on Wednesday, two days after a ferry sank off Java.", (12, 14)),
        ("A minister resigned on Wednesday, a week after a fire at a mill in Lagos.", (5, 11)),
        ("The worst mill fire in years claimed 23 lives at a plant in Lagos on 3 May.", (3, 3)),
    ],
)
def test_the_day_is_counted_back(text: str, days: tuple[int, int]) -> None:
    """What happened "four days after" has a day of its own, not that of what is told."""
    mention = _read(text)[1][-1]
    assert (dt.date(2024, 5, days[0]), dt.date(2024, 5, days[1])) == (mention.first, mention.last)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sparks set fire to the ceiling of a club in Lagos.", "fire"),
        ("Rioters set fire to a club in Lagos.", "arson"),
        ("A club in Lagos burned when they set fire to it.", "arson"),
    ],
)
def test_things_commit_no_arson(text: str, kind: str) -> None:
    """Only somebody sets fire to a thing on purpose."""
    assert kind == _read(text)[1][0].kind


@pytest.mark.parametrize(
    ("text", "words", "year"),
    [
        ("Forty guests died in the worst poisoning since the state banned spirits in 2016.", "Forty", None),
        ("Six miners were killed in the worst accident since the pit reopened in 2009.", "Six", None),
        ("It was the deadliest crash since a train derailed in 2011; 14 people died.", "14 people", None),
        ("In the worst accident since a blast in 2009, six miners were killed on Monday.", "six", 2024),
        ("In 2019, 133 people died in Assam. In 2020, 120 people died in Punjab.", "120 people", 2020),
        (
            "In 2019, 133 people died in Assam. In 2020 a fire killed 120 people in Punjab.",
            "120 people",
            2020,
        ),
    ],
)
def test_a_year_to_compare_with_is_not_the_news(text: str, words: str, year: int | None) -> None:
    """What the news is the worst since is another event, and so is that of the next year."""
    first = _at(text, words).first
    assert (first and first.year) == year


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        (
            "Gunmen raided a village in Plateau on Thursday. It came days after 40 people were killed in Benue.",
            "40 people",
            ("deaths", "Benue", None),
        ),
        (
            "A fire in Dhaka killed 23 on Monday. The worst disaster, the collapse of a tower in 2013, killed 90.",
            "killed 90",
            ("collapse", None, 2013),
        ),
        (
            "Twelve died in the city in 2014, and a fire killed 19 on Monday.",
            "Twelve",
            ("deaths", None, 2014),
        ),
        (
            "Twelve died in the city in 2014, and a fire killed 19 on Monday.",
            "killed 19",
            ("fire", None, 2024),
        ),
        (
            "Sixteen died there in 2014, and the next year an earthquake killed 19.",
            "19",
            ("earthquake", None, 2015),
        ),
    ],
)
def test_what_came_before_is_told_apart(
    text: str, words: str, told: tuple[str, str | None, int | None]
) -> None:
    """What a raid came days after, a noun in apposition and another clause are events of their own."""
    incident = _incident(text, words)
    assert (incident.kind, incident.place, incident.first and incident.first.year) == told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A clerk shot two colleagues dead on Monday. The attack came weeks after a driver from Lowell, Ohio, "
            "shot eight people dead.",
            "eight people",
        ),
        (
            "A clerk shot two men dead on Monday. The attack came a month after a man, who was ill, killed nine.",
            "killed nine",
        ),
        (
            "A bomb killed two people in Lowell on Monday. Last year a court jailed two men, convicted over a "
            "bombing that killed 30.",
            "killed 30",
        ),
        (
            "A clerk killed two people in Lowell on Monday, police said. The inquiry goes on. The town is calm. "
            "Earlier this year a nurse was charged over a stabbing that left three dead.",
            "three dead",
        ),
    ],
)
def test_what_was_tried_or_came_before_the_news_is_none_of_it(text: str, words: str) -> None:
    """Asides do not end what the news came after; what a court had before the news is another thing."""
    assert _incident(text, words).is_background


def test_what_is_tried_after_the_news_may_be_it() -> None:
    """A charge of the day after may be over the news itself."""
    text = "A bomb killed two people in Lowell on Monday. On Tuesday a man was charged over a bombing that killed two."
    assert not _incident(text, "killed two.").is_background


@pytest.mark.parametrize(
    ("text", "words", "kind", "first"),
    [
        ("The union said on Monday that 52 people had died in the pit.", "52", "deaths", None),
        ("Nine people died on Monday in the pit, the union said.", "Nine", "deaths", 13),
        (
            "An outbreak of cholera has killed 46 people in Lowell, the ministry said on Monday.",
            "46",
            "outbreak",
            None,
        ),
        ("The UN on Monday condemned an air strike in Lowell that killed 24.", "24", "airstrike", None),
        (
            "The airline said on Monday it would pay the families of 44 men killed in a plane crash.",
            "44",
            "plane crash",
            None,
        ),
    ],
)
def test_day_of_the_talking_is_not_that_of_the_deaths(
    text: str, words: str, kind: str, first: int | None
) -> None:
    """Who counts the dead on Monday does not tell when they died, and an outbreak has no day of its own."""
    incident = _incident(text, words)
    assert (incident.kind, incident.first and incident.first.day) == (kind, first)


def test_what_befell_a_place_before_is_not_what_is_counted_there() -> None:
    """ "Where floods in June damaged wells" tells of the place."""
    text = (
        "An outbreak of cholera has hit Lowell. "
        "More than 900 people fell ill in the south, where floods in 2019 killed nine."
    )
    assert ("outbreak", "flood") == (_incident(text, "900").kind, _incident(text, "nine").kind)


def test_police_who_shoot_the_gunman_did_not_do_it() -> None:
    """The news is his deed, whoever ended it."""
    text = "A gunman killed five people at a bank in Lowell on Monday before police shot him dead."
    assert _incident(text, "five people").actor is None


@pytest.mark.parametrize(
    ("text", "news", "older"),
    [
        (
            "Turkish jets bombed a camp, killing five, in retaliation for an ambush that killed nine.",
            "five",
            "nine",
        ),
        (
            "Chad carried out strikes on Tuesday, days after rebels killed two men. Eight died.",
            "Eight",
            "two",
        ),
        (
            "The army shelled Karsa, killing nine, hours after rebels hit a post and killed four.",
            "nine",
            "killed four",
        ),
        (
            "Kenyan police killed three men on Tuesday, a day after gunmen shot dead five.",
            "killed three",
            "five",
        ),
        (
            "The raid came after five guards were shot dead near Orm. Three people were killed.",
            "Three",
            "five",
        ),
        (
            "Israel launched the strikes after two men were killed. Six died in them.",
            "Six",
            "two men were killed",
        ),
        (
            "Two died in Israeli strikes. Israeli forces said they hit a base after drones wounded six.",
            "Two",
            "six",
        ),
    ],
)
def test_what_the_news_answers_is_another_incident(text: str, news: str, older: str) -> None:
    """A strike and what it answers are two; the next sentence goes on with the news."""
    assert not _incident(text, news).is_background
    assert _incident(text, older).is_background


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Helicopters attacked the town of Orm, killing nine.", "airstrike"),
        ("A minibus hit a landmine near Orm, killing nine.", "bombing"),
        ("A landmine killed nine people near Orm.", "bombing"),
        ("A drone hit a car, killing nine people.", "drone attack"),
        ("Rebels fired dozens of rockets at Orm.", "missile attack"),
        ("Missiles fired from Orm hit the town of Kolm.", "missile attack"),
        ("Nine people were hit by Israeli fire near Orm.", "shooting"),
        ("Rebels overran a base near Orm, killing nine.", "raid"),
        ("A helicopter hit a house in Orm, killing nine.", "plane crash"),
    ],
)
def test_things_tell_what_they_did_by_their_verb(text: str, kind: str) -> None:
    """An aircraft that bombs does not crash, and whoever hits a mine is blown up."""
    assert kind == _read(text)[1][0].kind


@pytest.mark.parametrize(
    ("text", "words", "is_known"),
    [
        (
            "Nine died in a clash. It was the worst clash since 2021, when 19 bodies were found.",
            "19 bodies",
            False,
        ),
        ("Six died in a raid. Five days later air strikes killed dozens of attackers.", "dozens", False),
        (
            "The toll of Tuesday's Russian strike rose to six after a woman died in a clinic.",
            "woman died",
            True,
        ),
    ],
)
def test_what_is_only_held_against_the_news_is_none_of_it(text: str, words: str, is_known: bool) -> None:
    """A comparison and what followed days later are apart; who dies of it later is not."""
    main = main_incident(_read(text)[1])
    found = _at(text, words)
    assert is_known == ((found.kind, found.first) == (main.kind, main.first))


def test_things_have_the_state_in_front_of_them_as_their_doer() -> None:
    """An Israeli drone is Israel's."""
    assert _incident("An Israeli drone hit a car, killing two.", "two").actor == "Israel"
    assert _incident("US jets bombed a camp, killing two.", "two").actor == "United States"


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("Two men went on trial Wednesday for killing a mother of five in Leeds.", "mother", None),
        ("A jury on Wednesday found a man guilty of killing three people in Leeds.", "three", None),
        ("The trial over a bombing that killed 12 people in Leeds opened on Wednesday.", "12", None),
        ("A gunman who killed four people in Leeds was found guilty of murder on Wednesday.", "four", None),
        ("Two men appeared in court on Wednesday charged with killing three people.", "three", None),
        ("The court heard that on Monday he shot two women.", "two", dt.date(2024, 5, 13)),
        ("He was found guilty of killing three people on 3 May 2021.", "three", dt.date(2021, 5, 3)),
        ("A bomb exploded outside a court in Quetta on Monday, killing 12.", "12", dt.date(2024, 5, 13)),
    ],
)
def test_day_of_a_court_is_not_that_of_the_deed(text: str, words: str, day: dt.date | None) -> None:
    """A trial comes long after; what is told in it, or written out behind it, has its own day."""
    assert day == _incident(text, words).first


def test_two_nouns_in_a_row_are_one_incident() -> None:
    """An "ambush shooting" is one, and so is what somebody is convicted of murder for."""
    text = (
        "A judge sentenced Carl Dunn for the ambush shooting of Jim Orr in June 2005 in Leeds.\n"
        "Dunn was convicted of murder for the slaying of Orr.\nOrr was shot in the head."
    )
    assert len({(m.kind, m.place, m.first) for m in _read(text)[1]}) == 1
