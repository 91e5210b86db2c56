"""Time expressions: lexicon → grammar → algebra → resolution. The entry is `tagger.DateTagger`, exported here."""

from streamproc.analysis.dates.tagger import DateTagger

__all__ = ["DateTagger"]
