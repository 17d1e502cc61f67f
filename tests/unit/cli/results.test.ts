import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeResults } from '../../../core/cli/results.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { marked, transcriptOf } from '../redaction/transcript.ts';

test('an audit tells of the redacted files alone, whatever the folder is called', async () => {
  const top = await mkdtemp(join(tmpdir(), 'sotto-results-'));
  const folder = join(top, 'smith.redacted.2026');
  const wrote: string[] = [];
  const transcript = marked(transcriptOf(['ask Sarah Connor today'], [], 'call'), 'PERSON', 'Sarah Connor');
  try {
    await writeResults(
      transcript,
      { path: join(top, 'call.wav'), name: 'call', folder },
      { formats: ['txt'], full: true, audio: false, audit: true },
      { policy: POLICY_PRESETS.standard, passphrase: null, checker: null },
      { wrote: (path: string) => wrote.push(path) } as never,
      new AbortController().signal,
    );
    const names = ['call.audit.html', 'call.audit.json', 'call.full.txt', 'call.redacted.txt'];
    expect((await readdir(folder)).sort()).toEqual(names);
    expect(wrote.sort()).toEqual(names.map((name) => join(folder, name)));
    const audit = JSON.parse(await readFile(join(folder, 'call.audit.json'), 'utf8'));
    expect(audit.files.map(({ name }: { name: string }) => name)).toEqual(['call.redacted.txt']);
  } finally {
    await rm(top, { recursive: true });
  }
});
