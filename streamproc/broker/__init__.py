"""The embedded broker: Apache Kafka for the demo and the tests, without Docker or a system Java.

Comes in: a cache folder for the jars, a data folder, a port. Goes out: a broker on loopback that ends with us.
Fails with `BrokerError`, one line a cause. Why it is done this way: ``docs/adr/0001-embedded-apache-kafka.md``.

    cluster ──▶ kafka (a node each)

    jars ──▶ kafka ──▶ process ──▶ watchdog ──▶ java
              ▲
    properties, folder_lock, java, ports, start_failure
"""

from streamproc.broker.cluster import EmbeddedCluster
from streamproc.broker.jars import KAFKA_VERSION
from streamproc.broker.kafka import EmbeddedKafka, serve

__all__ = ["KAFKA_VERSION", "EmbeddedCluster", "EmbeddedKafka", "serve"]
