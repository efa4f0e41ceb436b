"""Key facts are sentences as written that independent articles tell, and that stand alone."""

import dataclasses
import datetime as dt

import pytest

from digests.analysis.key_facts import find_key_facts
from digests.analysis.sentences.leads import main_kind, raised_counts
from digests.analysis.sentences.support import Sentences
from digests.extract import extract
from digests.text.document import make_document
from digests.types import Bounds, Evidence, Facts, Figure, IncidentMention, Measure, Scope, Span, StoryArticle
from tests.digests.stories.texts import make_article

COAST = (
    "A ferry carrying 214 people sank off Port Alder early on Tuesday. "
    "The operator, Alder Lines, had been warned in May about overloading its ships. "
    "He said that nobody would sail. "
    '"We held on to the hull until the fishermen came," said a survivor of the ferry. '
    "Was the ferry overloaded? "
    "Transport minister Ana Reyes suspended all sailings between Port Alder and the island of Brume."
)
NORTH = (
    "The ferry sank off Port Alder on Tuesday with 214 people on board, rescuers said. "
    "Ana Reyes, the transport minister, suspended sailings to Brume. "
    "In May inspectors had warned Alder Lines about overloading. "
    "He said that nobody would sail. "
    "Was the ferry overloaded? "
    "The harbour cafe is open for relatives."
)
OTHER = "Highmark beat Lowland by two goals to nil in the final. The keeper was carried off the field by his team."


def items(*texts: str, outlets: str = "ABCDEFG", facts: Facts = Facts()) -> list[StoryArticle]:  # noqa: B008
    return [
        StoryArticle(article=make_article(f"a{i}", text, outlet=outlets[i]), facts=facts)
        for i, text in enumerate(texts)
    ]


def test_facts_are_told_by_both_and_stand_alone() -> None:
    """What both tell is found once each, what happened first; pronouns, quotations and questions are no facts."""
    facts = find_key_facts(items(COAST, NORTH))
    texts = [fact.text for fact in facts]
    assert len(texts) == 3
    assert "sank off Port Alder" in texts[0]
    assert sum("overloading" in text for text in texts) == 1
    assert sum("suspended" in text for text in texts) == 1
    assert not [text for text in texts if text.startswith(("He ", "Was ", '"'))]


def test_what_a_sentence_belongs_to_makes_it_no_other_fact() -> None:
    """An act told with the event that it followed is other news than the event, which tells nothing beside it."""
    event = "Soldiers seized power in Brume and detained President Ana Reyes, officers said."
    act = "The Harbour League expelled the island, a day after soldiers seized power in Brume and detained Reyes."
    sentences = Sentences(items(event, act))
    first, second = sentences.all
    assert sentences.is_other_news(second, first)
    assert not sentences.is_other_news(first, second)


def test_who_says_it_is_no_support() -> None:
    """Two reports that quote one official on two things do not tell the same."""
    first = "The search has ended at the dam, civil defence chief Hugo Rengo said on Tuesday. Shops were shut in Orm."
    second = "Some 700 houses fell in the valley, civil defence chief Hugo Rengo said on Tuesday. Rain is expected."
    facts = find_key_facts(
        [
            dataclasses.replace(item, facts=extract(make_document(item.article.id, item.article.text)))
            for item in items(first, second)
        ]
    )
    assert [len(fact.support) for fact in facts if "Rengo" in fact.text] == [1] * sum(
        "Rengo" in f.text for f in facts
    )


def test_support_leads_back_to_the_words() -> None:
    """The first citation is the fact itself, each the exact words of its article, no article twice."""
    articles = items(COAST, NORTH, OTHER)
    text_of = {item.article.id: item.article.text for item in articles}
    for fact in find_key_facts(articles):
        assert fact.support[0].text == fact.text
        assert [c.text for c in fact.support] == [
            text_of[c.article_id][c.span.start : c.span.end] for c in fact.support
        ]
        assert len({c.article_id for c in fact.support}) == len(fact.support) == 2
        assert 0 < fact.score <= 1


def test_scores_fall() -> None:
    """The order is that of the scores."""
    scores = [fact.score for fact in find_key_facts(items(COAST, NORTH))]
    assert scores == sorted(scores, reverse=True)


