"""streamproc: news articles on Kafka in; actors, dates and political events out.

The flow, top to bottom: ``contracts`` (what is on the wire) <- ``text`` (hostile bytes to clean text)
<- ``analysis`` (clean text to annotations) <- ``stream`` (Kafka, exactly once) <- ``web`` <- ``cli``.
"""

from importlib.metadata import version

__version__ = version("streamproc")
