"""Quotations and attributed statements: words, kind, speaker and cue."""

import json
from pathlib import Path

import pytest

from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import Quote, QuoteKind


def quotes_of(text: str) -> tuple[Quote, ...]:
    return find_quotes(make_document("a", text))


def told(text: str) -> list[tuple[str | None, str]]:
    """Speaker and words of each quote."""
    return [(quote.speaker.name if quote.speaker else None, quote.words) for quote in quotes_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The dam held,” said Ana Bell.", [("Ana Bell", "The dam held")]),
        ("“The dam held,” Ana Bell said on Monday.", [("Ana Bell", "The dam held")]),
        ("Ana Bell said: “The dam held.”", [("Ana Bell", "The dam held.")]),
        ("“Did it hold?” asked Ana Bell.", [("Ana Bell", "Did it hold?")]),
        ("“The dam,” Ana Bell said, “held.”", [("Ana Bell", "The dam"), ("Ana Bell", "held.")]),
        ("“It held,” Ana Bell shot back.", [("Ana Bell", "It held")]),
        ("Said Ana Bell, “It held all night.”", [("Ana Bell", "It held all night.")]),
        (
            "“It held,” said Ana Bell. “Nobody slept that night.”",
            [("Ana Bell", "It held"), ("Ana Bell", "Nobody slept that night.")],
        ),
        (
            "Ana Bell told the council in a letter:\n\n“The dam held.”\n\nIt rained.",
            [("Ana Bell", "The dam held.")],
        ),
        (
            "“The dam held for nine days and nobody thanked us for a single one.”\n\n- Ana Bell, engineer.",
            [("Ana Bell", "The dam held for nine days and nobody thanked us for a single one.")],
        ),
        ("“Did it hold?” reacted Ana Bell.", [("Ana Bell", "Did it hold?")]),
        (
            "An engineer who spoke privately to explain old plans said Friday, “The dam held.”",
            [("an engineer", "The dam held.")],
        ),
        (
            "“It held,” said Ana Bell. “I doubt that,” Omar Diallo replied.",
            [("Ana Bell", "It held"), ("Omar Diallo", "I doubt that")],
        ),
    ],
    ids=[
        "inverted",
        "behind",
        "colon",
        "question",
        "split",
        "unknown verb",
        "verb first",
        "goes on",
        "promised",
        "signed",
        "unknown verb first",
        "over a clause",
        "two speakers",
    ],
)
def test_direct_quotations(text: str, expected: list[tuple[str, str]]) -> None:
    """A quotation finds its speaker wherever the clause around it puts him."""
    assert expected == told(text)
    assert all(quote.kind is QuoteKind.DIRECT for quote in quotes_of(text))


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Two people died, police said.", "police", "Two people died"),
        ("Police said two people died.", "Police", "two people died"),
        ("Two people died, according to the coroner.", "the coroner", "Two people died"),
        ("According to the coroner, two people died.", "the coroner", "two people died"),
        ("Ana Bell told reporters in Bern on Monday that the dam held.", "Ana Bell", "the dam held"),
        ("The agency quoted the mayor as saying that the dam held.", "the mayor", "the dam held"),
        (
            "A statement by the ministry of health said that the dam held.",
            "the ministry of health",
            "the dam held",
        ),
        ("Norway condemned the raid.", "Norway", "the raid"),
        ("Norway called on both sides to talk.", "Norway", "both sides to talk"),
        ("Norway warned against a new war.", "Norway", "a new war"),
        ("Norway vowed to send help.", "Norway", "to send help"),
        ("The raid, which Norway said was lawful, went on.", "Norway", "was lawful"),
        ("Omar Diallo, the mayor of Lyon, said the dam held.", "Omar Diallo", "the dam held"),
        ("Omar Diallo, who runs the port, said the dam held.", "Omar Diallo", "the dam held"),
    ],
)
def test_indirect_statements(text: str, speaker: str, words: str) -> None:
    """What is said in the writer's words, with the whole clause as its content."""
    assert [(speaker, words)] == told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “ghost ship” was towed to Malta.",
        "The reported attack and the alleged bases were studied.",
        "The claims were old and the calls were few.",
        "He added a title and wrote a book.",
        "The agency has added to its “most wanted” list a man who fled.",
        "The strikes continued on Thursday.",
        "What the minister said was false.",
        "Ana Bell pushed a child out of the way to save it.",
        "Tom Reed called Omar Diallo, a clerk who lived next door, and gave him the key.",
        "The film “Winter Light” opens on Sunday.",
        "",
    ],
)
def test_no_statement(text: str) -> None:
    """Not every verb of the lexicon is speech, nor every quoted word."""
    assert [] == told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The interior ministry did not comment on the claim of the mayor.",
        "Tarn police declined to say who had fired.",
        "The mayor refused to confirm the report.",
        "The firm has never admitted that it knew.",
        "The mayor could not be reached.",
    ],
)
def test_silence_is_nothing_said(text: str) -> None:
    """Who does not say something makes no statement; what is kept of it counts as no speech."""
    assert [] == [q.evidence.rule for q in quotes_of(text) if q.evidence.rule.startswith("quotes.said")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to Tarn police an officer opened the gate late.", "Tarn police"),
        ("In parliament the Farmers Party of Norway has accused the cabinet.", "Farmers Party of Norway"),
        ("The march, a protest even the IMF has called peaceful, went on.", "IMF"),
        ("The Dockers Union issued a statement saying it would march.", "Dockers Union"),
    ],
)
def test_speaker_begins_with_its_article(text: str, speaker: str) -> None:
    """An article opens a phrase of its own: what stands in front of it is no part of the speaker."""
    assert [speaker] == [q.speaker.name for q in quotes_of(text) if q.speaker]


