"""`streamproc topics`: create the topics, and check that they are as they have to be."""

from __future__ import annotations

import typer

from streamproc.cli.group import EXIT_FAILED

app = typer.Typer(no_args_is_help=True, help="Create and check the topics.")


@app.command()
def create() -> None:
    """Create the topics that are missing; those that exist stay as they are."""
    from streamproc.cli import kafka
    from streamproc.settings import load_settings
    from streamproc.stream.topics import Topics, create_topics

    settings = load_settings()
    created = set(kafka.run(settings, create_topics(settings)))
    for topic in Topics(settings).declared:
        state = "created" if topic.name in created else "exists"
        typer.echo(f"{state:<8} {topic.name}  {topic.partitions} partitions  {topic.purpose}")


@app.command()
def check() -> None:
    """Tell what differs from how the topics have to be; exit code 1 if anything does."""
    from streamproc.cli import kafka
    from streamproc.settings import load_settings
    from streamproc.stream.topics import Topics, check_topics

    settings = load_settings()
    wrong = kafka.run(settings, check_topics(settings))
    for line in wrong:
        typer.echo(line)
    if wrong:
        raise typer.Exit(EXIT_FAILED)
    typer.echo(f"all {len(Topics(settings).declared)} topics are as declared")
