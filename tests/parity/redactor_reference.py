"""Writes redactor_reference.json, and tests/fixtures/redactor/: a toy redaction head with the names and shapes of the real one.

    pip install -r models/training/redactor/requirements.txt && python tests/parity/redactor_reference.py MINILM

MINILM is the folder that models/training/redactor/minilm.py fills. The toy has random weights and, of the real
vocabulary, the pieces that occur in the words below, so that it cuts them as the real one does. Pieces come from Hugging
Face's tokenizers; rows, windows, spans and the network's values from the training's own Python.
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import BertWordPieceTokenizer

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / "models/training/redactor"), str(ROOT / "models/training/convert")]
import data  # noqa: E402
import model  # noqa: E402
from export import HeadGraph, head_graph  # noqa: E402
from graphs import save  # noqa: E402
from labels import CLASSES, Example  # noqa: E402
from manifest import write_manifest  # noqa: E402
from spans import spans_from  # noqa: E402

MINILM, TOY = Path(sys.argv[1]), ROOT / "tests/fixtures/redactor"
THRESHOLD = 0.3
TALK = """
    Hello, this is Sarah O'Connor-Müller speaking. | hi sarah what's your date of birth | it's the 3rd of May, 1987, and my e-mail is
    s.connor@example.co.uk okay | ÉCOLE Æsop Łukasz naïve Dvořák Nguyễn Ångström İstanbul ΟΔΟΣ straße | 王小明 told me about 東京 and カタカナ
    한국어 | call +44(0)20-7946-0958 ext.7, that's five five five ... "quoted" (yes) #hashtag $5.00 50% €20 x² ½ ① Ⅷ | supercalifragilisticexpialidocious
    antidisestablishmentarianism don’t rock'n'roll U.S.A. NASA McDonald's iPhone ǅ ǆ a\u00adb zero\u200bwidth \ufffd … — _under_score_ ^caret~ | """ + "x" * 101
PLACES = ["Reykjavík", "Timbuktu", "the", "old", "hospital", "on", "Baker", "Street", "where", "Priyanka", "Venkataraman", "lives", "since", "2004"]


def words_and_turns():
    words, turns = [], []
    for turn, part in enumerate(TALK.split(" | ")):
        words += part.split()
        turns += [turn] * len(part.split())
    return words, turns


def toy_vocabulary(words):
    """The special pieces at their real places, and every piece of the real vocabulary that could be used of the words."""
    real = (MINILM / "vocab.txt").read_text().split("\n")[:-1]
    normal = BertWordPieceTokenizer(vocab=str(MINILM / "vocab.txt"))._tokenizer.normalizer
    text = " ".join(normal.normalize_str(w) for w in words)
    return real[:104] + [p for p in real[104:] if (p[2:] if p.startswith("##") else p) in text]


class ToyPieces(data.Pieces):
    def __init__(self, vocabulary):
        path = TOY / "vocab.txt"
        path.write_text("\n".join(vocabulary) + "\n")
        self.tokenizer = BertWordPieceTokenizer(vocab=str(path))._tokenizer
        # Brackets around a special piece's name are brackets in a transcript.
        self.cls, self.sep, self.unknown = 101, 102, 100
        self.of = self._of


def toy_head(vocabulary):
    torch.manual_seed(3)
    head = model.RedactionHead(model.Dimensions(layers=1, width=32, heads=2, hidden=64, vocabulary=len(vocabulary), positions=64, thinking_layers=1))
    with torch.no_grad():
        for p in head.parameters():
            if p.ndim > 1:
                p.normal_(0, 1.5 / p.shape[-1] ** 0.5)
        head.classify.bias[0] = 5.0  # most words are nothing
    return head.eval()


def states_of(count):
    """Values that any language computes alike: fractions of a thousand."""
    i = np.arange(count * model.STATE_WIDTH, dtype=np.int64)
    return ((i * 7919 % 2003 - 1001) / 1000).astype(np.float32).reshape(count, -1)


def row_fields(row):
    return {"pieces": row.pieces.tolist(), "word": row.word.tolist(), "features": np.round(row.features.astype(float), 6).tolist(), "spans": row.spans.tolist()}


