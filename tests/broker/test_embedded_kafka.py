"""The embedded broker is what it promises: durable, transactional, gone with its parent, clear if it can't start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from confluent_kafka import Consumer, KafkaError, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from streamproc.broker import EmbeddedKafka
from streamproc.errors import BrokerError

MEBIBYTE = 1024 * 1024
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
SERVE = """
import sys
from pathlib import Path
from streamproc.broker import EmbeddedKafka, serve
cache, data = map(Path, sys.argv[1:])
serve(EmbeddedKafka(cache=cache, data=data), lambda kafka: print(kafka.bootstrap_servers, flush=True))
print("stopped")
"""


def create_topic(servers: str, name: str, **config: str) -> str:
    admin = AdminClient({"bootstrap.servers": servers})
    admin.create_topics([NewTopic(name, num_partitions=1, replication_factor=1, config=config)])[name].result(30)
    return name


def produce(servers: str, topic: str, values: list[bytes]) -> int:
    """Send all and give the number that was acknowledged."""
    acknowledged = []

    def note(error: KafkaError | None, _message: Message) -> None:
        if error is None:
            acknowledged.append(1)

    producer = Producer({"bootstrap.servers": servers, "acks": "all", "message.max.bytes": 9 * MEBIBYTE})
    for value in values:
        producer.produce(topic, value, on_delivery=note)
    producer.flush(30)
    return len(acknowledged)


def read(servers: str, topic: str, count: int, timeout_s: float = 30) -> list[bytes]:
    """The values of `count` committed records from the start of the topic, or of those that came in time."""
    consumer = Consumer(
        {"bootstrap.servers": servers, "group.id": f"{topic}.reader", "isolation.level": "read_committed"}
    )
    consumer.assign([TopicPartition(topic, 0, 0)])
    values: list[bytes] = []
    deadline = time.monotonic() + timeout_s
    while len(values) < count and time.monotonic() < deadline:
        values += [message.value() for message in consumer.consume(1000, 0.2) if message.error() is None]
    consumer.close()
    return values


def eventually(condition: Callable[[], bool], timeout_s: float = 10) -> bool:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def commands_in(folder: Path) -> list[str]:
    """Process ids and command lines of the processes whose working folder is `folder`."""
    found = subprocess.run(["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    return [line for line in found.splitlines() if _working_folder(line.split()[0]) == str(folder)]


def _working_folder(pid: str) -> str:
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return ""


@pytest.fixture(scope="module")
def _own_broker(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedKafka]:
    data = tmp_path_factory.mktemp("broker") / "mijn gegevens, café"
    with EmbeddedKafka(cache=cache, data=data) as broker:
        yield broker


@pytest.fixture
def own_broker(_own_broker: EmbeddedKafka) -> EmbeddedKafka:
    """A broker that a test may kill; its data folder needs escapes in many a file format."""
    _own_broker.start()
    return _own_broker


@pytest.fixture
def served(cache: Path, tmp_path: Path) -> subprocess.Popen[str]:
    """A process of its own that serves a broker on the data folder `tmp_path`, ready."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(cache), str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("127.0.0.1:")
        yield process
        process.kill()


def test_records_of_8_mib_pass(kafka: str, topic_prefix: str) -> None:
    topic = create_topic(kafka, f"{topic_prefix}large", **{"max.message.bytes": str(8 * MEBIBYTE)})
    value = os.urandom(8 * MEBIBYTE - 1024)
    assert produce(kafka, topic, [value] * 4) == 4
    assert read(kafka, topic, 4) == [value] * 4


def test_read_committed_sees_committed_transactions_only(kafka: str, topic_prefix: str) -> None:
    topic = create_topic(kafka, f"{topic_prefix}transactions")
    producer = Producer({"bootstrap.servers": kafka, "transactional.id": f"{topic_prefix}producer"})
    producer.init_transactions(30)
    for outcome in (b"aborted", b"committed"):
        producer.begin_transaction()
        producer.produce(topic, outcome)
        producer.flush(30)
        producer.abort_transaction(30) if outcome == b"aborted" else producer.commit_transaction(30)
    assert read(kafka, topic, 2, timeout_s=2) == [b"committed"]


def test_topics_are_not_made_by_the_way(kafka: str, topic_prefix: str) -> None:
    topics = AdminClient({"bootstrap.servers": kafka}).list_topics(f"{topic_prefix}missing", timeout=30).topics
    assert topics[f"{topic_prefix}missing"].error.code() == KafkaError.UNKNOWN_TOPIC_OR_PART


def test_acknowledged_records_survive_kill_9(own_broker: EmbeddedKafka, topic_prefix: str) -> None:
    values = [b"%d" % number for number in range(5000)]
    servers = own_broker.bootstrap_servers
    topic = create_topic(servers, f"{topic_prefix}durable")
    assert produce(servers, topic, values) == len(values)
    own_broker.kill()
    assert not own_broker.running
    own_broker.start()
    assert own_broker.bootstrap_servers == servers
    assert read(servers, topic, len(values)) == values


def test_a_temporary_data_folder_goes_with_the_block(cache: Path) -> None:
    with EmbeddedKafka(cache=cache) as kafka:
        assert (kafka.data / "topics").is_dir()
    assert not kafka.data.exists()


@linux
def test_the_broker_vanishes_when_its_parent_is_killed(served: subprocess.Popen[str], tmp_path: Path) -> None:
    assert any("kafka.Kafka" in command for command in commands_in(tmp_path))
    served.kill()
    assert eventually(lambda: not commands_in(tmp_path))


def test_a_signal_stops_a_served_broker_cleanly(served: subprocess.Popen[str], tmp_path: Path) -> None:
    served.send_signal(signal.SIGTERM)
    assert served.communicate(timeout=30)[0] == "stopped\n"
    assert served.returncode == 0
    assert (tmp_path / "topics" / ".kafka_cleanshutdown").exists()


def test_a_data_folder_has_one_broker(own_broker: EmbeddedKafka, cache: Path) -> None:
    with pytest.raises(BrokerError, match=r"^the data folder .* is in use by another broker$"):
        EmbeddedKafka(cache=cache, data=own_broker.data).start()


@linux
def test_waiting_tells_of_a_broker_that_ended_by_itself(own_broker: EmbeddedKafka) -> None:
    java = next(command for command in commands_in(own_broker.data) if "watchdog" not in command)
    os.kill(int(java.split()[0]), signal.SIGKILL)
    with pytest.raises(BrokerError, match=r"^Kafka ended with exit code \d+: "):
        own_broker.wait()


def test_a_taken_port_is_told_in_one_line(cache: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(BrokerError, match=f"^port {port} of 127.0.0.1 is in use$"):
            EmbeddedKafka(cache=cache, data=tmp_path, port=port).start()


def test_a_data_folder_that_cannot_be_made_is_told_in_one_line(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BrokerError, match=r"^cannot start the broker in .*/file/data: Not a directory$"):
        EmbeddedKafka(cache=cache, data=tmp_path / "file" / "data").start()


def test_a_start_that_fails_says_why_in_one_line(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(BrokerError) as caught:
        EmbeddedKafka(cache=cache, data=tmp_path, overrides={"num.io.threads": "none"}).start()
    assert "num.io.threads" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "topics").exists()


def test_a_data_folder_of_another_node_is_told_in_one_line(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "meta.properties").write_text("version=1\nnode.id=7\ncluster.id=other\n")
    with pytest.raises(BrokerError, match=r"^Kafka [\d.]+ did not start: .*node") as caught:
        EmbeddedKafka(cache=cache, data=tmp_path).start()
    assert "\n" not in str(caught.value)
