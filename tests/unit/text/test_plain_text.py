import pytest

from streamproc.contracts import Article
from streamproc.text.plain_text import read_plain


@pytest.mark.parametrize(
    ("payload", "published", "body"),
    [
        (" date 2019-03 Rusland is bereid", "2019-03", "Rusland is bereid"),
        ("date 2019-03-03\n\nRusland is bereid\n", "2019-03-03", "Rusland is bereid\n"),
        ("\n\t date\t2019   Rusland", "2019", "Rusland"),
        ("date: 2019-03-03\nRusland", "2019-03-03", "Rusland"),
        ("Date:2019-03-03 Rusland", "2019-03-03", "Rusland"),
        ("DATE : 2019-03\r\nRusland", "2019-03", "Rusland"),
        ("date 2019-03-03T12:00:00+01:00 Rusland", "2019-03-03T12:00:00+01:00", "Rusland"),
        ("date 2019-03-03 12:30 Rusland", "2019-03-03 12:30", "Rusland"),
        ("date 2019-03-03T12:00:00.5Z Rusland", "2019-03-03T12:00:00.5Z", "Rusland"),
        ("date 2019-13 Rusland", "2019-13", "Rusland"),
        ("date 2019-03", "2019-03", ""),
        ("date 2019-03 date 2020-04 Rusland", "2019-03", "date 2020-04 Rusland"),
    ],
)
def test_a_date_header_gives_the_date_and_the_body(payload, published, body):
    assert read_plain(payload) == Article(text=body, published=published)


@pytest.mark.parametrize(
    "payload",
    [
        "Rusland is bereid. date 2019-03 was een datum",
        "In date 2019 Rusland",
        "Date 2019-03 Rusland",
        "dates 2019-03 Rusland",
        "date2019-03 Rusland",
        "date 2019-2020 was",
        "date 2019, een jaar",
        "date 20190303 Rusland",
        "date maart 2019 Rusland",
        "date\n2019-03 Rusland",
        "date:: 2019 Rusland",
        "update 2019-03 Rusland",
        "date ٢٠١٩ Rusland",
        " Rusland \n",
    ],
)
def test_anything_else_is_text_as_a_whole(payload):
    assert read_plain(payload) == Article(text=payload)
