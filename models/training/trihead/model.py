"""The tri-head encoder: Whisper's encoder with a third group of heads that listens to the noise.

Every layer of base has 12 heads in three groups of 4 (tiny: 9 in groups of 3):
    spectral  the pretrained heads with the shortest mean attention distance in that layer
    temporal  the pretrained heads with the longest
    noise     new: copies of the temporal heads whose keys also carry the noise estimate of
              their frame, and whose output projection starts at zero
A gate reads the pooled layer input, the noise level and the length, and gives the three groups'
weights (softmax). Each group is scaled by its weight over the weight that it would have at the
start, so at initialisation the encoder equals Whisper's to rounding (`group_scales`).

The Whisper network itself and the reader of its checkpoint are those of ../convert.
"""
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from fusion import START_WEIGHTS, GroupAttention, group_scales

sys.path.append(str(Path(__file__).parents[1] / "convert"))
from whisper import HEAD, Encoder, merge, split  # noqa: E402

GROUPS = ("spectral", "temporal", "noise")
STATES_PER_SECOND = 50
NOISE_WIDTH = 64  # width of the noise estimator
NOISE_KERNEL = 25  # states the estimator sees around each state, 0.5 s
KEY_SLOPE = 4.0  # how far a noise head's logits move at the start between a clean and a noisy frame


