"""The picture of a toll: each count with its hedge and who says it; only a dispute is drawn as one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from digests.charts.canvas import THEMES, Canvas, Colour
from digests.charts.counts import MOST_MARKS, Toll, read_toll
from digests.charts.toll import describe_toll, draw_toll
from digests.tongues import LANGUAGES, tongue_of
from digests.types import Claim, Conflict, ConflictKind, FigureGroup, Findings, Measure, Side, Status
from tests.digests.cards.ferry import COASTGUARD, FINDINGS, GOVERNOR, MINISTRY, STORY, claim, group, speaker
from tests.digests.charts.reading import has_colour, open_png, overlapping, written


def on_day(found: Claim, day: int, hour: int = 0) -> Claim:
    return replace(found, published=dt.datetime(2025, 6, day, hour, tzinfo=dt.UTC))


def findings(*groups: FigureGroup, conflicts: tuple[Conflict, ...] = ()) -> Findings:
    return replace(FINDINGS, figure_groups=groups, conflicts=conflicts)


LOW = on_day(claim("a2", "7", 7, 7, MINISTRY), 4)
HIGH = on_day(claim("a3", "at least 12", 12, None, GOVERNOR), 4)
DISPUTE = Conflict(
    incident_id="i1",
    about=Measure.KILLED,
    kind=ConflictKind.DISPUTE,
    note="",
    sides=tuple(Side(says=one.figure.words, claimants=(), citations=(one.citation,)) for one in (LOW, HIGH)),
)
DISPUTED = findings(group((LOW, HIGH), Status.CONFLICTING), conflicts=(DISPUTE,))
EVERY_FORM = findings(
    group(
        tuple(
            on_day(claim("a2", words, low, high, speaker(f"speaker {words}"), approximate=approximate), day)
            for day, (words, low, high, approximate) in enumerate(
                (
                    ("9", 9, 9, False),
                    ("about 20", 20, 20, True),
                    ("20 to 30", 20, 30, False),
                    ("up to 60", None, 60, False),
                    ("at least 31", 31, None, False),
                    ("37", 37, 37, False),
                ),
                1,
            )
        ),
        Status.SINGLE,
    )
)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("found", [FINDINGS, DISPUTED, EVERY_FORM], ids=["ferry", "dispute", "forms"])
def test_picture_is_a_png_of_its_size(found: Findings, theme: str) -> None:
    """800x450, small enough for a phone's connection, and the same every time."""
    png = draw_toll(STORY, found, theme=theme)
    assert png is not None
    image = open_png(png)
    assert image.size == (800, 450)
    assert len(png) < 200_000
    assert draw_toll(STORY, found, theme=theme) == png


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(findings(), id="no figures"),
        pytest.param(findings(group((LOW,), Status.SINGLE)), id="one claim"),
        pytest.param(
            findings(group((LOW, replace(HIGH, published=None)), Status.CONFLICTING)), id="only one dated"
        ),
        pytest.param(
            findings(group((LOW, on_day(claim("a3", "several", None, None), 4)), Status.SINGLE)), id="vague"
        ),
        pytest.param(findings(group((LOW, HIGH), Status.SINGLE, incident_id="i2")), id="background"),
    ],
)
def test_nothing_to_compare_is_no_picture(found: Findings) -> None:
    """Fewer than two dated counts of what the story is about: nothing is drawn and nothing described."""
    assert draw_toll(STORY, found) is None
    assert describe_toll(STORY, found) == ""


