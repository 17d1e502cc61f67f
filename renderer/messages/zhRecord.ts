import type { enRecord } from './enRecord.ts';

/** A whole number, grouped as in Chinese. */
const n = (value: number) => value.toLocaleString('zh-Hans');

/** 用麦克风录音。 */
export const zhRecord: typeof enRecord = {
  record: {
    open: '录音',
    title: '用麦克风录音',
    phases: {
      asking: '正在打开麦克风…',
      ready: '准备好了。说几句话，看看音量。',
      recording: '正在录音',
      paused: '已暂停',
      stopping: '正在结束…',
      lost: '麦克风断开了。已录的内容会保留：重新连接，或另选一个，然后继续。',
    },
    start: '开始录音',
    stop: '停止并转写',
    discard: '放弃',
    discardTitle: '放弃这段录音？',
    discardText: '已录的内容将被永久删除，不会生成文稿。',
    microphone: '麦克风',
    numbered: (number) => `麦克风 ${n(number)}`,
    level: '音量',
    silent: '没有听到声音。请检查麦克风是否静音，是否选对了。',
    tooLoud: '声音太大：请离麦克风远一点。',
    captions: '实时字幕（已遮盖）',
    captionsSoon: '说得足够多、能判断哪些要遮盖之后，词语会出现在这里。',
    captionsEnded: (why) => `不再有字幕；录音仍在继续。${why}`,
    waiting: (count) =>
      count === 0 ? '录音结束后会把整段话重新检查一遍。' : `有 ${n(count)} 个词在等待判断是否需要遮盖。`,
    kept: '录音加密保存在这台电脑上。停止后会像其他录音一样转写，也可以另存为 WAV 文件。',
    notKept:
      '录音加密保存在这台电脑上，直到关闭 Sotto：这里没有可以保存密钥的密钥环。如有需要，请先另存为 WAV 文件。',
    failures: {
      denied: {
        title: 'Sotto 不能使用麦克风',
        text: '在你允许之前不会录音。你仍然可以从文件添加录音。',
      },
      none: {
        title: '没有连接麦克风',
        text: '请连接麦克风后再试。头戴式或桌面麦克风听得最清楚。',
      },
      busy: {
        title: '无法打开麦克风',
        text: '可能有别的程序正在使用它，例如通话。请关闭那个程序后再试。',
      },
    },
    allowInSystem: '请在系统的隐私设置中允许 Sotto 使用麦克风，然后再试。',
    allowInBrowser: '请点击浏览器地址栏左侧的图标，允许这个页面使用麦克风，然后再试。',
    fileName: (time) => `录音 ${time}`,
    foundTitle: (count) => `有 ${n(count)} 段录音被中断`,
    foundText: '录音时 Sotto 或电脑停止了。到那时为止说的内容都在这里。',
    recover: '转写',
    recoverNamed: (name) => `转写 ${name}`,
    drop: '删除',
    dropNamed: (name) => `删除 ${name}`,
    dropTitle: '删除这段录音？',
    dropText: (name) => `${name} 将被永久删除。`,
    save: '保存声音',
    saveNamed: (name) => `把 ${name} 的声音保存为 WAV 文件`,
    removeText: (name) =>
      `${name} 的文稿、你的修改，以及只存放在 Sotto 中的录音本身，都将被永久删除。如有需要，请先保存声音。`,
  },
};
