"""Clauses without a parse."""

from __future__ import annotations

import pytest

from streamproc.analysis.events.arguments import Arguments
from streamproc.analysis.events.clauses import ClauseKind, cut


@pytest.fixture
def parts(sentence_of, coder):
    """The clauses of a marked sentence: kind and words of each."""

    def run(marked: str) -> list[tuple[ClauseKind, str]]:
        sentence = sentence_of(marked)
        clauses, _ = cut(sentence, coder.grammar)
        return [(clause.kind, " ".join(sentence.words[i] for i in clause.tokens)) for clause in clauses]

    return run


@pytest.fixture
def subjects(sentence_of, coder):
    """The words of the subject of each clause of a marked sentence, None without an actor."""

    def run(marked: str) -> list[str | None]:
        sentence = sentence_of(marked)
        clauses, of_token = cut(sentence, coder.grammar)
        arguments = Arguments(sentence, clauses, of_token, coder.grammar)
        found = [arguments.subject(clause)[0] for clause in clauses]
        return [" + ".join(unit.mention.text for unit in group.units) if group else None for group in found]

    return run


def test_a_relative_clause_is_taken_out_of_its_host(parts):
    assert parts("{Lavrov}, die ziek was, prees {Maduro}.") == [
        (ClauseKind.MAIN, "lavrov , prees maduro ."),
        (ClauseKind.RELATIVE, "die ziek was ,"),
    ] or parts("{Lavrov}, die ziek was, prees {Maduro}.") == [
        (ClauseKind.MAIN, "lavrov , , prees maduro ."),
        (ClauseKind.RELATIVE, "die ziek was"),
    ]


def test_a_list_of_names_is_no_list_of_clauses(parts):
    assert len(parts("{Rusland}, {China} en {Iran} veroordeelden {Israël}.")) == 1


def test_two_finite_verbs_make_two_main_clauses(parts):
    kinds = [kind for kind, _ in parts("{Rusland} prees {China} en veroordeelde {Israël}.")]
    assert kinds == [ClauseKind.MAIN, ClauseKind.MAIN]


def test_a_complement_is_a_subordinate_clause(parts):
    kinds = [kind for kind, _ in parts("{Kiev} zegt dat {Rusland} {Odesa} beschoot.")]
    assert kinds == [ClauseKind.MAIN, ClauseKind.SUBORDINATE]


def test_an_infinitive_clause_opens_with_its_word(parts):
    kinds = [kind for kind, _ in parts("{Kiev} vroeg {Parijs} om de wapens te leveren.")]
    assert kinds == [ClauseKind.MAIN, ClauseKind.INFINITIVE]


def test_a_short_quotation_stays_in_its_clause(parts):
    assert len(parts("{Kiev} noemde het „een laffe daad”.")) == 1


def test_a_quotation_with_a_verb_is_a_clause(parts):
    assert len(parts("„Wij vergeten deze aanval nooit”, zei {Zelensky}.")) == 2


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{Lavrov} veroordeelde {de NAVO}.", ["Lavrov"]),
        ("Gisteren veroordeelde {Lavrov} {de NAVO}.", ["Lavrov"]),
        ("{Hem} beschuldigde {Wilders}.", ["Wilders"]),
        ("{Rusland} en {China} veroordeelden {Israël}.", ["Rusland + China"]),
        ("{Rusland} prees {China} en veroordeelde {Israël}.", ["Rusland", "Rusland"]),
        ("De bom doodde {drie mensen}.", [None]),
        ("{Vijftig landen|nominal}, waaronder {Brazilië}, steunen {Guaidó}.", ["Vijftig landen + Brazilië"]),
        ("De {Russische|demonym} minister {Lavrov} prees {Maduro}.", ["Lavrov"]),
        ("{Kiev} zegt dat {Rusland} {Odesa} beschoot.", ["Kiev", "Rusland"]),
        ("{Lavrov}, die {Maduro} prees, vertrok.", ["Lavrov", "Lavrov"]),
        ("Premier {Rutte} ({VVD}) prees {Biden}.", ["Rutte"]),
    ],
)
def test_the_subject_of_each_clause(subjects, marked, expected):
    assert subjects(marked) == expected