def test_sides_of_a_dispute_differ_in_colour_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both counts stand with their hedge and claimant, in two colours, and the row says "conflicting"."""
    with written(monkeypatch) as texts:
        png = draw_toll(STORY, DISPUTED)
    assert png is not None
    assert all(has_colour(png, colour) for colour in THEMES["dark"].sides[:2])
    words = [text for text, _ in texts]
    for expected in ("7", "health ministry", "at least 12", "regional governor", "conflicting"):
        assert expected in words


@pytest.mark.parametrize("kind", [kind for kind in ConflictKind if kind is not ConflictKind.DISPUTE], ids=str)
def test_other_conflicts_are_not_drawn_as_disputes(kind: ConflictKind) -> None:
    """A correction or another way of counting sets nobody against anybody."""
    found = findings(group((LOW, HIGH), Status.UPDATED), conflicts=(replace(DISPUTE, kind=kind),))
    toll = read_toll(found)
    assert toll is not None
    assert [mark.side for mark in toll.rows[0].marks] == [None, None]


@pytest.mark.parametrize(
    ("claimants", "expected"),
    [
        (("ministry", "ministry", "governor"), [0, 0, 1]),
        (("ministry", "governor", "coastguard"), [0, 1, 2]),
        (("police", "police", "police"), [0, 1, 2]),
        (("ministry", "governor", "mayor", "coastguard"), [0, 2, 2, 1]),
    ],
)
def test_claimant_is_in_one_camp(claimants: tuple[str, ...], expected: list[int]) -> None:
    """Several counts of one claimant stand together against the other's; the extremes always differ."""
    claims = tuple(
        on_day(claim("a2", str(n), n, n, speaker(name)), 4 + n) for n, name in enumerate(claimants, 1)
    )
    sides = tuple(
        Side(says=c.figure.words, claimants=(n,), citations=(c.citation,))
        for c, n in zip(claims, claimants, strict=True)
    )
    found = findings(group(claims, Status.CONFLICTING), conflicts=(replace(DISPUTE, sides=sides),))
    toll = read_toll(found)
    assert toll is not None
    assert [mark.side for mark in toll.rows[0].marks] == expected


def test_count_left_behind_is_marked_earlier() -> None:
    """An updated toll keeps its first count, grey and named as earlier."""
    found = findings(group((LOW, on_day(claim("a3", "12", 12, 12, MINISTRY), 5)), Status.UPDATED))
    toll = read_toll(found)
    assert toll is not None
    assert [mark.is_earlier for mark in toll.rows[0].marks] == [True, False]
    assert "4 Jun 7, health ministry, earlier; 5 Jun 12, health ministry" in describe_toll(STORY, found)


def test_what_counts_only_some_is_not_drawn() -> None:
    """ "Three more bodies" on the day of a toll of 12 is no count of its own: a toll does not fall to 3 between."""
    more = replace(on_day(claim("a2", "3", 3, 3), 5), is_detail=True)
    found = findings(group((LOW, more, on_day(claim("a3", "12", 12, 12, MINISTRY), 5)), Status.UPDATED))
    toll = read_toll(found)
    assert toll is not None
    assert ["7", "12"] == [mark.words for mark in toll.rows[0].marks]


def test_equal_counts_of_a_day_are_one_mark() -> None:
    """Two who say the same on one day share a mark that names both; the next day is another mark."""
    claims = (
        on_day(claim("a2", "12", 12, 12, MINISTRY), 4, 8),
        on_day(claim("a3", "twelve", 12, 12, COASTGUARD), 4, 20),
        on_day(claim("a4", "12", 12, 12), 5),
    )
    toll = read_toll(findings(group(claims, Status.AGREED)))
    assert toll is not None
    assert [mark.names for mark in toll.rows[0].marks] == [("health ministry", "coastguard"), ("Coast Wire",)]


