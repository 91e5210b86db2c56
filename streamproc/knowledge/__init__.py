"""Actors that the world knows: countries, intergovernmental and other organisations, persons and their offices.

Comes in: the tables of this folder, each with a note on where its facts come from. Goes out: `Knowledge`.
Raises `DataError` with file and line for a table that does not validate.
"""

from streamproc.knowledge.actor import Gender, KnownActor, Office
from streamproc.knowledge.base import FOLDER, Knowledge, load_knowledge
from streamproc.knowledge.table import Row, read_table

__all__ = ["FOLDER", "Gender", "Knowledge", "KnownActor", "Office", "Row", "load_knowledge", "read_table"]
