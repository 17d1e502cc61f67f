"""From the head's probabilities to spans, as the product reads them (README, "What the pack holds")."""
import numpy as np

from labels import LABELS

THRESHOLD = 0.3  # recall first; evaluate.py --what thresholds shows what others give


def spans_from(probabilities, threshold=THRESHOLD):
    """(first word, one past the last, label, score) of every span; probabilities (W, 31) in the order of CLASSES.

    A word is personal when the classes other than O have at least `threshold` together. Its label is the one
    with the largest sum of B and I; a span begins where the label changes or B exceeds I. The score is the
    mean over its words of what the classes other than O have.
    """
    begin, go_on = probabilities[:, 1::2], probabilities[:, 2::2]  # (W, 15)
    personal = 1 - probabilities[:, 0]
    label = (begin + go_on).argmax(-1)
    found = []
    for i in np.flatnonzero(personal >= threshold):
        b, same = begin[i, label[i]] > go_on[i, label[i]], found and found[-1][1] == i and found[-1][2] == label[i]
        if same and not b:
            found[-1][1] = i + 1
        else:
            found.append([int(i), int(i) + 1, label[i]])
    return [(a, int(b), LABELS[k], float(personal[a:b].mean())) for a, b, k in found]
