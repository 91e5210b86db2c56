import time

import pytest

from streamproc.text.html import html_to_text, looks_like_html


def _text(markup):
    return html_to_text(markup).text


@pytest.mark.parametrize(
    "text",
    [
        *("<p>Tekst", "Een<br>twee", "Een<BR />twee", "<div class='a'>Tekst</div>", "<html lang=nl>", "</p>"),
        *("<!DOCTYPE html><title>a</title>", "De <b>premier</b> zei", '<a href="x">hier</a>', "<h2 id=a>Kop", "<li>a"),
    ],
)
def test_real_tags_are_html(text):
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Wie < 18 is", "a<b en c>d", "<ministerie@example.org>", "x <p", "AT&amp;T", "<3", "<<>>", "if a <b and"),
        *("<https://example.org>", "<naam bekend bij de redactie>", "De <premier> zei", "<paard>", "1 < 2 > 0", ""),
    ],
)
def test_a_stray_angle_bracket_is_prose(text):
    assert not looks_like_html(text)


def test_blocks_are_parted_by_blank_lines_and_br_ends_a_line():
    assert _text("<h1>Kop</h1><p>Een<br>twee</p>\n<div>drie</div>vier") == "Kop\n\nEen\ntwee\n\ndrie\n\nvier"


def test_two_line_breaks_part_paragraphs_and_more_do_no_more():
    assert _text("<br>een<br><br>twee <br> <br/> <br />drie<br>") == "een\n\ntwee\n\ndrie"


def test_white_space_collapses_as_a_browser_does():
    assert _text("<p> een \n\t twee<b> drie </b> vier</p>") == "een twee drie vier"


def test_white_space_in_pre_is_kept():
    assert _text("<p>a  b</p><pre>een  twee\n  drie</pre><p>c  d") == "a b\n\neen  twee\n  drie\n\nc d"


def test_inline_tags_leave_no_gap():
    assert _text("<p>Minister<b>raad</b> <i>wil</i>, <span>ja</span>.</p>") == "Ministerraad wil, ja."


def test_markup_without_blocks_keeps_the_lines_of_the_text():
    assert _text("Eerste  regel.\n\nDe <b>tweede</b> &amp; derde.") == "Eerste  regel.\n\nDe tweede & derde."


def test_character_references_are_decoded():
    assert (
        _text("<p>&euro;&nbsp;5 &amp; &#233;&#xE9;n &lt;p&gt; &onbekend; AT&T") == "€\u00a05 & één <p> &onbekend; AT&T"
    )


@pytest.mark.parametrize("digits", ["9" * 8, "9" * 10_000, "0" * 10_000 + "9" * 9])
def test_a_reference_beyond_unicode_is_a_replacement_character(digits):
    assert _text(f"<p>a&#{digits};b") == "a\ufffdb"


def test_leading_zeros_of_a_reference_do_not_count():
    assert _text(f"<p>a&#{'0' * 10_000}98;c&#000000000;") == "abc\ufffd"


@pytest.mark.parametrize(
    "dropped",
    [
        *("<script>if (a<b) document.write('<p>x</p>')</script>", "<style>p{color:red}</style>", "<!-- <p>x</p> -->"),
        *("<template><p>x</p></template>", "<nav><ul><li>Home</ul></nav>", "<footer>Colofon</footer>"),
        *(
            "<aside>Lees ook</aside>",
            "<form>Zoek <input></form>",
            "<button>Deel</button>",
            "<noscript>Zet aan</noscript>",
        ),
        *("<iframe src=x>x</iframe>", "<svg><title>x</title><text>x</text></svg>", "<textarea><p>x</textarea>"),
        *(
            "<nav>a<nav>b</nav>c</nav>",
            "<NAV>a</Nav>",
            "<nav><script>'</nav>'</script>a</nav>",
            "<?xml version='1.0'?>",
        ),
        *("<!doctype html>", "<svg/>", "<script src='a' />", "<!-->", "<!--->", "<![CDATA[a]]>", "</>", "</ a>"),
        *("<select><option>a</select>", "<a title='a > b'></a>", '<img alt="</p>a>b" src=x>', "<p>&nbsp;</p>"),
    ],
)
def test_what_a_reader_does_not_read_is_dropped(dropped):
    assert _text(f"<p>Voor</p>{dropped}<p>Na</p>") == "Voor\n\nNa"


def test_a_dropped_element_that_is_not_closed_ends_with_its_parent():
    assert _text("<div><nav><ul><li>Home</div><p>Tekst") == "Tekst"
    assert _text("<nav>Home</div><p>Tekst") == ""


def test_an_end_tag_of_what_is_not_open_means_nothing():
    assert _text("<p>Een</nav></script></b> twee</form>.") == "Een twee."


@pytest.mark.parametrize("rest", ["<a href='x", "<p", "<!-- x", "<script>x", "<title>x", "<!doctype", "<? x", "</p"])
def test_what_never_ends_takes_the_rest_along(rest):
    assert _text(f"<p>Tekst {rest} en de rest") == "Tekst"


def test_an_angle_bracket_that_starts_no_tag_is_text():
    assert _text("<p>1 < 2 <3 << 4 <") == "1 < 2 <3 << 4 <"


def test_an_unclosed_quotation_in_a_tag_ends_with_the_tag():
    assert _text('<p class="a>Tekst</p>') == "Tekst"


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title> Kop &amp;\n staart </title><h1>Anders</h1><p>x", "Kop & staart"),
        ("<title></title><div><h1>Kop <i>twee</i></h1></div><p>x", "Kop twee"),
        ("<h1></h1><h1><span>Kop</span></h1><h1>Nog een</h1>", "Kop"),
        ("<h1><div>Kop</div></h1><p>x", "Kop"),
        ("<nav><h1>Menu</h1></nav><svg><title>Logo</title></svg><p>x", None),
        ("<nav><h1>Menu</nav><p>x", None),
        ("<h1>" + "a" * 3000 + "</h1>", None),
        ("<h2>Kop</h2><p>x", None),
    ],
)
def test_the_title_is_that_of_the_page_or_else_its_heading(markup, title):
    assert html_to_text(markup).title == title


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "x",
        "<div><nav>" * 50_000 + "</div>" * 50_000,
        "<p>" + "".join(f"<i a={number}>" for number in range(20_000)) + "</p>" + "<p>x" * 50_000,
        "<p " + "a=1 " * 200_000 + ">x",
        '<a b="' * 100_000,
        "<a b=\"<a c='" * 50_000,
        "<a " * 200_000 + 'x=">"',
        "<a " * 200_000 + 'x=" > ',
        "<" * 500_000,
        "<!--" * 200_000,
        "<!-->" * 100_000,
        "<script>" * 100_000,
        "<title>a</title>" * 50_000,
        "&#" * 200_000,
        "&abcdefghijklmnopqrstuvwxyz" * 30_000,
        "<p>" + " " * 500_000 + "x",
        " <br>" * 100_000,
        "<svg" + " /" * 200_000 + "x>",
        "<p " * 200_000,
        "<table>" + "x<tr>" * 100_000,
    ],
)
def test_hostile_markup_takes_linear_time(markup):
    start = time.perf_counter()
    looks_like_html(markup)
    html_to_text(markup)
    assert time.perf_counter() - start < 3.0
