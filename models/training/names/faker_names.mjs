/**
 * Prints the personal names of every locale of @faker-js/faker (MIT), one a line: `f` or `s`, a tab, the name.
 *
 *     npm install --no-save --prefix DIR @faker-js/faker@10.6.0
 *     cp models/training/names/faker_names.mjs DIR/ && node DIR/faker_names.mjs > faker_names.tsv
 */
import { allLocales } from '@faker-js/faker';

const names = { f: new Set(), s: new Set() };

function collect(kind, value) {
  if (typeof value === 'string') names[kind].add(value);
  else if (value && typeof value.value === 'string') names[kind].add(value.value);
  else if (value && typeof value === 'object') for (const part of Object.values(value)) collect(kind, part);
}

for (const { person } of Object.values(allLocales)) {
  collect('f', person?.first_name);
  collect('s', person?.last_name);
}
for (const kind of ['f', 's']) for (const name of [...names[kind]].sort()) console.log(`${kind}\t${name}`);
