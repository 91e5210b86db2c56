import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from streamproc.analysis.names import LABELS, NameTagger
from streamproc.analysis.names.tagger import MAX_CHUNK_WORDS, WEIGHTS_FILE, chunks_of, spans_of
from streamproc.errors import DataError
from streamproc.languages import language

FOLDER = language("nl").folder / "names"
NLP = spacy.blank("nl")
TAGGER = NameTagger(FOLDER)
LETTERS = st.sampled_from(list("aAbB'- .,\n€é😀„”9")) | st.characters(exclude_categories=["Cs"])


def names(text):
    return [(text[span.start_char : span.end_char], span.label) for span in TAGGER.tag(NLP.make_doc(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De Russische president Vladimir Poetin sprak in Moskou met Angela Merkel.",
         [("Russische", "NORP"), ("Vladimir Poetin", "PER"), ("Moskou", "LOC"), ("Angela Merkel", "PER")]),
        ("Minister Blok van Buitenlandse Zaken sprak met de NAVO en de Verenigde Naties.",
         [("Blok", "PER"), ("Buitenlandse Zaken", "ORG"), ("NAVO", "ORG"), ("Verenigde Naties", "ORG")]),
        ("Volgens de woordvoerder is er niets aan de hand.", []),
    ],
)  # fmt: skip
def test_names_of_news_sentences_are_found(text, expected):
    assert names(text) == expected


def test_a_name_in_no_list_is_found_by_its_context():
    assert ("Tjalmir Oskverdo", "PER") in names("„ Wij wijken niet ”, zei premier Tjalmir Oskverdo woensdag.")


def test_offsets_are_code_points_also_after_emoji_and_white_space():
    text = "😀\n\n  Angela   Merkel bezoekt Parijs"
    spans = TAGGER.tag(NLP.make_doc(text))
    assert [text[span.start_char : span.end_char] for span in spans] == ["Angela   Merkel", "Parijs"]


def test_an_empty_document_has_no_names():
    assert names("") == []
    assert names(" \n \n") == []


def test_tagging_is_deterministic():
    text = "Mark Rutte en de VVD praten in Den Haag met D66. Rutte zegt niets."
    first = TAGGER.tag(NLP.make_doc(text))
    assert first
    assert NameTagger(FOLDER).tag(NLP.make_doc(text)) == first


def test_confidence_is_a_probability():
    spans = TAGGER.tag(NLP.make_doc("Mark Rutte sprak met Xqurz in Den Haag."))
    assert spans
    assert all(0 < span.confidence <= 1 for span in spans)


def test_a_sentence_starts_a_chunk_and_a_long_one_is_cut():
    words = ["woord"] * (MAX_CHUNK_WORDS + 10) + ["Nog", "een"]
    starts = [position in {0, MAX_CHUNK_WORDS + 10} for position in range(len(words))]
    chunks = chunks_of(Doc(NLP.vocab, words=words, sent_starts=starts))
    assert [len(chunk) for _, chunk in chunks] == [MAX_CHUNK_WORDS, 10, 2]


def test_tags_without_a_beginning_begin_a_name():
    assert list(spans_of(["O", "I-PER", "B-PER", "I-PER", "I-LOC"])) == [(1, 2, "PER"), (2, 4, "PER"), (4, 5, "LOC")]


@pytest.mark.parametrize("unit", ["Aa ", "( ", "A. ", "„ ", "Den Haag van de ", "EU-"])
def test_time_is_linear_in_hostile_text(unit):
    def seconds(count):
        doc = Doc(NLP.vocab, words=(unit.split() or [unit]) * count)
        begun = time.process_time()
        TAGGER.tag(doc)
        return time.process_time() - begun

    seconds(500)
    assert seconds(16_000) < 40 * max(seconds(1000), 0.005)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(list("aAbB'- .,\n€é😀„”9")) | st.characters(exclude_categories=["Cs"]), max_size=200
    )
)
def test_names_are_in_order_and_apart_and_have_a_label(text):
    end = 0
    for span in TAGGER.tag(NLP.make_doc(text)):
        assert end <= span.start_char < span.end_char <= len(text)
        assert span.label in LABELS
        assert text[span.start_char : span.end_char].strip() == text[span.start_char : span.end_char]
        end = span.end_char


def test_damaged_weights_are_refused(tmp_path):
    for file in FOLDER.rglob("*"):
        if file.is_file() and file.name != WEIGHTS_FILE:
            target = tmp_path / file.relative_to(FOLDER)
            target.parent.mkdir(exist_ok=True)
            target.symlink_to(file)
    (tmp_path / WEIGHTS_FILE).write_bytes(b"no weights")
    with pytest.raises(DataError, match=WEIGHTS_FILE):
        NameTagger(tmp_path)


def test_an_absent_model_is_refused(tmp_path):
    with pytest.raises(DataError):
        NameTagger(tmp_path)
