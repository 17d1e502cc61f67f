import { useRef } from 'react';
import type { AppState } from '../../electron/contract.ts';
import { Icon } from '../common/icon.tsx';
import { call } from '../host/client.ts';
import { addFiles, attempt } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { isMedia } from './drop.ts';

/** Buttons that choose recordings, or make one: by the system's dialog in Electron, by the browser's own otherwise. */
export function Picker({
  runtime,
  primary,
  onRecord,
}: {
  runtime: AppState['runtime'];
  primary: boolean;
  onRecord: () => void;
}) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const pick = (kind: 'files' | 'folder') => {
    if (runtime === 'electron') void attempt(() => call('pickRecordings', { kind }));
    else (kind === 'files' ? files : folder).current?.click();
  };
  const take = (input: HTMLInputElement, fromFolder: boolean) => {
    const chosen = [...(input.files ?? [])].filter((file) => !fromFolder || isMedia(file));
    const dropped = chosen.map((file) => ({
      file,
      folder: file.webkitRelativePath.split('/').slice(0, -1).join('/'),
    }));
    input.value = '';
    void attempt(() => addFiles(dropped));
  };

  return (
    <div className="picker">
      <button type="button" className={primary ? 'primary' : 'outlined'} onClick={() => pick('files')}>
        <Icon name="file" />
        {m.home.chooseFiles}
      </button>
      <button type="button" className="outlined" onClick={() => pick('folder')}>
        <Icon name="folder" />
        {m.home.chooseFolder}
      </button>
      <button type="button" className="outlined" onClick={onRecord}>
        <Icon name="microphone" />
        {m.record.open}
      </button>
      {runtime === 'browser' && (
        <>
          <input
            ref={files}
            type="file"
            hidden
            multiple
            accept="audio/*,video/*"
            data-testid="files"
            onChange={(event) => take(event.currentTarget, false)}
          />
          <input
            ref={folder}
            type="file"
            hidden
            multiple
            onChange={(event) => take(event.currentTarget, true)}
            {...{ webkitdirectory: '' }}
          />
        </>
      )}
    </div>
  );
}