def main():
    TOY.mkdir(parents=True, exist_ok=True)
    words, turns = words_and_turns()
    vocabulary = toy_vocabulary(words + PLACES)
    pieces = ToyPieces(vocabulary)
    head = toy_head(vocabulary)
    save(head_graph(head), TOY / "head.onnx")
    fields = {
        "kind": "redactor",
        "license": "MIT",
        "source": "tests/parity/redactor_reference.py: random weights",
        "classes": list(CLASSES),
        "threshold": THRESHOLD,
        "recogniser": {"stateWidth": model.STATE_WIDTH, "statesPerSecond": data.STATES_PER_SECOND},
        "window": {"pieces": 64, "context": 12, "longestWord": data.LONGEST_WORD},
        "longestPause": data.LONGEST_PAUSE,
    }
    write_manifest(TOY, "redactor", "0.0.0", ["head.onnx", "vocab.txt"], fields)

    times, at = [], 0.0
    for i, _ in enumerate(PLACES):
        start = at + (0.0, 0.06, 0.3, 2.6)[i % 4]
        at = start + 0.1 + 0.04 * (i % 5)
        times.append((round(start, 2), round(at, 2)))
    confidence = [None if i == 4 else round(0.5 + 0.03 * i, 2) for i, _ in enumerate(PLACES)]
    heard = Example(PLACES, ["O"] * len(PLACES), turns=[0] * 5 + [1] * 9, times=times, confidence=confidence)
    count = int(times[-1][1] * data.STATES_PER_SECOND) + 10
    count += count % model.PAIR
    row = data.row_of(pieces, heard, states_of(count))
    text = data.row_of(pieces, Example(PLACES, ["O"] * len(PLACES), turns=[0] * 5 + [1] * 9))
    values = {}
    session = onnxruntime.InferenceSession(str(TOY / "head.onnx"), providers=["CPUExecutionProvider"])
    for name, one in (("heard", row), ("text", text)):
        batch = data.collate([one])
        inputs = [batch[k] for k in ("pieces", "word", "features", "states", "spans")]
        with torch.no_grad():
            probabilities, attention = (x[0].numpy() for x in HeadGraph(head)(*inputs))
        again = session.run(None, {n: x.numpy() for n, x in zip(("pieces", "word", "features", "states", "spans"), inputs)})
        print(name, "ONNX Runtime differs by", abs(again[0][0] - probabilities).max(), abs(again[1][0] - attention).max())
        values[name] = {
            **row_fields(one),
            "probabilities": np.round(probabilities.astype(float), 6).tolist(),
            "attention": np.round(attention.astype(float), 6).tolist(),
            "found": spans_from(probabilities, THRESHOLD),
        }
    random = np.random.default_rng(5)
    drawn = random.dirichlet(np.full(len(CLASSES), 0.08), 40).astype(np.float32).round(5)
    whole = BertWordPieceTokenizer(vocab=str(MINILM / "vocab.txt"))._tokenizer
    reference = {
        "words": words,
        "turns": turns,
        "pieces": [pieces.of(w) for w in words],
        "realPieces": [list(whole.encode(w, add_special_tokens=False).ids[: data.LONGEST_WORD]) or [100] for w in words],
        "windows": [{"most": most, "context": context, "found": data.windows(pieces, words, turns, most, context)} for most, context in ((64, 12), (256, 32), (24, 6), (8, 3))],
        "places": {"words": PLACES, "turns": heard.turns, "times": times, "confidence": confidence, "states": count},
        **values,
        "spans": {"threshold": THRESHOLD, "probabilities": drawn.astype(float).round(5).tolist(), "found": spans_from(drawn, THRESHOLD)},
    }
    (Path(__file__).parent / "redactor_reference.json").write_text(json.dumps(reference, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n")
    print(len(vocabulary), "pieces,", (TOY / "head.onnx").stat().st_size, "bytes,", len(values["heard"]["found"]), "spans,", len(reference["spans"]["found"]))


if __name__ == "__main__":
    main()
