"""Training batches: segments of 2 to 28 s, clean for the teacher and spoilt for the student.

`augment` spoils one segment as recordings are spoilt: a room, other people talking, noise, the
telephone's band, a codec, the level. It keeps the truth: the signal-to-noise ratio and, per state
(20 ms), how much of the sound is noise.
"""
import io
import string
from dataclasses import dataclass

import librosa
import numpy as np
import scipy.signal
import soundfile
import torch

from corpus import SAMPLE_RATE, Noise, Speech

N_FFT, HOP, MELS = 400, 160, 80
STATE = 2 * HOP  # 320 samples a state: 20 ms
WINDOW = 30 * SAMPLE_RATE  # what the teacher hears
CLEAN_SNR = 40.0  # decibels; stands for "no noise added"
QUIET_SNR = 12.0  # from here on half of the views are heard without the noise heads, so that they can be left out
ENGLISH_ONLY_END = 50256  # end of text in the vocabulary of Whisper's English-only models
VIEWS = 2  # each segment is spoilt twice: the teacher's 30 s window costs as much as 10 s of the student's training


def log_mel(samples):
    """Whisper's log-mel: samples (B, N), N a multiple of 320 -> (B, 80, N/160)"""
    filters = torch.from_numpy(librosa.filters.mel(sr=SAMPLE_RATE, n_fft=N_FFT, n_mels=MELS)).to(samples.device)
    window = torch.hann_window(N_FFT, device=samples.device)
    power = torch.stft(samples, N_FFT, HOP, window=window, return_complex=True)[..., :-1].abs() ** 2
    x = (filters @ power).clamp_min(1e-10).log10()
    x = torch.maximum(x, x.amax((1, 2), keepdim=True) - 8)
    return (x + 4) / 4


def written(text):
    """A transcript as Whisper would write it: read-speech sets come in capitals without punctuation."""
    if not text.isupper() or all(len(word) == 1 for word in text.split()):
        return text
    words = [w.capitalize() if i == 0 or w == "I" or w.startswith("I'") else w.lower() for i, w in enumerate(text.split())]
    return " ".join(words) + "."


def prompt_and_end(tokenizer):
    """The tokens before a transcript (English, without timestamps) and the one after it, for packs of one language and of many."""
    end = tokenizer.token_to_id("<|endoftext|>")
    names = ["<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>"]
    if end == ENGLISH_ONLY_END:
        names = [names[0], names[3]]
    return [tokenizer.token_to_id(name) for name in names], end


class Spellings:
    """Which tokens may come next when only the words of a transcript are known, not its casing or punctuation.

    Read-speech transcripts come in capitals without punctuation: a loss on their tokens as they stand would unlearn
    Whisper's writing. So every token counts that begins what is left of the text in any casing, " Connor" as well as
    " con" before "nor"; and what has no letters (commas, figures) is left out of the account.
    """

    LONGEST = 16  # letters of a token that are tried
    LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # tokens are bytes written as letters: ASCII only

    def __init__(self, tokenizer):
        self.end = tokenizer.token_to_id("<|endoftext|>")
        self.text = [tokenizer.id_to_token(i) for i in range(self.end)]  # byte-level: "\u0120" stands for a blank
        self.by_text = {}
        for i, text in enumerate(self.text):
            self.by_text.setdefault(text.translate(self.LOWER), []).append(i)

    def without_letters(self):
        """The tokens that may stand anywhere."""
        return [i for i, text in enumerate(self.text) if not any(c.isalpha() and c.isascii() for c in text)]

    def of(self, ids):
        """For each token of a transcript, all that may stand in its place: as long or longer, in any casing; for a token
        without letters, none. Shorter ones would let " A" and " I" pass for " and" and " is"."""
        rest = "".join(self.text[i] for i in ids).translate(self.LOWER)
        found = []
        for i in ids:
            size, allowed = len(self.text[i]), []
            if any(c.isalpha() and c.isascii() for c in self.text[i]):
                for n in range(size, max(size, min(self.LONGEST, len(rest))) + 1):
                    allowed += self.by_text.get(rest[:n], ())
            found.append(allowed)
            rest = rest[size:]
        return [*found, [self.end]]


@dataclass
class Segment:
    start: int  # samples, in the flat speech file
    length: int
    text: str


