import type { enWelcome } from './enWelcome.ts';

/** 第一次启动。 */
export const zhWelcome: typeof enWelcome = {
  welcome: {
    name: '欢迎使用 Sotto',
    place: (at, count) => `第 ${at} 页，共 ${count} 页`,
    next: '下一页',
    back: '上一页',
    skip: '跳过',
    begin: '不用示例',
    sample: '用示例试一试',
    again: 'Sotto 怎样工作',
    sampleName: '示例录音.opus',
    hear: {
      title: '录音在这台电脑上变成文字',
      text: '把访谈或会议的录音拖到窗口里，或者直接在这里录音。一切都在这台电脑上进行：不上传任何内容，没有网络也能用。',
    },
    mask: {
      title: '姓名和号码会被遮盖',
      text: '人名、地址、电话号码等会被找出并换成别名，同一个人处处是同一个别名。你可以看到每一处为什么被遮盖，听一听，再作决定。',
    },
    share: {
      title: '你只分享可以让人看的内容',
      text: '文字、字幕，或消音后的声音：每个文件在交给你之前都会重新检查，如果还有被遮盖的内容就不会写出。没有任何自动遮盖能找到一切，所以请先看一遍。',
    },
    artBefore: '我叫',
    artBetween: '，电话是',
    licence:
      '示例是一本 1884 年关于旧监狱的书中的 50 秒（英语），里面有许多人名，由 Linda Johnson 朗读（LJ Speech，公有领域）。',
  },
};
