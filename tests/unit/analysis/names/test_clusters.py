import gzip

import pytest

from streamproc.analysis.names.clusters import CLUSTERS_FILE, WordClass, load_clusters
from streamproc.errors import DataError


def test_words_have_a_cluster_and_a_case(tmp_path):
    (tmp_path / CLUSTERS_FILE).write_bytes(gzip.compress(b"londen\t17\t3\nloopt\t4\t0\n"))
    assert load_clusters(tmp_path) == {"londen": WordClass("17", "3"), "loopt": WordClass("4", "0")}


def test_a_line_without_case_is_refused_by_number(tmp_path):
    (tmp_path / CLUSTERS_FILE).write_bytes(gzip.compress(b"londen\t17\t3\nloopt\t4\n"))
    with pytest.raises(DataError, match=":2:"):
        load_clusters(tmp_path)


def test_an_absent_file_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"clusters\.tsv\.gz"):
        load_clusters(tmp_path)
