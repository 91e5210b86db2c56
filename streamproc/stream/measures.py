"""What is measured: Prometheus metrics of one worker process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_LATENCY_BUCKETS_S = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900)


class Measures:
    """The metrics; counters count what was handled, also where its transaction was abandoned and done again."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        registry = self.registry
        self.articles_in = Counter("streamproc_articles_in", "Raw records handled.", registry=registry)
        self.articles_out = Counter("streamproc_articles_out", "Articles enriched.", registry=registry)
        self.dead = Counter("streamproc_articles_dead", "Articles rejected, by code.", ["code"], registry=registry)
        self.duplicates = Counter("streamproc_articles_duplicate", "Second copies dropped.", registry=registry)
        self.sent_on = Counter(
            "streamproc_articles_sent_on", "Records sent to their home partition.", registry=registry
        )
        self.mentions = Counter("streamproc_mentions_in", "Mentions counted.", registry=registry)
        self.analysis_s = Histogram(
            "streamproc_batch_analysis_seconds",
            "Time to analyse a batch.",
            buckets=_LATENCY_BUCKETS_S,
            registry=registry,
        )
        self.latency_s = Histogram(
            "streamproc_article_latency_seconds",
            "From the time stamp of the raw record to its analysis being done.",
            buckets=_LATENCY_BUCKETS_S,
            registry=registry,
        )
        self.lag = Gauge("streamproc_lag_records", "Records not committed.", ["topic", "partition"], registry=registry)
        self.pool_chunks = Gauge("streamproc_pool_chunks", "Chunks in the analysis pool.", registry=registry)
        self.pool_workers = Gauge("streamproc_pool_workers", "Processes of the analysis pool.", registry=registry)
        self.ready = Gauge("streamproc_ready", "1 when partitions are assigned and recovered.", registry=registry)

    @contextmanager
    def analysing(self, articles: int) -> Iterator[None]:
        """Time the analysis of a batch."""
        self.articles_in.inc(articles)
        with self.analysis_s.time():
            yield

    def enriched(self, timestamp_s: float) -> None:
        """Count an article whose raw record was produced at `timestamp_s`, seconds since the epoch."""
        self.articles_out.inc()
        self.latency_s.observe(max(0.0, time.time() - timestamp_s))
