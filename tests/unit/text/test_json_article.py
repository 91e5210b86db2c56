import pytest

from streamproc.contracts import Article
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.text.json_article import is_array, read_object, read_string


def _rejection(document):
    outcome = read_object(document)
    assert isinstance(outcome, Rejection)
    assert outcome.stage is Stage.DECODE
    return outcome


def test_all_fields_are_read():
    document = (
        '{"id":"a1","url":"https://example.org/1","source":"ANP","title":"Kop","text":"Tekst.",'
        '"published":"2019-03","language":"nl","html":false}'
    )
    assert read_object(document) == Article(
        id="a1",
        url="https://example.org/1",
        source="ANP",
        title="Kop",
        text="Tekst.",
        published="2019-03",
        language="nl",
        html=False,
    )


def test_unknown_fields_are_ignored():
    assert read_object('{"text":"a","author":{"name":"b"}}') == Article(text="a")


def test_of_a_key_that_occurs_twice_the_last_value_holds():
    assert read_object('{"text":"a","text":"b"}').text == "b"


@pytest.mark.parametrize(("value", "identifier"), [("42", "42"), ("-1", "-1"), ("18446744073709551615",) * 2])
def test_a_whole_number_as_id_is_taken_as_its_digits(value, identifier):
    assert read_object(f'{{"id":{value}}}').id == identifier


@pytest.mark.parametrize("value", ["true", "1.0", "[1]", "123456789012345678901234567890"])
def test_other_values_are_no_id(value):
    rejection = _rejection(f'{{"id":{value}}}')
    assert rejection.code is RejectionCode.FIELD_INVALID
    assert rejection.message.startswith("id: ")


def test_each_wrong_field_is_named_once():
    rejection = _rejection('{"title":1,"html":[],"text":{}}')
    assert [part.partition(":")[0] for part in rejection.message.split("; ")] == ["title", "text", "html"]


def test_a_value_of_the_article_is_not_repeated_in_the_message():
    assert "geheim" not in _rejection('{"title":["geheim"]}').message


@pytest.mark.parametrize("field", ["id", "url", "source", "title", "published", "language", "lang", "html"])
def test_a_blank_optional_field_is_taken_as_missing(field):
    assert read_object(f'{{"{field}":" \\n"}}') == Article()


def test_a_blank_text_is_not_a_missing_one():
    assert read_object('{"text":" "}').text == " "


def test_lang_is_another_name_of_language_and_holds_where_that_is_blank():
    assert read_object('{"lang":"nl"}').language == "nl"
    assert read_object('{"language":"","lang":"nl"}').language == "nl"
    assert read_object('{"language":null,"lang":"nl"}').language == "nl"


def test_a_mistake_is_told_with_its_place():
    message = _rejection('{"text":\n "a" "b"}').message
    assert "line 2, column" in message
    assert "character" in message


@pytest.mark.parametrize(
    "document", ["{", '{"a":', '{"a":1}{}', "{'a':1}", '{"a":NaN}', '{"a":1e999}', '{"a":' * 2000, '{"a":"\n"}']
)
def test_what_is_no_json_is_rejected(document):
    assert _rejection(document).code is RejectionCode.JSON_INVALID


def test_lone_surrogates_are_dropped_and_pairs_stay():
    assert read_object(r'{"text":"a\ud83d b\ude00 \ud83d\ude00"}').text == "a b 😀"


def test_an_escaped_backslash_before_such_digits_is_no_surrogate():
    assert read_object(r'{"text":"\\ud83d \ud83d"}').text == "\\ud83d "


def test_an_array_is_told_from_prose_in_brackets():
    assert is_array('[{"text":"a"}]')
    assert not is_array("[ANP] De premier")
    assert not is_array("[" * 100_000)


def test_a_string_is_told_from_prose_that_starts_with_a_quotation():
    assert read_string(r'"Regel 1\nRegel 2"') == "Regel 1\nRegel 2"
    assert read_string('"Wij gaan door", zei hij.') is None