def test_one_voice_gives_its_opening() -> None:
    """One article: its first sentences, each supported by itself alone."""
    facts = find_key_facts(items(COAST))
    assert facts[0].text.startswith("A ferry carrying")
    assert {len(fact.support) for fact in facts} == {1}


@pytest.mark.parametrize("outlets", ["AA", "AB"], ids=["same outlet", "reprint"])
def test_one_voice_twice_is_no_support(outlets: str) -> None:
    """Neither an outlet's second report nor a reprint supports the first."""
    articles = items(COAST, NORTH if outlets == "AA" else COAST, outlets=outlets)
    if outlets == "AB":
        articles[1] = dataclasses.replace(articles[1], copy_of="a0")
    assert {len(fact.support) for fact in find_key_facts(articles)} == {1}


def test_what_only_one_tells_is_no_fact() -> None:
    """Two articles without anything in common have no key fact."""
    assert find_key_facts(items(COAST, OTHER)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Alder Lines overloaded the ferry that sank off Port Alder.",
            "Alder Lines denied it overloaded the ferry that sank off Port Alder.",
        ),
        (
            "Rescuers counted 31 cabins in the ferry that sank off Port Alder.",
            "Rescuers counted 58 cabins in the ferry that sank off Port Alder.",
        ),
    ],
    ids=["denial", "other number"],
)
def test_contradiction_is_no_support(one: str, other: str) -> None:
    """Like words do not support each other when they say the opposite."""
    assert find_key_facts(items(one, other)) == ()


def test_names_alone_are_no_support() -> None:
    """The same people doing something else is another fact, and contradicts nothing."""
    one = "Minister Ana Reyes met Hugo Lindqvist at the harbour of Port Alder."
    other = "Minister Ana Reyes closed the market, and Hugo Lindqvist left Port Alder."
    assert {len(fact.support) for fact in find_key_facts(items(one, other))} == {1}


def test_what_one_report_tells_in_one_sentence_may_be_two_facts() -> None:
    """A sentence that holds both does not make one fact of them."""
    facts = find_key_facts(
        items(
            "The Harbour Union won the vote in Lowland, and Premier Ana Reyes conceded defeat on Monday.",
            "The Harbour Union has won the vote in Lowland. Premier Ana Reyes conceded defeat on Monday morning.",
        )
    )
    assert any("conceded" in fact.text for fact in facts)


def test_what_was_decided_stands_below_the_opening_too() -> None:
    """Where no incident is told of, dated and decided acts of the first paragraphs are facts."""
    facts = find_key_facts(
        items(
            "A court in Brume sentenced Hugo Lindqvist to four years in prison over the sale of the ferry dock. "
            "The hall was full. Reporters stood outside. "
            "The dock's buyer, Alder Lines, was fined two million crowns on Tuesday.",
            "Hugo Lindqvist must go to prison for four years for selling the ferry dock below its price. "
            "He smiled. Alder Lines has to pay a fine.",
        )
    )
    assert any("was fined" in fact.text for fact in facts)


def _killed(text: str, words: str, low: int) -> Facts:
    at = Span(start=text.index(words), end=text.index(words) + len(words))
    whole = Span(start=0, end=len(text))
    return Facts(
        figures=(
            Figure(
                measure=Measure.KILLED,
                bounds=Bounds(low=low, high=low),
                words=words,
                victims="people",
                group="people",
                scope=Scope.INCIDENT,
                part_of=None,
                claimant=None,
                incident=IncidentMention(kind="sinking"),
                as_of=None,
                evidence=Evidence(article_id="", span=at, sentence=whole, rule="test"),
            ),
        )
    )


@pytest.mark.parametrize(("count", "found"), [("nine", 1), ("seven", 0)])
def test_count_of_dead_must_agree(count: str, found: int) -> None:
    """A sentence with nine dead is not supported by one with seven."""
    texts = [
        "A ferry sank off Port Alder and nine people drowned.",
        f"Off Port Alder {count} people drowned as a ferry sank.",
    ]
    numbers = {"nine": 9, "seven": 7}
    articles = [
        StoryArticle(
            article=make_article(f"a{i}", text, outlet="AB"[i]), facts=_killed(text, word, numbers[word])
        )
        for i, (text, word) in enumerate(zip(texts, ("nine", count), strict=True))
    ]
    assert len(find_key_facts(articles)) == found