def test_measure_keeps_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a measure, only it is drawn and described."""
    both = findings(
        group((LOW, HIGH), Status.SINGLE),
        group(
            tuple(on_day(claim("a2", str(n), n, n, measure=Measure.INJURED), n) for n in (3, 4)),
            Status.SINGLE,
        ),
    )
    with written(monkeypatch) as texts:
        draw_toll(STORY, both, measure=Measure.INJURED)
    assert "Injured" in [text for text, _ in texts]
    assert "Killed" not in [text for text, _ in texts]
    assert "Killed" not in describe_toll(STORY, both, measure=Measure.INJURED)


def crowd(count: int, days: int, length: int = 1) -> Findings:
    """Many counts of three measures, with names of `length` words."""
    name = "the " + "northern " * length + "ministry"
    return findings(
        *(
            group(
                tuple(
                    on_day(
                        claim("a2", f"at least {n}", n, None, speaker(f"{name} {n}"), measure=measure),
                        1 + (n * 13) % days,
                        n % 24,
                    )
                    for n in range(1, count)
                ),
                Status.SINGLE,
            )
            for measure in (Measure.KILLED, Measure.INJURED, Measure.MISSING)
        )
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("days", [1, 2, 6, 28])
@pytest.mark.parametrize("count", [3, 6, 40])
def test_no_words_overlap(monkeypatch: pytest.MonkeyPatch, count: int, days: int, code: str) -> None:
    """However crowded it is: labels give way, none covers another, none leaves the picture."""
    with written(monkeypatch) as texts:
        draw_toll(STORY, crowd(count, days, length=3), tongue=tongue_of(code))
    assert overlapping(texts) == []
    assert all(box[0] >= 0 and box[2] <= 800 for _, box in texts)


def test_crowded_rows_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is counted at the foot."""
    with written(monkeypatch) as texts:
        draw_toll(STORY, crowd(10, 1))
    assert f"{3 * (9 - MOST_MARKS)} more in the text" in [text for text, _ in texts]


@pytest.mark.parametrize("found", [FINDINGS, DISPUTED, EVERY_FORM, crowd(60, 28, length=9)])
def test_description_is_short_and_whole(found: Findings) -> None:
    """At most 1,000 characters, ending with a whole item."""
    words = describe_toll(STORY, found)
    assert 0 < len(words) <= 1_000
    assert words.endswith((".", " …"))


def test_description_says_what_the_picture_says() -> None:
    """Whoever cannot see the picture learns the same: count, hedge, who, when, and that it is disputed."""
    assert describe_toll(STORY, DISPUTED) == (
        "Counts by the day they came out in 2025. Sinking off Port Alder. Killed (conflicting): "
        "4 Jun 7, health ministry, disputed; 4 Jun at least 12, regional governor, disputed."
    )


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("found", [DISPUTED, EVERY_FORM], ids=["dispute", "forms"])
def test_our_words_are_in_the_reader_s_language(
    monkeypatch: pytest.MonkeyPatch, code: str, found: Findings
) -> None:
    """In the picture and in its description; what articles say stays."""
    drawn = []
    for tongue in (tongue_of(code), tongue_of("en")):
        with written(monkeypatch) as texts:
            assert draw_toll(STORY, found, tongue=tongue)
        drawn.append({text for text, _ in texts})
    theirs = {name for row in toll_of(found).rows for mark in row.marks for name in mark.names}
    common = {text for text in drawn[0] & drawn[1] if not text.isdigit() and "…" not in text}
    assert common <= theirs | {"Sinking off Port Alder", "exact"}
    said = whole = describe_toll(STORY, found, tongue=tongue_of(code))
    for name in sorted(theirs, key=len, reverse=True):
        said = said.replace(name, "")
    english = (
        "Counts",
        "Killed",
        "conflicting",
        "one voice",
        "disputed",
        "at least",
        "about",
        "up to",
        " to ",
        " and ",
    )
    assert [] == [words for words in english if words in said]
    assert len(whole) <= 1_000


def toll_of(found: Findings) -> Toll:
    toll = read_toll(found)
    assert toll is not None
    return toll


def test_no_dashes_run_through_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet is cleared where who says it is written, across the line between two days too."""
    cleared: list[tuple[float, float]] = []
    box = Canvas.box

    def spying(self: Canvas, left: float, top: float, right: float, bottom: float, *, fill: Colour) -> None:
        cleared.append((left, right))
        box(self, left, top, right, bottom, fill=fill)

    monkeypatch.setattr(Canvas, "box", spying)
    with written(monkeypatch) as texts:
        draw_toll(STORY, EVERY_FORM)
    names = [place for words, place in texts if words.startswith("speaker")]
    assert len(names) > 3
    for left, _, right, _ in names:
        assert any(first <= left + 1 and right <= last + 1 for first, last in cleared)
