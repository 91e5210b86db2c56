"""The Alpino treebank, converted to dependencies, made to agree with Universal Dependencies.

Comes in: a sentence converted from the constituents of Alpino. Goes out: the same sentence with heads and labels as the
UD Dutch treebanks have them, or None where the tree is beyond repair. Nothing fails.

The converter knew constituents only; what it got wrong shows when counts by word, label and head are set against those
of the UD treebanks. Each rule says what UD has instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from training.syntax.conllu import Sentence, Word

_COORDINATORS = frozenset({"en", "maar", "of", "doch", "want", "noch"})
_ORDINALS = frozenset(
    [
        "eerste",
        "tweede",
        "derde",
        "vierde",
        "vijfde",
        "zesde",
        "zevende",
        "achtste",
        "negende",
        "tiende",
        "elfde",
        "twaalfde",
        "laatste",
    ]
)
_QUANTIFIERS = frozenset(
    ["alle", "al", "beide", "een", "enkele", "meer", "minder", "sommige", "veel", "weinig", "zulke"]
)
_ARGUMENT_ADPOSITIONS = frozenset(["aan", "ertoe", "met", "mee", "om", "over", "tegen", "tot", "van", "voor"])
"""In an unseen pair with a verb these mark an argument rather than an adjunct."""

_CLAUSES = frozenset(["acl", "acl:relcl", "advcl", "appos", "ccomp", "conj", "parataxis"])
"""A comma before one of these belongs to it."""

_CLOSING = {")": "(", "]": "[", "''": ",,", '"': '"', "'": "'", "»": "«", "”": "“", "’": "‘"}

_Frame = tuple[str, str]


class Mender:
    """The rules, with what is counted in treebanks that are right."""

    def __init__(self, gold: Iterable[Sentence]) -> None:
        lemmas: Counter[tuple[str, str]] = Counter()
        self._votes_by_frame: Counter[_Frame] = Counter()
        for sentence in gold:
            lemmas.update((word.form.lower(), word.lemma) for word in sentence if word.upos in {"VERB", "AUX"})
            for index, word in enumerate(sentence):
                if word.deprel in {"obl", "obl:arg"}:
                    vote = 1 if word.deprel == "obl:arg" else -1
                    frame = (sentence[word.head].lemma, _marker(sentence, index))
                    self._votes_by_frame[frame] += vote
        self._lemma_by_form = {form: lemma for (form, lemma), _ in reversed(lemmas.most_common())}

    def mend(self, sentence: Sentence) -> Sentence | None:
        """`sentence` as UD has it; None where a conjunct stands before what it is joined to."""
        if any(word.deprel == "conj" and index < word.head for index, word in enumerate(sentence)):
            return None
        for rule in (_coordinator, _modifier, _marked, self._oblique):
            sentence = tuple(rule(sentence, index) for index in range(len(sentence)))
        return attach_punctuation(sentence)

    def _oblique(self, sentence: Sentence, index: int) -> Word:
        """`obl:arg` is for objects of fixed prepositions; the converter has it for every direction and place too."""
        word = sentence[index]
        if word.deprel != "obl:arg":
            return word
        marker = _marker(sentence, index)
        if not marker:
            return replace(word, deprel="obl" if word.upos in {"NOUN", "PROPN", "NUM", "PRON"} else "advmod")
        votes = self._votes_by_frame[self._lemma(sentence, word.head), marker]
        is_argument = votes > 0 or (votes == 0 and marker in _ARGUMENT_ADPOSITIONS)
        return word if is_argument else replace(word, deprel="obl")

    def _lemma(self, sentence: Sentence, index: int) -> str:
        form = sentence[index].form.lower()
        particle = next((w.form for w in sentence if w.head == index and w.deprel == "compound:prt"), "")
        return particle + self._lemma_by_form.get(form, form)


def attach_punctuation(sentence: Sentence) -> Sentence:
    """Final marks go to the root; others to the clause or conjunct that they open, else to what they close."""
    left, right = _edges(sentence)
    marks = [index for index, word in enumerate(sentence) if word.deprel == "punct"]
    head_by_mark: dict[int, int] = {}
    for mark in marks:
        opener = _opener(sentence, mark, head_by_mark)
        if opener is None:
            head_by_mark[mark] = _head_of_mark(sentence, mark, left, right)
        else:
            head_by_mark[mark] = head_by_mark[opener]
    return tuple(
        replace(word, head=head_by_mark[index]) if index in head_by_mark else word
        for index, word in enumerate(sentence)
    )


def _coordinator(sentence: Sentence, index: int) -> Word:
    """A coordinator belongs to the conjunct after it; one that opens the sentence is a mark."""
    word = sentence[index]
    if word.deprel not in {"cc", "cc:preconj"} or word.form.lower() not in _COORDINATORS:
        return word
    if sentence[word.head].deprel == "conj" and index < word.head:
        return replace(word, deprel="cc")
    conjuncts = [i for i, w in enumerate(sentence) if w.head == word.head and w.deprel == "conj" and i > index]
    if conjuncts and index > word.head:
        return replace(word, head=conjuncts[0], deprel="cc")
    return replace(word, deprel="cc" if index > word.head else "mark")


def _modifier(sentence: Sentence, index: int) -> Word:
    """Adverbs and ordinals that modify a noun are `amod`; inflected quantifiers are `det`."""
    word, form = sentence[index], sentence[index].form.lower()
    if word.deprel == "nummod" and form in _ORDINALS:
        return replace(word, deprel="amod")
    if word.deprel == "nummod" and form in _QUANTIFIERS:
        return replace(word, deprel="det")
    head = word.head
    if word.deprel == "advmod" and sentence[head].upos in {"NOUN", "PROPN"}:
        is_predicate = any(w.head == head and w.deprel == "cop" for w in sentence)
        return word if is_predicate else replace(word, deprel="amod")
    return word


def _marked(sentence: Sentence, index: int) -> Word:
    """What is compared with is marked: "als" and "dan" are no prepositions."""
    word = sentence[index]
    is_comparison = word.deprel == "case" and word.form.lower() in {"als", "dan"}
    return replace(word, deprel="mark") if is_comparison else word


def _marker(sentence: Sentence, index: int) -> str:
    """The adposition of the phrase at `index`, in lower case; empty without one."""
    return next((w.form.lower() for w in sentence if w.head == index and w.deprel in {"case", "mark"}), "")


def _edges(sentence: Sentence) -> tuple[list[int], list[int]]:
    """First and last word below each word, punctuation aside."""
    left, right = list(range(len(sentence))), list(range(len(sentence)))
    for index, word in enumerate(sentence):
        if word.deprel == "punct":
            continue
        head, above = word.head, index
        while head != above:
            left[head], right[head] = min(left[head], index), max(right[head], index)
            head, above = sentence[head].head, head
    return left, right


def _opener(sentence: Sentence, mark: int, head_by_mark: dict[int, int]) -> int | None:
    """The bracket or quote that `mark` closes."""
    opening = _CLOSING.get(sentence[mark].form)
    same = [i for i in head_by_mark if sentence[i].form in {opening, sentence[mark].form}]
    if opening is None or not same or (opening == sentence[mark].form and len(same) % 2 == 0):
        return None
    return same[-1] if sentence[same[-1]].form == opening else None


def _head_of_mark(sentence: Sentence, mark: int, left: list[int], right: list[int]) -> int:
    words = [index for index, word in enumerate(sentence) if word.deprel != "punct"]
    following = next((i for i in words if i > mark), None)
    preceding = next((i for i in reversed(words) if i < mark), None)
    if following is None or not words:
        return next(i for i, word in enumerate(sentence) if word.head == i)
    opened = [i for i in words if left[i] == following and sentence[i].head < mark and sentence[i].head != i]
    closed = [i for i in words if right[i] == preceding and sentence[i].head > mark]
    opened_head = max(opened, key=lambda i: right[i], default=None)
    closed_head = min(closed, key=lambda i: left[i], default=None)
    if opened_head is not None and (sentence[opened_head].deprel in _CLAUSES or closed_head is None):
        return opened_head
    if closed_head is not None:
        return closed_head
    around = [i for i in words if left[i] < mark < right[i]]
    return min(around, key=lambda i: right[i] - left[i], default=words[0])
