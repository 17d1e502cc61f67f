import { useEffect, useRef, useState } from 'react';
import { addFiles, attempt, type DroppedFile } from '../host/store.ts';

/** Takes files dropped anywhere in the window; true while something is dragged over it. */
export function useDrop(onDropped: () => void): boolean {
  const [dragging, setDragging] = useState(false);
  const dropped = useRef(onDropped);
  dropped.current = onDropped;

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setDragging(false);
      if (!event.dataTransfer) return;
      const files = filesOf(event.dataTransfer);
      dropped.current();
      void attempt(async () => addFiles(await files));
    };
    const abort = new AbortController();
    const options = { signal: abort.signal };
    window.addEventListener('dragenter', over, options);
    window.addEventListener('dragover', over, options);
    window.addEventListener('dragleave', leave, options);
    window.addEventListener('drop', drop, options);
    return () => abort.abort();
  }, []);
  return dragging;
}

/** The dropped files. In a browser folders are walked here; in Electron a folder has a path and the host walks it. */
async function filesOf(transfer: DataTransfer): Promise<DroppedFile[]> {
  const files = [...transfer.files].map((file) => ({ file, folder: '' }));
  if (window.sotto) return files;
  // The items are emptied when the event is over, so their entries are taken before the first await.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  const found: DroppedFile[] = [];
  for (const entry of entries) if (entry) await walk(entry, '', found, true);
  return found;
}

async function walk(
  entry: FileSystemEntry,
  folder: string,
  found: DroppedFile[],
  top: boolean,
): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    if (top || isMedia(file)) found.push({ file, folder });
    return;
  }
  const inside = folder === '' ? entry.name : `${folder}/${entry.name}`;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives at most 100 entries at a time.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return;
    for (const child of entries) await walk(child, inside, found, false);
  }
}

/** Whether a file inside a folder is a recording; a file dropped by itself is always tried. */
export function isMedia(file: File): boolean {
  return /^(audio|video)\//.test(file.type) || /\.(wav|opus|oga|flac|mkv|m4a)$/i.test(file.name);
}
