from streamproc.analysis.names.gazetteer import Gazetteer
from training.names.document import Document, Sentence
from training.names.swap import Pools, read_pools, swapped, thinned

POOLS = Pools(
    {"PER": [("Jan", "Smit")], "ORG": [("Rode", "Kruis"), ("Maersk",)], "LOC": [("Zagreb",), ("Den", "Haag")]},
    ["Femke"],
    ["Halsema"],
)
DOCUMENT = Document(
    "a",
    (
        Sentence(("Mark", "Rutte", "zag", "de", "EU"), ("B-PER", "I-PER", "O", "O", "B-ORG")),
        Sentence(("Niets", "gebeurde"), ("O", "O")),
        Sentence(("Rutte", "zag", "Franse", "boeren"), ("B-PER", "O", "B-NORP", "O")),
    ),
)


def test_swapping_is_seeded():
    assert swapped([DOCUMENT], POOLS, 1) == swapped([DOCUMENT], POOLS, 1)
    assert any(swapped([DOCUMENT], POOLS, 1) != swapped([DOCUMENT], POOLS, seed) for seed in range(2, 6))


def test_words_and_tags_stay_in_step_and_labels_stay():
    for seed in range(30):
        (copy,) = swapped([DOCUMENT], POOLS, seed)
        for sentence in copy.sentences:
            assert len(sentence.words) == len(sentence.tags)
        assert [label for _, _, label in copy.spans()] == ["PER", "ORG", "PER", "NORP"]


def test_sentences_without_names_are_not_copied():
    assert [len(copy.sentences) for copy in swapped([DOCUMENT], POOLS, 1)] == [2]


def test_a_surname_alone_becomes_the_surname_of_the_same_stand_in():
    for seed in range(30):
        first, second = swapped([DOCUMENT], POOLS, seed)[0].sentences
        if "Rutte" not in second.words and "Rutte" not in first.words:
            assert second.words[0] in first.words


def test_demonyms_are_never_swapped():
    assert all("Franse" in swapped([DOCUMENT], POOLS, seed)[0].sentences[-1].words for seed in range(10))


def test_thinning_hides_names_but_no_countries():
    names = {f"Stad{number}": "city" for number in range(100)} | {"Frankrijk": "country"}
    thin = thinned(Gazetteer(names, {}, {}), 0.5, 1)
    assert "Frankrijk" in thin.classes_by_name
    assert 20 < len(thin.classes_by_name) < 80


def test_pools_hold_whole_names_of_persons_only():
    pools = read_pools(Gazetteer({"Jan Smit": "person", "Smit": "person", "Maersk": "company"}, {}, {"Jan": "first"}))
    assert pools.names_by_label == {"PER": [("Jan", "Smit")], "ORG": [("Maersk",)], "LOC": []}
    assert pools.first_names == ["Jan"]
