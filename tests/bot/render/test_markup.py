"""Words of others in our messages: nothing of them may act, everything of them must stay readable."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.markup import clean, day_stamp, escape, link, safe_url, timestamp, visible_host

#: What Discord's own parser removes: a backslash before anything that is neither letter, digit nor space.
UNESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
#: Letters that hold markup, mentions and joiners together, mixed with plain words.
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("*_~|`>#-[]()<:@\\ \n1.+•"), st.characters(), st.sampled_from("\u202e\u200b\u0301")
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain words", "plain words", id="plain"),
        pytest.param("two\nlines\tand  spaces", "two lines and spaces", id="one-line"),
        pytest.param("a\u202eb\u200bc", "abc", id="invisible"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiner-between-letters"),
        pytest.param("a\u200d b", "a b", id="joiner-elsewhere"),
        pytest.param("Z" + "\u0301" * 9, unicodedata.normalize("NFC", "Z" + "\u0301" * 5), id="piled-marks"),
        pytest.param("\x00\x07bell", "bell", id="control"),
    ],
)
def test_clean_keeps_words_and_drops_what_hides(text: str, expected: str) -> None:
    """What nobody can see goes, what belongs to a word stays."""
    assert expected == clean(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**bold**", r"\*\*bold\*\*", id="bold"),
        pytest.param("# heading", r"\# heading", id="heading"),
        pytest.param("1. list", r"1\. list", id="numbered"),
        pytest.param("2024. A year", r"2024\. A year", id="year-at-start"),
        pytest.param("7 people", "7 people", id="number-at-start"),
        pytest.param("7-year-old [sic]", r"7\-year-old \[sic\]", id="number-and-markup"),
        pytest.param("- point", r"\- point", id="bullet"),
        pytest.param("@everyone", r"\@everyone", id="everyone"),
        pytest.param("<@123>", r"\<\@123\>", id="mention"),
        pytest.param("@\u202eeveryone", r"\@everyone", id="hidden-mention"),
        pytest.param("[x](https://e.example)", r"\[x\](https\://e.example)", id="masked-link"),
        pytest.param("see https://e.example", r"see https\://e.example", id="bare-link"),
        pytest.param("join discord.gg/abc123 now", "join (invite removed) now", id="invite"),
        pytest.param("Toll: nine (two women)", "Toll: nine (two women)", id="plain-signs"),
        pytest.param("3) third", r"3\) third", id="numbered-with-bracket"),
        pytest.param("-# small", r"\-# small", id="small-print"),
        pytest.param("||spoiler||", r"\|\|spoiler\|\|", id="spoiler"),
    ],
)
def test_escape_leaves_nothing_that_acts(text: str, expected: str) -> None:
    """Each kind of markup, as it is written and as it is sent."""
    assert expected == escape(text)


@given(NASTY)
def test_every_special_character_stands_behind_a_backslash(text: str) -> None:
    """Read as Discord reads it, no special character is left without its escape, and there is one line."""
    escaped = escape(text)
    rest = UNESCAPE.sub("", escaped)
    assert not re.search(r"[*_~|`>\[\]<@\\]", rest)
    assert "://" not in escaped.replace("\\://", "")
    assert not re.match(r"[-+#]|\d+[.)]", escaped)
    assert "\n" not in escaped


@given(NASTY)
def test_escaping_changes_no_word(text: str) -> None:
    """What Discord shows is what was written, cleaned; only invites are taken out."""
    cleaned = clean(text)
    if "discord" not in cleaned.casefold() and "dsc.gg" not in cleaned.casefold():
        assert cleaned == UNESCAPE.sub(r"\1", escape(text))


@given(NASTY)
def test_no_character_is_left_that_nobody_sees(text: str) -> None:
    """No control, private or unassigned character reaches a message; format characters only as joiners."""
    for char in escape(text):
        assert unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}
        assert unicodedata.category(char) != "Cf" or char in "\u200c\u200d"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://News.example/a b", "https://news.example/a%20b", id="space"),
        pytest.param("https://news.example/a_(b)", "https://news.example/a_%28b%29", id="brackets"),
        pytest.param("https://news.example", "https://news.example/", id="bare-host"),
        pytest.param(
            "http://127.0.0.1:8080/a?x=1&y=2", "http://127.0.0.1:8080/a?x=1&y=2", id="port-and-query"
        ),
        pytest.param("https://bücher.example/x", "https://xn--bcher-kva.example/x", id="idn"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("data:text/html,x", None, id="data"),
        pytest.param("file:///etc/passwd", None, id="file"),
        pytest.param("https://user:pw@news.example/", None, id="credentials"),
        pytest.param("https://good.example@evil.example/", None, id="host-in-credentials"),
        pytest.param("https:///nowhere", None, id="no-host"),
        pytest.param("https://[::1", None, id="broken"),
        pytest.param("https://news.example/" + "a" * 600, None, id="too-long"),
        pytest.param(None, None, id="none"),
    ],
)
def test_only_safe_addresses_become_links(url: str | None, expected: str | None) -> None:
    """http(s), a host, no credentials, nothing that could end the link early."""
    assert expected == safe_url(url)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_link_is_one_link_or_plain_words(label: str, url: str) -> None:
    """Whatever label and address hold, there is at most one link, and its address has no brackets or spaces."""
    words = link(label, url)
    found = re.fullmatch(r"\[[^\[\]]+\]\((https?://[^\s()<>]+)\)", words)
    assert found or "](" not in UNESCAPE.sub("", words)


def test_the_host_is_what_the_address_leads_to() -> None:
    """A look-alike shows its punycode, "www." is left out."""
    assert "news.example" == visible_host("https://www.news.example/x")
    assert "xn--nws-bma.example" == visible_host("https://néws.example/")
    assert visible_host("javascript:1") is None


def test_times_are_discord_timestamps() -> None:
    """Readers see their own zone; a day stays the same day from UTC-10 to UTC+13."""
    moment = dt.datetime(2025, 6, 4, 21, 10, tzinfo=dt.UTC)
    assert "<t:1749071400:f>" == timestamp(moment)
    day = dt.date(2025, 6, 4)
    stamp = dt.datetime.fromtimestamp(int(day_stamp(day)[3:13]), dt.UTC)
    for hours in range(-10, 14):
        assert day == (stamp + dt.timedelta(hours=hours)).date()