def test_content_ends_where_the_next_speaker_begins() -> None:
    """Two speakers in one sentence keep their own words."""
    assert [("Lyon", "the dam held"), ("witnesses", "it broke")] == told(
        "Lyon said the dam held, but witnesses said it broke."
    )


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Ana Bell flew home to mourn her father.", {"quotes.thought.judge"}),
        ("Ana Bell went on to praise the crew.", {"quotes.said.judge"}),
        ("The senators, who have both praised the plan, left.", {"quotes.said.judge"}),
        ("The council has the most detailed plans.", set()),
        ("Chile denied this and said that it was at peace.", {"quotes.said.judge", "quotes.said.say"}),
        ("Neither the army nor the Red Militia claimed responsibility.", set()),
        ("None of the guards admitted that they slept.", set()),
        ("Ana Bell admitted herself to a clinic.", set()),
        ("Under Ana Bell a new, more promising time began.", set()),
    ],
)
def test_what_for_is_not_said(text: str, rules: set[str]) -> None:
    """An infinitive tells what somebody came for, "most" counts nobody, "this" stands for what was told before; who is
    denied to have spoken said nothing."""
    assert rules == {quote.evidence.rule for quote in quotes_of(text)}


def test_quotation_alone_goes_with_what_was_told_before_it() -> None:
    """A paragraph that is all quotation has the speaker whose statement the one before it was, and only then."""
    alone = "“We counted the sandbags twice and there were never enough of them for the bank.”"
    assert "Ana Bell" == told(f"Ana Bell said that the dam was old.\n\n{alone}")[-1][0]
    assert told(f"The dam was old, a guard who knew Ana Bell said.\n\n{alone}")[-1][0] is None


def test_participles_side_by_side_have_their_own_subjects() -> None:
    """ "X saying ... and Y calling ..." are two speakers."""
    text = "Both spoke, Ana Bell saying it was “very late” and Omar Diallo calling it “a great night.”"
    assert ["Ana Bell", "Omar Diallo"] == [name for name, _ in told(text)]


def test_quotation_over_two_paragraphs_keeps_its_speaker() -> None:
    """A paragraph that continues an open quotation belongs to the same speaker."""
    text = "The general said: “We lost the bridge.\n\n“By noon we had it back.”"
    assert [("the general", "We lost the bridge."), ("the general", "By noon we had it back.")] == told(text)


