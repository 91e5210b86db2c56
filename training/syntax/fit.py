"""Fitting a spaCy pipeline.

Comes in: a configuration, documents of the phases, held-out documents. Goes out: the pipeline with averaged weights.
The same seed on the same kind of machine gives the same weights; nothing is read from the network.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config, load_model_from_config, load_model_from_path
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops, warmup_linear

SEED = 0
WARMUP_STEPS = 100
LEARNING_RATE = 0.0015
DROPOUT = 0.15
BATCH_WORDS = 700
REPORT_STEPS = 400


@dataclass(frozen=True, slots=True)
class Phase:
    """Documents that are learned from for a number of steps."""

    docs: Sequence[Doc]
    steps: int


def fit(config: Path, phases: Sequence[Phase], held_out: Sequence[Doc], checkpoint: Path) -> Language:
    """A pipeline fitted to the phases one after another; the learning rate falls to nothing over all of them.

    Each report also writes the pipeline as it stands to `checkpoint`.
    """
    fix_random_seed(SEED)
    # The matrix products of numpy are several times as fast as those of blis, spaCy's default.
    set_current_ops(NumpyOps(use_blis=False))
    nlp = load_model_from_config(load_config(config), auto_fill=True)
    examples = [[_example(nlp, doc) for doc in phase.docs] for phase in phases]
    measured = [_example(nlp, doc) for doc in held_out]
    nlp.initialize(lambda: [example for phase in examples for example in phase])
    steps = sum(phase.steps for phase in phases)
    optimizer = Adam(
        warmup_linear(LEARNING_RATE, WARMUP_STEPS, steps + 1),  # type: ignore[arg-type]  # a generator in fact
        L2=0.01,
        grad_clip=1.0,
        L2_is_weight_decay=True,
        use_averages=True,
    )
    started, losses = time.perf_counter(), dict.fromkeys(nlp.pipe_names, 0.0)
    batches = _batches([(examples[number], phase.steps) for number, phase in enumerate(phases)])
    for step, batch in enumerate(batches, 1):
        nlp.update(batch, drop=DROPOUT, sgd=optimizer, losses=losses)
        optimizer.step_schedules()
        if step % REPORT_STEPS == 0 or step == steps:
            with nlp.use_params(optimizer.averages):
                scores = nlp.evaluate(measured)
                nlp.to_disk(checkpoint)
            _report(step, time.perf_counter() - started, losses, scores)
            losses = dict.fromkeys(losses, 0.0)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(checkpoint)
    return load_model_from_path(checkpoint)


def _example(nlp: Language, doc: Doc) -> Example:
    """`doc` as gold, and the same words without annotation as what is to be predicted."""
    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
    return Example(Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts), doc)


def _batches(phases: Sequence[tuple[Sequence[Example], int]]) -> Iterator[list[Example]]:
    shuffler = random.Random(SEED)
    for examples, steps in phases:
        endless = _endless(examples, shuffler)
        for _ in range(steps):
            batch: list[Example] = []
            while sum(len(example.reference) for example in batch) < BATCH_WORDS:
                batch.append(next(endless))
            yield batch


def _endless(examples: Sequence[Example], shuffler: random.Random) -> Iterator[Example]:
    while True:
        order = list(examples)
        shuffler.shuffle(order)
        yield from order


def _report(step: int, seconds: float, losses: dict[str, float], scores: dict[str, object]) -> None:
    names = ("pos_acc", "tag_acc", "morph_acc", "dep_uas", "dep_las")
    figures = " ".join(f"{name} {100 * float(scores.get(name) or 0):.1f}" for name in names)  # type: ignore[arg-type]  # they are floats
    lost = " ".join(f"{name} {loss:.0f}" for name, loss in losses.items())
    print(f"{step} {seconds:.0f}s {figures} loss: {lost}", flush=True)
