"""Rows of words in the form that the head reads, and batches of them.

A row is a stretch of transcript of at most `MOST` word pieces. The batch of a step depends on the seed and the
step alone, so a run that is resumed sees what it would have seen.
"""
import random as randomness
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from corpora import text_corpora
from generate import Generator
from labels import CLASSES, Example, allowed
from misheard import recogniser_form
from model import FEATURES, PAIR, STATE_WIDTH

MOST = 256  # word pieces of a row
CONTEXT = 32  # pieces on either side of what is decided, where a transcript is cut into rows
LONGEST_WORD = 12  # pieces; what comes after tells nothing
STATES_PER_SECOND = 50
LONGEST_PAUSE = 2.0  # seconds


class Pieces:
    """MiniLM's word pieces. Words are cut one by one: BERT's tokenizer never joins across a blank."""

    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.cls, self.sep = self.tokenizer.token_to_id("[CLS]"), self.tokenizer.token_to_id("[SEP]")
        self.unknown = self.tokenizer.token_to_id("[UNK]")
        self.of = lru_cache(200_000)(self._of)

    def _of(self, word):
        return tuple(self.tokenizer.encode(word, add_special_tokens=False).ids[:LONGEST_WORD]) or (self.unknown,)


def features(words, times=None, confidence=None):
    """(W, 7): first letter a capital, all capitals, a figure in it; confidence known, and which (else 0); times known,
    and the pause before the word in seconds, at most 2."""
    table = np.zeros((len(words), FEATURES), np.float32)
    for i, word in enumerate(words):
        letters = [c for c in word if c.isalpha()]
        table[i, 0] = bool(letters) and letters[0].isupper()
        table[i, 1] = len(letters) > 1 and all(c.isupper() for c in letters)
        table[i, 2] = any(c.isdigit() for c in word)
        if confidence is not None and confidence[i] is not None:
            table[i, 3:5] = 1, confidence[i]
        if times is not None:
            pause = times[i][0] - times[i - 1][1] if i else LONGEST_PAUSE
            table[i, 5:7] = 1, min(LONGEST_PAUSE, max(0.0, pause))
    return table


@dataclass
class Row:
    """What the head reads of a stretch of words; numpy arrays, see RedactionHead.forward."""

    pieces: np.ndarray  # (N)
    word: np.ndarray  # (N)
    features: np.ndarray  # (W, 7)
    spans: np.ndarray  # (W, 2)
    states: np.ndarray | None = None  # (T, 512)
    allowed: np.ndarray | None = None  # (W, 31), the classes that may be true


def lay_out(pieces, words, turns):
    """-> (pieces, the word of each): [CLS], the words' pieces, [SEP] after every turn"""
    ids, owner = [pieces.cls], [-1]
    for i, word in enumerate(words):
        if i and turns[i] != turns[i - 1]:
            ids.append(pieces.sep)
            owner.append(-1)
        of = pieces.of(word)
        ids += of
        owner += [i] * len(of)
    return np.array([*ids, pieces.sep]), np.array([*owner, -1])


def row_of(pieces, example, states=None):
    """The row of an example that is short enough; `states` (T, 512) of what was heard from time 0 on."""
    ids, owner = lay_out(pieces, example.words, example.turns)
    spans = np.full((len(example.words), 2), -1)
    if states is not None:
        spans = (np.array(example.times) * STATES_PER_SECOND).round().astype(int).clip(0, len(states) - 1)
    mask = np.zeros((len(example.words), len(CLASSES)), bool)
    for i, tag in enumerate(example.tags):
        mask[i, list(allowed(tag, example.known))] = True
    return Row(ids, owner, features(example.words, example.times, example.confidence), spans, states, mask)


def windows(pieces, words, turns, most=MOST, context=CONTEXT):
    """Stretches of words whose pieces fit into a row, and what is decided in each: (first, end, from, to).

    Each but the first begins `context` pieces before what it decides, each but the last ends `context` pieces after.
    """
    cost = [len(pieces.of(w)) + (i > 0 and turns[i] != turns[i - 1]) for i, w in enumerate(words)]
    at, found = 0, []
    while at < len(words):
        first, used = at, 2
        while first > 0 and used + cost[first - 1] <= context + 2:
            first -= 1
            used += cost[first]
        end = at
        while end < len(words) and used + cost[end] <= most:
            used += cost[end]
            end += 1
        to = end = max(end, at + 1)
        if end < len(words):
            after = 0
            while to - 1 > at and after + cost[to - 1] <= context:
                to -= 1
                after += cost[to]
        found.append((first, end, at, to))
        at = to
    return found


