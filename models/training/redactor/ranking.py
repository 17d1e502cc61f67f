"""How well a head ranks personal data above the rest, whatever the threshold: what two heads are compared by.

Spans that are to be found stand against words that are not personal. A span counts as found at the highest threshold
at which 60 % of its letters are masked (evaluate.py), a word by its probability of being personal.
"""
import numpy as np

from heldout import true_spans


def ranks(examples, probabilities, found_share):
    """-> scores of the true spans and of the words that are none, and the number of the example of each"""
    spans, words, span_of, word_of = [], [], [], []
    for number, (e, p) in enumerate(zip(examples, probabilities)):
        personal = 1 - p[:, 0]
        true, silent = true_spans(e.tags)
        weight = np.array([max(1, sum(c.isalnum() for c in w)) for w in e.words])
        free = ~np.array(silent, bool)
        for a, b, _ in true:
            free[a:b] = False
            falling = np.argsort(-personal[a:b], kind="stable")
            enough = np.searchsorted(np.cumsum(weight[a:b][falling]), found_share * weight[a:b].sum() - 1e-9)
            spans.append(personal[a:b][falling][enough])
            span_of.append(number)
        words += personal[free].tolist()
        word_of += [number] * int(free.sum())
    return np.array(spans), np.array(words), np.array(span_of, int), np.array(word_of, int)


def average_precision(spans, words, span_weights, word_weights):
    """Mean over the spans of the precision at each one's score, words that score the same counted before it."""
    scores, true = np.concatenate((words, spans)), np.concatenate((np.zeros(len(words)), np.ones(len(spans))))
    weights = np.concatenate((word_weights, span_weights))
    order = np.argsort(-scores, kind="stable")
    hits, all_ = np.cumsum((weights * true)[order]), np.cumsum(weights[order])
    return (hits / np.maximum(all_, 1e-9) * (weights * true)[order]).sum() / span_weights.sum()


def recall_at(false, spans, words, span_weights, word_weights):
    """Share of the spans that score above all but `false` words."""
    falling = np.argsort(-words, kind="stable")
    beyond = np.searchsorted(np.cumsum(word_weights[falling]), false + 1e-9, side="right")
    threshold = words[falling][beyond] if beyond < len(words) else -1.0
    return span_weights[spans > threshold].sum() / span_weights.sum()


def compared(before, after, threshold, count, draws=500):
    """Average precision, and recall with as many false words as `before` has at the threshold, of both and the
    differences with 95 % of `draws` resamplings of the `count` examples: {name: (before, after, low, high)}; nothing
    where no word could be false."""
    def both(weights):
        rows = []
        spans, words, span_of, word_of = before
        false = weights[word_of][words >= threshold].sum()
        for spans, words, span_of, word_of in (before, after):
            parts = spans, words, weights[span_of], weights[word_of]
            rows.append((average_precision(*parts), recall_at(false, *parts)))
        return np.array(rows)

    random = np.random.default_rng(1)
    drawn = [w for w in random.multinomial(count, np.full(count, 1 / count), draws).astype(float) if w[before[2]].sum() and w[before[3]].sum()]
    if not drawn:
        return {}
    differences = np.array([np.diff(both(w), axis=0)[0] for w in drawn])
    whole, (low, high) = both(np.ones(count)), np.percentile(differences, (2.5, 97.5), axis=0)
    return {name: (whole[0, i], whole[1, i], low[i], high[i]) for i, name in enumerate(("average precision", "recall at as many false words"))}
