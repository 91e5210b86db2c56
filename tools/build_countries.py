"""Writes ``streamproc/knowledge/countries.tsv``: names of ISO 3166-1 countries and territories, from the CLDR.

    python tools/build_countries.py

The CLDR comes with Babel. Kosovo has the user-assigned codes XK and XKX. Names that Dutch newspapers do not use are
replaced; all other facts on countries are in ``country_facts.tsv``, which is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.core import get_global

TARGET = Path(__file__).parent.parent / "streamproc" / "knowledge" / "countries.tsv"

RENAMED = {
    ("MKD", "nl"): "Noord-Macedonië",
    ("HKG", "nl"): "Hongkong",
    ("HKG", "en"): "Hong Kong",
    ("MAC", "nl"): "Macau",
    ("MAC", "en"): "Macau",
    ("PSE", "nl"): "Palestina",
    ("PSE", "en"): "Palestine",
    ("MMR", "nl"): "Myanmar",
    ("MMR", "en"): "Myanmar",
    ("COD", "nl"): "Congo",
    ("COD", "en"): "DR Congo",
    ("COG", "nl"): "Congo-Brazzaville",
    ("COG", "en"): "Republic of the Congo",
    ("VAT", "nl"): "Vaticaan",
    ("VAT", "en"): "Vatican",
}
NOT_ISO = {
    "ASC",
    "CPT",
    "DGA",
    "TAA",
    "EUE",
    "QUU",
    "FXX",
    "ANT",
    "BUR",
    "CSK",
    "DDR",
    "SCG",
    "SUN",
    "TMP",
    "YMD",
    "YUG",
    "ZAR",
    "XAA",
    "XBB",
    "XKK",
    "ZZZ",
}


def codes(names: Mapping[str, str]) -> dict[str, str]:
    """ISO 3166-1 alpha-2 by alpha-3, of the territories that have one of `names`."""
    found = {
        alias: targets[0]
        for alias, targets in get_global("territory_aliases").items()
        if re.fullmatch(r"[A-Z]{3}", alias) and len(targets) == 1 and alias not in NOT_ISO
    }
    return {iso3: iso2 for iso3, iso2 in found.items() if iso2 in names} | {"XKX": "XK"}


def main() -> None:
    """Write the table."""
    locales = {code: Locale.parse(code) for code in ("nl", "en")}
    lines = [
        "# ISO 3166-1 countries and dependent territories with their Dutch and English names.",
        f"# Written by tools/build_countries.py from the CLDR of Babel {version('babel')}; do not edit.",
        "iso3\tiso2\tname_nl\tname_en",
    ]
    for iso3, iso2 in sorted(codes(locales["en"].territories).items()):
        names = [RENAMED.get((iso3, code), locale.territories[iso2]) for code, locale in locales.items()]
        lines.append("\t".join([iso3, iso2, *names]).replace("’", "'"))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
