"""Counts equal a recount, however the mentions are batched."""

from hypothesis import given
from hypothesis import strategies as st

from streamproc.contracts import ActorKind, Mention, MentionForm
from streamproc.stream.counting import tally

ACTORS = ["country:rus", "person:sergey-lavrov", "ipo:un"]


def mention(actor, published, count=1, source=0, target=0):
    return Mention(
        mention_id="m",
        actor_id=actor,
        name=actor.upper(),
        kind=ActorKind.COUNTRY,
        article_id="a",
        published=published,
        language="nl",
        source=None,
        count=count,
        by_form={MentionForm.NAME: count},
        events_as_source=source,
        events_as_target=target,
    )


def test_days_are_kept_at_the_precision_of_the_article():
    counts = tally(
        {},
        [
            mention("country:rus", "2019-03-02T10:00:00+01:00", 2),
            mention("country:rus", "2019-03", 1, source=1),
            mention("country:rus", None, 4, target=2),
            mention("country:rus", "2019", 1),
        ],
    )
    rus = counts["country:rus"]
    assert rus.by_day == {"2019": 1, "2019-03": 1, "2019-03-02": 2, "unknown": 4}
    assert (rus.mentions, rus.articles, rus.events_as_source, rus.events_as_target) == (8, 4, 1, 2)
    assert (rus.first_seen, rus.last_seen) == ("2019", "2019-03-02")
    assert rus.by_form == {MentionForm.NAME: 8}


def test_an_actor_without_dated_articles_was_seen_at_no_known_time():
    rus = tally({}, [mention("country:rus", None)])["country:rus"]
    assert (rus.first_seen, rus.last_seen) == (None, None)


mentions = st.builds(
    mention,
    st.sampled_from(ACTORS),
    st.sampled_from([None, "2019", "2019-03", "2019-03-02"]),
    st.integers(1, 5),
    st.integers(0, 2),
    st.integers(0, 2),
)


@given(st.lists(st.lists(mentions, max_size=6), max_size=5))
def test_batching_makes_no_difference(batches):
    stepwise = {}
    for batch in batches:
        stepwise = tally(stepwise, batch)
    assert stepwise == tally({}, [one for batch in batches for one in batch])