def test_dateline_is_no_part_of_a_fact() -> None:
    """A fact begins with what it says."""
    facts = find_key_facts(items(f"PORT ALDER, Lowland (AP) – {COAST}", NORTH))
    assert not [fact for fact in facts if "(AP)" in fact.text]


def test_hour_of_a_live_page_is_no_part_of_a_fact() -> None:
    """Wherever in the page it stands."""
    live = " ".join(f"1{n}:05 {line}." for n, line in enumerate(COAST.split(". ")[:2]))
    facts = find_key_facts(items(live, NORTH))
    assert [] == [fact.text for fact in facts if fact.text[0].isdigit()]
    assert "A ferry carrying 214 people sank off Port Alder early on Tuesday." in [f.text for f in facts]


def _read(*texts: str) -> list[StoryArticle]:
    """Articles of 3 June 2025 with what is read from them."""
    return [
        dataclasses.replace(
            item,
            facts=extract(make_document(item.article.id, item.article.text, published=dt.date(2025, 6, 3))),
        )
        for item in items(*texts)
    ]


def test_cause_that_is_disputed_is_a_fact_of_its_own() -> None:
    """It stands before what else a single report tells."""
    fire = "A fire at a mill in Port Alder on Monday killed nine people, the mayor said."
    more = [
        "The mill has stood at the harbour since the year in which the port was opened, the mayor said of the fire.",
        "Workers at the mill said on Tuesday that a gas leak caused the fire.",
    ]
    other = "Nine people died in Monday's fire at the mill in Port Alder, and police blamed a short circuit."
    facts = [fact.text for fact in find_key_facts(_read(" ".join([fire, *more]), other))]
    assert facts.index(more[1]) < (facts.index(more[0]) if more[0] in facts else len(facts))


def test_higher_count_of_a_critic_leaves_no_report_behind() -> None:
    """What the newest report tells first is the toll; others hold another one further down."""
    blast = (
        "An explosion at a coal mine in Port Alder on Monday killed 41 miners, the interior minister said."
    )
    critic = "Lawmaker Dana Mercer said her party had the names of 43 dead."
    other = (
        "Rescue teams left the coal mine in Port Alder on Tuesday after an explosion there killed 41 miners."
    )
    first = find_key_facts(_read(f"{blast} {critic}", other))[0].text
    assert "killed 41 miners" in first


def test_place_in_brackets_is_no_part_of_a_fact() -> None:
    """Statements of bodies open so."""
    facts = find_key_facts(items(f"(Port Alder, June 3, 2025) – {COAST}", NORTH))
    assert "A ferry carrying 214 people sank off Port Alder early on Tuesday." in [f.text for f in facts]


def test_an_hour_shows_no_day() -> None:
    """ "At 3.05 a.m." needs none; "on Tuesday" does."""
    text = "A ferry carrying 214 people sank off Port Alder at 3.05 a.m. on Tuesday, rescuers said."
    (fact,) = [fact for fact in find_key_facts(_read(text, NORTH)) if fact.text == text]
    assert [dt.date(2025, 6, 3)] == [day for _, day in fact.days]


def test_no_articles_have_no_facts() -> None:
    """Nor have empty ones."""
    assert find_key_facts([]) == find_key_facts(items("", "")) == ()


def test_order_of_articles_does_not_matter_for_the_texts() -> None:
    """The same articles in another order give the same facts."""
    articles = items(COAST, NORTH, OTHER)
    assert [f.text for f in find_key_facts(articles)] == [f.text for f in find_key_facts(articles[::-1])]