def pack(utterances, random, shortest=3.0, longest=28.0):
    """Neighbouring utterances of one recording joined up to a length drawn anew for each segment; a quarter stay alone."""
    segments, last = [], None
    for u in utterances:
        end = u.start + u.length
        if last and u.file == last_file and end - last.start <= room and u.start - last.start - last.length < SAMPLE_RATE:
            last.length, last.text = end - last.start, f"{last.text} {written(u.text)}"
        else:
            last, last_file = Segment(u.start, u.length, written(u.text)), u.file
            room = random.uniform(shortest, longest) * SAMPLE_RATE if random.random() < 0.75 else 0
            segments.append(last)
    return [s for s in segments if s.length > 0.5 * SAMPLE_RATE]


def power(x):
    return float(np.mean(x.astype(np.float64) ** 2)) + 1e-12


def at_ratio(noise, speech, snr):
    """`noise` scaled so that `speech` is `snr` decibels above it."""
    return noise * np.float32(np.sqrt(power(speech) / power(noise)) * 10 ** (-snr / 20))


def reverberate(x, response):
    return scipy.signal.oaconvolve(x, response)[: len(x)].astype(np.float32)


def babble(speech, random, length, talkers):
    """Several people of `speech` at once, equally loud."""
    total = np.zeros(length, np.float32)
    for _ in range(talkers):
        start = random.integers(0, len(speech.samples) - length)
        voice = speech.read(start, length)
        total += voice / np.sqrt(power(voice))
    return total


def coloured(random, length):
    """Gaussian noise with a power spectrum falling as 1/f^0 .. 1/f^2."""
    spectrum = np.fft.rfft(random.standard_normal(length))
    f = np.maximum(np.arange(len(spectrum)) / len(spectrum), 1e-3)
    return np.fft.irfft(spectrum * f ** -random.uniform(0, 1), length).astype(np.float32)


def telephone(x):
    """300 to 3400 Hz, 8-bit mu-law."""
    x = scipy.signal.sosfilt(scipy.signal.butter(4, (300, 3400), "bandpass", fs=SAMPLE_RATE, output="sos"), x)
    peak = np.abs(x).max() + 1e-9
    companded = np.sign(x) * np.log1p(255 * np.abs(x) / peak) / np.log(256)
    companded = np.round(companded * 127) / 127
    return (np.sign(companded) * (256 ** np.abs(companded) - 1) / 255 * peak).astype(np.float32)


def code(x, container, subtype, compression):
    """Through a lossy codec and back; `compression` towards 1 is towards the lowest bit rate."""
    file = io.BytesIO()
    soundfile.write(file, np.clip(x, -1, 1), SAMPLE_RATE, format=container, subtype=subtype, compression_level=compression)
    file.seek(0)
    y = soundfile.read(file, dtype="float32")[0]
    return np.pad(y, (0, max(0, len(x) - len(y))))[: len(x)]


def augment(x, speech, noise, rooms, random):
    """One spoilt copy of `x` (samples in -1 .. 1).

    -> samples, signal-to-noise ratio in dB, and the share of noise in each state (0 .. 1)
    """
    n = len(x)
    y = reverberate(x, rooms[random.integers(len(rooms))]) if random.random() < 0.5 else x
    if random.random() < 0.8:
        kind = random.random()
        if kind < 0.25:
            z = babble(speech, random, n, random.integers(3, 9))
        elif kind < 0.35:
            z = coloured(random, n)
        else:
            z = recorded(noise, random, n)
            if kind > 0.85:
                z = z / np.sqrt(power(z)) + at_ratio(recorded(noise, random, n), np.ones(1), random.uniform(0, 10))
        if random.random() < 0.2:
            z = reverberate(z, rooms[random.integers(len(rooms))])
        snr = random.uniform(-3, 20)
        z = at_ratio(z, y, snr)
    else:
        snr, z = CLEAN_SNR, np.zeros(n, np.float32)
    if random.random() < 0.1:  # someone else in the background: to be ignored, hence noise
        quiet = random.uniform(12, 25)
        z = z + at_ratio(babble(speech, random, n, 1), y, quiet)
        snr = min(snr, quiet)
    share = noise_share(y, z)
    y = y + z
    if random.random() < 0.1:
        y = telephone(y)
    y = y * np.float32(10 ** (random.uniform(-25, 0) / 20) / (np.abs(y).max() + 1e-6))
    if random.random() < 0.1:
        y = code(y, *((("OGG", "OPUS"), ("MP3", "MPEG_LAYER_III"))[random.integers(2)]), random.uniform(0.85, 0.99))
    return y.astype(np.float32), snr, share


def recorded(noise, random, length):
    clip = random.integers(len(noise.clips))
    return noise.read(clip, random.integers(len(noise.clips[clip])), length)


