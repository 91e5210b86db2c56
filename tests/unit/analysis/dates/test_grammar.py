from __future__ import annotations

import pytest

from streamproc.analysis.dates.grammar import load_rules
from streamproc.analysis.dates.lexicon import Lexicon, LexiconFile
from streamproc.analysis.dates.match import Matcher
from streamproc.analysis.dates.tokens import tokenise
from streamproc.errors import DataError

LEXICON = LexiconFile.model_validate(
    {
        "classes": {"month": {"mei": 5, "juni": 6}, "part": {"avond": "EV"}, "number": {"twee": 2, "anderhalf": 1.5}},
        "compounds": {"month_part": {"of": ["month", "part"]}},
        "feasts": {"oud en nieuw": {"month": 12, "day": 31}},
        "names": ["month"],
    }
)
RULE = """
rules:
- id: one
  pattern: ["{pattern}"]
  type: DATE
  value: {value}
  examples: [{{text: x, value: x}}]
  negatives: [x]
"""


@pytest.fixture
def write(tmp_path):
    def write_rules(text):
        path = tmp_path / "rules.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_rules


@pytest.mark.parametrize(
    ("pattern", "value", "message"),
    [
        ("<mont:m>", "month(2019, m)", r"rules\.yaml:3: rule one: there is no class <mont>"),
        ("<month:m>", "month(2019, n)", "'n' is no operation"),
        ("<month:m>?", "month(2019, m)", "pattern"),
        ("(a|<month:m>)", "month(2019, m)", "'m' is no operation"),
        ("<month:m>", "month(m)", "missing a required argument"),
    ],
)
def test_a_rule_that_does_not_hold_together_is_named(pattern, value, message, write):
    with pytest.raises(DataError, match=message):
        load_rules(write(RULE.format(pattern=pattern, value=value)), Lexicon(LEXICON))


def test_two_rules_may_not_have_one_id(write):
    rule = RULE.format(pattern="<month:m>", value="month(2019, m)")
    with pytest.raises(DataError, match="there are two of that id"):
        load_rules(write(rule + rule.replace("rules:\n", "")), Lexicon(LEXICON))


def test_an_unknown_field_is_an_error_with_its_line(write):
    with pytest.raises(DataError, match=r"rules\.yaml:\d+: rules\.0\.colour"):
        load_rules(
            write(RULE.format(pattern="<month:m>", value="month(2019, m)") + "  colour: red\n"), Lexicon(LEXICON)
        )


def test_the_longest_match_wins_and_context_is_kept(write):
    short = RULE.format(pattern="<month:m>", value="month(2019, m)").replace("id: one", "id: short\n  after: [in]")
    long = RULE.format(pattern="<month:m> <year:y>", value="month(y, m)").replace("id: one", "id: long")
    rules = short + long.replace("rules:\n", "")
    lexicon = Lexicon(LEXICON)
    matcher = Matcher(load_rules(write(rules), lexicon), lexicon)

    def found(text):
        tokens = tokenise(text)
        return [(match.rule.id, match.captured) for match in matcher.find(tokens, 0, len(tokens))]

    assert found("in mei 2018") == [("long", {"m": 5, "y": 2018})]
    assert found("in mei en juni") == [("short", {"m": 5})]
    assert found("op mei") == []
    assert found("in Mei") == []


def test_a_lexicon_reads_words_of_several_tokens_and_compounds():
    lexicon = Lexicon(LEXICON)
    tokens = tokenise("oud en nieuw, meiavond, twee")
    assert [(r.symbol, r.length) for r in lexicon.read(tokens, 0, len(tokens))] == [("<feast>", 3)]
    assert [(r.symbol, r.value) for r in lexicon.read(tokens, 4, len(tokens))] == [("<month_part>", (5, "EV"))]
    assert {r.symbol for r in lexicon.read(tokens, 6, len(tokens))} == {"<number>", "<int>"}
    assert lexicon.read(tokens, 0, 2) == []
