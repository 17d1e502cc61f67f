import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
/** Data flows this way; a later layer may import an earlier one, never the reverse. */
const CORE_LAYERS = [
  'audio',
  'features',
  'recognizer',
  'transcript',
  'redaction',
  'export',
  'project',
  'live',
  'cli',
];
/** What the interface shares with its hosts: the contract and how its calls travel. */
const CONTRACT = ['contract.ts', 'channels.ts', 'audioFrames.ts'].map((file) => join('electron', file));
const TOP_LEVEL = ['core', 'electron', 'renderer', 'tests'];

interface Import {
  from: string;
  to: string;
}

function sources(directory: string): string[] {
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(directory, file));
}

function imports(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => ({
    from: file,
    to: specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : specifier,
  }));
}

/** Position in the flow of data: -1 for what all may import (core/errors.ts, core/pack.ts). */
function layer(file: string): number {
  const parts = file.split(sep);
  if (parts[0] !== 'core') return CORE_LAYERS.length + TOP_LEVEL.indexOf(parts[0]!);
  return CORE_LAYERS.indexOf(parts[1]!.replace(/\.ts$/, ''));
}

function describeImport({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

const all = ['core', 'electron', 'renderer'].flatMap(sources).flatMap(imports);

describe('the layers of the house', () => {
  it('finds the imports it judges', () => {
    expect(all.filter(({ to }) => to.startsWith('core')).length).toBeGreaterThan(50);
  });

  it('imports no later layer from an earlier one in core', () => {
    const wrong = all.filter(
      ({ from, to }) => from.startsWith('core') && to.startsWith('core') && layer(to) > layer(from),
    );
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it('keeps core free of Electron, React, the interface and the hosts', () => {
    const wrong = all.filter(
      ({ from, to }) => from.startsWith('core') && /^(electron|react|renderer|tests)\b/.test(to),
    );
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it('lets the interface import from the hosts only their contract', () => {
    const wrong = all.filter(
      ({ from, to }) => from.startsWith('renderer') && to.startsWith('electron') && !CONTRACT.includes(to),
    );
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it('lets the hosts import nothing from the interface', () => {
    const wrong = all.filter(({ from, to }) => from.startsWith('electron') && /^(renderer|tests)\b/.test(to));
    expect(wrong.map(describeImport)).toEqual([]);
  });
});
