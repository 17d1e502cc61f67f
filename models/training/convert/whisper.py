"""Whisper in plain PyTorch, shaped for ONNX export.

The network is that of "Robust Speech Recognition via Large-Scale Weak Supervision" (Radford et al., 2022) and of
openai/whisper `model.py`. Two things differ in form, not in result: the encoder also projects its states to the keys
and values that every decoder layer's cross-attention needs, so that this is done once a segment; and the attention
scale 1/sqrt(head width) is folded into the query projection.
"""

import re
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.onnx.ops import symbolic

HEAD = 64  # width of one attention head in every Whisper


@dataclass(frozen=True)
class Dimensions:
    state: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    vocabulary: int
    mels: int = 80
    max_states: int = 1500  # 30 s at 50 states a second
    max_tokens: int = 448


def split(x: Tensor) -> Tensor:
    """(B, T, D) -> (B, H, T, 64)"""
    return x.unflatten(-1, (-1, HEAD)).transpose(1, 2)


def merge(x: Tensor) -> Tensor:
    """(B, H, T, 64) -> (B, T, D)"""
    return x.transpose(1, 2).flatten(2)


class FeedForward(nn.Module):
    def __init__(self, d: int):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.expand = nn.Linear(d, 4 * d)
        self.contract = nn.Linear(4 * d, d)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.contract(F.gelu(self.expand(self.norm(x))))


class Attention(nn.Module):
    def __init__(self, d: int):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.query = nn.Linear(d, d)
        self.key = nn.Linear(d, d, bias=False)
        self.value = nn.Linear(d, d)
        self.out = nn.Linear(d, d)


