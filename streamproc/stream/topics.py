"""The topics: their names, how they are declared, created and checked.

All must exist before a worker starts: one that Faust or the broker would create on the fly has the wrong number of
partitions and no compaction.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

from streamproc.errors import TopicError
from streamproc.settings import Settings
from streamproc.stream.connection import start_admin

_DAY_MS = 24 * 60 * 60 * 1000
_NO_ERROR = 0
_UNKNOWN_TOPIC = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic as it has to be."""

    name: str
    partitions: int
    configs: dict[str, str]
    purpose: str


@dataclass(frozen=True)
class Topics:
    """All topics of one deployment."""

    settings: Settings

    @property
    def enrich_app(self) -> str:
        """Faust app (and consumer group) of the enrich agent."""
        return f"{self.settings.app_id}-enrich"

    @property
    def count_app(self) -> str:
        """Faust app (and consumer group) of the count agent."""
        return f"{self.settings.app_id}-count"

    def _name(self, suffix: str) -> str:
        return self.settings.topic_prefix + suffix

    @property
    def raw(self) -> str:
        """Articles as users push them."""
        return self._name("articles.raw")

    @property
    def enriched(self) -> str:
        """One record an article."""
        return self._name("articles.enriched")

    @property
    def events(self) -> str:
        """One record an event."""
        return self._name("events")

    @property
    def mentions(self) -> str:
        """One record per named actor and article."""
        return self._name("mentions")

    @property
    def dead_letters(self) -> str:
        """Rejected articles."""
        return self._name("articles.dead-letter")

    @property
    def actor_counts(self) -> str:
        """Latest counts of each actor."""
        return self._name("actor-counts")

    @property
    def seen_changelog(self) -> str:
        """Changelog of the table of seen articles, partitioned as `raw`."""
        return f"{self.enrich_app}-seen_articles-changelog"

    @property
    def counts_changelog(self) -> str:
        """Changelog of the table of actor counts, partitioned as `mentions`."""
        return f"{self.count_app}-actor_counts-changelog"

    @cached_property
    def declared(self) -> tuple[Topic, ...]:
        """Every topic, in the order of the flow."""
        settings = self.settings
        dead_days = settings.dead_letter_retention_days
        kept, compacted = self._kept_days, {"cleanup.policy": "compact"}
        # A seen article is remembered as long as its outputs are kept.
        seen = {"cleanup.policy": "compact,delete", **kept(settings.output_retention_days)}
        rows = [
            (self.raw, kept(settings.raw_retention_days), "articles as they are pushed"),
            (self.enriched, kept(settings.output_retention_days), "articles with entities, dates and events"),
            (self.events, kept(settings.output_retention_days), "who did what to whom"),
            (self.mentions, kept(settings.output_retention_days), "named actors of each article"),
            (self.dead_letters, kept(dead_days), "rejected articles, with the reason"),
            (self.actor_counts, compacted, "latest counts of each actor"),
            (self.seen_changelog, seen, "changelog of seen articles"),
            (self.counts_changelog, compacted, "changelog of actor counts"),
        ]
        common = {
            "max.message.bytes": str(settings.max_record_bytes),
            "min.insync.replicas": str(settings.topic_min_insync_replicas),
        }
        return tuple(Topic(name, settings.topic_partitions, common | own, purpose) for name, own, purpose in rows)

    @staticmethod
    def _kept_days(days: float) -> dict[str, str]:
        return {"retention.ms": str(int(days * _DAY_MS))}


async def _partitions(admin: AIOKafkaAdminClient, names: list[str]) -> dict[str, int]:
    """Partition count by topic, for those that exist. Raises `TopicError` where the broker refuses to tell."""
    found = {}
    for topic in await admin.describe_topics(names):
        if topic["error_code"] == _NO_ERROR:
            found[topic["topic"]] = len(topic["partitions"])
        elif topic["error_code"] != _UNKNOWN_TOPIC:
            raise TopicError(f"topic {topic['topic']}: {for_code(topic['error_code']).__name__}")
    return found


async def create_topics(settings: Settings) -> list[str]:
    """Create the topics that are missing and return their names; those that exist are left as they are.

    Raises `KafkaUnavailableError`, and `TopicError` where the broker refuses.
    """
    topics = Topics(settings)
    admin = await start_admin(settings)
    try:
        existing = await _partitions(admin, [topic.name for topic in topics.declared])
        missing = [topic for topic in topics.declared if topic.name not in existing]
        if missing:
            response = await admin.create_topics([_new_topic(topic, settings) for topic in missing])
            for name, code, *message in response.topic_errors:
                if code not in (_NO_ERROR, TopicAlreadyExistsError.errno):
                    raise TopicError(
                        f"cannot create topic {name}: {message[0] if message else for_code(code).__name__}"
                    )
            await _wait_until_known(admin, [topic.name for topic in missing])
        return [topic.name for topic in missing]
    finally:
        await admin.close()


def _new_topic(topic: Topic, settings: Settings) -> NewTopic:
    return NewTopic(
        topic.name,
        num_partitions=topic.partitions,
        replication_factor=settings.topic_replication_factor,
        topic_configs=topic.configs,
    )


async def _wait_until_known(admin: AIOKafkaAdminClient, names: list[str]) -> None:
    # A topic is created by the controller; the broker that is asked next may not know it yet.
    for _ in range(100):
        if len(await _partitions(admin, names)) == len(names):
            return
        await asyncio.sleep(0.1)
    raise TopicError(f"topics were created but did not appear within 10 s: {', '.join(names)}")


async def check_topics(settings: Settings) -> list[str]:
    """What is wrong with the topics, a line each; empty when all is well. Raises `KafkaUnavailableError`."""
    topics = Topics(settings)
    admin = await start_admin(settings)
    try:
        existing = await _partitions(admin, [topic.name for topic in topics.declared])
        known = [topic for topic in topics.declared if topic.name in existing]
        configs = await _configs(admin, [topic.name for topic in known])
    finally:
        await admin.close()
    wrong = [f"topic {topic.name} is missing" for topic in topics.declared if topic.name not in existing]
    for topic in known:
        wrong += _differences(topic, existing[topic.name], configs[topic.name])
    return wrong


def _differences(topic: Topic, partitions: int, configs: dict[str, str]) -> list[str]:
    wrong = []
    if partitions != topic.partitions:
        wrong.append(f"topic {topic.name} has {partitions} partitions, not {topic.partitions}")
    policy = topic.configs.get("cleanup.policy", "delete")
    if set(configs.get("cleanup.policy", "").split(",")) != set(policy.split(",")):
        wrong.append(f"topic {topic.name} has cleanup.policy={configs.get('cleanup.policy')}, not {policy}")
    if int(configs.get("max.message.bytes", "0")) < int(topic.configs["max.message.bytes"]):
        wrong.append(f"topic {topic.name} has max.message.bytes below {topic.configs['max.message.bytes']}")
    return wrong


async def _configs(admin: AIOKafkaAdminClient, names: list[str]) -> dict[str, dict[str, str]]:
    if not names:
        return {}
    responses = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names])
    found: dict[str, dict[str, str]] = {}
    for response in responses:
        for _code, _message, _kind, name, entries, *_ in response.resources:
            found[name] = {entry[0]: entry[1] or "" for entry in entries}
    return found


async def require_topics(settings: Settings) -> None:
    """Raise `TopicError` with one line unless all topics are as declared."""
    wrong: list[Any] = await check_topics(settings)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise TopicError(f"{wrong[0]}{more}; `streamproc topics check` tells all, `streamproc topics create` creates")
