"""The redaction head: words that have read their surroundings, and what their sound adds to that.

    MiniLM-L6 over the running transcript                      (B, N, 384)
    -> a vector for every word: the mean of its pieces         (B, W, 384)
    -> two feed-forward networks                               (B, W, 384)
    -> O, or B and I of every label                            (B, W, 31)
    -> where a word was heard, its sound (the recogniser's encoder states) and the manner of its hearing (confidence,
       pauses, duration) make all labels but O more or less likely

Reading and listening are trained apart (train.py, listen.py): listening cannot change what is read without sound.
"""
import json
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from labels import CLASSES

STATE_WIDTH = 512  # of Whisper base; tiny's 384 would need a head of its own
PAIR = 2  # neighbouring states are read as their mean: half the work
MARGIN = 1  # pairs on either side of a word that belong to its sound: times err
FEATURES = 7  # see data.py `features`
WRITTEN = 3  # the first of them: what is read; the rest is how it was heard
MANNER = 14  # see Listening.manner
LABEL_COUNT = len(CLASSES) // 2
SOUND_WIDTH = 16  # little of each, for hours of speech that are few
LISTENING_WIDTH = 24
DROPOUT = 0.3


@dataclass
class Dimensions:
    layers: int = 6
    width: int = 384
    heads: int = 12
    hidden: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    thinking_layers: int = 2


def split(x, heads):
    """(B, N, H * d) -> (B, H, N, d)"""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def merge(x):
    return x.transpose(1, 2).flatten(-2)


class EncoderLayer(nn.Module):
    """A layer of BERT: attention and feed-forward network, each followed by its normalisation."""

    def __init__(self, n):
        super().__init__()
        self.heads = n.heads
        self.query, self.key, self.value, self.out = (nn.Linear(n.width, n.width) for _ in range(4))
        self.widen, self.narrow = nn.Linear(n.width, n.hidden), nn.Linear(n.hidden, n.width)
        self.norm1, self.norm2 = nn.LayerNorm(n.width, eps=1e-12), nn.LayerNorm(n.width, eps=1e-12)

    def forward(self, x, bias):
        """x (B, N, D); bias (B, 1, 1, N), minus infinity where there is no piece"""
        q, k, v = (split(part(x), self.heads) for part in (self.query, self.key, self.value))
        x = self.norm1(x + self.out(merge(F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype)))))
        return self.norm2(x + self.narrow(F.gelu(self.widen(x))))


