"""Kafka, exactly once: the only package that imports faust and aiokafka.

Reading order: `agents` (the picture), `delivery` (one batch of one partition is one transaction), `lease`,
`transaction`, `table`, `recovery`, `transport` (what is overridden in Faust, and why), `worker` and `supervisor`
(processes).
"""
