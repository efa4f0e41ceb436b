"""Casualty figures: how many, of whom, by whose account, and the words that say so.

A sentence that holds a word of counting is cut into chunks, the shapes of `rules/casualties.toml` find amounts tied
to a verb, a state or a toll, then parts are tied to their totals.

Stance: a figure that is not there is worse than one that is missed: threats, plans, conditions and beliefs yield
nothing, and an amount needs a verb or noun of its own.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from digests.extract.claims.claimants import Claimants
from digests.extract.counts.chunks import find_chunks
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.shapes import shapes_for
from digests.extract.drafts.deaths import add_own_death, follow_to_death
from digests.extract.drafts.drafts import DIVIDED_RULE, LINE_RULE, SUM_RULE, Draft
from digests.extract.drafts.enumerations import settle_enumerations
from digests.extract.drafts.gapped import add_again, add_gapped
from digests.extract.drafts.groups import group_counted
from digests.extract.drafts.lists import add_lists
from digests.extract.drafts.parts import join_kinds, take_bodies, take_kinds, tie_parts
from digests.extract.drafts.phrasecounts import add_phrases, far_cues, lone_cues, may_stand
from digests.extract.drafts.reading import apply_shape, drop_loose_sums, read_states
from digests.extract.drafts.sentencereader import SentenceReader
from digests.extract.incidents import incident_at
from digests.extract.tolls.aboard import add_aboard
from digests.extract.tolls.answers import add_answer, asked
from digests.extract.tolls.outcomes import settle_outcomes
from digests.extract.tolls.persons import settle_persons
from digests.extract.tolls.retold import are_apart, tie_retold, tie_stages
from digests.extract.tolls.topics import Topics
from digests.extract.tolls.totals import mark_alone, mark_totals, tie_details, tie_lines
from digests.extract.tolls.unreal import is_unreal
from digests.text.document import Document
from digests.text.numberwords import number_words, scale_words
from digests.text.tokens import tokenize
from digests.trace import ArticleTrace, FigureReasons, Reason, note, reason
from digests.types import DateMention, Evidence, Figure, IncidentMention, Measure, Quote, Scope, Span, Speaker

__all__ = ["SUM_RULE", "find_figures"]

# Who is named with an age.
_AGED = "casualties.aged"
# Where pages are made plain text, two blanks stand for the end of a line.
_HEADLINE_END = re.compile(r"(?<=[\w\"')]) {2,}(?=[A-Z\"'(\d])")
# What leads back to whoever was told of last.
_OF_OTHERS = (["of", "them"], ["of", "these"], ["of", "those"])
_DIGIT = re.compile(r"\d")
# A sentence longer than this is a table or a list without full stops; it is read in pieces.
_LONGEST_SENTENCE = 3000
# Sentences behind a count in which its number may be told once more by a phrase.
_SHORTLY = 6
# The same, in which those counted may be divided: "Five were women."
_DIVIDED_WITHIN = 4
# Figures in one text. Long reports state some dozens; what states more is a table or no report, and reading on
# would only cost time.
_MOST_FIGURES = 300


def find_figures(
    document: Document,
    dates: Sequence[DateMention],
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
    trace: ArticleTrace | None = None,
) -> tuple[Figure, ...]:
    """All casualty figures of a document, in order of the text; none for a text without any.

    `trace` takes why each got its claimant, incident, scope and total.
    """
    drafts = settle_persons(document, _find_drafts(document))
    if not drafts:
        return ()
    told: dict[tuple[int, int], IncidentMention] = {}

    def incident_of(draft: Draft) -> IncidentMention:
        place = (draft.start, draft.end)
        if place not in told:
            told[place] = incident_at(document, Span(start=draft.start, end=draft.end), incidents)
        return told[place]

    drafts = settle_enumerations(document, drafts)
    drafts = tie_retold(document, drafts, incident_of)
    tie_details(drafts, incident_of)
    tie_lines(drafts)
    drafts = settle_outcomes(drafts, incident_of)
    tie_stages(drafts, incident_of)
    drafts = [draft for draft in _with_named_sums(drafts, incident_of) if not _is_named_part(draft)]
    claimants = Claimants(document, quotes)
    figures: list[Figure] = []
    index = {id(draft): at for at, draft in enumerate(drafts)}
    date_starts = [mention.evidence.span.start for mention in dates]
    for draft in drafts:
        span = Span(start=draft.start, end=draft.end)
        why: list[Reason] | None = None if trace is None else []
        incident = incident_of(draft) if why is None else incident_at(document, span, incidents, why)
        # The label of a line says where, and claims nothing.
        is_line = draft.rule == LINE_RULE
        whole = None if is_line else _told_by(document, draft, figures, index)
        is_running = draft.scope is Scope.TOTAL
        said = (
            None
            if is_line
            else claimants.of(span, draft.sentence, chunk=draft.chunk, total=whole, is_running=is_running)
        )
        figures.append(
            Figure(
                measure=draft.measure,
                bounds=draft.bounds,
                words=document.words(draft.words),
                victims=document.words(draft.victims) if draft.victims else None,
                group=group_counted(document, draft, said, figures),
                scope=draft.scope,
                part_of=index.get(id(draft.total)) if draft.total is not None else None,
                claimant=said,
                incident=incident,
                as_of=_as_of(document, draft, dates, date_starts),
                evidence=Evidence(
                    article_id=document.article_id, span=span, sentence=draft.sentence, rule=draft.rule
                ),
            )
        )
        if trace is not None and why is not None:
            trace.figures.append(_reasons(document, draft, claimants.reasons, why, incident, trace))
    return tuple(figures)


def _told_by(
    document: Document, draft: Draft, figures: Sequence[Figure], index: Mapping[int, int]
) -> Speaker | None:
    """Who claims the total of a count: of one sentence ("had treated 53, 19 of them with burns"), or divided later.

    "Forty had died, the board said. The youngest was a boy. Five were women." goes on in its paragraph.
    """
    total = draft.total
    at = index.get(id(total), len(figures)) if total is not None else len(figures)
    if total is None or at >= len(figures):
        return None
    is_here = total.sentence == draft.sentence
    is_divided = draft.rule == DIVIDED_RULE and "\n" not in document.folded[total.end : draft.start]
    return figures[at].claimant if is_here or is_divided else None


def _with_named_sums(
    drafts: Sequence[Draft], incident_of: Callable[[Draft], IncidentMention]
) -> Sequence[Draft]:
    """ "Ana Bell, 20, and Rita Cole, 58, died": where a list only names them, its sum is the count."""
    for total in drafts:
        if total.rule != SUM_RULE:
            continue
        parts = [draft for draft in drafts if draft.total is total]
        if not parts or not all(part.rule == _AGED and part.victims is None for part in parts):
            continue
        total.rule = _AGED
        # "Four people died. Ana Bell, 20, and Rita Cole, 58, died at once.": two of the four.
        total.total = total.total or next(
            (
                other
                for other in drafts
                if other.measure is total.measure
                and other.rule not in (SUM_RULE, _AGED)
                and (other.bounds.low or 0) > (total.bounds.low or 0)
                and not are_apart(incident_of(other), incident_of(total))
            ),
            None,
        )
    return drafts


def _is_named_part(draft: Draft) -> bool:
    """ "Four pupils died ... Mara Brun, 17, died at once": who one of those counted before was, and no count."""
    return draft.rule == _AGED and draft.total is not None and draft.total.rule != SUM_RULE


def _reasons(
    document: Document,
    draft: Draft,
    claimant: tuple[Reason, ...],
    why: list[Reason],
    incident: IncidentMention,
    trace: ArticleTrace,
) -> FigureReasons:
    """Why a figure got what it got, in the order of the decisions."""
    told = trace.mentions.get(incident.span.start, ()) if incident.span is not None else ()
    part: list[Reason] = []
    if draft.total is not None:
        code = "part.here" if draft.total.sentence == draft.sentence else "part.before"
        note(part, code, total=document.words(Span(start=draft.total.start, end=draft.total.end)))
    scope = draft.why_scope or reason("scope.incident")
    return FigureReasons(claimant=claimant, incident=(*why, *told), scope=(scope,), part=tuple(part))


def _find_drafts(document: Document) -> list[Draft]:
    lists = lexicon()
    cues = lists.cues
    drafts: list[Draft] = []
    previous: list[Draft] = []
    recent = _Recent()
    question: Measure | None = None
    topics = Topics(document)
    may_ask = "?" in document.folded
    for at, (sentence, words) in enumerate(zip(document.sentences, document.plain, strict=True)):
        has_stem = not cues.stems.isdisjoint(words)
        if not (has_stem or previous or question or topics.has_any) and recent.is_idle(at, words):
            # Half of the sentences.
            continue
        counts = has_stem and cues.may_count(words, document.folded[sentence.start : sentence.end])
        if not counts:
            shortly = previous or recent.drafts_at(at, within=_DIVIDED_WITHIN)
            counts = bool(shortly) and _may_go_on(document, sentence, words)
            if counts and not recent.is_right_before(at) and words[1:3] in _OF_OTHERS:
                # "They sold to three brands. Two of them have paid.": of what was counted between.
                counts = not _has_amount(document, document.sentences[at - 1], document.plain[at - 1])
            if shortly and not counts and not lists.again_cues.isdisjoint(words):
                # "It", which might tell the number once more, leaves the count before it where it is.
                previous = _spoken_of(list(shortly), words)
            else:
                # So does a word that would count beside another.
                previous = list(shortly) if counts else _spoken_of(previous, words) if has_stem else []
        answered, question = question, asked(document, sentence, words) if has_stem and may_ask else None
        topic = topics.at(sentence) if topics.has_any else None
        if not (counts or recent.may_tell(document, at)) and not (
            (answered or topic) and _has_amount(document, sentence, words)
        ):
            continue
        if is_unreal(document, sentence, words):
            continue
        found: list[Draft] = []
        for piece in _pieces(document, sentence):
            told = [topic] if topic is not None else found or recent.drafts_at(at)
            found += _read_piece(document, sentence, piece, found or previous, told, answered)
            if len(drafts) + len(found) >= _MOST_FIGURES:
                break
        found.sort(key=lambda draft: (draft.chunk.start, draft.start))
        if not lists.total_cues.isdisjoint(words):
            mark_totals(document, sentence, words, found)
        if not lists.alone.isdisjoint(words):
            mark_alone(document, sentence, found)
        drafts.extend(found)
        if len(drafts) >= _MOST_FIGURES:
            break
        previous = found or _spoken_of(previous, words)
        if found:
            recent.note(at, found)
    add_aboard(document, drafts)
    return drafts


def _spoken_of(drafts: list[Draft], words: Sequence[str]) -> list[Draft]:
    """The counts that a sentence without any goes on with: of "The dead were mostly patients." those of the dead."""
    bodies = lexicon().body_words
    if not drafts or bodies.keys().isdisjoint(words):
        return drafts
    spoken = {bodies[word] for word in bodies.keys() & words}
    return [draft for draft in drafts if draft.measure in spoken] or drafts


class _Recent:
    """The counts of the last sentence that has any: what a number without a noun may be once more."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._at = 0
        self._lone, self._any = lone_cues(), lone_cues() | far_cues()

    def note(self, at: int, drafts: list[Draft]) -> None:
        self._drafts, self._at = drafts, at

    def drafts_at(self, at: int, *, within: int = _SHORTLY) -> Sequence[Draft]:
        """Those that sentence `at` may speak of: none where they are too far behind."""
        return self._drafts if at - self._at <= within else ()

    def is_right_before(self, at: int) -> bool:
        """Whether the sentence right before sentence `at` has a count."""
        return at - self._at == 1

    def is_idle(self, at: int, words: Sequence[str]) -> bool:
        """Whether sentence `at` has neither a count shortly before it nor a word that opens it without any."""
        return not self.drafts_at(at) and self._lone.isdisjoint(words)

    def may_tell(self, document: Document, at: int) -> bool:
        """Whether sentence `at`, which has no word of counting, may tell a number by a phrase: a cue and an amount."""
        words, sentence = document.plain[at], document.sentences[at]
        openers = self._any if self.drafts_at(at) else self._lone
        if openers.isdisjoint(words) or not _has_amount(document, sentence, words):
            return False
        return may_stand(document.folded, sentence, words, openers)


