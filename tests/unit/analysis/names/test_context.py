from streamproc.analysis.names.context import DocumentContext

FIRST_NAMES = {"Geir": "first"}


def test_a_word_that_is_also_in_lower_case_says_so_most_at_the_start_of_a_sentence():
    context = DocumentContext([["Boeren", "staken"], ["de", "boeren"]], FIRST_NAMES)
    assert context.features("Boeren", True) == [b"dl1"]
    assert context.features("Boeren", False) == [b"dl0"]


def test_a_word_that_opens_a_sentence_knows_that_it_has_a_capital_elsewhere():
    context = DocumentContext([["Haarde", "zweeg"], ["zei", "Haarde"]], FIRST_NAMES)
    assert b"dc" in context.features("Haarde", True)


def test_a_surname_knows_the_first_name_that_stands_before_it_elsewhere():
    context = DocumentContext([["premier", "Geir", "Haarde"], ["Haarde", "zweeg"]], FIRST_NAMES)
    assert b"dP" in context.features("Haarde", True)


def test_a_name_remembers_few_neighbours_however_long_the_document():
    chunks = [[f"woord{number}", "Haarde"] for number in range(1000)]
    assert len(DocumentContext(chunks, FIRST_NAMES).features("Haarde", False)) <= 4
