"""When: the date of the sentence that is nearest to the trigger, in its own clause first.

Comes in: the dates of an article. Goes out: an `EventDate` or None; what the text does not date stays without a date.
"""

from __future__ import annotations

from streamproc.analysis.events.clauses import Clause
from streamproc.analysis.events.sentence import Sentence
from streamproc.analysis.events.triggers import Use
from streamproc.contracts.event import EventDate
from streamproc.contracts.timex import Timex, TimexType


def sentence_dates(sentence: Sentence, dates: list[Timex]) -> list[Timex]:
    """The dates of a sentence that an event can have: no durations, no repetitions, nothing vague."""
    return [
        date
        for date in dates
        if sentence.start <= date.start < sentence.end
        and date.type in (TimexType.DATE, TimexType.TIME)
        and not date.value.endswith("_REF")
    ]


def nearest(use: Use, sentence: Sentence, dates: list[Timex], of_token: list[Clause]) -> Timex | None:
    """The date of a use: the nearest in its clause, else the only one of the sentence."""
    if not dates:
        return None
    places = [(date, _token_at(sentence, date.start)) for date in dates]
    clause: Clause | None = use.clause
    while clause is not None:
        # "bevestigde het een dag later, maar weigerde": what shares its subject shares its date.
        own = [(abs(at - use.head), at, date) for date, at in places if of_token[at] is clause]
        if own:
            return min(own, key=lambda item: item[:2])[2]
        clause = clause.coordinate_of
    outer = [(abs(at - use.head), at, date) for date, at in places if of_token[at] in use.clause.chain]
    return outer[0][2] if len(dates) == 1 and outer else None


def _token_at(sentence: Sentence, offset: int) -> int:
    at = 0
    for i, start in enumerate(sentence.starts):
        if start > offset:
            break
        at = i
    return at


def event_date(date: Timex | None) -> EventDate | None:
    """The date as an event has it."""
    if date is None:
        return None
    return EventDate(value=date.value, earliest=date.earliest, latest=date.latest, basis="sentence")
