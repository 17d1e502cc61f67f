import type { enSound } from './enSound.ts';

/** A whole number, grouped as in Chinese. */
const n = (value: number) => value.toLocaleString('zh-Hans');

/** 录音的声音：时间线、噪声和编码器的注意力。 */
export const zhSound: typeof enSound = {
  timeline: {
    name: '时间线',
    waveform: '波形；方向键移动位置，方括号键跳到被遮盖处，加减号缩放',
    reading: '正在绘制波形…',
    failed: '无法绘制波形；文稿和时间是完整的。',
    pan: '录音的可见部分',
    zoomIn: '放大',
    zoomOut: '缩小',
    whole: '显示整个录音',
  },
  bleepPreview: {
    hear: '试听消音',
    previous: '上一处消音',
    next: '下一处消音',
    count: (count) => `将消音 ${n(count)} 处`,
    place: (at, count, time) => `第 ${n(at)} 处消音，共 ${n(count)} 处，在 ${time}`,
    none: '没有要消音的内容：被遮盖的部分在声音中没有位置。',
    unplayable: '这个录音无法在此播放，但可以导出音频。',
  },
  acoustics: {
    noise: '背景噪声',
    heads: '注意力头的权重',
    groups: { spectral: '频谱', temporal: '时间', noise: '噪声' },
    percent: (value) => `${n(value)} %`,
    at: (time) => `在 ${time}`,
    onAverage: '平均',
    strip: '背景噪声和注意力头的权重',
    summary: (noise, worstAt, worst) => `背景噪声平均占话语声音的 ${noise}，最多在 ${worstAt}，为 ${worst}。`,
    weights: (spectral, temporal, noise) =>
      `编码器注意力头的平均权重：频谱 ${spectral}，时间 ${temporal}，噪声 ${noise}。`,
    goThere: '转到那里',
    look: '注意力…',
    attention: '编码器的注意力',
    stretch: (start, end) => `${start} 至 ${end}`,
    layer: '层',
    headNumber: (number, group) => `${group}头 ${n(number)}`,
    explained:
      '每一行是一个在听的时刻，每一列是它所听的时刻；颜色越深，听得越多。对角线表示这个头听近处，竖列表示许多时刻都在听的一刻。',
    near: (milliseconds) => `平均看向 ${n(milliseconds)} 毫秒之外。`,
    far: (seconds) => `平均看向 ${seconds} 秒之外。`,
    shortened: (seconds) => `只显示前 ${seconds} 秒。`,
    listening: '正在重新听这一段…',
    picture: (head, layer, distance) => `第 ${layer} 层${head}对这一段话的注意力。${distance}`,
    failed: '无法显示注意力；请再试一次。',
  },
};
