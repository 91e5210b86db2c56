import pytest

from streamproc.errors import DataError
from streamproc.text import language
from streamproc.text.language import UNDETERMINED, detect_language, detector, named_language, parse_languages

DUTCH = frozenset({"nl"})
TEXT_BY_LANGUAGE = {
    "nl": "De regering besluit volgende week of de gaswinning in het noorden verder omlaag kan. Volgens de minister is "
    "er niet genoeg geld om alle scholen in de provincie te herstellen. De politie hield drie mannen aan.",
    "af": "Die regering sal volgende week besluit of die beurtkrag verder verminder kan word. Volgens die minister is "
    "daar nie genoeg geld om al die skole in die provinsie te herstel nie. Die polisie het drie mans aangekeer.",
    "fy": "It kabinet sil takom wike beslute oer de gaswinning yn it noarden. Neffens de minister is der net genôch "
    "jild om alle skoallen yn de provinsje te reparearjen. De plysje hat trije manlju oanholden.",
    "de": "Die Regierung entscheidet nächste Woche, ob die Gasförderung im Norden weiter gesenkt werden kann. Nach "
    "Angaben des Ministers fehlt das Geld, um alle Schulen zu sanieren. Die Polizei nahm drei Männer fest.",
    "en": "The government will decide next week whether gas production in the north can be cut further. According to "
    "the minister there is not enough money to repair all schools. Police arrested three men.",
    "fr": "Le gouvernement décidera la semaine prochaine si la production de gaz dans le nord peut encore baisser. "
    "Selon le ministre, l'argent manque pour réparer toutes les écoles. La police a arrêté trois hommes.",
    "da": "Regeringen beslutter i næste uge, om gasproduktionen i nord kan sænkes yderligere. Ifølge ministeren er der "
    "ikke penge nok til at renovere alle skoler. Politiet anholdt tre mænd.",
    "es": "El gobierno decidirá la próxima semana si la producción de gas en el norte puede reducirse más. Según el "
    "ministro, no hay dinero suficiente para reparar todas las escuelas. La policía detuvo a tres hombres.",
    "lb": "D'Regierung decidéiert d'nächst Woch, ob d'Gasproduktioun am Norde weider erofgesat ka ginn. Nom Minister "
    "gëtt et net genuch Suen, fir all Schoulen ze flécken. D'Police huet dräi Männer festgeholl.",
}


@pytest.mark.parametrize("code", TEXT_BY_LANGUAGE)
def test_a_paragraph_is_recognised_for_certain(code):
    found, confidence = detect_language(TEXT_BY_LANGUAGE[code], DUTCH)
    assert found == code
    assert 0.95 <= confidence <= 1.0


@pytest.mark.parametrize(
    "sentence",
    [
        "Ajax wint van Feyenoord.",
        "De premier stapt op.",
        "Drie doden bij aanslag in Kabul.",
        "LIMA (EFE) - Oud-president Alberto Fujimori van Peru is dinsdag tot 25 jaar cel veroordeeld.",
        "De politie hield zaterdag drie verdachten aan.",
        "Rusland is bereid tot overleg met de Verenigde Staten over Venezuela.",
        "POLITIE ARRESTEERT DRIE MANNEN NA OVERVAL",
    ],
)
def test_one_dutch_sentence_is_enough(sentence):
    assert detect_language(sentence, DUTCH)[0] == "nl"


@pytest.mark.parametrize("text", ["", "12345 678", "😀 😀", "a", "{}[]", "https://example.org/1"])
def test_a_text_with_nothing_to_go_by_is_in_no_language(text):
    assert detect_language(text, DUTCH)[0] == UNDETERMINED


def test_languages_that_can_be_analysed_are_expected():
    assert detect_language("Rutte stapt op", frozenset({"nl", "no"}))[0] == "no"
    assert detect_language("De premier stapt op.", frozenset())[0] == "no"
    assert detect_language("De premier stapt op.", DUTCH)[0] == "nl"


def test_a_preface_in_another_language_does_not_decide():
    preface = TEXT_BY_LANGUAGE["en"][:150]
    assert detect_language(f"{preface}\n\n{TEXT_BY_LANGUAGE['nl'] * 30}", DUTCH)[0] == "nl"


def test_confidence_is_the_same_each_time_and_has_four_decimals():
    confidence = detect_language("Rutte overlegt in Brussel", DUTCH)[1]
    assert confidence == detect_language("Rutte overlegt in Brussel", DUTCH)[1] == round(confidence, 4)


def test_the_model_is_loaded_once_and_is_not_the_shared_one():
    from py3langid import langid  # noqa: PLC0415  # to look at its global

    assert detector() is detector()
    assert langid.IDENTIFIER is None


@pytest.mark.parametrize(
    "tag", ["nl", "NL", "nl-BE", "NL_nl", "nl_NL.UTF-8", "dut", "nld", "Dutch", "Nederlands", "NEDERLANDS", " Vlaams "]
)
def test_dutch_has_many_names(tag):
    assert named_language(tag) == "nl"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en-GB", "en"),
        ("ger", "de"),
        ("nb-NO", "no"),
        ("zh-Hans", "zh"),
        ("iw", "he"),
        ("Français", "fr"),
        ("kl", "kl"),
    ],
)
def test_other_languages_have_theirs(tag, code):
    assert named_language(tag) == code


@pytest.mark.parametrize("tag", ["und", "UND", "mul", "unknown", "zxx"])
def test_a_tag_that_says_nothing_gives_no_language(tag):
    assert named_language(tag) is None


def test_the_table_is_valid_and_every_language_in_it_is_known_to_the_model():
    weights = language.known_languages().weight_by_code
    assert {"nl", "en", "de", "fr", "af"} <= weights.keys()
    assert {code for code, _ in detector().rank("tekst")} == weights.keys()


@pytest.mark.parametrize(
    ("rows", "mistake"),
    [
        ("nl\t1", "x.tsv:2: 2 columns, not 3"),
        ("nl\tveel\tDutch", "x.tsv:2: weight 'veel'"),
        ("nl\t0\tDutch", "x.tsv:2: weight '0'"),
        ("nl\tnan\tDutch", "x.tsv:2: weight 'nan'"),
        ("nl\t1\tDutch\n# rest\nde\t1\tGerman, dutch", "x.tsv:4: 'dutch' is taken by 'nl'"),
        ("nl\t1\tDutch\nnl\t1\tDiets", "x.tsv:3: 'nl' is taken by 'nl'"),
    ],
)
def test_a_mistake_in_the_table_is_told_with_its_line(rows, mistake):
    with pytest.raises(DataError, match=mistake):
        parse_languages(f"code\tweight\tnames\n{rows}\n", "x.tsv")


def test_a_table_without_its_heading_is_a_mistake():
    with pytest.raises(DataError, match="first row"):
        parse_languages("nl\t1\tDutch\n", "x.tsv")
