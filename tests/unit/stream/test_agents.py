"""The agents without a broker: what they send, remember and drop."""

import dataclasses

import orjson
import pytest
from fakes import FakeProducer, event_of, lease_on

from streamproc.contracts import ActorCount, ActorKind, DeadLetterHeaders, Mention, MentionForm
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.settings import load_settings
from streamproc.stream.agents import Count, Enrich
from streamproc.stream.job import Outcome, Output
from streamproc.stream.measures import Measures
from streamproc.stream.store import MemoryStore
from streamproc.stream.table import Table, current_transaction
from streamproc.stream.topics import Topics
from streamproc.stream.transaction import Transaction

TOPICS = Topics(load_settings(topic_prefix="t."))


class Pool:
    """Answers with the outcomes it is given."""

    def __init__(self, outcomes):
        self.outcomes = outcomes

    async def run(self, tasks):
        return [self.outcomes[task.payload] for task in tasks]


class Flow:
    """Feeds one partition of an agent, a transaction a call, and shows what was committed."""

    def __init__(self, source, make_agent):
        self.producer = FakeProducer()
        self.lease = lease_on(source, 1, producer=self.producer)
        self.table = Table(name="table", source=source, changelog="changelog", store=MemoryStore())
        self.table.store.open([1])
        self.agent = make_agent(self.table)

    async def feed(self, *payloads, headers=None):
        first = self.lease.done + 1
        events = [
            event_of(self.lease, first + step, key=b"user key", value=payload, headers=headers)
            for step, payload in enumerate(payloads)
        ]
        transaction = Transaction(self.lease, "group")
        token = current_transaction.set(transaction)
        await self.agent(transaction, events)
        await transaction.commit(events[-1].message.offset)
        current_transaction.reset(token)

    def sent(self, topic):
        return [
            record for (name, _), records in sorted(self.producer.log.items()) if name == topic for record in records
        ]


def done(identity, *topics):
    return Outcome(identity, 1, tuple(Output(topic, b"key", b"value", []) for topic in topics))


def rejected(identity):
    return Outcome(identity, 1, rejection=Rejection(Stage.ANALYSE, RejectionCode.ANALYSIS_TIMEOUT, "too slow"))


def enriching(outcomes):
    measures = Measures()
    return Flow(TOPICS.raw, lambda table: Enrich(TOPICS, Pool(outcomes), table, measures))


async def test_outputs_go_to_their_topics():
    flow = enriching({b"x": done("a", "enriched", "events", "mentions", "mentions")})
    await flow.feed(b"x")
    assert len(flow.sent(TOPICS.enriched)) == 1
    assert len(flow.sent(TOPICS.events)) == 1
    assert len(flow.sent(TOPICS.mentions)) == 2
    assert flow.sent(TOPICS.dead_letters) == []


async def test_a_second_copy_changes_nothing_in_the_same_batch_or_later():
    flow = enriching({b"x": done("a", "enriched"), b"copy": done("a", "enriched"), b"y": done("b", "enriched")})
    await flow.feed(b"x", b"copy", b"y")
    await flow.feed(b"copy")
    assert len(flow.sent(TOPICS.enriched)) == 2
    assert flow.agent.measures.duplicates._value.get() == 2


async def test_a_rejected_article_is_one_dead_letter_with_its_bytes_and_key():
    flow = enriching({b"\xff": rejected("a")})
    await flow.feed(b"\xff")
    await flow.feed(b"\xff")
    [(key, value, headers)] = flow.sent(TOPICS.dead_letters)
    assert (key, value) == (b"user key", b"\xff")
    assert DeadLetterHeaders.from_headers(headers).code is RejectionCode.ANALYSIS_TIMEOUT


async def test_a_redriven_article_is_tried_again():
    flow = enriching({b"x": rejected("a")})
    await flow.feed(b"x")
    again = [("streamproc.redrive", b"1/2026-01-01T00:00:00+00:00")]
    await flow.feed(b"x", headers=again)
    attempts = [DeadLetterHeaders.from_headers(headers).attempts for _, _, headers in flow.sent(TOPICS.dead_letters)]
    assert attempts == [1, 2]
    flow.agent = dataclasses.replace(flow.agent, pool=Pool({b"x": done("a", "enriched")}))
    await flow.feed(b"x", headers=[("streamproc.redrive", b"2/2026-01-01T00:00:00+00:00")])
    assert len(flow.sent(TOPICS.enriched)) == 1


async def test_an_article_of_another_partition_is_sent_on_as_it_came():
    flow = enriching({b"x": Outcome("a", 3)})
    await flow.feed(b"x", headers=[("h", b"1")])
    assert flow.producer.log[TOPICS.raw, 3] == [
        (b"user key", b"x", [("h", b"1"), ("streamproc.origin", b"1/0")]),
    ]
    assert flow.table.store.get(1, b"a") is None


def mention(actor, count=1):
    return Mention(
        mention_id="m",
        actor_id=actor,
        name=actor,
        kind=ActorKind.COUNTRY,
        article_id="a",
        published="2019-03",
        language="nl",
        source=None,
        count=count,
        by_form={MentionForm.NAME: count},
        events_as_source=0,
        events_as_target=1,
    ).to_json()


@pytest.fixture
def counting():
    return Flow(TOPICS.mentions, lambda table: Count(TOPICS, table, Measures()))


async def test_counts_add_up_over_batches_and_each_actor_is_published_once_a_batch(counting):
    await counting.feed(mention("country:rus", 2), mention("country:usa"), mention("country:rus"))
    await counting.feed(mention("country:rus", 4))
    published = [ActorCount.from_json(value) for _, value, _ in counting.sent(TOPICS.actor_counts)]
    rus = [count.mentions for count in published if count.actor_id == "country:rus"]
    assert rus == [3, 7]
    assert ActorCount.from_json(counting.table.get(b"country:rus")).articles == 3
    assert len(counting.sent("changelog")) == 3


@pytest.mark.parametrize("value", [None, b"", b"no json", b"{}", orjson.dumps({"actor_id": 1})])
async def test_what_is_no_mention_is_a_dead_letter_and_stops_nothing(counting, value):
    await counting.feed(value, mention("country:rus"))
    [(_, bytes_kept, headers)] = counting.sent(TOPICS.dead_letters)
    assert bytes_kept == value
    assert DeadLetterHeaders.from_headers(headers).code is RejectionCode.MENTION_INVALID
    assert len(counting.sent(TOPICS.actor_counts)) == 1
