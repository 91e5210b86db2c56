"""Names of persons, organisations, places, peoples and other things, found by a conditional random field.

Comes in: a spaCy `Doc`, with sentence starts where they are known, and a folder with the model of a language. Goes out:
`NameSpan` records in the order of the text, none overlapping another. `DataError` is raised when the folder does not
validate; tagging does not fail, and its time is linear in the length of the text.

    doc ─ chunks ─▶ words ─ features (word, context, gazetteers, clusters, document) ─▶ CRF ─▶ spans ─ vote ─▶ spans
"""

from streamproc.analysis.names.span import LABELS, NameSpan
from streamproc.analysis.names.tagger import NameTagger

__all__ = ["LABELS", "NameSpan", "NameTagger"]
