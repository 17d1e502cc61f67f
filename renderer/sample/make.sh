#!/bin/sh
# Cuts the sample recording out of ../shared/speech (LJ Speech, read by Linda Johnson; public domain).
# Run it in the repository's root; needs ffmpeg with libopus.
set -eu
exec ffmpeg -v error -y -i ../shared/speech/ljspeech/LJ.opus -ss 1676.84 -t 50.01 \
  -ac 1 -c:a libopus -b:a 24k -map_metadata -1 -fflags +bitexact renderer/public/sample.opus
