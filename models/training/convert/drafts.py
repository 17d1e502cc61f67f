"""What a draft of the text would bring the decoder: steps, tokens and time of greedy decoding that checks a draft.

    python models/training/convert/drafts.py models/base [--draft models/tiny] [--limit 40] [--threads 1]

A speculative decoder (Leviathan et al. 2023) gives a step the last sure token and the next tokens of a draft, keeps those that
greedy decoding would have chosen, takes the first it would not have from the step's own choice, and looks where in the
draft to go on. The result is that of greedy decoding by construction, so for known text the steps can be counted
without running them; times come from steps of every size run here, over 12 s of sound. "alone": one segment at a time,
since the decoder's graph wants rows of one length. "packed": as if rows of different length could share a step.
"""

import argparse
import random
import re
import time
from pathlib import Path

import numpy as np

from measure import SPEECH, recognise
from recognise import Recogniser, log_mel
from speech import read_utterances

ROWS, STATES, PAST = 12, 600, 40
SIZES = [1, 2, 3, 5, 9, 17]  # tokens in a step
LONGEST = SIZES[-1] - 1  # drafted tokens in a step
WINDOW = 6  # drafted tokens among which the text is looked for after an error
ALTERED = (0, 5, 10, 20, 30)  # percent of the words


def step_seconds(pack: Recogniser, rows: int, tokens: int) -> float:
    """Least seconds a step, of twelve."""
    n = pack.manifest["dimensions"]
    shape = (rows, n["heads"])
    past = [np.zeros((*shape, PAST, 64), np.float32)] * (2 * n["decoderLayers"])
    memory = [np.full((*shape, *((64, STATES), (STATES, 64))[i % 2]), 0.01, np.float32) for i in range(2 * n["decoderLayers"])]
    given, bias = np.full((rows, tokens), 314), np.zeros((rows, 1, 1, STATES), np.float32)
    least = np.inf
    for _ in range(12):
        begin = time.perf_counter()
        pack.step(given, PAST, past, memory, bias)
        least = min(least, time.perf_counter() - begin)
    return least


class Drafts:
    def __init__(self, pack: Recogniser, texts: list[list[int]]):
        self.pack, self.random = pack, random.Random(1)
        self.words = sorted({word for text in texts for word in re.findall(r"[a-z']+", pack.text(text).lower())})

    def altered(self, tokens: list[int], percent: int, plain: bool) -> list[int]:
        """The text with words replaced (70 %), left out and put in (15 % each); plain: lower case, no punctuation."""
        words = []
        for word in self.pack.text(tokens).split():
            kind = self.random.random() if self.random.random() < percent / 100 else 1
            if 0.7 <= kind < 0.85:
                continue
            words += [word] if kind >= 0.85 else []
            words += [self.random.choice(self.words)] if kind < 1 else []
        text = " ".join(words)
        return self.tokens(re.sub(r"[^\w' ]", "", text).lower() if plain else text)

    def tokens(self, text: str) -> list[int]:
        return self.pack.tokenizer.encode(f" {text.strip()}", add_special_tokens=False).ids

    def starts_word(self, token: int) -> bool:
        return not re.match(r"[\w']", self.pack.text([token]) or " ")


def steps(said: list[int], draft: list[int], drafts: Drafts) -> list[int]:
    """Tokens in every step until `said`, which ends in the end token, is decoded with the help of `draft`."""
    sizes, heard, at, length = [], 0, 0, LONGEST
    while heard < len(said):
        run = draft[at : at + length]
        sizes.append(1 + len(run))
        right = 0
        while right < min(len(run), len(said) - heard - 1) and run[right] == said[heard + right]:
            right += 1
        chosen = said[heard + right]
        heard, at = heard + right + 1, at + right
        near = draft[at : at + WINDOW]
        if right == len(run):
            length = min(LONGEST, 2 * length)
            at += near[:1] == [chosen]
            continue
        length = max(2, min(length, right + 1))  # carefully until the draft is right again
        if chosen in near:
            at += near.index(chosen) + 1
        elif right or len(sizes) == 1:  # a wrong word: wait at the draft's next one
            at += 1
            while at < len(draft) and not drafts.starts_word(draft[at]):
                at += 1
    return sizes


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pack", type=Path)
    arguments.add_argument("--draft", type=Path, help="a pack whose own text is a draft, too")
    arguments.add_argument("--limit", type=int, default=40, help="most utterances")
    arguments.add_argument("--threads", type=int, default=1)
    given = arguments.parse_args()

    def load(folder: Path) -> Recogniser:
        return Recogniser(folder / "encoder.onnx", folder / "decoder.onnx", folder, given.threads)

    pack = load(given.pack)
    utterances = sorted(read_utterances(SPEECH, ["librispeech"], given.limit), key=lambda u: len(u.samples))
    texts = [pack.tokenizer.encode(text, add_special_tokens=False).ids for text in recognise(pack, utterances)]
    end = pack.tokens["eot"]
    drafts = Drafts(pack, texts)
    kinds = {f"{p} % of words altered{', no case or punctuation' if plain else ''}": [drafts.altered(t, p, plain) for t in texts] for p in ALTERED for plain in (False, True)}
    if given.draft:
        kinds[f"text of {given.draft}"] = [drafts.tokens(text) for text in recognise(load(given.draft), utterances)]
    alone = [1000 * step_seconds(pack, 1, size) for size in SIZES]
    packed = [1000 * step_seconds(pack, ROWS, size) / ROWS for size in SIZES]
    tokens = sum(len(text) + 1 for text in texts)
    print(f"{len(texts)} utterances, {tokens} tokens; a token by plain greedy decoding of {ROWS} rows: {packed[0]:.2f} ms")
    print("ms a step of", ", ".join(f"{s} tokens: {a:.1f} alone, {p:.1f} a row packed" for s, a, p in zip(SIZES, alone, packed)))
    print("| draft | steps a token | tokens given a token | alone, ms a token | packed |\n|---|---|---|---|---|")
    for name, given_drafts in kinds.items():
        sizes = [size for text, draft in zip(texts, given_drafts) for size in steps([*text, end], [*draft, end], drafts)]
        cost = [sum(np.interp(sizes, SIZES, of)) / tokens for of in (alone, packed)]
        times = " | ".join(f"{ms:.2f} ({packed[0] / ms:.2f}x)" for ms in cost)
        print(f"| {name} | {len(sizes) / tokens:.2f} | {sum(sizes) / tokens:.2f} | {times} |")


if __name__ == "__main__":
    main()
