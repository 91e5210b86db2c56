"""Who: recognise names, link them to actors, refer nominals and pronouns to them. The entry is `ActorTagger`."""

from streamproc.analysis.actors.tagger import ActorTagger

__all__ = ["ActorTagger"]
