// An ONNX model from a few lines in ONNX's own text syntax:
//
//   onnxModel('double', { F: 2, beta: 0 }, 'x = Mul(F, beta); out = Softmax<axis=1>(x)')
//
// The bytes are the protocol buffers of onnx.proto, written field by field.
// inputs gives the rank of each input; what is called y holds int64, the rest
// reals. zero and one are constants; the result is what is called out.

const ELEMENTS = { float: 1, int64: 7, double: 11 }; // TensorProto.DataType
const OPSET = 18, IR = 8; // ONNX 1.13, the first to define Softplus by a formula: ONNX Runtime has no float64 kernel

export function onnxModel(real, inputs, text) {
  const element = (name) => ELEMENTS[name === 'y' ? 'int64' : real];
  const lines = text.split(';').map((s) => s.trim()).filter(Boolean);
  const last = lines.at(-1);
  const graph = [
    ...lines.map((line) => field(1, node(line))),
    field(2, 'ebmcheck'),
    ...['zero', 'one'].filter((c) => text.includes(c)).map((c) => field(5, constant(c, real, Number(c === 'one')))),
    ...Object.entries(inputs).map(([name, rank]) => field(11, declared(name, element(name), rank))),
    field(12, declared('out', /ArgM(in|ax)/.test(last) ? ELEMENTS.int64 : ELEMENTS[real])),
  ];
  return Uint8Array.from([field(1, IR), field(7, graph), field(8, [field(1, ''), field(2, OPSET)])].flat(Infinity));
}

// "out = Softmax<axis=1>(x)" as a NodeProto: input 1, output 2, op_type 4, attribute 5.
function node(line) {
  const [, out, op, attributes, args] = line.match(/^(\w+)\s*=\s*(\w+)\s*(?:<(.*)>)?\s*\((.*)\)$/);
  const attribute = (a) => {
    const [name, value] = a.split('=').map((s) => s.trim());
    return field(5, [field(1, name), field(3, Number(value)), field(20, 2)]); // AttributeProto: name 1, i 3, type 20 = INT
  };
  return [...args.split(',').map((a) => field(1, a.trim())), field(2, out), field(4, op), ...(attributes ? attributes.split(',').map(attribute) : [])];
}

// ValueInfoProto: name 1, type 2 of tensor 1 of element 1 and shape 2, each dimension free.
function declared(name, element, rank) {
  const shape = rank === undefined ? [] : field(2, Array.from({ length: rank }, (_, i) => field(1, field(2, `${name}${i}`))));
  return [field(1, name), field(2, field(1, [field(1, element), shape]))];
}

// TensorProto of no dimension: data_type 2, name 8, raw_data 9.
function constant(name, real, value) {
  const bytes = real === 'double' ? Float64Array.of(value) : Float32Array.of(value);
  return [field(2, ELEMENTS[real]), field(8, name), field(9, new Uint8Array(bytes.buffer))];
}

// One field of a protocol buffer: a number as varint, anything else with its length.
function field(number, value) {
  if (typeof value === 'number') return [...varint(number << 3), ...varint(value)];
  const bytes = typeof value === 'string' ? Buffer.from(value) : ArrayBuffer.isView(value) ? value : value.flat(Infinity);
  return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes];
}

function varint(n) {
  return n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)];
}
