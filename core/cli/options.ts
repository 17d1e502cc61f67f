import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UserError } from '../errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../export/exporter.ts';

/** What `sotto` and `sotto live` are both told. */
export interface SharedOptions {
  readonly policy: string;
  readonly formats: readonly ExportFormat[];
  /** Folder for the results; null puts them beside each recording, or here for standard input. */
  readonly out: string | null;
  /** ISO 639-1, or null to detect it. */
  readonly language: string | null;
  /** Name of a pack under models/, or a folder. */
  readonly model: string;
  readonly full: boolean;
  readonly help: boolean;
}

/** They as `parseOptions` takes them. */
export const SHARED_OPTIONS = {
  policy: { type: 'string', default: 'standard' },
  format: { type: 'string', default: 'txt' },
  out: { type: 'string' },
  language: { type: 'string' },
  model: { type: 'string', default: 'base' },
  full: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;

/** @throws UserError `usage` for a format that does not exist. */
export function readShared(values: {
  readonly policy: string;
  readonly format: string;
  readonly out?: string | undefined;
  readonly language?: string | undefined;
  readonly model: string;
  readonly full: boolean;
  readonly help: boolean;
}): SharedOptions {
  const { policy, model, full, help } = values;
  return {
    policy,
    formats: readFormats(values.format),
    out: values.out ?? null,
    language: values.language?.toLowerCase() ?? null,
    model,
    full,
    help,
  };
}

/** The formats that `--format` names, each once. */
function readFormats(list: string): ExportFormat[] {
  const formats = list.split(',').map((name) => name.trim().toLowerCase());
  const unknown = formats.find((name) => !EXPORT_FORMATS.includes(name as ExportFormat));
  if (unknown !== undefined)
    throw new UserError(
      'usage',
      `There is no format "${unknown}"; choose from ${EXPORT_FORMATS.join(', ')}.`,
    );
  return [...new Set(formats)] as ExportFormat[];
}

/**
 * Node's `parseArgs` with positionals.
 * @throws UserError `usage` for options that do not exist or lack their value.
 */
export function parseOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (cause) {
    throw new UserError('usage', `${(cause as Error).message.split('. ')[0]}; see --help.`, { cause });
  }
}
