"""Three ways to fuse what the groups of heads heard. All begin as Whisper: the noise heads add nothing at first.

    sum            what the packs use: a dynamic weighted sum, every group scaled by what the gate gives it
    concatenation  the output projection alone mixes the groups; the gate is not asked
    attention      each group attends to the others, state by state (`GroupAttention`), then the output projection

The last two are there to be compared with the first (README, "Fusion compared").
"""
import torch
from torch import nn

FUSIONS = ("sum", "concatenation", "attention")
START_WEIGHTS = (0.45, 0.45, 0.10)  # of the spectral, temporal and noise group
NARROW = 32  # width of what `GroupAttention` compares


def group_scales(weights):
    """Group weights (B, 3) -> what each group's heads are multiplied with (B, 3).

    The noise group by its weight over its start weight; the pretrained groups by their share of what the noise group
    leaves, over one half. So weight can move to the noise heads without silencing what Whisper brought: divided by
    its start weight alone, moving 0.16 to the still silent noise heads of an untrained student raised the states
    loss from 0.39 to 0.50 and the divergence of the words from 1.1 to 1.8 nats (dev batches), and training did not
    get over it within 2.4 h of audio.
    """
    noise = weights[:, 2:]
    return torch.cat((2 * weights[:, :2] / (1 - noise), noise / START_WEIGHTS[2]), 1)


class GroupAttention(nn.Module):
    """At every state each group attends to the three groups and adds what it takes from them."""

    def __init__(self, group):
        super().__init__()
        self.query, self.key = nn.Linear(group, NARROW), nn.Linear(group, NARROW)
        self.value = nn.Linear(group, group, bias=False)
        nn.init.zeros_(self.value.weight)

    def forward(self, y):
        """y (B, T, 3 G), the outputs of the groups' heads side by side -> the same shape"""
        y = y.unflatten(-1, (3, -1))
        scores = self.query(y) @ self.key(y).transpose(-1, -2) / NARROW**0.5  # (B, T, 3, 3)
        return (y + scores.softmax(-1) @ self.value(y)).flatten(2)
