"""How well a day fits the signs of an undated article: which of two days is the better one."""

import datetime as dt
from collections import Counter

from digests.analysis.days.signs import Signs, rate

# The main event's day, a Monday.
EVENT = dt.date(2021, 6, 14)


def signs(
    *,
    told: set[int],
    lead: set[int] | None = None,
    late: set[int] | None = None,
    ages: set[int] | None = None,
    to_come: set[int] | None = None,
) -> Signs:
    """Weekdays that a text tells of (1 is Monday), those of its opening and those ahead, and how old its news is."""
    return Signs(
        lead=frozenset(lead or ()),
        late=frozenset(late or ()),
        told=frozenset(told),
        headed=None,
        to_come=frozenset(to_come or ()),
        ages=frozenset(ages or ()),
        bound=frozenset(),
        is_week_old=False,
        is_weekend=False,
        years=0,
        written=(),
        ahead=(),
        toll=None,
    )


def fit(day: int, read: Signs) -> float:
    """How well a day of June fits, in a story that has one article on each of three weeks' days."""
    days = Counter({EVENT + dt.timedelta(days=gone): 1 for gone in range(-3, 18)})
    return rate(dt.date(2021, 6, day), read, days=days, event=EVENT, tolls=())


def test_who_says_today_does_not_name_the_day() -> None:
    """ "Today" in a text that tells of Tuesday is Wednesday rather than Tuesday; without it, it is Tuesday."""
    assert fit(15, signs(told={2})) > fit(16, signs(told={2}))
    assert fit(16, signs(told={2}, ages={0})) > fit(15, signs(told={2}, ages={0}))


def test_what_will_be_on_a_day_is_not_told_on_it() -> None:
    """A text of Monday's fall that looks ahead to Tuesday is of Monday; without that it may be either."""
    assert fit(15, signs(told={1}, to_come={2})) < fit(15, signs(told={1})) / 2


def test_a_weekday_is_not_told_of_a_week_later() -> None:
    """A text that tells of the event's weekday is of that week: another one would say "last Monday"."""
    ratio = fit(22, signs(told={1})) / fit(15, signs(told={1}))
    other = fit(22, signs(told={2})) / fit(15, signs(told={2}))
    assert ratio < other / 5


def test_a_page_about_the_event_did_not_appear_before_it() -> None:
    """A text without a weekday fits any day of the story behind the event, and hardly one before it."""
    assert fit(13, signs(told=set())) < fit(16, signs(told=set())) / 5


def test_an_evening_is_told_of_on_the_next_day() -> None:
    """A text of Monday's fall may be of Monday, but hardly where it fell in the evening."""
    ratio = fit(14, signs(told={1}, lead={1}, late={1})) / fit(15, signs(told={1}, lead={1}, late={1}))
    assert ratio < fit(14, signs(told={1}, lead={1})) / fit(15, signs(told={1}, lead={1})) / 2


def test_the_weekday_of_something_older_does_not_bind() -> None:
    """Who tells of "yesterday" in the opening and of a Friday far below may write on a Wednesday."""
    assert 0 == fit(16, signs(told={5}))
    assert 0 < fit(16, signs(told={5}, ages={1}))


def test_a_story_of_which_no_day_is_known_is_rated() -> None:
    """Neither an article nor an event gives a day: none is later than what is known."""
    assert rate(EVENT, signs(told={1}), days=Counter(), event=None, tolls=()) > 0