def _telling(name: str, text: str, *, killed: int = 0, kind: str = "sinking", day: int = 4) -> StoryArticle:
    """An article whose first sentence tells of a sinking, with its toll where it has one."""
    sentence = Span(start=0, end=text.index(".") + 1)
    incident = IncidentMention(kind=kind, span=Span(start=0, end=9), sentence=sentence)
    figure = Figure(
        measure=Measure.KILLED,
        bounds=Bounds(low=killed, high=killed),
        words=str(killed),
        victims="people",
        group="people",
        scope=Scope.INCIDENT,
        part_of=None,
        claimant=None,
        incident=incident,
        as_of=None,
        evidence=Evidence(article_id=name, span=sentence, sentence=sentence, rule="test"),
    )
    article = dataclasses.replace(make_article(name, text, outlet=name), published_on=dt.date(2021, 3, day))
    facts = Facts(figures=(figure,) if killed else (), incidents=(incident,) if kind else ())
    return StoryArticle(article=article, facts=facts)


@pytest.mark.parametrize(("toll", "is_marked"), [(31, True), (12, False), (0, False)])
def test_a_toll_left_behind_is_marked(toll: int, *, is_marked: bool) -> None:
    """The fullest lead may hold an earlier count: the mark stands behind its words."""
    (told,) = Sentences([_telling("a0", "A ferry sank off Port Alder, killing 12 people.", killed=12)]).all
    assert ((len(told.text),) if is_marked else ()) == raised_counts(told, "sinking", toll)


def test_a_fact_is_shown_with_the_last_toll_that_a_report_opens_with() -> None:
    """Two reports tell of one toll on two days: the later one's sentence is shown, and no earlier count behind it."""
    texts = (
        "The number of people killed in the sinking of the ferry Alma off Port Alder rose to at least 12 on Tuesday, "
        "the interior ministry said, as divers searched the wreck.",
        "At least nine people were killed in the sinking of the ferry Alma off Port Alder on Tuesday, "
        "a port official said.",
        "The death toll from the sinking of the ferry Alma off Port Alder rose to 31 on Wednesday, the interior "
        "ministry said, after divers searched the wreck.",
    )
    articles = []
    for day, text in zip((4, 4, 5), texts, strict=True):
        article = make_article(f"a{len(articles)}", text, outlet=f"Outlet {len(articles)}")
        article = dataclasses.replace(article, published_on=dt.date(2021, 5, day))
        document = make_document(article.id, text, published=article.published_on)
        articles.append(StoryArticle(article=article, facts=extract(document)))
    fact = find_key_facts(articles)[0]
    assert "rose to 31" in fact.text
    assert ["a2"] == [citation.article_id for citation in fact.support]
    assert () == fact.raised


def test_what_a_copy_keeps_comes_before_the_page_around_it() -> None:
    """A page's other news stand above the report that both carry."""
    page = (
        "Highmark crowned a new king of cheese at its autumn fair. "
        "Lowland opened a museum of clocks to the public at last. "
        "A town in Highmark has banned the keeping of geese indoors. "
        "Two swimmers from Lowland crossed the strait in a bathtub. "
        "An old lighthouse near Alma has been sold to a painter. "
    )
    report = (
        "A ferry carrying 214 people sank off Port Alder early on Tuesday. "
        "Transport minister Ana Reyes suspended all sailings to the island of Brume. "
        "Alder Lines had been warned in May about overloading its ships. "
        "Rescuers from Port Alder brought 31 bodies ashore before the night. "
        "Divers found the wreck of the ferry at a depth of forty metres. "
    )
    articles = items(page + report, report)
    articles[1] = dataclasses.replace(articles[1], copy_of="a0")
    texts = [fact.text for fact in find_key_facts(articles)]
    assert 5 == len(texts)
    assert [text for text in texts if "king of cheese" in text or "museum" in text] == []


def test_reports_of_one_outlet_are_chosen_from_together() -> None:
    """What it tells in all of its reports stands on the card, though no other voice supports it."""
    facts = find_key_facts(items(COAST, NORTH, outlets="AA"))
    assert "sank off Port Alder" in facts[0].text
    assert any("suspended" in fact.text for fact in facts)


def test_an_incident_that_one_report_of_five_names_is_not_what_the_story_is_of() -> None:
    """Then what several tell leads, not the one sentence about a sinking."""
    told = (
        "The harbour council of Port Alder closed the fish market over a debt of 3 million crowns on Tuesday."
    )
    aside = _telling("a0", f"A sinking in May had cost the fish traders of Port Alder dear. {told}")
    others = [_telling(f"a{i}", told, kind="") for i in range(1, 5)]
    assert told == find_key_facts([aside, *others])[0].text


