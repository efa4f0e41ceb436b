"""Reactions: one per actor, one statement once, vague speakers and outlets left out."""

import dataclasses
import datetime as dt

import pytest

from digests.analysis.reactions import gather_reactions
from digests.extract.dates import find_dates
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import Article, Facts, Reaction, StoryArticle

DAY = dt.date(2031, 5, 4)


def article(text: str, *, id: str = "a1", day: dt.date = DAY, title: str | None = None) -> StoryArticle:
    document = make_document(id, text, published=day)
    made = Article(id=id, source_id="s", external_id=id, text=text, published_on=day, title=title)
    return StoryArticle(article=made, facts=Facts(quotes=find_quotes(document)))


def reactions_of(*texts: str) -> tuple[Reaction, ...]:
    return gather_reactions([article(text, id=f"a{n}") for n, text in enumerate(texts, 1)])


def test_one_statement_in_two_outlets_is_one_with_both_citations() -> None:
    """The fuller wording is shown, both articles are cited."""
    (reaction,) = reactions_of(
        "“We call on both sides to stop at once,” said Norwegian envoy Ingrid Dahl.",
        "“We call on both sides to stop at once and to talk,” Norwegian envoy Ingrid Dahl said.",
    )
    (statement,) = reaction.statements
    assert ("Ingrid Dahl", "NO") == (reaction.actor, reaction.country)
    assert "We call on both sides to stop at once and to talk" == statement.words
    assert ["a1", "a2"] == [citation.article_id for citation in statement.citations]


def test_different_statements_stay_apart() -> None:
    """Two things said by one actor are two statements, as written."""
    (reaction,) = reactions_of("Norway condemned the raid. Norway urged both sides to talk.")
    assert [("condemned", "the raid"), ("urged", "both sides to talk")] == [
        (statement.cue, statement.words) for statement in reaction.statements
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "“Whatever the cause,” Mayor Ana Reyes said, “the town has promised to rebuild the church.”",
            ["Whatever the cause, the town has promised to rebuild the church."],
        ),
        (
            "“It was terrible,” Mayor Ana Reyes said. “We lost the roof.”",
            ["It was terrible", "We lost the roof."],
        ),
    ],
    ids=["one sentence", "two sentences"],
)
def test_a_sentence_around_its_verb_is_one_statement(text: str, words: list[str]) -> None:
    """ "Whatever the cause" alone says nothing; the citation is the whole of it, the verb included."""
    (reaction,) = reactions_of(text)
    assert words == [statement.words for statement in reaction.statements]
    (citation,) = reaction.statements[0].citations
    assert text[citation.span.start : citation.span.end] == citation.text


def test_newest_first() -> None:
    """The statement of the later article stands first."""
    made = gather_reactions(
        [
            article("Norway condemned the raid.", id="a1", day=dt.date(2031, 5, 2)),
            article("Norway rejected the truce.", id="a2", day=dt.date(2031, 5, 4)),
        ]
    )
    assert ["the truce", "the raid"] == [statement.words for statement in made[0].statements]


