"""HTTP of a worker: health, metrics and the actor table. Loopback unless told otherwise."""
