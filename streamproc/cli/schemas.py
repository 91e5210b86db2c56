"""`streamproc schemas`: what is on the wire, as JSON Schemas and an AsyncAPI document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schemas(
    name: Annotated[str | None, typer.Argument(help="A record, such as `event`, or `asyncapi`.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Show the names.")] = False,
    write: Annotated[
        Path | None, typer.Option(file_okay=False, metavar="DIR", help="Write all documents into this folder.")
    ] = None,
) -> None:
    """Print the schema of a record, the AsyncAPI document, or write all of them."""
    from streamproc.contracts import schema
    from streamproc.errors import ConfigurationError

    if write is not None:
        schema.write(write)
        typer.echo(f"{len(schema.documents())} documents written to {write}", err=True)
        return
    text_by_name = {file.partition(".")[0]: text for file, text in schema.documents().items()}
    if list_ or name is None:
        for known in text_by_name:
            typer.echo(known)
        return
    if name not in text_by_name:
        raise ConfigurationError(f"no schema {name!r}; there are {', '.join(text_by_name)}")
    typer.echo(text_by_name[name], nl=False)
