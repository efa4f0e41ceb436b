"""Why something was decided: reasons that a decision leaves behind for whoever asks.

A `Reason` is a code of `rules/reasons.toml` with the words that fill its sentence. Decisions about one figure hand
their reasons back with the result; those that are made often are noted in a list only where one is given, so that
nothing is paid where nobody asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """A code ("claimant.quote") and the words that its sentence names, by placeholder."""

    code: str
    words: tuple[tuple[str, str], ...] = ()


def reason(code: str, **words: object) -> Reason:
    """A reason with its words; `None` is left out."""
    return Reason(code, tuple((name, str(value)) for name, value in words.items() if value is not None))


def note(why: list[Reason] | None, code: str, **words: object) -> None:
    """Add a reason to a list, where there is one."""
    if why is not None:
        why.append(reason(code, **words))


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureReasons:
    """Why one figure got its claimant, its incident, its scope and its total, each in the order of the decisions."""

    claimant: tuple[Reason, ...] = ()
    incident: tuple[Reason, ...] = ()
    scope: tuple[Reason, ...] = ()
    part: tuple[Reason, ...] = ()


@dataclass(slots=True)
class StoryTrace:
    """What comparing the figures of a story notes when asked.

    Figures are told apart by identity (`id`), incidents by the article and what it says of them.
    """

    # Why a figure is held against nothing, or stands for more than it says.
    standings: dict[int, list[Reason]] = field(default_factory=dict)
    # What came of two figures held against each other.
    verdicts: dict[tuple[int, int], list[Reason]] = field(default_factory=dict)
    # What fits and what parts two incidents of two articles.
    joins: dict[tuple[object, object], Reason] = field(default_factory=dict)

    def stand(self, figure: object, code: str, **words: object) -> None:
        """Note why a figure stands as it does; the same only once."""
        told = self.standings.setdefault(id(figure), [])
        made = reason(code, **words)
        if made not in told:
            told.append(made)

    def hold(self, one: object, other: object, code: str, **words: object) -> None:
        """Note what came of two figures held against each other; the same only once."""
        told = self.verdicts.setdefault(pair_of(one, other), [])
        made = reason(code, **words)
        if made not in told:
            told.append(made)


def pair_of(one: object, other: object) -> tuple[int, int]:
    """The key of two figures, whatever their order."""
    a, b = sorted((id(one), id(other)))
    return a, b


@dataclass(slots=True)
class ArticleTrace:
    """What reading one article notes when asked: reasons by figure, and by mention of an incident (its offset)."""

    figures: list[FigureReasons] = field(default_factory=list)
    mentions: dict[int, tuple[Reason, ...]] = field(default_factory=dict)
