"""Clean text to annotations: sentences, actors, dates, events.

Comes in: a `CleanArticle`. Goes out: an `EnrichedArticle` or a `Rejection`. Pure functions over data: no Kafka,
no clock.
The code knows no language; what is particular to one is data in ``languages/``, what the world knows in ``knowledge/``.
The flow is drawn in `analyser`.
"""