def noise_share(speech, noise):
    """Per state, the share of noise in the power; silence between words counts as a little speech (-40 dB)."""
    states = -(-len(speech) // STATE)

    def energy(x):
        return np.pad(x.astype(np.float64) ** 2, (0, states * STATE - len(x))).reshape(states, STATE).mean(1)

    e = energy(noise)
    return (e / (e + energy(speech) + 1e-4 * power(speech))).astype(np.float32)


@dataclass
class Batch:
    """U clean segments and B = 2 U spoilt views of them."""

    clean: torch.Tensor  # (U, 480000) samples, padded with silence
    spoilt: torch.Tensor  # (B, N) samples, padded with silence to the longest
    source: torch.Tensor  # (B) which clean segment each view is of
    snr: torch.Tensor  # (B) decibels
    quiet: torch.Tensor  # (B) 1 where the noise heads are to be silent
    share: torch.Tensor  # (B, N/320) noise share a state
    heard: torch.Tensor  # (B, N/320) 1 where there is sound, 0 where there is padding
    tokens: torch.Tensor  # (U, S) prompt, transcript, end of transcript, padding
    spellings: torch.Tensor  # (U, S - prompt, K) the tokens that would be as right at each place, -1 is padding
    length: torch.Tensor  # (U) tokens of each, padding not counted
    prompt: int  # tokens of the prompt
    seconds: float


def plan(segments, random, seconds):
    """Segments of like length in groups of about `seconds` of audio, all views counted."""
    groups, group = [], []
    for s in sorted(segments, key=lambda s: s.length + random.uniform(0, SAMPLE_RATE)):
        if group and (len(group) + 1) * VIEWS * max(s.length, group[-1].length) > seconds * SAMPLE_RATE:
            groups.append(group)
            group = []
        group.append(s)
    groups.append(group)
    random.shuffle(groups)
    return groups


def make_batch(group, speech, noise, rooms, tokenizer, spellings, random):
    prompt, end = prompt_and_end(tokenizer)
    longest = max(s.length for s in group) + int(random.choice((0, 0, 0, random.uniform(0, 2))) * SAMPLE_RATE)
    n = min(-(-longest // STATE) * STATE, WINDOW)
    clean = np.zeros((len(group), WINDOW), np.float32)
    b = len(group) * VIEWS
    spoilt = np.zeros((b, n), np.float32)
    share, heard = np.zeros((2, b, n // STATE), np.float32)
    snr, source = np.zeros(b, np.float32), np.zeros(b, np.int64)
    texts, right = [], []
    for i, s in enumerate(group):
        x = speech.read(s.start, s.length)[:WINDOW]
        clean[i, : len(x)] = x
        ids = tokenizer.encode(" " + s.text, add_special_tokens=False).ids[:220]
        texts.append([*prompt, *ids, end])
        right.append(spellings.of(ids))
        for j in range(i * VIEWS, (i + 1) * VIEWS):
            y, snr[j], z = augment(x, speech, noise, rooms, random)
            spoilt[j, : len(y)], share[j, : len(z)], heard[j, : len(z)], source[j] = y, z, 1, i
    length = np.array([len(t) for t in texts])
    tokens = np.full((len(group), length.max()), end)
    for row, t in zip(tokens, texts):
        row[: len(t)] = t
    same = np.full((len(group), length.max() - len(prompt), max(len(a) for r in right for a in r)), -1)
    for rows, r in zip(same, right):
        for row, a in zip(rows, r):
            row[: len(a)] = a
    quiet = ((snr > QUIET_SNR) & (random.random(b) < 0.5)).astype(np.float32)
    arrays = (clean, spoilt, source, snr, quiet, share, heard, tokens, same, length)
    return Batch(*(torch.from_numpy(a) for a in arrays), len(prompt), sum(s.length for s in group) * VIEWS / SAMPLE_RATE)


class Batches(torch.utils.data.Dataset):
    """The batch of every step of a run.

    It depends on the seed and the step alone, so that a resumed run sees what an unbroken one would,
    with any number of workers.
    """

    def __init__(self, folder, split, tokenizer, steps, seconds, seed):
        self.speech, self.noise = Speech(folder, split), Noise(folder, split)
        self.rooms = list(np.load(folder / f"rooms_{split}.npz").values())
        self.tokenizer, self.spellings, self.seed = tokenizer, Spellings(tokenizer), seed
        self.groups = []
        while len(self.groups) < steps:  # every epoch packs and orders the speech anew
            random = np.random.default_rng((seed, len(self.groups)))
            self.groups += plan(pack(self.speech.utterances, random), random, seconds)

    def __getitem__(self, step):
        random = np.random.default_rng((self.seed, 1_000_000, step))
        return make_batch(self.groups[step], self.speech, self.noise, self.rooms, self.tokenizer, self.spellings, random)
