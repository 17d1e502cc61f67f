"""The redaction head: words that have read their surroundings look at what the recogniser heard around them.

    MiniLM-L6 over the running transcript                      (B, N, 384)
    -> a vector for every word: the mean of its pieces         (B, W, 384)
    -> two layers of cross-attention over the recogniser's encoder states, two by two (40 ms), from half a second
       before the word to half a second after it, and of a feed-forward network   (B, W, 384)
    -> O, or B and I of every label                            (B, W, 31)

A learned null key stands beside the states: a word for which there is no sound, or none that helps, looks
there. The layers' outputs start at zero, so an untrained head is its text encoder.
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
MARGIN = 12  # pairs on either side of a word that it may look at: 0.48 s
NEAR, INSIDE = 4, 8  # buckets of places on either side of a word, and within it
FEATURES = 7  # see data.py `features`
MEMORY_WIDTH, MEMORY_HEADS = 192, 4


@dataclass
class Dimensions:
    layers: int = 6
    width: int = 384
    heads: int = 12
    hidden: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    cross_layers: int = 2


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


class CrossLayer(nn.Module):
    """Words look at the states around them, then think."""

    def __init__(self, n):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(n.width), nn.LayerNorm(n.width)
        self.query = nn.Linear(n.width, MEMORY_WIDTH)
        self.key, self.value = nn.Linear(MEMORY_WIDTH, MEMORY_WIDTH), nn.Linear(MEMORY_WIDTH, MEMORY_WIDTH)
        self.null_key = nn.Parameter(torch.randn(MEMORY_HEADS, 1, MEMORY_WIDTH // MEMORY_HEADS) * 0.1)
        self.null_value = nn.Parameter(torch.zeros(MEMORY_HEADS, 1, MEMORY_WIDTH // MEMORY_HEADS))
        self.place = nn.Embedding(2 * NEAR + INSIDE, MEMORY_HEADS)  # added to the scores by where a state lies
        self.out = nn.Linear(MEMORY_WIDTH, n.width)
        self.widen, self.narrow = nn.Linear(n.width, n.hidden // 2), nn.Linear(n.hidden // 2, n.width)
        nn.init.zeros_(self.place.weight)
        for last in (self.out, self.narrow):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x, memory, places, seen):
        """x (B, W, D), memory (B, T, M), places and seen (B, W, T) -> x, attention to the memory (B, W, T)"""
        q = split(self.query(self.norm1(x)), MEMORY_HEADS) * (MEMORY_WIDTH // MEMORY_HEADS) ** -0.5  # (B, H, W, d)
        k, v = split(self.key(memory), MEMORY_HEADS), split(self.value(memory), MEMORY_HEADS)  # (B, H, T, d)
        scores = (q @ k.transpose(-1, -2)).float() + self.place(places).permute(0, 3, 1, 2)  # (B, H, W, T)
        scores = scores.masked_fill(~seen[:, None], -1e4)
        null = (q * self.null_key).sum(-1, keepdim=True).float()  # (B, H, W, 1)
        weights = torch.cat((null, scores), -1).softmax(-1)
        heard = weights[..., 1:].to(v.dtype) @ v + weights[..., :1].to(v.dtype) * self.null_value
        x = x + self.out(merge(heard))
        x = x + self.narrow(F.gelu(self.widen(self.norm2(x))))
        return x, weights[..., 1:].mean(1)


def around(spans, count):
    """Where each pair of states lies for each word, as a bucket, and whether the word may look at it.

    spans (B, W, 2): first state of a word and one past its last, -1 -1 where it has no sound -> two of (B, W, count)
    """
    first = torch.div(spans[..., :1], PAIR, rounding_mode="floor")  # -1 stays -1
    last = torch.maximum(torch.div(spans[..., 1:] + PAIR - 1, PAIR, rounding_mode="floor"), first + 1)
    state = torch.arange(count, device=spans.device)
    seen = (state >= first - MARGIN) & (state < last + MARGIN) & (first >= 0)
    step = MARGIN // NEAR
    before = NEAR - 1 - torch.div(first - state - 1, step, rounding_mode="floor").clamp(0, NEAR - 1)
    after = NEAR + INSIDE + torch.div(state - last, step, rounding_mode="floor").clamp(0, NEAR - 1)
    inside = NEAR + torch.div((state - first) * INSIDE, last - first, rounding_mode="floor").clamp(0, INSIDE - 1)
    return torch.where(state < first, before, torch.where(state >= last, after, inside)), seen


class RedactionHead(nn.Module):
    def __init__(self, n=Dimensions()):
        super().__init__()
        self.dimensions = n
        self.text = TextEncoder(n)
        self.features = nn.Linear(FEATURES, n.width, bias=False)
        self.memory_norm = nn.LayerNorm(STATE_WIDTH)
        self.reduce = nn.Linear(STATE_WIDTH, MEMORY_WIDTH)
        self.cross = nn.ModuleList(CrossLayer(n) for _ in range(n.cross_layers))
        self.norm = nn.LayerNorm(n.width)
        self.classify = nn.Linear(n.width, len(CLASSES))
        nn.init.zeros_(self.features.weight)

    def forward(self, pieces, word, features, states, spans):
        """
        pieces    (B, N)     ids of the word pieces, [CLS] first, [SEP] at the ends of turns; 0 is padding
        word      (B, N)     the word of each piece, -1 for [CLS], [SEP] and padding
        features  (B, W, 7)  see data.py
        states    (B, T, 512) the recogniser's encoder states, T even; two states of zeros where there are none
        spans     (B, W, 2)  first state of each word and one past its last, -1 -1 where it has no sound
        -> logits (B, W, 31), attention (B, W, T / 2): how much each word looked at each pair of states; sums to at most 1
        """
        w = features.shape[1]
        mine = (word[:, None] == torch.arange(w, device=word.device)[:, None]).to(features.dtype)  # (B, W, N)
        extra = mine.transpose(1, 2) @ self.features(features)
        x = self.text(pieces, pieces > 0, extra)
        x = mine.to(x.dtype) @ x / mine.sum(-1, keepdim=True).clamp_min(1).to(x.dtype)  # (B, W, D)
        memory = self.reduce(self.memory_norm(states.unflatten(1, (-1, PAIR)).mean(2)))
        places, seen = around(spans, memory.shape[1])
        for layer in self.cross:
            x, attention = layer(x, memory, places, seen)
        return self.classify(self.norm(x)), attention

    def parameter_groups(self):
        """-> (new parameters, pretrained ones)"""
        pretrained = list(self.text.parameters())
        known = {id(p) for p in pretrained}
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
    states = states // PAIR
    text = n.layers * pieces * (8 * n.width**2 + 4 * n.width * n.hidden + 4 * pieces * n.width)
    pooling = 4 * pieces * words * n.width
    memory = 2 * states * STATE_WIDTH * MEMORY_WIDTH + n.cross_layers * 4 * states * MEMORY_WIDTH**2
    cross = n.cross_layers * words * (4 * n.width * MEMORY_WIDTH + 2 * n.width * n.hidden + 4 * states * MEMORY_WIDTH)
    return text + pooling + memory + cross
