from streamproc.analysis.names.features import FeatureExtractor
from streamproc.analysis.names.gazetteer import Gazetteer
from training.names.document import Document, Sentence
from training.names.fit import fit

DOCUMENTS = [
    Document("a", (Sentence(("Jan", "slaapt", "."), ("B-PER", "O", "O")), Sentence(("Niemand", "komt"), ("O", "O")))),
    Document("b", (Sentence(("in", "Gent", "."), ("O", "B-LOC", "O")),)),
]


def test_training_twice_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        fit(tmp_path / name, [(DOCUMENTS, FeatureExtractor(Gazetteer({}, {}, {}), {}))], iterations=5)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
