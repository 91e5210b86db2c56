"""Names of HTML elements, grouped by what they mean for text."""

from __future__ import annotations

# ruff: noqa: SIM905  # names in rows are easier to check against the standard than one a line

BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup"
        " option p pre search section summary table tbody td tfoot th thead tr ul"
    ).split()
)
"""What stands in paragraphs of its own."""

INLINE = frozenset(
    ("a abbr b big cite code del em font i ins kbd mark q s small span strike strong sub sup time tt u var").split()
)
"""What has an end tag and stands within a line."""

RAW = frozenset("script style title textarea xmp iframe noembed noframes".split())
"""What holds text up to its end tag, whatever that text looks like."""

DROPPED = RAW | frozenset(
    "nav footer aside form button noscript svg template select datalist dialog object audio video canvas".split()
)
"""What a reader of the article does not see, or does not read as part of it."""

CONTAINERS = DROPPED | frozenset(
    "article blockquote center details div dl fieldset figure header main ol pre section table ul".split()
)
"""What an end tag closes across unclosed elements within; `p`, `li` and cells are closed by too much else."""
