"""Which partition a key belongs to, the way the Java client and aiokafka agree on."""

from __future__ import annotations

from functools import lru_cache

from aiokafka.partitioner import murmur2

_POSITIVE = 0x7FFFFFFF


@lru_cache(maxsize=16_384)  # the hash is pure Python, and most keys are actors that come again and again
def partition_of(key: bytes, partitions: int) -> int:
    """Partition of `key` among `partitions`, 0-based (Kafka's default partitioner: murmur2)."""
    return int((murmur2(key) & _POSITIVE) % partitions)