@pytest.mark.parametrize(
    "text",
    [
        "Analysts said the raid was a warning to others.",
        "The government insists on nine.",
        "Critics called the plan a waste.",
        "The Harbour Post said the raid was a warning to others.",
        "State media said the raid was a warning to others.",
        "He said the raid was a warning to others.",
        "Sources said the raid was a warning to others.",
        "Kenya’s army said twelve people were killed in the raid.",
        "Norway wants the raid to end.",
        "Police said the road was closed at noon.",
        "Tarn police said officers found the car near the bridge.",
        "The Weather Bureau said the quake was 35 miles south of Tarn.",
        "The mayor said the dam gave way before dawn.",
        "Mayor Ana Bell said the dam broke.",
        "Norway’s interior ministry did not comment on the raid.",
        "Mayor Ana Bell declined to say how it began.",
        "Norway’s interior ministry said next to nothing about the raid that night.",
        "Mayor Ana Bell said the road was an “artery”.",
        "“It must all be paid for by somebody,” the company said.",
        "Norway offered no further details.",
        "Map of Norway, highlighting the centre of the storm.",
        "A council committee will question the harbour master on Friday.",
        "Norway announced 11 deaths.",
        "Mayor Ana Bell said it had stopped the train.",
        "Harbour disaster: ‘The sea just took the whole pier’",
        "Mayor Ana Bell has pulled out of the long talks to direct the port.",
        "Tarn police say the baker was at the quay when a man came up and ordered her to hand over her bag.",
    ],
)
def test_no_reaction(text: str) -> None:
    """Vague speakers, outlets, unresolved pronouns, tolls, thoughts, silence and bare facts are no reactions."""
    assert () == reactions_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ana Bell said the operator had failed to repair the gate.",
        "Mayor Ana Bell said both towns must rebuild.",
        "Mayor Ana Bell said she was shocked by the news.",
        "Mayor Ana Bell said the town would never accept it.",
        "Mayor Ana Bell said there was no evidence of a fault.",
        "Mayor Ana Bell said it was “the darkest hour of the town”.",
        "Mayor Ana Bell told residents to leave their homes.",
        "Mayor Ana Bell warned that the river was rising.",
        "Mayor Ana Bell promised compensation.",
        "Analyst Ana Bell said the bank had grown since May.",
        "Selvo Power denied that it had known.",
        "Norway offered helicopters.",
        "Mayor Ana Bell ordered the release of grain from the town’s stores.",
        "Mayor Ana Bell declared a state of emergency for 60 days.",
        "Mayor Ana Bell ordered all ferries to stay in port.",
        "Mayor Ana Bell said the wall fell because the drains were blocked.",
        "Mayor Ana Bell said no complaint had reached her office.",
        "Mayor Ana Bell said two more boats would be sent to the island.",
        "Mayor Ana Bell said the town was still in control of the port.",
        "Union leader Tom Reed said miners had complained of fumes for days.",
        "The transport ministry said it had suspended the yard’s licence.",
        "A spokesperson for the Department of Works and Transport said it was “helping the families of the lost”.",
        "“I buried both of them with my own hands,” a 40-year-old herder said.",
        "“We are lost for words,” Alder Records said in a statement.",
        "Norway hoped that “calm will be kept”.",
        "Norway’s foreign minister answered that it was “too early for committees”.",
        "The union of harbour pilots rejected any blame.",
        "The tug is owned by the refiner Alderoil. Alderoil rejected the charge.",
        "Norway said the slick could reach its waters.",
        "Ana Bell, the town’s mayor, on X: “The truth has come late, but it has come.”",
    ],
)
def test_more_than_a_fact(text: str) -> None:
    """A judgement, demand, promise, denial, accusation or feeling is a reaction in the writer's words, too."""
    (reaction,) = reactions_of(text)
    assert 1 == len(reaction.statements)


def test_a_denial_carries_what_explains_it() -> None:
    """What follows a short stance of the same speaker says why, and is a reaction with it."""
    (reaction,) = reactions_of(
        "Mayor Ana Bell rejected that version. The gate broke under the crowd, she said."
    )
    assert ["that version", "The gate broke under the crowd"] == [s.words for s in reaction.statements]
    assert () == reactions_of("The town council said the gate broke under the crowd.")


def test_paraphrase_is_cited_with_its_verb() -> None:
    """What a state does about something reads as a whole where it is cited."""
    (reaction,) = reactions_of("Norway condemned the raid.")
    assert ["condemned the raid"] == [c.text for s in reaction.statements for c in s.citations]


def test_paper_that_holds_somebody_s_words_says_nothing_itself() -> None:
    """ "... said, according to the report": the words are the speaker's alone."""
    (reaction,) = reactions_of(
        "“We must stop this raid at once,” envoy Ingrid Dahl said, according to the Norwegian army."
    )
    assert "Ingrid Dahl" == reaction.actor


def test_direct_words_first() -> None:
    """A quotation stands before a later stance in the writer's words."""
    made = gather_reactions(
        [
            article("“It must end,” said envoy Ingrid Dahl.", id="a1", day=dt.date(2031, 5, 2)),
            article("Envoy Ingrid Dahl rejected the truce.", id="a2", day=dt.date(2031, 5, 4)),
        ]
    )
    assert ["It must end", "the truce"] == [statement.words for statement in made[0].statements]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Norway and Chile condemned the raid.", {"Norway", "Chile"}),
        (
            "The U.S., Chile and the United Nations urged the two sides to talk.",
            {"United States", "Chile", "United Nations"},
        ),
        ("On Monday, Norway, Chile and Peru offered help.", {"Norway", "Chile", "Peru"}),
        ("Norway and Chile condemned the raid. Chile urged calm.", {"Norway", "Chile"}),
        ("Chile and others condemned the raid.", set()),
        ("After years of aid to Norway, Chile condemned the raid.", {"Chile"}),
    ],
)
def test_joint_subjects_speak_one_by_one(text: str, actors: set[str]) -> None:
    """Each named actor of a list has said it, with the same words to cite."""
    made = reactions_of(text)
    assert actors == {reaction.actor for reaction in made}
    assert {1} >= {len(reaction.statements[0].citations) for reaction in made}


