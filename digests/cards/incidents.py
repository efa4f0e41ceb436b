"""What an incident is called: its label in English, the same said shortly in another language.

Analysis labels incidents in English ("Kenyan airstrikes in Gedo, 3 May 2023"), as the public JSON has it. Elsewhere
kind, place and days are told, and who did it where that is known. Stance: a kind without a word in that language
keeps its label, which is understood late rather than not at all.
"""

from __future__ import annotations

import datetime as dt

from digests.cards.wording import span_words
from digests.rules.gazetteer import country_names
from digests.tongues import ENGLISH, Tongue, phrase
from digests.types import Incident, Precision

# The kinds of `rules/incidents.toml`; a test holds both together.
KINDS = {
    "accident": phrase("accident"),
    "airstrike": phrase("airstrike"),
    "ambush": phrase("ambush"),
    "arson": phrase("arson"),
    "attack": phrase("attack"),
    "avalanche": phrase("avalanche"),
    "bombing": phrase("bombing"),
    "clash": phrase("clash"),
    "cold": phrase("cold"),
    "collapse": phrase("collapse"),
    "coup": phrase("coup"),
    "crackdown": phrase("crackdown"),
    "crash": phrase("crash"),
    "deaths": phrase("deaths"),
    "derailment": phrase("derailment"),
    "disaster": phrase("disaster"),
    "drone attack": phrase("drone attack"),
    "drought": phrase("drought"),
    "drowning": phrase("drowning"),
    "earthquake": phrase("earthquake"),
    "eruption": phrase("eruption"),
    "execution": phrase("execution"),
    "explosion": phrase("explosion"),
    "famine": phrase("famine"),
    "fire": phrase("fire"),
    "flood": phrase("flood"),
    "heatwave": phrase("heatwave"),
    "incident": phrase("incident"),
    "kidnapping": phrase("kidnapping"),
    "killing": phrase("killing"),
    "landslide": phrase("landslide"),
    "leak": phrase("leak"),
    "massacre": phrase("massacre"),
    "mine accident": phrase("mine accident"),
    "missile attack": phrase("missile attack"),
    "offensive": phrase("offensive"),
    "operation": phrase("operation"),
    "outbreak": phrase("outbreak"),
    "plane crash": phrase("plane crash"),
    "poisoning": phrase("poisoning"),
    "protest": phrase("protest"),
    "raid": phrase("raid"),
    "ramming": phrase("ramming"),
    "riot": phrase("riot"),
    "road crash": phrase("road crash"),
    "shelling": phrase("shelling"),
    "shooting": phrase("shooting"),
    "sinking": phrase("sinking"),
    "stabbing": phrase("stabbing"),
    "stampede": phrase("stampede"),
    "storm": phrase("storm"),
    "strike": phrase("strike"),
    "suicide bombing": phrase("suicide bombing"),
    "tornado": phrase("tornado"),
    "train crash": phrase("train crash"),
    "tsunami": phrase("tsunami"),
    "war": phrase("war"),
    "wildfire": phrase("wildfire"),
}


def incident_words(incident: Incident, tongue: Tongue = ENGLISH) -> str:
    """ "Airstrike (Kenya), Gedo, 3 May 2023"; in English the label. "" for what nothing is known of."""
    if tongue is ENGLISH or incident.kind not in KINDS or not incident.label:
        return incident.label
    kind = tongue.say(KINDS[incident.kind])
    words = kind[0].upper() + kind[1:]
    if incident.actor and (actor := _actor(incident.actor, incident.label, tongue)):
        words += f" ({actor})"
    parts = [words, incident.place or ""]
    if incident.first is not None:
        last = incident.last or incident.first
        precision = filled_unit(incident.first, last)
        parts.append(span_words(incident.first, last, precision, year=None, tongue=tongue))
    return tongue.say(", ").join(part for part in parts if part)


def _actor(actor: str, label: str, tongue: Tongue) -> str:
    """A state by its name in this language, others as they are written; "" for those that the label leaves out."""
    codes = {name: code for code, name in country_names().items()}
    if actor in codes:
        return tongue.country(codes[actor], actor)
    return actor if actor in label else ""


def filled_unit(first: dt.date, last: dt.date) -> Precision:
    """The unit that a span of days fills: a month, a year, else days."""
    after = last + dt.timedelta(days=1)
    if first.day == 1 and after.day == 1 and first.month == last.month and first.year == last.year:
        return Precision.MONTH
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return Precision.YEAR
    return Precision.DAY
