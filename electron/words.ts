import { type Settings, shownLanguage } from './contract.ts';

/** What the host itself says, in the system's dialogs and notifications; the rest is in `renderer/messages`. */
interface Words {
  readonly packFolder: string;
  readonly transcriptsFolder: string;
  readonly keepHere: string;
  readonly addRecordings: string;
  readonly recordings: string;
  readonly allFiles: string;
  readonly exportFile: string;
  readonly exportFolder: string;
  readonly exportHere: string;
  /** After so many recordings that ended well or failed, one of them at least. */
  finished(done: number, failed: number): string;
}

export const WORDS: Readonly<Record<'en' | 'zh', Words>> = {
  en: {
    packFolder: 'Folder of a model pack',
    transcriptsFolder: 'Folder for the transcripts',
    keepHere: 'Keep them here',
    addRecordings: 'Add recordings',
    recordings: 'Recordings',
    allFiles: 'All files',
    exportFile: 'Export',
    exportFolder: 'Folder for the exported files',
    exportHere: 'Export here',
    finished(done, failed) {
      const ready =
        done === 1 ? 'One transcript is ready to review.' : `${done} transcripts are ready to review.`;
      const missed = failed === 1 ? 'One recording failed.' : `${failed} recordings failed.`;
      return [done > 0 ? ready : '', failed > 0 ? missed : ''].filter(Boolean).join(' ');
    },
  },
  zh: {
    packFolder: '模型包所在的文件夹',
    transcriptsFolder: '存放文稿的文件夹',
    keepHere: '保存在这里',
    addRecordings: '添加录音',
    recordings: '录音',
    allFiles: '所有文件',
    exportFile: '导出',
    exportFolder: '存放导出文件的文件夹',
    exportHere: '导出到这里',
    finished: (done, failed) =>
      [done > 0 ? `${done} 份文稿可以审阅了。` : '', failed > 0 ? `${failed} 个录音失败。` : ''].join(''),
  },
};

/** @param system the computer's languages, the preferred one first. */
export function wordsOf(choice: Settings['interfaceLanguage'], system: readonly string[]): Words {
  return WORDS[shownLanguage(choice, system)];
}
