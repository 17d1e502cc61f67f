"""Transcribes one recording with faster-whisper and prints what it took: MODEL RECORDING THREADS [full].

Greedy, int8, as Sotto decodes. With `full` it also does what Sotto does on the way: voice activity and word times.
"""

import json
import resource
import sys
import time

from faster_whisper import WhisperModel

model, recording, threads, *options = sys.argv[1:]
whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=int(threads))
print(json.dumps({"ready": True}), flush=True)

full = "full" in options
started = time.perf_counter()
segments, _ = whisper.transcribe(recording, language="en", beam_size=1, vad_filter=full, word_timestamps=full)
text = "".join(segment.text for segment in segments)
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": seconds, "peakBytes": peak, "text": text}), flush=True)
