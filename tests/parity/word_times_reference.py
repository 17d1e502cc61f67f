"""Writes word_times_reference.json: where in time tokens are heard, computed without any of Sotto's code.

    pip install numpy==2.4.6 scipy==1.17.1 && python tests/parity/word_times_reference.py

The recipe is openai/whisper's `find_alignment` (whisper/timing.py): softmax over the real states, standardised over
the tokens, median filter of 7 over the states, mean over the heads, then dynamic time warping, here by its plain
recursive definition. The attention is pseudo-random around a diagonal; the test makes it again.
"""

import functools
import json
import pathlib
import sys

import numpy as np
from scipy.ndimage import median_filter

HEADS, TOKENS, STATES, REAL = 3, 14, 90, 70


def attention() -> np.ndarray:
    """(HEADS, TOKENS, STATES), softmax over all states."""
    state, logits = 1, np.empty((HEADS, TOKENS, STATES))
    for index in np.ndindex(logits.shape):
        state = (state * 48271) % 2147483647
        _, token, at = index
        logits[index] = 4 * state / 2147483647 - 0.02 * (at - token * REAL / TOKENS) ** 2
    weights = np.exp(logits)
    return weights / weights.sum(-1, keepdims=True)


def matrix(weights: np.ndarray) -> np.ndarray:
    weights = weights[:, :, :REAL]
    weights = weights / weights.sum(-1, keepdims=True)
    weights = (weights - weights.mean(1, keepdims=True)) / weights.std(1, keepdims=True)
    return median_filter(weights, size=(1, 1, 7), mode="mirror").mean(0)


def first_columns(cost: np.ndarray) -> list[int]:
    sys.setrecursionlimit(100_000)

    @functools.cache
    def total(i: int, j: int) -> float:
        if i < 0 or j < 0:
            return 0.0 if (i, j) == (-1, -1) else float("inf")
        return cost[i, j] + min(total(i - 1, j - 1), total(i - 1, j), total(i, j - 1))

    i, j = cost.shape[0] - 1, cost.shape[1] - 1
    first = [0] * cost.shape[0]
    while i >= 0:
        first[i] = j
        i, j = min(((i - 1, j - 1), (i - 1, j), (i, j - 1)), key=lambda at: total(*at))
    return first


def main() -> None:
    smoothed = matrix(attention())
    reference = {
        "matrix": [round(float(x), 6) for x in smoothed.ravel()],
        "firstColumns": first_columns(-smoothed),
    }
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
