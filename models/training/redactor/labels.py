"""The labels, and what an example is.

A word's tag is what may be true of it: `B-PERSON`, `I-PERSON`, `O`, or several joined by `|` where the
source does not say which (`B-ORG|B-LOCATION`). `O` in a corpus that marks only some labels means "none of
those": the others stay open (`known`). `?` says nothing at all. Training gives a word the sum of the
probabilities of everything that may be true of it, so partly labelled text teaches only what it knows.
"""
from dataclasses import dataclass, field
from functools import cache

LABELS = (  # core/transcript/schema.ts
    "PERSON", "ORG", "LOCATION", "ADDRESS", "EMAIL", "PHONE", "URL", "DATE_OF_BIRTH", "DATE", "AGE",
    "ID_NUMBER", "CARD", "BANK", "CREDENTIAL", "NRP",
)  # fmt: skip
NAMES = frozenset(("PERSON", "ORG", "LOCATION"))
EVERY = frozenset(LABELS)
CLASSES = ("O", *(f"{p}-{label}" for label in LABELS for p in "BI"))  # 31
INDEX = {c: i for i, c in enumerate(CLASSES)}


@dataclass
class Example:
    """Words of one or several turns, each with its tag.

    turns: the turn of every word, from 0 on. origins: where a person's name comes from, by its first word.
    times: start and end in seconds of every word, and confidence: both only where a recogniser heard it;
    states: (file, first state, number of states) of what was heard, see heard.py.
    """

    words: list
    tags: list
    known: frozenset = EVERY
    turns: list = None
    origins: dict = field(default_factory=dict)
    source: str = ""
    times: list = None
    confidence: list = None
    states: tuple = None

    def __post_init__(self):
        if self.turns is None:
            self.turns = [0] * len(self.words)
        if not len(self.words) == len(self.tags) == len(self.turns):
            raise ValueError(f"an example of {self.source} has {len(self.words)} words, {len(self.tags)} tags, {len(self.turns)} turns")


@cache
def allowed(tag, known):
    """The classes, as indices into CLASSES, that may be true of a word with this tag."""
    if tag == "?":
        return tuple(range(len(CLASSES)))
    classes = set()
    for part in tag.split("|"):
        classes.add(INDEX[part])
        if part == "O":
            classes.update(INDEX[f"{p}-{label}"] for label in EVERY - known for p in "BI")
    return tuple(sorted(classes))


def spans_of(tags):
    """(first word, one past the last, label) of every span whose label is certain."""
    spans = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-") and "|" not in tag:
            end = i + 1
            while end < len(tags) and tags[end] == "I" + tag[1:]:
                end += 1
            spans.append((i, end, tag[2:]))
    return spans


def tag_span(tags, start, end, *labels):
    """Writes a span over tags[start:end], of any one of `labels`."""
    for i in range(start, end):
        tags[i] = "|".join(f"{'B' if i == start else 'I'}-{label}" for label in labels)
