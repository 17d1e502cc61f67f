import { AttentionProbe } from '../core/recognizer/attentionProbe.ts';
import { STATES_PER_SECOND } from '../core/recognizer/encoder.ts';
import { attentionShades, meanDistance, pooledAttention } from '../core/recognizer/headAttention.ts';
import { openRecognizerPack } from '../core/recognizer/pack.ts';
import { defaultThreads } from '../core/recognizer/session.ts';
import { HEAD_GROUPS, type HeadAttention } from './contract.ts';

/** States of the picture each way at most: twice what a window shows in pixels helps nobody. */
const PICTURE_STATES = 400;
/** An encoder that nobody looks into for this long is closed; it takes as much memory as the one that recognises. */
const IDLE_MS = 60_000;

/** What to look at: a head, and the stretch of sound by a key and a way to read it. */
export interface AttentionWish {
  readonly pack: string;
  readonly layer: number;
  readonly head: number;
  /** The same for two wishes over the same stretch. */
  readonly stretch: string;
  samples(): Promise<Float32Array>;
}

/**
 * Looks at the attention of heads, one wish after another. The encoder and the last stretch's samples stay for a while,
 * since a person goes from head to head.
 */
export class AttentionViewer {
  #pack = '';
  #probe: Promise<AttentionProbe> | null = null;
  #stretch = '';
  #samples: Float32Array | null = null;
  #idle: NodeJS.Timeout | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** @throws UserError `unsupported` or `pack-damaged`, and what reading the samples throws. */
  view(wish: AttentionWish): Promise<HeadAttention> {
    const viewed = this.#last.then(() => this.#view(wish));
    this.#last = viewed.catch(() => {});
    return viewed;
  }

  async #view(wish: AttentionWish): Promise<HeadAttention> {
    if (this.#idle) clearTimeout(this.#idle);
    try {
      const probe = await this.#open(wish.pack);
      if (this.#samples === null || this.#stretch !== wish.stretch) {
        this.#samples = await wish.samples();
        this.#stretch = wish.stretch;
      }
      const map = await probe.attention(this.#samples, wish.layer, wish.head);
      const picture = pooledAttention(map, PICTURE_STATES);
      return {
        groups: probe.groups.map((layer) => layer.map((group) => HEAD_GROUPS[group])),
        seconds: map.states / STATES_PER_SECOND,
        distance: meanDistance(map),
        size: picture.states,
        shades: Buffer.from(attentionShades(picture)).toString('base64'),
      };
    } finally {
      this.#idle = setTimeout(() => void this.#close(), IDLE_MS).unref();
    }
  }

  async #open(directory: string): Promise<AttentionProbe> {
    if (this.#probe && this.#pack === directory) return this.#probe;
    await this.#close();
    this.#pack = directory;
    this.#probe = openRecognizerPack(directory).then((pack) => AttentionProbe.open(pack, defaultThreads()));
    // A pack that was damaged may have been mended by the next wish.
    this.#probe.catch(() => {
      this.#probe = null;
    });
    return this.#probe;
  }

  async #close(): Promise<void> {
    const probe = this.#probe;
    this.#probe = null;
    this.#samples = null;
    await probe?.then(
      (open) => open.close(),
      () => {},
    );
  }
}
