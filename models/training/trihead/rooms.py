"""Impulse responses of simulated shoebox rooms by the image-source method (Allen & Berkley, 1979).

    python rooms.py --out .work/trihead/data

Every wall reflects alike, with the coefficient that gives the wanted reverberation time (Eyring). The
direct sound is moved to sample 0, so that reverberant speech stays aligned with the clean recording.
Training and evaluation draw from different seeds: no room is shared.
"""
import argparse
from pathlib import Path

import numpy as np

SAMPLE_RATE = 16000
SOUND = 343.0  # metres a second
ROOMS = {"train": (300, 1), "dev": (48, 2)}  # how many, seed


def impulse_response(size, source, microphone, rt60):
    """Float32 response, direct sound first and of height 1, as long as `rt60` seconds."""
    volume, surface = size.prod(), 2 * (size[0] * size[1] + size[1] * size[2] + size[0] * size[2])
    absorption = 1 - np.exp(-0.161 * volume / (surface * rt60))
    reflection = np.sqrt(1 - absorption)
    reach = SOUND * rt60
    axes, bounces = [], []
    for d in range(3):
        n = np.arange(-int(reach / (2 * size[d])) - 1, int(reach / (2 * size[d])) + 2)
        # images at 2nL + s (2|n| bounces) and at 2nL - s (|2n - 1| bounces)
        axes.append(np.concatenate((2 * n * size[d] + source[d], 2 * n * size[d] - source[d])) - microphone[d])
        bounces.append(np.concatenate((2 * np.abs(n), np.abs(2 * n - 1))))
    distance = np.sqrt(
        axes[0][:, None, None] ** 2 + axes[1][None, :, None] ** 2 + axes[2][None, None, :] ** 2
    ).astype(np.float32)
    count = bounces[0][:, None, None] + bounces[1][None, :, None] + bounces[2][None, None, :]
    direct = np.linalg.norm(source - microphone)
    delay = np.rint((distance - direct) / SOUND * SAMPLE_RATE).astype(np.int64)
    length = int(rt60 * SAMPLE_RATE)
    heard = delay < length
    height = reflection ** count[heard] * direct / distance[heard]
    # A bare sum of positive pulses has a false low hum: images further off arrive with either sign.
    signs = np.where(count[heard] > 2, np.random.default_rng(0).choice((-1, 1), heard.sum()), 1)
    return np.bincount(delay[heard], height * signs, length).astype(np.float32)


def reverberation_time(response):
    """Seconds for a fall of 60 dB, from the fall between -5 and -25 dB of the backward energy (Schroeder, 1965)."""
    left = np.cumsum((response.astype(np.float64) ** 2)[::-1])[::-1]
    level = 10 * np.log10(left / left[0] + 1e-12)
    return 3 * (np.argmax(level < -25) - np.argmax(level < -5)) / SAMPLE_RATE


def random_room(random):
    """A room of 0.3 to 0.8 s by measurement: Eyring's formula is off by up to a third in these uneven boxes."""
    while True:
        response = random_response(random)
        if 0.3 <= reverberation_time(response) <= 0.8:
            return response


def random_response(random):
    size = random.uniform((3, 3, 2.4), (9, 7, 3.6))
    source = random.uniform((0.5, 0.5, 1.0), size - (0.5, 0.5, 0.6))
    while True:
        microphone = random.uniform((0.5, 0.5, 0.7), size - (0.5, 0.5, 0.6))
        if 0.5 < np.linalg.norm(source - microphone) < 4:
            return impulse_response(size, source, microphone, random.uniform(0.2, 0.8))


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, default=Path(".work/trihead/data"))
    arguments = options.parse_args()
    for split, (count, seed) in ROOMS.items():
        random = np.random.default_rng(seed)
        responses = [random_room(random) for _ in range(count)]
        np.savez(arguments.out / f"rooms_{split}.npz", *responses)
        print(f"{split}: {count} rooms")
