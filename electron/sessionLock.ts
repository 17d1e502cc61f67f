import { app, type Session } from 'electron';
import { countRefusal } from './offline.ts';
import { APP_ORIGIN } from './scheme.ts';

/** Schemes that never leave the machine. */
const LOCAL_SCHEMES = new Set(['sotto:', 'blob:', 'data:', 'devtools:']);

/** Must run before the app is ready: Chromium's own services stay silent and no host name can be resolved. */
export function lockChromium(): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
    'no-pings',
  ])
    app.commandLine.appendSwitch(name);
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}

/**
 * Refuses every request of the session that is not for the app's own scheme, and every permission but the microphone's
 * for the app's own page.
 */
export function lockSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, respond) => {
    const local = LOCAL_SCHEMES.has(new URL(details.url).protocol);
    if (!local) countRefusal();
    respond({ cancel: !local });
  });
  session.enableNetworkEmulation({ offline: true });
  session.setPermissionRequestHandler((contents, permission, respond, details) => {
    const { mediaTypes } = details as { mediaTypes?: readonly string[] };
    const microphone = permission === 'media' && mediaTypes?.length === 1 && mediaTypes[0] === 'audio';
    respond(microphone && isOwn(contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const { mediaType } = details as { mediaType?: string };
    return permission === 'media' && mediaType === 'audio' && isOwn(origin);
  });
  session.setSpellCheckerDictionaryDownloadURL('sotto://none/');
  session.on('will-download', (event) => event.preventDefault());
}

function isOwn(url: string): boolean {
  return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);
}
