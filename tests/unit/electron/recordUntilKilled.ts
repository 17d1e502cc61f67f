import { join } from 'node:path';
import { Microphone } from '../../../electron/microphone.ts';
import { Vault } from '../../../electron/vault.ts';
import { OPEN_KEYRING } from './openKeyring.ts';

/** Records into a folder of a person's data, a second of sound at a time, and says so after each, until it is killed. */
const [data, job] = process.argv.slice(2);
const vault = await Vault.open(join(data!, 'projects'), OPEN_KEYRING);
const microphone = new Microphone(join(data!, 'recordings'), vault);
await microphone.start(job!, 16_000);
for (;;) {
  await microphone.push(job!, new Float32Array(16_000).fill(0.1));
  process.stdout.write('.');
}