def test_a_surname_is_no_common_word() -> None:
    """ "Ana Toll" and "the toll" share nothing, though "Interior Ministry" and "ministry" do."""
    first = "Ana Toll heard the ferry before she saw its lights go out in the strait."
    second = "The toll of the ferry rose on Tuesday, the harbour ministry of Port Alder said."
    assert all(len(fact.support) == 1 for fact in find_key_facts(items(first, second)))


def test_reports_of_one_sentence_share_it() -> None:
    """In three lines every word that two share is common, and yet both tell of the one raid on the bank."""
    facts = find_key_facts(
        items(
            "Masked raiders took gold bars from the Hollis vault in Brume, the city prosecutor said.",
            "Masked raiders - one on crutches - took gold bars and coins from a Hollis vault in the heart of Brume.",
        )
    )
    assert [2] == [len(fact.support) for fact in facts]


def test_openings_say_what_no_incident_does() -> None:
    """Of politics that each report words in its own way an opening is given, with its report alone behind it."""
    facts = find_key_facts(
        items(
            "Governor Ana Reyes of Lowland asked parliament on Monday to lower the tax on ferries.",
            "Sailing to Brume would cost less under a bill that Lowland's cabinet sent to the chamber.",
        )
    )
    assert [1] == [len(fact.support) for fact in facts]


def test_what_happened_comes_first() -> None:
    """A lead on the main incident goes before a better supported side fact."""
    aside = " Transport minister Ana Reyes of Lowland suspended all sailings between Port Alder and Brume."
    first = _telling(
        "a", "The ferry Aurora sank off Port Alder before dawn on Tuesday with 214 people." + aside
    )
    second = _telling("b", "The ferry Aurora, with 214 people, sank off Port Alder on Tuesday." + aside)
    third = _telling("c", "Relatives waited at the harbour." + aside, kind="")
    facts = find_key_facts([first, second, third])
    assert "Aurora" in facts[0].text
    assert "suspended" in facts[1].text


def test_without_agreement_the_newest_report_says_what_happened() -> None:
    """ "Three killed" and "five killed" bear each other out in nothing; the later one leads, cited alone."""
    first = _telling(
        "a", "The ferry sank off Port Alder on Tuesday and killed 3 people, police said.", killed=3
    )
    second = _telling("b", "A boat went down near Brume and 5 people drowned, police said.", killed=5, day=5)
    (fact,) = find_key_facts([first, second])
    assert ("b", 1) == (fact.support[0].article_id, len(fact.support))


@pytest.mark.parametrize(
    "text",
    [
        "A ferry of that age can sink off Port Alder within an hour of a storm.",
        "Police ask anyone with information on the ferry off Port Alder to call the tip line.",
        "45-metre ferries sank off Port Alder with 214 people on Tuesday.",
        "'The ferry sank off Port Alder with 214 people,' he wrote.",
        "Rescuers of Port Alder sent a ferry with 214 people to both.",
    ],
)
def test_what_is_no_statement_of_the_story_is_no_fact(text: str) -> None:
    """Knowledge of the world, appeals, scraps and leaning sentences are none, however many tell them."""
    assert () == find_key_facts(items(text, text.replace("Port Alder", "Port Alder harbour")))


def test_a_rare_statement_shared_by_long_sentences_is_support() -> None:
    """Two articles that recall an envoy in different company tell the same of the envoy."""
    first = (
        "Lowland also lowered its ties with Highmark on Wednesday, recalling its ambassador from the city of Alma "
        "and expelling the envoy of Highmark in Brume."
    )
    second = (
        "On Wednesday Lowland said it was recalling its ambassador from Alma and ending all shared exercises to "
        "protest the attack on fishermen by the coast guard."
    )
    assert ["recalling"] == [
        "recalling"
        for fact in find_key_facts(items(f"{first} {COAST}", f"{second} {OTHER}"))
        if "ambassador" in fact.text
    ]


