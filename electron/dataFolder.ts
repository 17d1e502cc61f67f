import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder that Electron calls `userData`, for the browser host, which shares the settings. */
export function dataFolder(): string {
  const home = homedir();
  if (process.platform === 'win32')
    return join(process.env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'sotto');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'sotto');
  return join(process.env.XDG_CONFIG_HOME ?? join(home, '.config'), 'sotto');
}