def _has_amount(document: Document, sentence: Span, words: Sequence[str]) -> bool:
    """Whether a sentence holds a number: without one no phrase tells any."""
    if not (number_words().isdisjoint(words) and scale_words().isdisjoint(words)):
        return True
    return _DIGIT.search(document.folded, sentence.start, sentence.end) is not None


def _may_go_on(document: Document, sentence: Span, words: Sequence[str]) -> bool:
    """Whether a sentence may go on with the count before it.

    "Among them were two children", "he spoke of eight", "Four were teachers".
    """
    cues = lexicon()
    if not cues.goes_on.isdisjoint(words[:3]):
        return True
    if not cues.again_cues.isdisjoint(words):
        text = f" {' '.join(words)} "
        if any(phrase in text for phrase in cues.again):
            return True
    if cues.divides.isdisjoint(words[:4]):
        return False
    return document.folded[sentence.start].isdigit() or words[0] in number_words()


def _pieces(document: Document, sentence: Span) -> list[Span]:
    """A sentence, cut behind a headline without a full stop and at white space where it is longer than any real one."""
    if (
        sentence.end - sentence.start <= _LONGEST_SENTENCE
        and "  " not in document.folded[sentence.start : sentence.end]
    ):
        return [sentence]
    pieces: list[Span] = []
    start = sentence.start
    for gap in _HEADLINE_END.finditer(document.folded, sentence.start, sentence.end):
        pieces.append(Span(start=start, end=gap.start()))
        start = gap.end()
    pieces.append(Span(start=start, end=sentence.end))
    return [short for piece in pieces for short in _short_pieces(document, piece)]


