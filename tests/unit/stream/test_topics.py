"""The topics are declared as the design says."""

from streamproc.settings import load_settings
from streamproc.stream.topics import Topic, Topics, _differences


def test_all_topics_bear_the_prefix_and_changelogs_the_app():
    topics = Topics(load_settings(topic_prefix="x.", app_id="me"))
    assert [topic.name for topic in topics.declared] == [
        "x.articles.raw",
        "x.articles.enriched",
        "x.events",
        "x.mentions",
        "x.articles.dead-letter",
        "x.actor-counts",
        "me-enrich-seen_articles-changelog",
        "me-count-actor_counts-changelog",
    ]


def test_tables_are_compacted_and_logs_are_not():
    policies = {topic.name: topic.configs.get("cleanup.policy") for topic in Topics(load_settings()).declared}
    assert policies["news.actor-counts"] == "compact"
    assert policies["streamproc-count-actor_counts-changelog"] == "compact"
    assert policies["streamproc-enrich-seen_articles-changelog"] == "compact,delete"
    assert policies["news.events"] is None


def test_a_dead_letter_is_kept_at_least_as_large_as_a_raw_article():
    sizes = {topic.name: topic.configs["max.message.bytes"] for topic in Topics(load_settings()).declared}
    assert sizes["news.articles.dead-letter"] == sizes["news.articles.raw"]


def test_what_differs_is_told():
    topic = Topic("t", 4, {"cleanup.policy": "compact", "max.message.bytes": "1000"}, "test")
    assert _differences(topic, 4, {"cleanup.policy": "compact", "max.message.bytes": "1000"}) == []
    assert _differences(topic, 3, {"cleanup.policy": "delete", "max.message.bytes": "999"}) == [
        "topic t has 3 partitions, not 4",
        "topic t has cleanup.policy=delete, not compact",
        "topic t has max.message.bytes below 1000",
    ]