class TextEncoder(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.words = nn.Embedding(n.vocabulary, n.width)
        self.positions = nn.Parameter(torch.zeros(n.positions, n.width))  # token type 0 is added to them
        self.norm = nn.LayerNorm(n.width, eps=1e-12)
        self.layers = nn.ModuleList(EncoderLayer(n) for _ in range(n.layers))

    def forward(self, pieces, present, extra):
        """pieces (B, N), present (B, N) whether there is one, extra (B, N, D) added to the embeddings -> (B, N, D)"""
        x = self.norm(self.words(pieces) + self.positions[: pieces.shape[1]] + extra)
        bias = torch.where(present, 0.0, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Thinking(nn.Module):
    """A feed-forward network beside the vectors of words."""

    def __init__(self, n):
        super().__init__()
        self.norm = nn.LayerNorm(n.width)
        self.widen, self.narrow = nn.Linear(n.width, n.hidden // 2), nn.Linear(n.hidden // 2, n.width)
        nn.init.zeros_(self.narrow.weight)
        nn.init.zeros_(self.narrow.bias)

    def forward(self, x):
        return x + self.narrow(F.gelu(self.widen(self.norm(x))))


def beside(x, step):
    """(B, W) -> (B, W): the value of the word `step` after each, 0 beyond the ends."""
    return F.pad(x, (0, step))[:, step:] if step > 0 else F.pad(x, (-step, 0))[:, :step]


class Listening(nn.Module):
    """By how much the sound of a word raises the log-odds that it is personal: what it says of a word that was heard,
    less what it says of the same word without sound, and a little that all words get. Zero at the start."""

    def __init__(self, n):
        super().__init__()
        self.quiet = nn.LayerNorm(STATE_WIDTH, elementwise_affine=False)
        self.opinion, self.words = nn.Linear(LABEL_COUNT + 2, 8), nn.Linear(n.width, SOUND_WIDTH)
        self.sound = nn.Linear(STATE_WIDTH, SOUND_WIDTH)
        self.widen, self.narrow = nn.Linear(8 + 2 * SOUND_WIDTH + MANNER + 1, LISTENING_WIDTH), nn.Linear(LISTENING_WIDTH, 1)
        self.lean = nn.Parameter(torch.zeros(()), requires_grad=False)  # see listen.py
        self.drop = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.narrow.weight)
        nn.init.zeros_(self.narrow.bias)

    def own_sound(self, states, spans):
        """states (B, T, 512), spans (B, W, 2) -> the mean of each word's states (B, W, 512), and the share that each
        pair of them has in it (B, W, T / 2), all 0 where a word has no sound"""
        memory = self.quiet(states.unflatten(1, (-1, PAIR)).mean(2))
        first = torch.div(spans[..., :1], PAIR, rounding_mode="floor")
        last = torch.maximum(torch.div(spans[..., 1:] + PAIR - 1, PAIR, rounding_mode="floor"), first + 1)
        pair = torch.arange(memory.shape[1], device=spans.device)
        on = ((pair >= first - MARGIN) & (pair < last + MARGIN) & (first >= 0)).to(memory.dtype)
        share = on / on.sum(-1, keepdim=True).clamp_min(1)
        return share @ memory, share

    def manner(self, features, spans, sizes):
        """How each word was heard (B, W, 14): confidence and its logarithm, beside that of the row's words and of four
        neighbours; the pauses around it, and which are any; its duration by pieces, and beside the row's.

        features (B, W, 7), spans (B, W, 2), sizes (B, W): pieces of each word
        """
        heard = (spans[..., 0] >= 0).to(features.dtype)
        count = heard.sum(-1, keepdim=True).clamp_min(1)
        sure = features[..., 4].clamp_min(1e-3).log() * features[..., 3]
        usual = (sure * heard).sum(-1, keepdim=True) / count
        before, after = features[..., 6], beside(features[..., 6], 1)
        long = ((spans[..., 1] - spans[..., 0]).to(features.dtype).clamp_min(1) / sizes.clamp_min(1)).log() - 2
        pace = (long * heard).sum(-1, keepdim=True) / count
        parts = [features[..., 4], sure, sure - usual, usual.expand_as(sure), *(beside(sure, step) for step in (1, -1, 2, -2))]
        parts += [before, after, (before > 0.1).to(before.dtype), (after > 0.1).to(after.dtype), long, long - pace]
        return torch.stack(parts, -1)

    def judge(self, x, logits, sound, manner, heard):
        """x (..., D), logits (..., 31), sound (..., 512), manner (..., 14), heard (...) 0 or 1 -> log-odds (...)

        With `heard` 0 sound and manner are not looked at."""
        log_odds = odds(logits)[..., None]
        labels = torch.stack((logits[..., 1::2], logits[..., 2::2])).logsumexp(0).softmax(-1)
        opinion = torch.cat((log_odds / 5, log_odds.sigmoid(), labels), -1)
        heard = heard[..., None]
        parts = self.opinion(opinion), self.words(self.drop(x)), self.sound(self.drop(sound)) * heard, manner * heard, heard
        return self.narrow(self.drop(F.gelu(self.widen(torch.cat(parts, -1)))))[..., 0]

    def deafen(self, part):
        """Leaves out the `sound`, or the `manner`: nothing brings it back if training is given zeros for it."""
        with torch.no_grad():
            (self.sound.weight if part == "sound" else self.widen.weight[:, -1 - MANNER : -1]).zero_()

    def forward(self, x, logits, features, states, spans, sizes):
        """-> what to add to the log-odds (B, W), the share of every pair of states in a word's sound (B, W, T / 2)"""
        sound, share = self.own_sound(states, spans)
        manner = self.manner(features, spans, sizes)
        heard = (spans[..., 0] >= 0).to(x.dtype)
        added = self.judge(x, logits, sound, manner, heard) - self.judge(x, logits, sound, manner, torch.zeros_like(heard))
        return (added + self.lean) * heard, share


def odds(logits):
    """(..., 31) -> log-odds of being personal (...)"""
    return logits[..., 1:].logsumexp(-1) - logits[..., 0]


class RedactionHead(nn.Module):
    def __init__(self, n=Dimensions()):
        super().__init__()
        self.dimensions = n
        self.text = TextEncoder(n)
        self.features = nn.Linear(WRITTEN, n.width, bias=False)
        self.thinking = nn.ModuleList(Thinking(n) for _ in range(n.thinking_layers))
        self.norm = nn.LayerNorm(n.width)
        self.classify = nn.Linear(n.width, len(CLASSES))
        self.listening = Listening(n)
        nn.init.zeros_(self.features.weight)

    def read(self, pieces, word, features):
        """By the text alone: vectors of the words (B, W, D), logits (B, W, 31), pieces of each word (B, W)"""
        w = features.shape[1]
        mine = (word[:, None] == torch.arange(w, device=word.device)[:, None]).to(features.dtype)  # (B, W, N)
        extra = mine.transpose(1, 2) @ self.features(features[..., :WRITTEN])
        x = self.text(pieces, pieces > 0, extra)
        sizes = mine.sum(-1)
        x = mine.to(x.dtype) @ x / sizes[..., None].clamp_min(1).to(x.dtype)
        for layer in self.thinking:
            x = layer(x)
        x = self.norm(x)
        return x, self.classify(x), sizes

    def forward(self, pieces, word, features, states, spans):
        """
        pieces    (B, N)     ids of the word pieces, [CLS] first, [SEP] at the ends of turns; 0 is padding
        word      (B, N)     the word of each piece, -1 for [CLS], [SEP] and padding
        features  (B, W, 7)  see data.py
        states    (B, T, 512) the recogniser's encoder states, T even; two states of zeros where there are none
        spans     (B, W, 2)  first state of each word and one past its last, -1 -1 where it has no sound
        -> logits (B, W, 31), attention (B, W, T / 2): the share of each pair of states in what was heard of a word
        """
        x, logits, sizes = self.read(pieces, word, features)
        added, share = self.listening(x, logits, features, states, spans, sizes)
        return torch.cat((logits[..., :1] - added[..., None], logits[..., 1:]), -1), share

    def parameter_groups(self):
        """Of the reading: (new parameters, pretrained ones)"""
        pretrained = list(self.text.parameters())
        known = {id(p) for p in [*pretrained, *self.listening.parameters()]}
        return [p for p in self.parameters() if id(p) not in known], pretrained


def from_minilm(folder, layers=6):
    """A head over the pretrained MiniLM of `folder` (model.safetensors, config.json); its first `layers` layers."""
    from safetensors.torch import load_file

    config = json.loads((Path(folder) / "config.json").read_text())
    n = Dimensions(layers, config["hidden_size"], config["num_attention_heads"], config["intermediate_size"], config["vocab_size"], config["max_position_embeddings"])
    head, weights = RedactionHead(n), load_file(Path(folder) / "model.safetensors")
    own = {
        "text.words.weight": weights["embeddings.word_embeddings.weight"],
        "text.positions": weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0],
        "text.norm.weight": weights["embeddings.LayerNorm.weight"],
        "text.norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm", "widen": "intermediate.dense", "narrow": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for i in range(layers):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                own[f"text.layers.{i}.{ours}.{part}"] = weights[f"encoder.layer.{i}.{theirs}.{part}"]
    missing, unknown = head.load_state_dict(own, strict=False)
    if unknown or any(name.startswith("text.") for name in missing):
        raise ValueError(f"{folder} is not MiniLM: {unknown} {missing}")
    return head


def operations(n, pieces, words, states):
    """Floating-point operations of one window (a multiplication and an addition are two)."""
    text = n.layers * pieces * (8 * n.width**2 + 4 * n.width * n.hidden + 4 * pieces * n.width)
    pooling = 4 * pieces * words * n.width
    thinking = n.thinking_layers * words * 2 * n.width * n.hidden
    sound = 2 * words * (states // PAIR) * STATE_WIDTH + 2 * words * 2 * (n.width + STATE_WIDTH) * SOUND_WIDTH
    return text + pooling + thinking + sound