def attend(q, k, v):
    """softmax(q k) v over heads, all (B, T, H * 64); Whisper's 1/sqrt(64) is already in the query projection."""
    if torch.onnx.is_in_onnx_export():  # onnxruntime's fused kernel, as in ../convert
        heads = {"num_heads": q.shape[-1] // HEAD, "scale": 1.0}
        return torch.onnx.ops.symbolic(
            "com.microsoft::MultiHeadAttention", (q, k, v), heads, dtype=q.dtype, shape=q.shape, version=1
        )
    return merge(F.scaled_dot_product_attention(split(q), split(k), split(v), scale=1.0))


def encode(encoder: Encoder, mel):
    """What `encoder(mel)` gives, with fused attention: several times faster over 1500 states."""
    x = stem(encoder, mel)
    x = x + encoder.positions[: x.shape[1]]
    for layer in encoder.layers:
        a = layer.attention
        h = a.norm(x)
        x = layer.feed_forward(x + a.out(attend(a.query(h), a.key(h), a.value(h))))
    return encoder.norm(x)


def stem(encoder, mel):
    """mel (B, 80, 2T) -> (B, T, D), before the positions are added"""
    return F.gelu(encoder.conv2(F.gelu(encoder.conv1(mel)))).transpose(1, 2)


@torch.no_grad()
def attention_distances(encoder: Encoder, mels):
    """Mean |query time - key time| in seconds of every pretrained head, (layers, heads), over unpadded mels."""
    total = 0
    for mel in mels:
        x = stem(encoder, mel)
        x = x + encoder.positions[: x.shape[1]]
        time = torch.arange(x.shape[1]) / STATES_PER_SECOND
        apart = (time[:, None] - time[None]).abs()
        rows = []
        for layer in encoder.layers:
            h = layer.attention.norm(x)
            q, k = split(layer.attention.query(h)), split(layer.attention.key(h))
            weights = (q @ k.transpose(-1, -2)).softmax(-1)  # (1, H, T, T)
            rows.append((weights[0] * apart).sum(-1).mean(-1))
            x = layer(x)
        total = total + torch.stack(rows)
    return total / len(mels)


class NoiseEstimator(nn.Module):
    """How much noise dominates each state, from what the convolutions hear.

    A state alone cannot tell a fan from a fricative: it is compared with 0.5 s around it and with
    the mean of the whole segment.
    """

    def __init__(self, d):
        super().__init__()
        self.reduce = nn.Linear(d, NOISE_WIDTH)
        self.around = nn.Conv1d(NOISE_WIDTH, NOISE_WIDTH, NOISE_KERNEL, padding=NOISE_KERNEL // 2, groups=NOISE_WIDTH)
        self.whole = nn.Linear(NOISE_WIDTH, NOISE_WIDTH)
        self.mix = nn.Linear(NOISE_WIDTH, NOISE_WIDTH)
        self.logit = nn.Linear(NOISE_WIDTH, 1)

    def forward(self, x):
        """(B, T, D) -> logits (B, T)"""
        h = F.silu(self.reduce(x))
        h = h + F.silu(self.around(h.transpose(1, 2)).transpose(1, 2) + self.whole(h.mean(1, keepdim=True)))
        return self.logit(F.silu(self.mix(h))).squeeze(-1)


class Gate(nn.Module):
    """The three groups' weights in one layer."""

    def __init__(self, d):
        super().__init__()
        self.hidden = nn.Linear(d + 2, 32)
        self.weights = nn.Linear(32, len(GROUPS))
        nn.init.zeros_(self.weights.weight)
        with torch.no_grad():
            self.weights.bias.copy_(torch.tensor(START_WEIGHTS).log())

    def forward(self, x, noise):
        """x (B, T, D), noise (B, T) in 0 .. 1 -> (B, 3)"""
        level = noise.mean(1, keepdim=True)
        length = torch.full_like(level, x.shape[1] / 1500)
        return self.weights(F.silu(self.hidden(torch.cat((x.mean(1), level, length), -1)))).softmax(-1)


class TriHeadAttention(nn.Module):
    """The pretrained `attention` of one layer with its heads sorted by `order`, and the noise heads beside them."""

    def __init__(self, attention, order, fusion="sum"):
        super().__init__()
        d = attention.query.in_features
        group = d // 2  # width of one group's heads side by side
        self.register_buffer("group", torch.arange(len(GROUPS)).repeat_interleave(group // HEAD))  # of each head
        self.norm = attention.norm
        self.query = nn.Linear(d, 3 * group)
        self.key = nn.Linear(d, 3 * group, bias=False)
        self.value = nn.Linear(d, 3 * group)
        self.out = nn.Linear(3 * group, d)
        # The noise estimate as one more input of the noise heads' keys: with the queries' bias it shifts the logits
        # of noisy states, at no cost inside the attention (an added T x T bias would cost a pass over the scores).
        self.noise_key = nn.Parameter(torch.zeros(group))
        self.gate = Gate(d)
        self.fusion, self.across = fusion, GroupAttention(group) if fusion == "attention" else None
        rows = rows_of(order)
        rows = torch.cat((rows, rows[group:]))  # noise heads start as the temporal heads
        with torch.no_grad():
            for name in ("query", "key", "value"):
                getattr(self, name).weight.copy_(getattr(attention, name).weight[rows])
            for name in ("query", "value"):
                getattr(self, name).bias.copy_(getattr(attention, name).bias[rows])
            self.out.weight.copy_(attention.out.weight[:, rows])
            self.out.weight[:, d:] = 0
            self.out.bias.copy_(attention.out.bias)
            # Half of the noise heads look towards noisy states (to learn the noise), half away (to fill in from clear ones).
            direction = torch.randn(group // HEAD, HEAD)
            direction *= (KEY_SLOPE**0.5) / direction.norm(dim=1, keepdim=True)
            self.noise_key.copy_(direction.flatten())
            towards = torch.where(torch.arange(group // HEAD) < group // HEAD / 2, 1.0, -1.0)[:, None]
            self.query.bias[d:] += (direction * towards).flatten()

    def forward(self, x, noise, weights=None, heads=None):
        """x (B, T, D), noise (B, T) -> x, group weights (B, 3); `weights` and `heads` as in TriHeadEncoder"""
        h = self.norm(x)
        weights = self.gate(h, noise) if weights is None else weights.expand(len(x), 3)
        k = self.key(h)
        if self.noise_key.numel():
            shift = noise[..., None] * self.noise_key
            k = torch.cat((k[..., : -shift.shape[-1]], k[..., -shift.shape[-1] :] + shift.to(k.dtype)), -1)
        y = attend(self.query(h), k, self.value(h))
        scale = group_scales(weights)[:, self.group] if self.fusion == "sum" else torch.ones(len(x), len(self.group))
        if heads is not None:
            scale = scale * heads
        y = y * scale.repeat_interleave(HEAD, 1)[:, None].to(y.dtype)
        if self.across:
            y = self.across(y)
        return x + self.out(y), weights

    @torch.no_grad()
    def keep(self, heads):
        """Leaves only `heads` (indices, ascending): the others are cut out of the projections and cost nothing."""
        first_noise = int((self.group < 2).sum())
        self.noise_key = nn.Parameter(self.noise_key[rows_of([h - first_noise for h in heads if h >= first_noise])])
        rows = rows_of(heads)
        for linear in (self.query, self.key, self.value):
            linear.weight = nn.Parameter(linear.weight[rows])
            if linear.bias is not None:
                linear.bias = nn.Parameter(linear.bias[rows])
        self.out.weight = nn.Parameter(self.out.weight[:, rows])
        self.group = self.group[heads]


def rows_of(heads):
    """Rows of a projection that belong to `heads`, in their order."""
    return torch.cat([torch.arange(h * HEAD, (h + 1) * HEAD) for h in heads]) if len(heads) else torch.zeros(0, dtype=torch.long)


class TriHeadLayer(nn.Module):
    def __init__(self, layer, order, fusion):
        super().__init__()
        self.attention = TriHeadAttention(layer.attention, order, fusion)
        self.feed_forward = layer.feed_forward

    def forward(self, x, noise, weights=None, heads=None):
        x, weights = self.attention(x, noise, weights, heads)
        return self.feed_forward(x), weights


class TriHeadEncoder(nn.Module):
    """Takes over the modules of a Whisper `encoder`; give it a copy where the original is still needed.

    `order` (layers, heads): each layer's heads, most local first; `fusion`: one of fusion.py's `FUSIONS`.
    """

    def __init__(self, encoder: Encoder, order, fusion="sum"):
        super().__init__()
        self.conv1, self.conv2 = encoder.conv1, encoder.conv2
        self.positions, self.norm = encoder.positions, encoder.norm
        self.layers = nn.ModuleList(TriHeadLayer(layer, row, fusion) for layer, row in zip(encoder.layers, order))
        self.noise = NoiseEstimator(self.positions.shape[1])
        self.kept = None  # of each layer the heads left by `keep`; None while all are there

    def forward(self, mel, weights=None, heads=None):
        """mel (B, 80, 2T) -> states (B, T, D), noise logits (B, T), group weights (B, layers, 3)

        `weights` (layers, 3) replaces the gate; `heads` (layers, B or 1, heads) scales single heads, 0 silences.
        """
        x = stem(self, mel)
        logits = self.noise(x)
        noise = logits.sigmoid()
        x = x + self.positions[: x.shape[1]]
        chosen = []
        for i, layer in enumerate(self.layers):
            x, used = layer(x, noise, None if weights is None else weights[i], None if heads is None else heads[i])
            chosen.append(used)
        return self.norm(x), logits, torch.stack(chosen, 1)

    def keep(self, heads):
        """Cuts all heads out but `heads` (layers, indices); once only."""
        self.kept = heads
        for layer, kept in zip(self.layers, heads):
            layer.attention.keep(kept)

    def group_mask(self, kept):
        """`heads` for `forward` from which groups (B, 3) are kept: (layers, B, heads)"""
        return [kept[:, layer.attention.group] for layer in self.layers]

    def parameter_groups(self):
        """(new, pretrained): what starts from nothing or from zero, and what Whisper brought.

        The widened projections hold both; they count as pretrained, but for `noise_key`.
        """
        fresh = ("noise.", ".gate.", "noise_key", ".across.")
        new = [p for n, p in self.named_parameters() if n.startswith(fresh[0]) or any(f in n for f in fresh[1:])]
        ids = {id(p) for p in new}
        return new, [p for p in self.parameters() if id(p) not in ids]
