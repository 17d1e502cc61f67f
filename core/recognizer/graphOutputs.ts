/** Field numbers of onnx.proto: ModelProto.graph, GraphProto.node and .output, NodeProto.output. */
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;
const NODE_OUTPUT = 2;
/** ValueInfoProto.name and .type, TypeProto.tensor_type, TypeProto.Tensor.elem_type, TensorProto.FLOAT. */
const VALUE_NAME = 1;
const VALUE_TYPE = 2;
const TYPE_TENSOR = 1;
const TENSOR_ELEMENT = 1;
const FLOAT = 1;

/** Protocol Buffers' wire types. */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Names of all tensors that the nodes of a serialised ONNX graph compute. */
export function computedTensors(model: Uint8Array): Set<string> {
  const names = new Set<string>();
  for (const graph of messages(model, MODEL_GRAPH))
    for (const node of messages(graph, GRAPH_NODE))
      for (const output of messages(node, NODE_OUTPUT)) names.add(new TextDecoder().decode(output));
  return names;
}

/**
 * The model with further float tensors of its graph as outputs. Serialised messages that follow one another are merged
 * and their repeated fields joined (Protocol Buffers, "Encoding: Last One Wins"), so a model that holds nothing but
 * the new outputs is put behind it.
 */
export function withOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  const outputs = names.flatMap((name) => {
    const type = field(VALUE_TYPE, field(TYPE_TENSOR, [TENSOR_ELEMENT * 8 + VARINT, FLOAT]));
    return field(GRAPH_OUTPUT, [...field(VALUE_NAME, new TextEncoder().encode(name)), ...type]);
  });
  const addition = field(MODEL_GRAPH, outputs);
  const whole = new Uint8Array(model.length + addition.length);
  whole.set(model);
  whole.set(addition, model.length);
  return whole;
}

function field(number: number, content: Iterable<number>): number[] {
  const bytes = [...content];
  return [...varint(number * 8 + LENGTH_DELIMITED), ...varint(bytes.length), ...bytes];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [128 + (value % 128), ...varint(Math.floor(value / 128))];
}

/** The contents of every field `number` of a message, which must be length-delimited. */
function* messages(message: Uint8Array, number: number): Generator<Uint8Array> {
  let at = 0;
  const readVarint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++]!;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = readVarint();
    const type = tag % 8;
    if (type === LENGTH_DELIMITED) {
      const length = readVarint();
      if (Math.floor(tag / 8) === number) yield message.subarray(at, at + length);
      at += length;
    } else if (type === VARINT) readVarint();
    else if (type === FIXED_64) at += 8;
    else if (type === FIXED_32) at += 4;
    else throw new Error(`The model holds a field of the unknown wire type ${type}.`);
  }
}
