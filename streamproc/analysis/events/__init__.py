"""Actors and dates to events: who did what to whom, when, how real, said by whom."""

from streamproc.analysis.events.coder import EventCoder

__all__ = ["EventCoder"]
