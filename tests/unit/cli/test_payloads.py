"""Files of all formats to payloads."""

import gzip
import json
import os
import subprocess
import sys

import pytest

from streamproc.cli.payloads import Format, Meter, read_payloads, require_readable, sniff
from streamproc.errors import ConfigurationError

LIMIT = 1000
ONE, TWO = b'{"id": "1", "text": "een"}', b'{"id":"2","text":"twee"}'


def values(path, **options):
    return [payload.value for payload in read_payloads(str(path), max_bytes=LIMIT, **options)]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b" date 2019-03 Rusland\n\nis bereid\n", [b" date 2019-03 Rusland\n\nis bereid\n"]),
        ("a.txt", b"", [b""]),
        ("a.json", ONE, [ONE]),
        ("a.json", b"[" + ONE + b",\n" + TWO + b"]", [ONE, TWO]),
        ("a.json", b'{\n  "id": "1"\n}\n', [b'{\n  "id": "1"\n}']),
        ("a.json", ONE + b"\n" + TWO, [ONE, TWO]),
        ("a.jsonl", ONE + b"\n\n" + TWO + b"\r\n  \n", [ONE, TWO]),
        ("a.ndjson", b"\xef\xbb\xbf" + ONE + b"\n", [ONE]),
        ("a.jsonl", b"kapot {\n" + ONE + b"\n", [b"kapot {", ONE]),
        ("a.JSONL", ONE, [ONE]),
        ("unnamed", ONE + b"\n" + TWO, [ONE, TWO]),
        ("unnamed", b'{\n"id": "1"}', [b'{\n"id": "1"}']),
        ("unnamed", b"Rusland is bereid", [b"Rusland is bereid"]),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_a_file_gives_its_articles_as_they_stand(tmp_path, name, content, expected, compressed):
    path = tmp_path / (f"{name}.gz" if compressed else name)
    path.write_bytes(gzip.compress(content) if compressed else content)
    assert values(path) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"", Format.TEXT),
        (b"Rusland", Format.TEXT),
        (b"[ANP] De premier", Format.TEXT),
        (b" date 2019-03 Rusland", Format.TEXT),
        (b'[{"id": 1}', Format.JSON),
        (b"[\n  {", Format.JSON),
        (b"[]", Format.JSON),
        (b'{"id": 1}\n{"id": 2}\n', Format.JSONL),
        (b'{"id": 1}', Format.JSONL),
        (b'{"text": "a long line of which only the start is kno', Format.JSONL),
        (b'{\n  "id": 1\n}', Format.JSON),
        (b'\xef\xbb\xbf  {"id": 1}\n', Format.JSONL),
    ],
)
def test_the_format_is_told_by_the_first_bytes(head, expected):
    assert sniff(head) is expected


def test_a_named_format_wins_over_the_name_of_the_file(tmp_path):
    (tmp_path / "a.txt").write_bytes(ONE + b"\n" + TWO)
    assert values(tmp_path / "a.txt", format_=Format.JSONL) == [ONE, TWO]


def test_line_numbers_count_blank_lines(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"\n" + ONE + b"\n\n" + TWO)
    payloads = list(read_payloads(str(tmp_path / "a.jsonl"), max_bytes=LIMIT))
    assert [payload.number for payload in payloads] == [2, 4]
    assert payloads[0].origin == f"{tmp_path}/a.jsonl:2"


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl"])
@pytest.mark.parametrize("size", [LIMIT + 1, LIMIT + 2, 200_000])
def test_an_article_beyond_the_limit_comes_without_its_value(tmp_path, name, size):
    (tmp_path / name).write_bytes(b'"' + b"x" * (size - 2) + b'"')
    assert values(tmp_path / name) == [None]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_an_article_at_the_limit_is_whole_and_the_next_line_too(tmp_path, end):
    line = b"x" * LIMIT
    (tmp_path / "a.jsonl").write_bytes(line + end + (TWO if end else b""))
    assert values(tmp_path / "a.jsonl") == ([line, TWO] if end else [line])


def test_a_line_beyond_the_limit_does_not_hide_the_next(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"x" * 200_000 + b"\n" + ONE + b"\n")
    assert values(tmp_path / "a.jsonl") == [None, ONE]


def test_a_damaged_gzip_file_is_told_after_what_could_be_read(tmp_path):
    data = gzip.compress(b"".join(json.dumps({"id": os.urandom(64).hex()}).encode() + b"\n" for _ in range(20_000)))
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    payloads = read_payloads(str(tmp_path / "a.jsonl.gz"), max_bytes=LIMIT)
    assert [next(payloads).number for _ in range(1000)] == list(range(1, 1001))
    with pytest.raises(ConfigurationError, match=r"a\.jsonl\.gz: damaged gzip"):
        list(payloads)


def test_a_missing_file_is_an_os_error_with_its_name(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing"):
        values(tmp_path / "nothing.jsonl")


def test_files_are_looked_at_before_anything_is_done(tmp_path):
    (tmp_path / "a.txt").write_text("")
    require_readable([str(tmp_path / "a.txt"), "-"])
    with pytest.raises(FileNotFoundError):
        require_readable([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    with pytest.raises(IsADirectoryError):
        require_readable([str(tmp_path)])


def test_the_meter_counts_bytes_on_the_disk(tmp_path):
    content = gzip.compress(b"\n".join([ONE] * 1000))
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    meter = Meter()
    assert len(list(read_payloads(str(tmp_path / "a.jsonl.gz"), max_bytes=LIMIT, meter=meter))) == 1000
    assert meter.read_bytes == len(content)


def test_lines_of_a_pipe_are_passed_on_before_it_ends():
    code = (
        "from streamproc.cli.payloads import read_payloads\n"
        "for payload in read_payloads('-', max_bytes=1000): print(payload.value, flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for line in (ONE, TWO):
            process.stdin.write(line + b"\n")
            process.stdin.flush()
            assert process.stdout.readline().decode().strip() == repr(line)
        process.stdin.close()
        assert process.wait(10) == 0
