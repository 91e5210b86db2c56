"""Score every layer of the analysis against annotated articles, and keep the figures.

    python evaluation/evaluate.py            score; exit 1 where a figure of quality.json fell by over a point
    python evaluation/evaluate.py --write    score, write quality.json and docs/quality.md

Sets: `dev`, sixteen articles that nothing is trained or tuned on; `corpus`, our own articles, on which rules are
developed; `held-out`, the two folders of the corpus (c9: full of traps, d5: agency items) whose sentences are not
looked at while developing. The guidelines are in GUIDELINES.md, the scorer is score.py.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import runpy
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from streamproc.analysis.analyser import Analyser, load_analyser
from streamproc.contracts import EnrichedArticle
from streamproc.text import CleanArticle, Limits
from streamproc.text.partial_date import parse_published

_HERE = Path(__file__).parent
_CORPUS = _HERE.parent / "training" / "corpus" / "nl"
_QUALITY = _HERE / "quality.json"
_PAGE = _HERE.parent / "docs" / "quality.md"
_HELD_OUT = ("c9", "d5")
_NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_POINT = 0.01

Gold = dict[str, Any]
Figures = dict[str, dict[str, dict[str, float]]]
"""By set and layer: `p`, `r`, `f1`; and `traps` with `hit` and `of`."""


def gold_sets() -> dict[str, list[Gold]]:
    """The annotated articles by set."""
    corpus = {folder.name: _read(sorted(folder.glob("*.json"))) for folder in sorted(_CORPUS.iterdir())}
    held_out = [article for name in _HELD_OUT for article in corpus.pop(name)]
    return {
        "dev": _read(sorted((_HERE / "gold" / "dev").glob("dev-*.json"))),
        "corpus": [article for articles in corpus.values() for article in articles],
        "held-out": held_out,
    }


def _read(paths: Iterable[Path]) -> list[Gold]:
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return [article for article in articles if "article" in article]


def analysed(analyser: Analyser, gold: Gold) -> Gold:
    """What the product makes of the article, as the scorer reads it."""
    article = gold["article"]
    clean = CleanArticle(
        article_id=article["id"],
        text=article["text"],
        language=article["lang"],
        language_confidence=1.0,
        title=article.get("title"),
        source=article.get("source"),
        published=parse_published(article["published"]),
    )
    result = analyser.analyse(clean, processed_at=_NOW)
    if not isinstance(result, EnrichedArticle):
        raise SystemExit(f"{article['id']}: {result}")
    return json.loads(result.to_json())  # type: ignore[no-any-return]


def figures() -> tuple[Figures, float]:
    """Scores of all sets, and words a second of one process."""
    score = runpy.run_path(str(_HERE / "score.py"))["score"]
    analyser = load_analyser(Limits())
    found: Figures = {}
    words, seconds = 0, 0.0
    for name, golds in gold_sets().items():
        started = time.process_time()
        systems = {gold["article"]["id"]: analysed(analyser, gold) for gold in golds}
        seconds += time.process_time() - started
        words += sum(len(gold["article"]["text"].split()) for gold in golds)
        layers, traps, _ = score(golds, systems)
        found[name] = {layer: _rounded(tally.scores()) for layer, tally in layers.items()}
        found[name]["traps"] = {"hit": len(traps), "of": sum(len(gold.get("traps", [])) for gold in golds)}
    return found, words / seconds


def _rounded(scores: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in scores.items()}


def drops(before: Figures, after: Figures) -> list[str]:
    """The layers whose F1 fell by more than a point."""
    return [
        f"{name} {layer}: F1 {scores['f1']:.3f} -> {after[name][layer]['f1']:.3f}"
        for name, layers in before.items()
        for layer, scores in layers.items()
        if "f1" in scores and after[name][layer]["f1"] < scores["f1"] - _POINT
    ]


def page(found: Figures) -> str:
    """`docs/quality.md`."""
    lines = [
        "# Quality",
        "",
        "What the analysis finds, scored against annotated articles ([guidelines](../evaluation/GUIDELINES.md)).",
        "Written by `make evaluate-write`; `make evaluate` scores anew, and fails where an F1 fell by over a point.",
        "",
        "*dev*: sixteen articles on which nothing is trained or tuned. *corpus*: our own articles, on which rules",
        "are developed: read it as an upper bound. *held-out*: two folders of the corpus whose sentences are not",
        "looked at while developing; c9 is written to be full of traps. The name tagger is trained on all folders of",
        "the corpus, so that only *dev* is new to it: with a tagger trained without c9 and d5, the named mentions of",
        "*held-out* were at F1 0.937 and all mentions at 0.883.",
    ]
    for name, layers in found.items():
        lines += ["", f"## {name}", "", "| layer | precision | recall | F1 |", "|---|---|---|---|"]
        for layer, scores in layers.items():
            if layer == "traps":
                lines.append(f"| traps hit | {scores['hit']:.0f} of {scores['of']:.0f} | | |")
            else:
                lines.append(f"| {layer} | {scores['p']:.3f} | {scores['r']:.3f} | {scores['f1']:.3f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Score, and write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures")
    arguments = parser.parse_args()
    found, words_per_second = figures()
    print(page(found))
    print(f"{words_per_second:,.0f} words/s of processor time, one process")
    if arguments.write:
        _QUALITY.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        _PAGE.write_text(page(found), encoding="utf-8")
        return
    fallen = drops(json.loads(_QUALITY.read_text(encoding="utf-8")), found)
    if fallen:
        sys.exit("fell by more than a point:\n" + "\n".join(fallen))


if __name__ == "__main__":
    main()