def test_what_a_single_report_tells_follows() -> None:
    """Few sentences meet: then a report's own count stands behind them, alone, but no count that was left behind."""
    first = _telling(
        "a0", "A ferry sank off Port Alder on Tuesday, and 12 people died on it.", killed=12, day=4
    )
    second = _telling(
        "a1", "Divers at Port Alder now count 31 dead in the cabin of the ferry.", killed=31, day=5
    )
    facts = find_key_facts([first, second])
    assert ["Divers at Port Alder now count 31 dead in the cabin of the ferry."] == [f.text for f in facts]
    assert [1] == [len(fact.support) for fact in facts]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Alder Lines denied that any of its ships had been loaded beyond the rules.", True),
        ("The island of Brume will send two planes and a team of divers to the port.", True),
        ("The island of Brume is known for its white cliffs and its salted butter.", False),
    ],
)
def test_what_was_done_or_denied_follows_from_a_single_report(text: str, *, is_told: bool) -> None:
    """Without a count, a day or an incident of its own; knowledge of the place does not."""
    first = _telling("a0", "A ferry sank off Port Alder on Tuesday, and 31 people died.", killed=31, day=5)
    second = _telling("a1", f"A ferry sank at Port Alder, and 31 people died. {text}", killed=31, day=5)
    assert is_told == (text in [fact.text for fact in find_key_facts([first, second])])


def test_what_several_voices_speak_of_comes_before_what_one_dwells_on() -> None:
    """No two share a sentence on it: the one that holds the words of others (curfew, tickets) is worth more."""
    lead = "A ferry sank off Port Alder on Tuesday, and 31 people died."
    first = _telling(
        "a0",
        f"{lead} Its cook, who bakes bread at night, had been hired by his aunt. "
        "Forged boarding passes were sold at the quay at night by a clerk of the harbour.",
        killed=31,
        day=5,
    )
    second = _telling(
        "a1", f"{lead} He knew of forged passes. Who let a clerk of the quay do so?", killed=31, day=5
    )
    texts = [fact.text for fact in find_key_facts([first, second])]
    assert "Forged boarding passes" in texts[1][:22], texts


@pytest.mark.parametrize(
    ("line", "is_fact"),
    [
        ("• The harbour of Brume was closed after a second ferry ran aground on Tuesday", True),
        ("The harbour of Brume was closed after a second ferry ran aground on Tuesday", False),
        ("• Ferries", False),
        ("The harbour of Brume was closed after a second ferry ran aground, 'with nobody aboard'", False),
        ("The harbour of Brume was closed after a second ferry ran aground, 'with nobody aboard'.", True),
        (
            "Rescuers have found the wreck of the ferry off Port Alder\n\n"
            "The harbour of Brume was closed after a second ferry ran aground on Tuesday",
            True,
        ),
        (
            "Ten Things That You Should Know About Ferries\n\n"
            "The harbour of Brume was closed after a second ferry ran aground on Tuesday",
            False,
        ),
    ],
)
def test_points_of_a_list_need_no_stop(line: str, *, is_fact: bool) -> None:
    """A live page sums up in points or several lines; any other one without a stop is a caption or a headline."""
    lead = "A ferry sank off Port Alder on Tuesday, and 31 people died."
    first = _telling("a0", f"{lead}\n\n{line}\n\nA minute of silence was held.", killed=31, day=5)
    second = _telling("a1", f"{lead} That harbour of Brume was closed, he said.", killed=31, day=5)
    texts = [fact.text for fact in find_key_facts([first, second])]
    assert is_fact == (line.rpartition("\n")[2].removeprefix("• ") in texts), texts


@pytest.mark.parametrize(
    "text",
    [
        "The union of seamen has learnt with deep sorrow of the loss of a ferry off Port Alder.",
        "A trained nurse, she had come home to Port Alder for the feast on Tuesday.",
    ],
)
def test_feelings_and_nameless_persons_do_not_lead(text: str) -> None:
    """What happened stands first, not what somebody feels about it."""
    plain = "A ferry sank off Port Alder on Tuesday, and 31 people died."
    first = _telling("a0", text, killed=31, day=5)
    second = _telling("a1", plain, killed=31, day=5)
    assert find_key_facts([first, second])[0].text == plain


