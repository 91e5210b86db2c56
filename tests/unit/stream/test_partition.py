"""Our partitions are those of Kafka's clients."""

from aiokafka.partitioner import DefaultPartitioner
from hypothesis import given
from hypothesis import strategies as st

from streamproc.stream.partition import partition_of


@given(st.binary(max_size=200), st.integers(1, 200))
def test_a_key_goes_where_the_default_partitioner_puts_it(key, partitions):
    everything = list(range(partitions))
    assert partition_of(key, partitions) == DefaultPartitioner()(key, everything, everything)


def test_the_value_known_from_the_java_client():
    # Utils.murmur2("21") = -973932308 in the tests of the Java client.
    assert partition_of(b"21", 1000) == (-973932308 & 0x7FFFFFFF) % 1000
