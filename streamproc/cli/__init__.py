"""The command line `streamproc`: one module a command, on top of everything else.

Reading order: `main` (entry), `group` (how errors end), then a command. Commands import what they need when they run,
so that `streamproc --help` is there at once. What several commands share: `payloads` (files to records), `publish`
(records to Kafka), `readers` (Kafka to records), `lag` (how far the workers are), `lines` and `terminal` (what is
shown).
"""
