"""Weights to int8, with the activations quantised as they come (dynamic quantisation).

Written for onnxruntime on processors without VNNI. There the int8 kernel adds two products in 16 bits, which
saturates with weights of 8 bits, so weights keep to 7 bits: -63 to 63, one scale a column.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

LIMIT = 63
BLOCK = 32


def to_int8(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(K, N) -> int8 (K, N) and the scale of each column (N)"""
    scale = np.maximum(np.abs(weights).max(0), 1e-8) / LIMIT
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def to_blocks(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(K, N) -> uint8 (N, K / 32, 32) around 128 and the scale of each block (N, K / 32)"""
    blocks = np.ascontiguousarray(weights.T).reshape(weights.shape[1], -1, BLOCK)
    scale = np.maximum(np.abs(blocks).max(-1, keepdims=True), 1e-8) / 127
    return (np.round(blocks / scale) + 128).astype(np.uint8), scale[..., 0].astype(np.float32)


class Graph:
    """A graph under rewriting: its nodes in order, and its initialisers by name."""

    def __init__(self, proto: ModelProto):
        self.proto = proto
        self.nodes: list[NodeProto] = list(proto.graph.node)
        self.tensors = {t.name: t for t in proto.graph.initializer}

    def array(self, name: str) -> np.ndarray:
        return numpy_helper.to_array(self.tensors[name])

    def add(self, name: str, array: np.ndarray) -> str:
        self.tensors[name] = numpy_helper.from_array(array, name)
        return name

    def readers(self, name: str) -> list[NodeProto]:
        return [n for n in self.nodes if name in n.input]

    def finish(self) -> None:
        """Writes nodes and the initialisers that they still read back to the model."""
        used = {name for n in self.nodes for name in n.input}
        graph = self.proto.graph
        del graph.node[:], graph.initializer[:], graph.value_info[:]
        graph.node.extend(self.nodes)
        graph.initializer.extend(t for name, t in self.tensors.items() if name in used)
        if not any(o.domain == "com.microsoft" for o in self.proto.opset_import):
            self.proto.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def name_weights(proto: ModelProto, parameters: dict[str, np.ndarray]) -> None:
    """Gives the weights that the exporter transposed and numbered their names in the network back."""
    names = {array.T.tobytes(): name for name, array in parameters.items() if array.ndim == 2}
    renamed = {}
    for tensor in proto.graph.initializer:
        if tensor.name.startswith("val_") and len(tensor.dims) == 2:
            name = names.get(numpy_helper.to_array(tensor).tobytes(), tensor.name)
            renamed[tensor.name] = tensor.name = name
    for node in proto.graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = renamed.get(name, name)


def quantise_products(graph: Graph, chosen: Callable[[str], bool]) -> None:
    """Replaces x @ W (+ bias) by int8 for every weight W whose name is chosen.

    Products of the same x (query, key and value; the decoder's keys and values) share one quantisation of x.
    """
    nodes, quantised, dropped = [], {}, set()
    for node in graph.nodes:
        if id(node) in dropped:
            continue
        weight = node.input[1] if node.op_type == "MatMul" else ""
        if weight not in graph.tensors or not chosen(weight):
            nodes.append(node)
            continue
        x = node.input[0]
        if x not in quantised:
            quantised[x] = [f"{x}.{part}" for part in ("int8", "scale", "zero")]
            nodes.append(helper.make_node("DynamicQuantizeLinear", [x], quantised[x]))
        xq, x_scale, x_zero = quantised[x]
        if f"{weight}.int8" not in graph.tensors:
            wq, scale = to_int8(graph.array(weight))
            graph.add(f"{weight}.int8", wq)
            graph.add(f"{weight}.scale", scale)
        output, bias = node.output[0], ""
        after = graph.readers(output)
        if len(after) == 1 and after[0].op_type == "Add":
            other = next(i for i in after[0].input if i != output)
            if other in graph.tensors and len(graph.tensors[other].dims) == 1:
                output, bias = after[0].output[0], other
                dropped.add(id(after[0]))
        inputs = [xq, f"{weight}.int8", x_scale, f"{weight}.scale", x_zero, "", bias]
        nodes.append(helper.make_node("MatMulIntegerToFloat", inputs, [output], name=weight, domain="com.microsoft"))
    graph.nodes = nodes


def scale_rows(graph: Graph, chosen: Callable[[str], bool]) -> None:
    """Divides the rows of x in x @ W by their largest value and multiplies the product's rows with it again.

    To be followed by `quantise_products`, whose one scale for a tensor then serves rows of all sizes. For what GELU
    gives, which is never below -0.17: no row is stretched beyond -1 to 1.
    """
    nodes = []
    for node in graph.nodes:
        weight = node.input[1] if node.op_type == "MatMul" else ""
        if weight not in graph.tensors or not chosen(weight):
            nodes.append(node)
            continue
        x, y = node.input[0], node.output[0]
        graph.add("row_axis", np.array([-1]))
        graph.add("least_row", np.array(0.17, np.float32))
        nodes += [
            helper.make_node("ReduceMax", [x, "row_axis"], [f"{x}.largest"], keepdims=1),
            helper.make_node("Max", [f"{x}.largest", "least_row"], [f"{x}.row"]),
            helper.make_node("Div", [x, f"{x}.row"], [f"{x}.even"]),
            helper.make_node("MatMul", [f"{x}.even", weight], [f"{y}.even"]),
            helper.make_node("Mul", [f"{y}.even", f"{x}.row"], [y]),
        ]
    graph.nodes = nodes


def quantise_blocks(graph: Graph, chosen: Callable[[str], bool], float_product: bool) -> None:
    """Replaces x @ W by blockwise 8-bit weights, with x in float or quantised row by row and block by block.

    Finer than `quantise_products`, for inputs with outliers; slower where x has many rows.
    """
    for i, node in enumerate(graph.nodes):
        weight = node.input[1] if node.op_type == "MatMul" else ""
        if weight not in graph.tensors or not chosen(weight):
            continue
        rows, columns = graph.tensors[weight].dims
        blocks, scale = to_blocks(graph.array(weight))
        graph.nodes[i] = helper.make_node(
            "MatMulNBits",
            [node.input[0], graph.add(f"{weight}.blocks", blocks), graph.add(f"{weight}.scales", scale)],
            node.output,
            name=weight,
            domain="com.microsoft",
            K=rows,
            N=columns,
            bits=8,
            block_size=BLOCK,
            accuracy_level=1 if float_product else 4,
        )


def share_embedding(graph: Graph, embedding: str) -> None:
    """Stores the embedding once, in the blocks that `quantise_blocks` makes of it: as the output weight, and gathered
    row by row for the tokens. To be followed by `quantise_blocks` with the embedding chosen."""
    if embedding not in graph.tensors:  # the encoder has none
        return
    _, state = graph.tensors[embedding].dims
    graph.add(embedding, graph.array(embedding).T)
    graph.add("block_axis", np.array([-1]))
    graph.add("block_zero", np.array(128, np.float32))
    graph.add("embedding_shape", np.array([0, 0, state]))
    nodes = []
    for node in graph.nodes:
        if node.op_type == "Transpose" and node.input[0] == embedding:
            for reader in graph.readers(node.output[0]):
                reader.input[1] = embedding
        elif node.op_type == "Gather" and node.input[0] == embedding:
            tokens, y = node.input[1], node.output[0]
            nodes += [
                helper.make_node("Gather", [f"{embedding}.blocks", tokens], [f"{y}.blocks"]),
                helper.make_node("Cast", [f"{y}.blocks"], [f"{y}.codes"], to=TensorProto.FLOAT),
                helper.make_node("Sub", [f"{y}.codes", "block_zero"], [f"{y}.centred"]),
                helper.make_node("Gather", [f"{embedding}.scales", tokens], [f"{y}.scales"]),
                helper.make_node("Unsqueeze", [f"{y}.scales", "block_axis"], [f"{y}.column"]),
                helper.make_node("Mul", [f"{y}.centred", f"{y}.column"], [f"{y}.scaled"]),
                helper.make_node("Reshape", [f"{y}.scaled", "embedding_shape"], [y]),
            ]
        else:
            nodes.append(node)
    graph.nodes = nodes


@dataclass(frozen=True)
class Recipe:
    """Which weights of a pack become what; a weight that neither expression finds stays float32."""

    products: str  # regular expression on weight names: `quantise_products`
    blocks: str  # the same: `quantise_blocks`
    note: str
    rows: str = "$^"  # which of the products have a scale for each row: `scale_rows`


# Two findings behind "mixed" and "rows" (figures in README.md). The second product of each feed-forward reads the output of GELU,
# whose few large values spoil one scale for a whole tensor. And in the decoder one scale for a batch would let the
# words of one segment depend on the segments beside it; blocks are quantised row by row.
RECIPES = {
    "float32": Recipe("$^", "$^", "float32"),
    "int8": Recipe(r"layers\.", r"embedding", "7-bit weights, one scale for an activation; embedding in 8-bit blocks"),
    "mixed": Recipe(
        r"encoder\.layers\.(?!.*contract)|cross\.(key|value)",
        r"contract|decoder\.layers|embedding",
        "encoder: 7-bit weights, one scale for an activation, feed-forward outputs 8-bit blocks; decoder: 8-bit blocks",
    ),
    "rows": Recipe(
        r"encoder\.layers|cross\.(key|value)",
        r"decoder\.layers|embedding",
        "encoder: 7-bit weights, one scale for an activation, feed-forward outputs one for each of its rows; decoder: 8-bit blocks",
        r"encoder\.layers.*contract",
    ),
    "blocks": Recipe("$^", r"layers\.|embedding", "8-bit weights in blocks of 32 throughout"),
}


def quantise(proto: ModelProto, parameters: dict[str, np.ndarray], recipe: Recipe, float_product: bool) -> None:
    """Quantises the graph in place; parameters are the network's, by name. float_product: see `quantise_blocks`."""
    name_weights(proto, parameters)
    graph = Graph(proto)
    if re.search(recipe.blocks, "embedding"):
        share_embedding(graph, "decoder.embedding.weight")
    scale_rows(graph, lambda weight: bool(re.search(recipe.rows, weight)))
    quantise_products(graph, lambda weight: bool(re.search(recipe.products, weight)))
    quantise_blocks(graph, lambda weight: bool(re.search(recipe.blocks, weight)), float_product)
    graph.finish()
