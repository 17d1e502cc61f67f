"""Writes log_mel_reference.json: Whisper's log-mel features computed without any of Sotto's code.

    pip install numpy==2.4.6 librosa==0.11.0 && python tests/parity/log_mel_reference.py

The mel filters are librosa's; the transform is the plain definition of a DFT as a matrix, in float64. The signal is a
chirp with a swelling loudness, pseudo-random noise and a stretch of digital silence; the test makes it again.
"""

import base64
import json
import pathlib

import librosa
import numpy as np

RATE, N_FFT, HOP = 16000, 400, 160
SAMPLES = 12345  # no multiple of the hop


def signal() -> np.ndarray:
    n = np.arange(SAMPLES)
    seconds = n / RATE
    chirp = np.sin(2 * np.pi * (60 * seconds + 4500 * seconds**2)) * 0.3 * (1 + np.sin(9 * seconds))
    state, noise = 1, np.empty(SAMPLES)
    for i in range(SAMPLES):
        state = (state * 48271) % 2147483647
        noise[i] = state / 2147483647 - 0.5
    x = chirp + 0.01 * noise
    x[5000:7000] = 0
    return np.round(x * 32768).clip(-32768, 32767) / 32768


def log_mel(x: np.ndarray, samples: int) -> np.ndarray:
    """(80, samples // 160) of x cut or padded with zeros to `samples`."""
    x = np.pad(x[:samples], (0, max(0, samples - len(x))))
    x = np.pad(x, N_FFT // 2, mode="reflect")
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(N_FFT) / N_FFT)
    frames = np.stack([x[i : i + N_FFT] * window for i in range(0, samples // HOP * HOP, HOP)])
    dft = np.exp(-2j * np.pi * np.outer(np.arange(N_FFT // 2 + 1), np.arange(N_FFT)) / N_FFT)
    power = np.abs(frames @ dft.T) ** 2
    mel = librosa.filters.mel(sr=RATE, n_fft=N_FFT, n_mels=80, dtype=np.float64) @ power.T
    log = np.log10(np.maximum(mel, 1e-10))
    return (np.maximum(log, log.max() - 8) + 4) / 4


def main() -> None:
    x = signal()
    reference = {}
    for name, samples in (("unpadded", SAMPLES // HOP * HOP), ("padded", 100 * HOP)):
        mel = log_mel(x, samples).astype("<f4")
        reference[name] = {"frames": mel.shape[1], "float32": base64.b64encode(mel.tobytes()).decode()}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(reference, indent=2) + "\n")


if __name__ == "__main__":
    main()
