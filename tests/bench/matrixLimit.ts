import { Tensor } from 'onnxruntime-node';
import { openSession } from '../../core/recognizer/session.ts';

/** Operations a second, a multiplication and an addition counting as two. */
export interface MatrixLimit {
  readonly float32: number;
  readonly int8: number;
}

/** (ROWS, INNER) x (INNER, COLUMNS): the second product of a feed-forward of Whisper base over 30 s. */
const ROWS = 1500;
const INNER = 2048;
const COLUMNS = 512;
const SECONDS = 1.5;

/** onnx.proto: TensorProto.DataType and the opset that has MatMulInteger. */
const FLOAT = 1;
const UINT8 = 2;
const INT8 = 3;
const INT32 = 6;
const OPSET = 13;

/**
 * How fast this processor multiplies matrices through onnxruntime, with the recogniser's own session options: the
 * bound for an encoder that did nothing else. Best of the runs in a second and a half each.
 */
export async function matrixLimit(threads: number): Promise<MatrixLimit> {
  const operations = 2 * ROWS * INNER * COLUMNS;
  const random = Uint8Array.from({ length: ROWS * INNER }, () => 256 * Math.random());
  const rate = async (graph: Uint8Array, input: Tensor, output: Tensor) => {
    const session = await openSession(graph, threads);
    let least = Number.POSITIVE_INFINITY;
    const end = performance.now() + 1000 * SECONDS;
    while (performance.now() < end) {
      const started = performance.now();
      await session.run({ a: input }, { y: output });
      least = Math.min(least, performance.now() - started);
    }
    await session.release();
    return operations / (least / 1000);
  };
  const weights = random.subarray(0, INNER * COLUMNS);
  const float = (bytes: Uint8Array) => Float32Array.from(bytes, (byte) => byte / 256 - 0.5);
  const shape = [ROWS, COLUMNS];
  return {
    float32: await rate(
      productGraph('MatMul', FLOAT, FLOAT, FLOAT, new Uint8Array(float(weights).buffer)),
      new Tensor('float32', float(random), [ROWS, INNER]),
      new Tensor('float32', new Float32Array(ROWS * COLUMNS), shape),
    ),
    // Weights of 7 bits, as the packs have them.
    int8: await rate(
      productGraph(
        'MatMulInteger',
        UINT8,
        INT8,
        INT32,
        weights.map((byte) => byte % 64),
      ),
      new Tensor('uint8', random, [ROWS, INNER]),
      new Tensor('int32', new Int32Array(ROWS * COLUMNS), shape),
    ),
  };
}

/** A serialised ONNX model of one product y = a x b with the constant b [INNER, COLUMNS]; field numbers of onnx.proto. */
function productGraph(
  operator: string,
  left: number,
  right: number,
  result: number,
  weights: Uint8Array,
): Uint8Array {
  const text = (number: number, value: string) => field(number, Buffer.from(value));
  const value = (name: string, type: number, dims: readonly number[]) => [
    text(1, name),
    field(2, field(1, number(1, type), field(2, ...dims.map((size) => field(1, number(1, size)))))),
  ];
  const node = [text(1, 'a'), text(1, 'b'), text(2, 'y'), text(4, operator)];
  const constant = [number(1, INNER), number(1, COLUMNS), number(2, right), text(8, 'b'), field(9, weights)];
  const graph = [
    field(1, ...node),
    text(2, 'product'),
    field(5, ...constant),
    field(11, ...value('a', left, [ROWS, INNER])),
    field(12, ...value('y', result, [ROWS, COLUMNS])),
  ];
  return Buffer.concat([number(1, 8), field(8, number(2, OPSET)), field(7, ...graph)]);
}

/** A length-delimited field of Protocol Buffers. */
function field(index: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, bytes) => sum + bytes.length, 0);
  return Buffer.concat([varint(8 * index + 2), varint(length), ...content]);
}

function number(index: number, value: number): Uint8Array {
  return Buffer.concat([varint(8 * index), varint(value)]);
}

function varint(value: number): Uint8Array {
  const rest = Math.floor(value / 128);
  return rest === 0
    ? Uint8Array.of(value)
    : Buffer.concat([Uint8Array.of(128 + (value % 128)), varint(rest)]);
}