@pytest.mark.parametrize("killed", [9, 0])
def test_reports_that_name_an_event_differently_tell_of_one(killed: int) -> None:
    """A disaster that nobody gives one name is news where its reports count people; a word of death alone is none."""
    kinds = ("disaster", "deaths", "incident", "poisoning")
    told = [_telling(f"a{i}", COAST, killed=killed, kind=kind) for i, kind in enumerate(kinds)]
    assert main_kind(told) == ("deaths" if killed else None)


@pytest.mark.parametrize(
    "later",
    [
        "Police in Brume arrested two men on Thursday over the sinking of a ferry that killed nine people.",
        "The minister of transport resigned on Thursday, two days after nine people died in a sinking off Port Alder.",
        "The sinking happened at 4 a.m. at a depth of 30 metres, the harbour office of Port Alder said on Thursday.",
    ],
    ids=["act", "after", "known"],
)
def test_the_deed_leads_and_not_what_followed(later: str) -> None:
    """What was done about it, and what takes it as known, stand behind the sentence that tells what happened."""
    deed = "A ferry sank off Port Alder on Tuesday, killing at least nine people, the coastguard said."
    assert deed == find_key_facts(_read(deed, later))[0].text


def test_districts_that_sum_up_to_the_toll_are_not_outdated() -> None:
    """ "Seven in one town and five in the other" is as many as the last toll of twelve."""
    first = "A flood killed 12 people in Lowland on Tuesday, the ministry said."
    second = "At least seven people died in Brume and five in Port Alder in the flood, the ministry said on Tuesday."
    assert second in [fact.text for fact in find_key_facts(_read(first, second))]


NAMED = (
    "A ferry with 214 people sank off Port Alder on Tuesday. "
    "Transport minister Ana Reyes said the ferry was overloaded. {} The harbour is open."
)


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        (
            "She ordered an inquiry on Tuesday.",
            "[Ana Reyes, Transport minister] ordered an inquiry on Tuesday.",
        ),
        (
            "Police arrested the captain on Tuesday, she said.",
            "Police arrested the captain on Tuesday, [Ana Reyes, Transport minister] said.",
        ),
        ("But 31 people are still missing in Port Alder.", "31 people are still missing in Port Alder."),
        ("But the police closed the quay in Port Alder.", "The police closed the quay in Port Alder."),
    ],
    ids=["he says", "he said", "number", "but"],
)
def test_what_leans_on_the_sentence_before_is_made_to_stand(sentence: str, fact: str) -> None:
    """A pronoun for whoever spoke there gives way to the name, and a word that links goes; the citation is exact."""
    articles = _read(NAMED.format(sentence), "A ferry sank off Port Alder on Tuesday with 214 people aboard.")
    found = {f.text: f for f in find_key_facts(articles)}
    assert fact in found
    cited = found[fact].support[0]
    assert articles[0].article.text[cited.span.start : cited.span.end] == cited.text
    for offset, _ in found[fact].days:
        assert found[fact].text[:offset].endswith("Tuesday")


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour office told Ana Reyes that she had been warned in May.",
        "The ferry turned over, but it said nothing of the load.",
    ],
)
def test_a_pronoun_that_may_mean_another_keeps_its_word(sentence: str) -> None:
    """Only a pronoun that opens a sentence, or ends it as who speaks, is named."""
    facts = find_key_facts(_read(NAMED.format(sentence), COAST))
    assert not any("[" in fact.text for fact in facts)


def test_a_short_sentence_has_to_count_or_act() -> None:
    """Five words are enough for a count or an act, not for a scene."""
    page = COAST.replace(
        "Was the ferry overloaded? ", "Nine people were still missing. The sea was very calm. "
    )
    texts = [fact.text for fact in find_key_facts(_read(page, NORTH))]
    assert "Nine people were still missing." in texts
    assert "The sea was very calm." not in texts


def test_a_named_body_keeps_its_article_and_its_noun() -> None:
    """ "It" after "the Shrines department, which ..." is "The Shrines department"."""
    page = (
        "A crush at a shrine near Brume killed 23 people on Sunday night. The Shrines department, which runs it, "
        "suspended three clerks on Monday. It denied that the railing had been in poor condition."
    )
    other = "A crush at a shrine near Brume killed 23 people on Sunday, officials said."
    texts = [fact.text for fact in find_key_facts(_read(page, other))]
    assert "[The Shrines department] denied that the railing had been in poor condition." in texts
