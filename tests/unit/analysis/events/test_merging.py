"""One event once."""

from __future__ import annotations


def test_a_second_telling_is_dropped(tell):
    events = tell("{Israël} bombardeerde {Gaza}.\nBij de aanval van {Israël} op {Gaza} viel een huis om.")
    assert [event.trigger[0].text for event in events if event.type == "ASSAULT"] == ["bombardeerde"]


def test_the_same_deed_on_another_day_is_another_event(tell):
    events = tell(
        "{Israël} bombardeerde {Gaza} op <2 maart|2019-03-02>.\n{Israël} bombardeerde {Gaza} op <5 maart|2019-03-05>."
    )
    assert [event.date.value for event in events] == ["2019-03-02", "2019-03-05"]


def test_the_same_deed_to_another_is_another_event(tell):
    events = tell("{Israël} bombardeerde {Gaza}.\n{Israël} bombardeerde {Libanon}.")
    assert len(events) == 2


def test_a_meeting_is_the_same_from_either_side(tell):
    events = tell("{Lavrov} overlegde met {Pompeo}.\n{Pompeo} overlegde met {Lavrov}.")
    assert len(events) == 1


def test_an_event_in_the_same_sentence_with_fewer_parties_is_dropped(tell):
    events = tell("{De rechtbank} veroordeelde {de man} tot tien jaar cel.\n{De man} werd niet gezien.")
    assert len([event for event in events if event.type == "SANCTION"]) == 1