class SelfAttention(Attention):
    def project(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(B, T, D) -> scaled queries, keys, values, each (B, T, D)"""
        x = self.norm(x)
        return self.query(x), self.key(x), self.value(x)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = self.project(x)
        if torch.onnx.is_in_onnx_export():
            # onnxruntime's fused kernel never writes the (B, H, T, T) scores to memory: 72 MB for 30 s of base.
            heads = {"num_heads": q.shape[-1] // HEAD, "scale": 1.0}
            y = symbolic("com.microsoft::MultiHeadAttention", (q, k, v), heads, dtype=q.dtype, shape=q.shape, version=1)
        else:
            y = merge(F.scaled_dot_product_attention(split(q), split(k), split(v), scale=1.0))
        return x + self.out(y)


class CausalSelfAttention(SelfAttention):
    def forward(self, x: Tensor, past_key: Tensor, past_value: Tensor, bias: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """x (B, S, D), past (B, H, P, 64), bias (S, P + S) -> x, keys and values (B, H, P + S, 64)"""
        q, k, v = (split(y) for y in self.project(x))
        k = torch.cat((past_key, k), 2)
        v = torch.cat((past_value, v), 2)
        weights = (q @ k.transpose(-1, -2) + bias).softmax(-1)
        return x + self.out(merge(weights @ v)), k, v


class CrossAttention(Attention):
    def memory(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """(B, T, D) -> keys (B, H, 64, T), values (B, H, T, 64)"""
        return split(self.key(states)).transpose(-1, -2), split(self.value(states))

    def forward(self, x: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """x (B, S, D), bias (B, 1, 1, T) -> x, weights (B, H, S, T)"""
        weights = (split(self.query(self.norm(x))) @ key + bias).softmax(-1)
        return x + self.out(merge(weights @ value)), weights


class EncoderLayer(nn.Module):
    def __init__(self, d: int):
        super().__init__()
        self.attention = SelfAttention(d)
        self.feed_forward = FeedForward(d)

    def forward(self, x: Tensor) -> Tensor:
        return self.feed_forward(self.attention(x))


class DecoderLayer(nn.Module):
    def __init__(self, d: int):
        super().__init__()
        self.attention = CausalSelfAttention(d)
        self.cross = CrossAttention(d)
        self.feed_forward = FeedForward(d)


class Encoder(nn.Module):
    """Log-mel frames to states (Whisper's encoder, without the projections for the decoder)."""

    def __init__(self, n: Dimensions):
        super().__init__()
        self.conv1 = nn.Conv1d(n.mels, n.state, 3, padding=1)
        self.conv2 = nn.Conv1d(n.state, n.state, 3, stride=2, padding=1)
        self.positions = nn.Parameter(torch.zeros(n.max_states, n.state))
        self.layers = nn.ModuleList(EncoderLayer(n.state) for _ in range(n.encoder_layers))
        self.norm = nn.LayerNorm(n.state)

    def forward(self, mel: Tensor) -> Tensor:
        """(B, 80, F), F even -> (B, F/2, D)"""
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)
        x = x + self.positions[: x.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)


class Decoder(nn.Module):
    def __init__(self, n: Dimensions, alignment_heads: list[tuple[int, int]]):
        super().__init__()
        self.embedding = nn.Embedding(n.vocabulary, n.state)
        self.positions = nn.Parameter(torch.zeros(n.max_tokens, n.state))
        self.layers = nn.ModuleList(DecoderLayer(n.state) for _ in range(n.decoder_layers))
        self.norm = nn.LayerNorm(n.state)
        self.alignment_heads = alignment_heads

    def forward(self, tokens: Tensor, position: Tensor, past: list[Tensor], memory: list[Tensor], cross_bias: Tensor):
        """One step over S new tokens.

        tokens (B, S); position (1), the index of the first; past: key and value of each layer, (B, H, P, 64);
        memory: cross key (B, H, 64, T) and cross value (B, H, T, 64) of each layer; cross_bias (B, 1, 1, T).
        Returns logits (B, S, V), the grown past, and the alignment heads' cross-attention (B, A, S, T).
        """
        x, present, aligned = self.hidden(tokens, position, past, memory, cross_bias)
        return x @ self.embedding.weight.T, present, aligned

    def hidden(self, tokens: Tensor, position: Tensor, past: list[Tensor], memory: list[Tensor], cross_bias: Tensor):
        """What `forward` gives, with the last layer's normed output (B, S, D) in place of the logits."""
        s, p = tokens.shape[1], past[0].shape[2]
        x = self.embedding(tokens) + self.positions[position + torch.arange(s)]
        # Without a causal mask among the new tokens a prompt fed in one step ruins decoding (WER 180 %, measured).
        future = torch.arange(p + s)[None] > torch.arange(s)[:, None] + p
        bias = torch.zeros(s, p + s).masked_fill(future, -1e9)
        present, aligned = [], []
        for i, layer in enumerate(self.layers):
            x, k, v = layer.attention(x, past[2 * i], past[2 * i + 1], bias)
            x, weights = layer.cross(x, memory[2 * i], memory[2 * i + 1], cross_bias)
            x = layer.feed_forward(x)
            present += [k, v]
            aligned += [weights[:, h] for (l, h) in self.alignment_heads if l == i]
        return self.norm(x), present, torch.stack(aligned, 1)


class Whisper(nn.Module):
    def __init__(self, n: Dimensions, alignment_heads: list[tuple[int, int]]):
        super().__init__()
        self.dimensions = n
        self.encoder = Encoder(n)
        self.decoder = Decoder(n, alignment_heads)

    def memory(self, states: Tensor) -> list[Tensor]:
        """Cross-attention key and value of each decoder layer."""
        return [t for layer in self.decoder.layers for t in layer.cross.memory(states)]

    def empty_past(self, batch: int) -> list[Tensor]:
        n = self.dimensions
        return [torch.zeros(batch, n.heads, 0, HEAD) for _ in range(2 * n.decoder_layers)]


def from_checkpoint(tensors: dict[str, np.ndarray], alignment_heads: list[tuple[int, int]]) -> Whisper:
    """Fills the network from the tensors of a CTranslate2 WhisperSpec."""

    def t(name: str) -> Tensor:
        return torch.from_numpy(tensors[name].astype(np.float32))

    def layers(side: str) -> int:
        return len({name.split("/")[1] for name in tensors if re.match(rf"{side}/layer_\d+/", name)})

    vocabulary, state = tensors["decoder/embeddings/weight"].shape
    n = Dimensions(state, state // HEAD, layers("encoder"), layers("decoder"), vocabulary)
    if int(tensors["encoder/num_heads"]) != n.heads:
        raise ValueError("attention heads are not 64 wide")
    weights: dict[str, Tensor] = {}

    def norm(to: str, source: str):
        weights[f"{to}.weight"], weights[f"{to}.bias"] = t(f"{source}/gamma"), t(f"{source}/beta")

    def affine(to: str, source: str, rows: slice = slice(None), bias: bool = True, scale: float = 1.0):
        weights[f"{to}.weight"] = t(f"{source}/weight")[rows] * scale
        if bias:
            weights[f"{to}.bias"] = t(f"{source}/bias")[rows] * scale

    d = state
    first, second, third = slice(0, d), slice(d, 2 * d), slice(2 * d, 3 * d)

    def self_attention(to: str, source: str):
        norm(f"{to}.norm", f"{source}/layer_norm")
        affine(f"{to}.query", f"{source}/linear_0", first, scale=HEAD**-0.5)
        affine(f"{to}.key", f"{source}/linear_0", second, bias=False)
        affine(f"{to}.value", f"{source}/linear_0", third)
        affine(f"{to}.out", f"{source}/linear_1")

    def cross_attention(to: str, source: str):
        norm(f"{to}.norm", f"{source}/layer_norm")
        affine(f"{to}.query", f"{source}/linear_0", scale=HEAD**-0.5)
        affine(f"{to}.key", f"{source}/linear_1", first, bias=False)
        affine(f"{to}.value", f"{source}/linear_1", second)
        affine(f"{to}.out", f"{source}/linear_2")

    def feed_forward(to: str, source: str):
        norm(f"{to}.norm", f"{source}/layer_norm")
        affine(f"{to}.expand", f"{source}/linear_0")
        affine(f"{to}.contract", f"{source}/linear_1")

    affine("encoder.conv1", "encoder/conv1")
    affine("encoder.conv2", "encoder/conv2")
    for side in ("encoder", "decoder"):
        weights[f"{side}.positions"] = t(f"{side}/position_encodings/encodings")
        norm(f"{side}.norm", f"{side}/layer_norm")
        for i in range(layers(side)):
            self_attention(f"{side}.layers.{i}.attention", f"{side}/layer_{i}/self_attention")
            feed_forward(f"{side}.layers.{i}.feed_forward", f"{side}/layer_{i}/ffn")
    for i in range(n.decoder_layers):
        cross_attention(f"decoder.layers.{i}.cross", f"decoder/layer_{i}/attention")
    weights["decoder.embedding.weight"] = t("decoder/embeddings/weight")
    model = Whisper(n, alignment_heads)
    model.load_state_dict(weights)
    return model.eval().requires_grad_(False)