def cut(example, start, end):
    """Words start to end of an example; the states stay whole."""
    part = lambda values: None if values is None else values[start:end]  # noqa: E731
    origins = {i - start: o for i, o in example.origins.items() if start <= i < end}
    return Example(example.words[start:end], example.tags[start:end], example.known, example.turns[start:end], origins, example.source, part(example.times), part(example.confidence), example.states)


def joined(examples):
    """Examples of one source as one running text, turns counted on."""
    words, tags, turns, origins = [], [], [], {}
    for e in examples:
        first = turns[-1] + 1 if turns else 0
        origins.update({i + len(words): o for i, o in e.origins.items()})
        words, tags, turns = words + e.words, tags + e.tags, turns + [t + first for t in e.turns]
    return Example(words, tags, examples[0].known, turns, origins, examples[0].source)


def collate(rows):
    """-> dict of tensors, padded: pieces, word, features, states, spans, allowed"""
    n, w = max(len(r.pieces) for r in rows), max(len(r.features) for r in rows)
    t = max(1, *(len(r.states) if r.states is not None else 0 for r in rows), 1)
    t += t % PAIR
    batch = {
        "pieces": torch.zeros(len(rows), n, dtype=torch.long),
        "word": torch.full((len(rows), n), -1),
        "features": torch.zeros(len(rows), w, FEATURES),
        "states": torch.zeros(len(rows), t, STATE_WIDTH),
        "spans": torch.full((len(rows), w, 2), -1),
        "allowed": torch.zeros(len(rows), w, len(CLASSES), dtype=torch.bool),
    }
    for i, r in enumerate(rows):
        batch["pieces"][i, : len(r.pieces)] = torch.from_numpy(r.pieces)
        batch["word"][i, : len(r.word)] = torch.from_numpy(r.word)
        batch["features"][i, : len(r.features)] = torch.from_numpy(r.features)
        batch["spans"][i, : len(r.spans)] = torch.from_numpy(r.spans)
        if r.allowed is not None:
            batch["allowed"][i, : len(r.allowed)] = torch.from_numpy(r.allowed)
        if r.states is not None:
            batch["states"][i, : len(r.states)] = torch.from_numpy(r.states)
    return batch


class Batches(torch.utils.data.Dataset):
    """Batch number i of `tokens` word pieces, half of them generated, half of the corpora."""

    def __init__(self, shared, pieces, steps, tokens, seed, split="train"):
        self.pieces, self.steps, self.tokens, self.seed = pieces, steps, tokens, seed
        self.generator, self.lexicon = Generator(shared, split), Path(shared) / "lexicon"
        self.texts = []
        for name, take, make in text_corpora(Path(shared)) if split == "train" else ():
            self.texts.append((name, take, list(make())))

    def __len__(self):
        return self.steps

    def text(self, random, length):
        """A row of about `length` pieces: neighbours of one corpus, or generated exchanges."""
        draw = random.random()
        if draw < 0.5 or not self.texts:
            example = self.generator.conversation(random, most=max(1, length // 16))
        else:
            _, _, examples = random.choices(self.texts, [take for _, take, _ in self.texts])[0]
            at = random.randrange(len(examples))
            size, parts = 0, []
            while size < length * 0.7 and at < len(examples) and len(parts) < 12:
                parts.append(examples[at])
                size += len(examples[at].words)
                at += 1
            example = joined(parts)
        example = recogniser_form(example, random, self.lexicon)
        if not example.words:
            return None
        first, end, *_ = random.choice(windows(self.pieces, example.words, example.turns, most=max(24, length), context=8))
        return row_of(self.pieces, cut(example, first, end))

    def __getitem__(self, step):
        if step >= self.steps:
            raise IndexError(step)
        random = randomness.Random(f"{self.seed} {step}")
        length, rows = random.choice((24, 48, 96, 160)), []
        while len(rows) * length < self.tokens:
            row = self.text(random, length)
            if row:
                rows.append(row)
        return collate(rows)

