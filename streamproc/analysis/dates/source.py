"""Data files of a language: YAML, checked against a model.

In: a file, on disk or in a package. Out: a pydantic model. `DataError` names the file and the place in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from streamproc.errors import DataError

Source = Path | Traversable
Model = TypeVar("Model", bound=BaseModel)


def load_model(source: Source, model: type[Model]) -> Model:
    """The YAML file `source` as a `model`. Raises `DataError` where it cannot be read or does not validate."""
    try:
        text = source.read_text(encoding="utf-8")
        return model.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise DataError(f"{source}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        line = line_of(text, first["loc"])
        raise DataError(f"{source}:{line}: {where}: {first['msg']} ({error.error_count()} in all)") from error


def line_of(text: str, place: Sequence[int | str]) -> int:
    """The line, from 1, of the deepest node on the way to `place` (keys and indexes) in a YAML text."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    line = 1
    for key in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == str(key)), None)
        else:
            break
        if node is None:
            break
        line = node.start_mark.line + 1
    return line