def test_the_day_of_the_next_sentence_dates_no_words() -> None:
    """A day counts where it stands in the sentence of the verb."""
    text = "“It must end,” envoy Ingrid Dahl said.\n\nThe port had warned on Sunday of high waves."
    document = make_document("a1", text, published=DAY)
    made = article(text)
    facts = Facts(quotes=made.facts.quotes, dates=find_dates(document))
    (reaction,) = gather_reactions([dataclasses.replace(made, facts=facts)])
    assert DAY == reaction.statements[0].day


def test_title_alone_is_whoever_holds_it() -> None:
    """A headline's "Norwegian Prime Minister" is the one whom the story names, "Mr. Tamm" too."""
    (reaction,) = reactions_of(
        "Norwegian Prime Minister condemned the raid.",
        "“It must end,” Norwegian Prime Minister Ivo Tamm said.",
        "“We will not wait for it,” Mr. Tamm said.",
    )
    assert ("Ivo Tamm", 3) == (reaction.actor, len(reaction.statements))


def test_vague_speaker_of_the_same_words_joins_the_named_one() -> None:
    """A headline's "an expert" is the analyst whom the text names."""
    (reaction,) = reactions_of(
        "‘The line was crossed by all of them’, an expert said.\n\n"
        "Polish analyst Jan Nowak said: “The line was crossed by all of them.”"
    )
    assert ("Jan Nowak", 2) == (reaction.actor, len(reaction.statements[0].citations))


def test_vague_speaker_of_what_comes_to_the_same_stays_vague() -> None:
    """Two vows to respond in other words: nobody says that the unnamed source is the spokeswoman."""
    found = reactions_of(
        "“Norway reserves the right to respond to this illegal raid,” said army spokeswoman Ingrid Dahl.",
        "“Norway will retaliate to deter the rebels,” a security source said.",
    )
    assert ["Ingrid Dahl", "a security source"] == [reaction.actor for reaction in found]


def test_a_whole_fact_stands_behind_what_is_a_statement() -> None:
    """It is the account of a person by name where nothing else is told; a count is none in either place."""
    fact = "Mayor Ana Bell said the lower gates of the dam gave way before dawn."
    count = "Mayor Ana Bell said the bodies of twelve people had been found in the mud."
    assert () == reactions_of(f"{fact} {count}".replace("Mayor Ana Bell", "Tarn police"))
    (account,) = reactions_of(f"{fact} {count}")
    assert ["the lower gates of the dam gave way before dawn"] == [one.words for one in account.statements]
    (reaction,) = reactions_of(f"{fact} {count} Bell called the flood a disgrace.")
    assert ["the flood a disgrace", "the lower gates of the dam gave way before dawn"] == [
        statement.words for statement in reaction.statements
    ]


def test_a_name_counts_whatever_the_role() -> None:
    """Somebody with a name is known though "one of the leaders" would not be."""
    text = "Jon Dahl, one of the top leaders of the guild, spoke. “We must all stop work,” Dahl said."
    assert ["Jon Dahl"] == [reaction.actor for reaction in reactions_of(text)]


@pytest.mark.parametrize("body", ["It fell.", "It fell. Norway condemned the raid on Arden."])
def test_a_headlines_paraphrase_needs_the_text(body: str) -> None:
    """A headline leaves words out: what it tells of a country's stance counts where the text says it too."""
    title = "Norway condemns raid on Arden"
    (item,) = [article(f"{title}\n\n{body}", title=title)]
    assert ("condemned" in body) == bool(gather_reactions([item]))


def test_citations_are_the_words_at_their_span() -> None:
    """A citation leads back to the article."""
    text = "Norway condemned the raid. “It must end,” said Norwegian envoy Ingrid Dahl."
    for reaction in reactions_of(text):
        for statement in reaction.statements:
            for citation in statement.citations:
                assert citation.text == text[citation.span.start : citation.span.end]


