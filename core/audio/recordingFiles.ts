/** Endings by which recordings are picked out of a folder; a file chosen by itself is tried whatever its ending. */
export const RECORDING_EXTENSIONS = [
  ...['wav', 'wave', 'rf64', 'bw64', 'aif', 'aiff'],
  ...['mp3', 'm4a', 'm4b', 'aac', 'ogg', 'oga', 'opus', 'flac', 'wma', 'amr'],
  ...['webm', 'weba', 'mka', 'mkv', 'mp4', 'm4v', 'mov', '3gp'],
] as const;

/** Whether a file in a folder is taken for a recording: by its ending; hidden files and Sotto's own results are not. */
export function isRecordingName(name: string): boolean {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const ownResult = /\.(redacted|full)\.wav$/i.test(name);
  return (
    (RECORDING_EXTENSIONS as readonly string[]).includes(extension) && !ownResult && !name.startsWith('.')
  );
}