def _short_pieces(document: Document, piece: Span) -> list[Span]:
    if piece.end - piece.start <= _LONGEST_SENTENCE:
        return [piece]
    pieces: list[Span] = []
    start = piece.start
    while piece.end - start > _LONGEST_SENTENCE:
        cut = document.folded.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        pieces.append(Span(start=start, end=cut))
        start = cut
    pieces.append(Span(start=start, end=piece.end))
    return pieces


def _read_piece(
    document: Document,
    sentence: Span,
    piece: Span,
    previous: Sequence[Draft],
    recent: Sequence[Draft],
    answered: Measure | None,
) -> list[Draft]:
    """The figures of a piece of a sentence; `previous` are those of the sentence before, `recent` the last ones.

    `answered` is what the sentence before asked the number of.
    """
    tokens = tokenize(document.folded, piece.start, piece.end)
    reader = SentenceReader(document, sentence, find_chunks(tokens))
    for shape in shapes_for(reader.tags):
        apply_shape(reader, shape)
    follow_to_death(reader)
    has_amount = any(chunk.amount is not None for _, chunk in reader.chunks.read)
    if has_amount:
        add_phrases(reader, recent, start=piece.start, end=piece.end)
        take_bodies(reader, previous)
        take_kinds(reader)
    add_lists(reader)
    add_gapped(reader)
    add_own_death(reader)
    if not (has_amount or reader.drafts):
        # What is left looks for numbers, or for what else is told of those counted.
        return []
    read_states(reader)
    if answered is not None:
        add_answer(reader, answered)
    add_again(reader, previous)
    tie_parts(reader, previous)
    join_kinds(reader)
    drop_loose_sums(reader)
    return reader.drafts


def _as_of(
    document: Document, draft: Draft, dates: Sequence[DateMention], starts: Sequence[int]
) -> dt.date | None:
    """The day that the sentence speaks about ("as of Friday"), else the day of publication."""
    cues = lexicon().as_of
    first = bisect.bisect_left(starts, draft.sentence.start)
    for mention in dates[first:]:
        span = mention.evidence.span
        if span.start >= draft.sentence.end:
            break
        if mention.first is None or mention.first != mention.last:
            continue
        before = document.folded[draft.sentence.start : span.start].lower().split()[-3:]
        if any(" ".join(before[i:]) in cues for i in range(len(before))):
            return mention.first
    return document.published