def test_order_does_not_depend_on_the_run() -> None:
    """The same articles give the same reactions; officials stand first."""
    texts = ("Analyst Jan Nowak said: “It is too late now.”", "Norway condemned the raid.")
    assert reactions_of(*texts) == reactions_of(*texts)
    assert ["Norway", "Jan Nowak"] == [reaction.actor for reaction in reactions_of(*texts)]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("it was “deeply worried” by the raids", "“We are deeply worried by the raids,” Norway said.", True),
        (
            "the raids were illegal and had to end",
            "“The raids are illegal and have to end,” Norway said.",
            True,
        ),
        ("it accepted the border plan", "“We do not accept the border plan,” Norway said.", False),
        ("talks were the way out", "“We are deeply worried by the raids,” Norway said.", False),
    ],
)
def test_paraphrase_carries_the_same_statement(first: str, second: str, is_one: bool) -> None:
    """Another outlet's wording in other person and tense is cited with the quotation; a denial is another statement."""
    made = reactions_of(f"Norway said {first}.", second)
    cited = [len(statement.citations) for reaction in made for statement in reaction.statements]
    assert (2 in cited) is is_one


def test_a_statement_is_its_issuers_words() -> None:
    """On a page that is a statement the issuer says what stands outside quotation marks: "we", a denial, a demand."""
    (reaction,) = reactions_of(
        "Alder Lines\nPress release\n\nWe grieve with the families. The ferry left at noon. "
        "Reports of a fire on board are false. Travellers are asked to keep away from the port."
    )
    assert "Alder Lines" == reaction.actor
    assert [
        "We grieve with the families.",
        "Reports of a fire on board are false.",
        "Travellers are asked to keep away from the port.",
    ] == [one.words for one in reaction.statements]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Nadia Rost, who lives by the weir, said she had written to the council for years.", "Nadia Rost"),
        ("Shopkeeper Ana Bell says that she is afraid of the next flood.", "Ana Bell"),
        ("Works Ministry officials admitted that the gate had been left open.", "Works Ministry officials"),
        (
            "Economists at Lund & Dahl said the flood could cost the town a year of income.",
            "Economists at Lund & Dahl",
        ),
        (
            'A government official played down the march, saying that "every spring has had its march here".',
            "a government official",
        ),
        ("Prime Minister Ana Bell vowed that whoever caused the deaths would be found.", "Ana Bell"),
        (
            "The ambassadors of nine Western countries said they were “deeply concerned”.",
            "the ambassadors of nine Western countries",
        ),
        ("World leaders condemned the raid.", None),
        ("Mayor Ana Bell said most of the deaths could have been avoided.", "Ana Bell"),
        ("Mayor Ana Bell said that the loss was “huge”.", "Ana Bell"),
        ("Ana Bell of the ruling party said the wall had been built on sand.", "Ana Bell"),
        ("The Red Cross said its vehicles had been attacked.", "Red Cross"),
        ("Transport Minister Ana Bell ordered an inquiry and said the road was open.", "Ana Bell"),
        ("Bishop Ana Bell said she was praying for the victims.", "Ana Bell"),
        ("Chile's foreign ministry said Santiago would answer any attack.", "Chile's foreign ministry"),
        ("Chile's foreign ministry said Lima would answer any attack.", None),
        ("The council said the rule stood and that all staff would be paid.", None),
        ("Works Ministry officials said 12 people had died.", None),
        ("Shopkeeper Ana Bell said the bridge was open.", None),
    ],
)
def test_people_without_an_office_and_bodies_speak(text: str, actor: str | None) -> None:
    """What somebody tells of him- or herself and what officials of a named body judge are statements, no facts."""
    found = [reaction.actor for reaction in reactions_of(text)]
    assert ([] if actor is None else [actor]) == found


def test_spokeswoman_is_of_the_body_that_spoke_before() -> None:
    """A spokeswoman without a body in the same paragraph speaks for it, and its short name is its own."""
    found = reactions_of(
        "The refiner Selvo Power said it regretted the leak.\n\n"
        "Selvo has denied that a valve was left open. A spokeswoman called the claim “simply untrue and hurtful”."
    )
    expected = [("a spokeswoman", "Selvo Power"), ("Selvo Power", None)]
    assert expected == [(reaction.actor, reaction.affiliation) for reaction in found]
