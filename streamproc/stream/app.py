"""The two Faust apps of a worker, each a consumer group of its own, so that enriching and counting scale apart."""

from __future__ import annotations

from collections.abc import Callable

from yarl import URL

from streamproc.settings import Settings, Store
from streamproc.stream.agents import Count, Enrich, attach
from streamproc.stream.measures import Measures
from streamproc.stream.pool import Pool
from streamproc.stream.security import faust_credentials
from streamproc.stream.store import MemoryStore, RocksStore
from streamproc.stream.store import Store as TableStore
from streamproc.stream.table import Table
from streamproc.stream.topics import Topics
from streamproc.stream.transport import App

StoreMaker = Callable[[str, str], TableStore]
"""From app id and table name to the store of the table."""


def store_maker(settings: Settings, cluster: str) -> StoreMaker:
    """Stores as the settings say; `cluster` is the id of the Kafka cluster that they belong to."""

    def make(app_id: str, table: str) -> TableStore:
        if settings.store is Store.ROCKSDB:
            return RocksStore(settings.data_path / "tables" / app_id / table, cluster)
        return MemoryStore()

    return make


def _app(app_id: str, settings: Settings) -> App:
    folder = settings.data_path / "faust" / app_id
    folder.mkdir(parents=True, exist_ok=True)  # Faust makes the last level only
    return App(
        app_id,
        settings,
        broker=[URL(f"kafka://{server}") for server in settings.bootstrap_servers],
        broker_credentials=faust_credentials(settings),
        store="memory://",  # of Faust's own tables, of which there are none
        datadir=str(folder),
        web_enabled=False,
        topic_partitions=settings.topic_partitions,
        topic_replication_factor=settings.topic_replication_factor,
        topic_allow_declare=False,
        topic_disable_leader=True,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=4 * 1024 * 1024,
        consumer_metadata_max_age_ms=10_000,
        broker_session_timeout=settings.session_timeout_s,
        broker_heartbeat_interval=settings.session_timeout_s / 4,
        broker_request_timeout=max(20.0, settings.session_timeout_s + 5.0),
        # A batch may be analysed for long; liveness is judged by heartbeats and by our own progress.
        broker_max_poll_interval=3600.0,
        stream_buffer_maxsize=max(1024, 2 * settings.batch_max_articles),
        stream_wait_empty=False,
        stream_recovery_delay=0.0,
        table_standby_replicas=0,
    )


def enrich_app(topics: Topics, pool: Pool, measures: Measures, make_store: StoreMaker) -> App:
    """The app that turns raw articles into enriched ones."""
    app = _app(topics.enrich_app, topics.settings)
    seen = Table(
        name="seen_articles",
        source=topics.raw,
        changelog=topics.seen_changelog,
        store=make_store(topics.enrich_app, "seen_articles"),
    )
    app.delivery.add_table(seen)
    attach(app, topics.raw, Enrich(topics, pool, seen, measures))
    return app


def count_app(topics: Topics, measures: Measures, make_store: StoreMaker) -> tuple[App, Table]:
    """The app that counts mentions, and its table `actor_counts`."""
    app = _app(topics.count_app, topics.settings)
    counts = Table(
        name="actor_counts",
        source=topics.mentions,
        changelog=topics.counts_changelog,
        store=make_store(topics.count_app, "actor_counts"),
    )
    app.delivery.add_table(counts)
    attach(app, topics.mentions, Count(topics, counts, measures))
    return app, counts
