import { UserError } from '../errors.ts';
import type { Beside } from '../export/export.ts';
import { EXPORT_FORMATS } from '../export/exporter.ts';
import { POLICY_NAMES } from '../redaction/policy.ts';
import { parseOptions, readShared, SHARED_OPTIONS, type SharedOptions } from './options.ts';

export interface CommandLine extends SharedOptions {
  readonly recordings: readonly string[];
  /** File of names and terms that are probably said, or null. */
  readonly vocabulary: string | null;
  /** Whether files say who speaks, and when each paragraph begins where the format can do without. */
  readonly beside: Beside;
  readonly audio: boolean;
  /** Transcribes bleeped audio again before it is written, also where the policy does not ask for it. */
  readonly checkAudio: boolean;
  readonly audit: boolean;
  /** Also writes the way back to the originals, encrypted. */
  readonly map: boolean;
  /** File of the case that the recordings belong to, or null. */
  readonly case: string | null;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly version: boolean;
}

export const USAGE = `Usage: sotto [options] RECORDING_OR_FOLDER ...
       sotto live ...     prints what is said while it is recorded: sotto live --help
       sotto reidentify FILE --map MAP     prints a redacted text with the originals back in it

Writes a transcript with personal data masked beside each recording, as NAME.redacted.txt.
Nothing leaves this computer.

  --policy NAME     ${POLICY_NAMES.join(', ')}, or a policy file (default: standard)
  --format LIST     ${EXPORT_FORMATS.join(', ')}; separate several with commas (default: txt)
  --out FOLDER      write there; folders keep their structure
  --language CODE   language spoken, such as en or de (default: detect)
  --model NAME      base, tiny, or the folder of a model pack (default: base)
  --vocabulary FILE names and terms that are probably said, one a line; about 20 of them are used
  --no-speakers     leave out who speaks
  --no-times        leave out when each paragraph begins, where the format can do without
  --full            also write NAME.full.EXT with nothing masked
  --audio           also write NAME.redacted.wav with masked words bleeped
  --check-audio     transcribe bleeped audio again and refuse it if a masked value is heard
  --audit           also write NAME.audit.json and .html: what was masked and why, without it
  --map             also write NAME.map, which leads back to the originals; encrypted with a passphrase
  --case FILE       the same people have the same aliases in all recordings of a case; FILE is made if
                    it is not there, and is encrypted with a passphrase
  --json            print one line of JSON a step instead of a progress bar
  --quiet           print errors only
  --help, --version

Exit codes: 0 all done; 1 several recordings failed for different reasons; 2 wrong usage;
3 a recording is missing, empty, silent, corrupt or of a kind that cannot be read;
4 ffmpeg is needed and missing; 5 the model pack is damaged; 6 a result still held personal
data and was not written; 7 a result could not be written to disk; 70 a fault in Sotto;
130 cancelled (the same command goes on where it stopped).
`;

/** @throws UserError `usage` for options that do not exist or make no sense. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parseOptions(argv, {
    ...SHARED_OPTIONS,
    'no-speakers': { type: 'boolean', default: false },
    'no-times': { type: 'boolean', default: false },
    audio: { type: 'boolean', default: false },
    'check-audio': { type: 'boolean', default: false },
    audit: { type: 'boolean', default: false },
    map: { type: 'boolean', default: false },
    case: { type: 'string' },
    vocabulary: { type: 'string' },
    json: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    version: { type: 'boolean', default: false },
  });
  const shared = readShared(values);
  if (positionals.length === 0 && !values.help && !values.version)
    throw new UserError('usage', 'No recording was named; give a file or a folder, or --help.');
  return {
    ...shared,
    recordings: positionals,
    beside: { speakers: !values['no-speakers'], times: !values['no-times'] },
    audio: values.audio,
    checkAudio: values['check-audio'],
    audit: values.audit,
    map: values.map,
    case: values.case ?? null,
    vocabulary: values.vocabulary ?? null,
    json: values.json,
    quiet: values.quiet,
    version: values.version,
  };
}