def test_words_stand_at_their_span() -> None:
    """Every quote, speaker and cue leads back to its words."""
    text = "“Über 40 houses — gone,” said Ana Bell. She added that the road’s end was shut."
    for quote in quotes_of(text):
        span = quote.evidence.span
        assert quote.words == text[span.start : span.end]
        assert quote.cue is not None
        assert quote.cue.words == text[quote.cue.span.start : quote.cue.span.end]
        assert quote.speaker is not None
        assert quote.speaker.words == text[quote.speaker.span.start : quote.speaker.span.end]


def test_own_sentences_hold_together() -> None:
    """The annotated sentences of the quality gate are well formed: quoted words stand in their text."""
    path = Path(__file__).parents[2] / "eval" / "quotes.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 60
    for row in rows:
        for quote in row["quotes"]:
            assert quote["words"] in row["text"]
            assert quote["cue"] in row["text"]


@pytest.mark.parametrize("piece", ["he said, ", "said Rome ", "A. said ", "... said ... and said ..."])
def test_what_has_no_end_is_read_up_to_a_bound(piece: str) -> None:
    """64 kB without a full stop are no sentence: of 32 and of 64 kB the same is read."""
    short, long = (quotes_of((piece * (size // len(piece)))[:size]) for size in (32_768, 65_536))
    assert len(short) == len(long)


@pytest.mark.parametrize(
    "piece", ["it said that ", '"a ', "according to ", "Bell, the head of the, ", "who said "]
)
def test_long_nonsense_is_read_in_bounded_time(piece: str) -> None:
    """64 kB of anything end; the work on one passage is bounded."""
    text = (piece * (65536 // len(piece)))[:65536]
    assert len(quotes_of(text)) < len(text)


def test_title_of_a_work_is_no_quotation() -> None:
    """The show on which somebody spoke and the book that they wrote are nobody's words."""
    text = (
        "“We will win,” Marta Olsen said on NTV's “Talk With Bern Radio This Week.” “We always do,” she added. "
        "The author of “A Long Winter in the Far North” said she was tired."
    )
    words = [quote.words for quote in find_quotes(make_document("a", text)) if quote.kind is QuoteKind.DIRECT]
    assert words == ["We will win", "We always do"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "After Bell argued that the fund should be cut, Diallo said only that it was “late”.",
            [("Bell", "the fund should be cut"), ("Diallo", "it was “late”")],
        ),
        (
            "Conceding that the talks were slow, the minister warned: “It will take years.”",
            [("the minister", "the talks were slow"), ("the minister", "It will take years.")],
        ),
        (
            "As the mayor said, the dam held.",
            [("the mayor", "the dam held")],
        ),
    ],
    ids=["clause", "participle", "as somebody said"],
)
def test_fronted_clause_ends_with_its_comma(text: str, expected: list[tuple[str, str]]) -> None:
    """What is said in a clause in front of the main one ends before the main one's subject."""
    assert expected == told(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The union issued a statement Wednesday saying the cuts were “a disgrace”.", "the union"),
        ("The town sent out an email to residents Tuesday urging them to “stay at home”.", "the town"),
        ("Bello posted a message on Twitter reading “Thank you, Kano”.", "Bello"),
        ("President Okafor issued the following statement:\n\n“We mourn with the town of Lund.”", "Okafor"),
        ("Added Bell:\n\n“I think that nobody in the town will sleep tonight.”", "Bell"),
        ("Bell went on to say:\n\n“None of them will come out and help us.”", "Bell"),
        ("Jon Bell echoed:\n\n“He speaks his mind, which the country needs.”", "Jon Bell"),
        ("Ida Dahl agreed. “We are running out of time to find a cure for it.”", "Ida Dahl"),
        ("“It goes in here,” Tom Reed said. Ana Reed nodded. “Tom is better at it than I am.”", "Ana Reed"),
        ("Okafor: Bello Would Close Mines, ‘I Fear the Same Is True’ of Reed", "Okafor"),
    ],
)
def test_who_is_behind_the_words(text: str, speaker: str) -> None:
    """Issuers of documents, who is promised by a colon, who nods before speaking, whom a headline names."""
    assert speaker == told(text)[-1][0]


@pytest.mark.parametrize(
    "text",
    [
        "The firm has set up a website called “Move to Lund” that lists houses.",
        "She launched a scheme called “Warm Rooms” last year.",
        "“It held,” Reed said. “Twice, and nobody saw.”\n\n‘So much water.’\n\nAt the mill they waited.",
    ],
    ids=["object of a verb", "object", "subheading"],
)
def test_names_of_things_are_not_said(text: str) -> None:
    """What is called something speaks no word, and a piece in single marks between paragraphs is a heading."""
    assert not [words for _, words in told(text) if "Lund" in words or "Warm" in words or "water" in words]


def test_question_is_answered_by_somebody_else() -> None:
    """A quotation alone below a question that was closed is not given to who asked."""
    assert [
        ("Ana Bell", "Shall we leave it here?"),
        (None, "Not while the water stands in the yard, we will not, sir."),
    ] == told(
        "“Shall we leave it here?” Ana Bell asked.\n\n“Not while the water stands in the yard, we will not, sir.”"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Reporters asked whether the mayor praised the guards at the gate.",
        "Nobody knew how the mayor wanted to pay for the wall.",
        "Voters should demand a new wall before the winter.",
        "The plan that the mayor praised in May was dropped.",
        "Guards said the mayor had praised them.",
    ],
    ids=["whether", "how", "modal", "that", "told by others"],
)
def test_stance_that_is_only_spoken_of_is_nobodys(text: str) -> None:
    """What somebody may think or would ask for is no statement."""
    assert "mayor" not in " ".join(name or "" for name, _ in told(text))
    assert "voters" not in " ".join((name or "").lower() for name, _ in told(text))


def test_would_say_with_own_words_is_said() -> None:
    """A modal in front of a verb of saying takes nothing from a quotation."""
    assert [("the mayor", "It held.")] == told("The mayor would only say: “It held.”")


def test_dateline_is_not_said() -> None:
    """What is said begins behind the agency of a dateline."""
    assert [("police", "The road was open")] == told("BERN (Tidewire) - The road was open, police said.")


@pytest.mark.parametrize(
    "text",
    ["No group claimed the raid.", "At the school, Ana Bell wept as the bus left."],
    ids=["nobody", "tears"],
)
def test_nobody_says_it(text: str) -> None:
    """Nobody speaks for "no group", and tears are no speech."""
    assert () == quotes_of(text)


def test_who_asked_not_to_be_named_only_says_the_rest() -> None:
    """A wish to stay unnamed is no statement."""
    assert [("a guard", "the gate was open")] == told(
        "A guard who asked not to be named said the gate was open."
    )


@pytest.mark.parametrize(
    "marks", [("“", "”"), ('"', '"'), ("`` ", " ''")], ids=["printed", "straight", "typed"]
)
def test_quotation_over_lines_is_said_by_who_stands_behind_the_last(marks: tuple[str, str]) -> None:
    """A page that gives each sentence a line of its own marks the ends of a quotation only."""
    before, behind = marks
    text = f"It rained.\n{before}The lamps went out.\nNobody came,{behind} said Ana Bell.\nIt rained again."
    assert [("Ana Bell", "The lamps went out."), ("Ana Bell", "Nobody came")] == told(text)


def test_mark_that_is_never_closed_ends_with_its_line() -> None:
    """Where the next mark opens, nothing runs on."""
    text = "“The lamps went out.\nThey had called it “safe”.\n“Nobody came,” said Ana Bell."
    assert [("Ana Bell", "Nobody came")] == told(text)[-1:]
    assert not any("called" in words for _, words in told(text))


def test_age_makes_a_single_name_a_person() -> None:
    """She is the one who is told by her age."""
    text = (
        "Ida Dahl spoke first: “It held.”\nIn Tarn, 25-year-old Hamida said she voted. “I chose,” she said."
    )
    assert "Hamida" == told(text)[-1][0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said at least 19 homes were lost.", [("Police", "at least 19 homes were lost")]),
        (
            "The ministry said on Friday it had summoned the envoy over “hostile steps”.",
            [("the ministry", "it had summoned the envoy over “hostile steps”")],
        ),
        ("People missing since the flood demanded answers.", []),
        (
            "Chile's president said on Friday the country would not bow, a day after Peru sent troops.",
            [("Chile's president", "the country would not bow")],
        ),
        (
            "President Ana Bell called it a crime, her office said.",
            [
                ("President Ana Bell’s office", "President Ana Bell called it a crime"),
                ("Ana Bell", "it a crime"),
            ],
        ),
        (
            "Peru's king sent his condolences to the families.",
            [("Peru's king", "his condolences to the families")],
        ),
        ("Peru's king sent his envoy to the families.", []),
        ("A neighbour called 911.", []),
        ("Lawmakers may ask the minister to resign.", []),
        ("Something told her to leave.", []),
        ("The army said on Telegram it shot down nine drones.", [("the army", "it shot down nine drones")]),
        ("A resident whose house was hit said he had no home.", [("a resident", "he had no home")]),
        (
            "The mayor blamed Lund, a claim Norway described as a fairy tale.",
            [("the mayor", "Lund"), ("Norway", "as a fairy tale")],
        ),
        ("Ana Bell added on Tuesday that help was on its way.", [("Ana Bell", "help was on its way")]),
        ("Ana Bell responded on Tuesday in a way that shocked the town.", []),
        (
            "Ana Bell warned Chad against shutting the port.",
            [("Ana Bell", "against shutting the port")],
        ),
    ],
)
def test_what_follows_the_verb(text: str, expected: list[tuple[str | None, str]]) -> None:
    """An amount is no place, a clause begins behind its day, and what is lost speaks no word."""
    assert expected == told(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The fire razed the market and traders said they had lost everything.", "traders"),
        ("The attack killed nine people and the army said it would respond.", "the army"),
        ("It had angered Chad and Sudan said it would not vote.", "Sudan"),
        ("Nine were hurt in the crash and the mayor of Lund, Ana Bell, said a light had failed.", "Ana Bell"),
        ("Two armed men and a woman said they would stay.", "two armed men and a woman"),
        ("The man who shot Ana Reed and Jon Bell said he was sorry.", "the man"),
        ("On Tuesday the governor and the mayor said it was over.", "the governor and the mayor"),
        ("Speaking to reporters in Lund, Mr. Bell said it was over.", "Mr. Bell"),
        ("However Dr Bell said it was over.", "Dr Bell"),
        ("It passed despite protests from some doctors who said it was unsafe.", "some doctors"),
        ("The wind could reach the coast, the Met Office said.", "Met Office"),
        ("Jon Read, from the relief fund, said it was over.", "Jon Read"),
        ("Fishermen in Brume said it was over.", "Fishermen in Brume"),
        ("His successor, Ana Bell, said it was over.", "Ana Bell"),
        ("Alder Lines met. The pilots' union said it was over.", "the pilots' union"),
        (
            "A spokesman for EU commissioner Ana Bell said it was over.",
            "a spokesman for EU commissioner Ana Bell",
        ),
    ],
)
def test_subject_is_of_its_own_clause(text: str, speaker: str) -> None:
    """Neither the object of the clause in front nor a place or an adverb is a part of who speaks."""
    assert speaker in [name for name, _ in told(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ana Bell had promised not to name her source.", "not to name her source"),
        ("The minister warned the number of cases would rise.", "the number of cases would rise"),
        ("The minister told the opening of the assembly that the poor needed help.", "the poor needed help"),
        ("Ana Bell told Reuters her staff were on the way.", "her staff were on the way"),
        ("Ana Bell told the council of fears the dam would break.", "of fears the dam would break"),
    ],
)
def test_what_is_told_begins_behind_the_hearer(text: str, words: str) -> None:
    """Neither a "not" nor a subject is taken for a part of the hearer."""
    assert words in [one for _, one in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "A man said to have been armed left the town.",
        "Ana Bell announced it herself on Friday.",
        "Ana Bell said as much on Friday.",
    ],
)
def test_nothing_is_told(text: str) -> None:
    """A verb of saying behind which nothing is told makes no statement."""
    assert told(text) == []
