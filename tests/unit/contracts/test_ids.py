"""Ids are the same for the same thing, and differ for different things."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamproc.contracts import ids

text = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nicolás Maduro", "nicolas-maduro"),
        ("Björn Søder-Løkke", "bjorn-soder-lokke"),
        ("Großbritannien", "grossbritannien"),
        ("  VN-Veiligheidsraad ", "vn-veiligheidsraad"),
        ("Đoković", "dokovic"),
        ("O'Neill", "o-neill"),
    ],
)
def test_a_slug_is_the_name_in_plain_latin_letters(name, expected):
    assert ids.slug(name) == expected


@given(text.filter(bool))
def test_every_name_has_a_slug_that_fits_an_id(name):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ids.slug(name))


def test_names_in_other_scripts_have_slugs_of_their_own():
    assert ids.slug("Зеленський") != ids.slug("Путін")


def test_texts_that_differ_in_white_space_or_composition_only_are_one_article():
    assert ids.article_id("Een  café\n\nhier ") == ids.article_id(" Een cafe\u0301 hier")
    assert ids.article_id("Een café hier") != ids.article_id("een café hier")


@given(text, text)
def test_parts_of_an_id_cannot_run_into_each_other(one, other):
    assert (ids.mention_id(one, other) == ids.mention_id(other, one)) is (one == other)
    assert ids.mention_id(one + "x", other) != ids.mention_id(one, "x" + other)


def test_the_order_of_triggers_makes_no_difference_and_their_place_does():
    assert ids.event_id("a", "AGREE", [(5, 9), (1, 3)], (0, 20)) == ids.event_id(
        "a", "AGREE", [(1, 3), (5, 9)], (0, 20)
    )
    assert ids.event_id("a", "AGREE", [(1, 3)], (0, 20)) != ids.event_id("a", "AGREE", [(1, 4)], (0, 20))


def test_ids_stay_what_they_are_over_versions():
    # Consumers join on them: a change here is a new major version of the schemas.
    assert ids.article_id("Rusland is bereid.") == "87ef63ff04221e38139278a0277f2145"
    assert ids.mention_id("a", "country:rus") == "19b72293eb590e4b880113007957e86c"
    assert ids.event_id("a", "AGREE", [(1, 3)], (0, 20)) == "bc864377bc3e1dcb4bf035c9078d5cf3"
