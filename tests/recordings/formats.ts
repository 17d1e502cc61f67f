import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a recording of the same meeting may arrive as, with the encoder settings people's devices use. */
const ENCODERS: Readonly<Record<string, readonly string[]>> = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '96k'],
  m4a: ['-c:a', 'aac', '-b:a', '96k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '4'],
  webm: ['-c:a', 'libopus', '-b:a', '48k'],
};

/** Writes `wav` in four compressed formats beside it, by the system's ffmpeg; returns all five paths by format. */
export async function encodeFormats(wav: string, folder: string): Promise<Record<string, string>> {
  const paths: Record<string, string> = { wav };
  for (const [format, encoder] of Object.entries(ENCODERS)) {
    paths[format] = join(folder, `meeting.${format}`);
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', '-i', wav, ...encoder, paths[format]]);
  }
  return paths;
}
