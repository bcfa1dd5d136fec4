import { DataError } from '../../../core/errors.ts';
import { Attributes, readAttribute } from './attributes.ts';
import { type ElementType, elementType, readTensor, type Tensor } from './tensor.ts';
import { WireReader } from './wire-reader.ts';

/** One step of a model: an operator, the names of what it takes and gives, and its attributes. */
export interface Node {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** What a model takes or gives. */
export interface Value {
  readonly name: string;
  /** Undefined of what is no tensor: a sequence of maps, say. */
  readonly type: ElementType | undefined;
  /** Its second dimension; undefined where the model leaves it open. */
  readonly width: number | undefined;
}

/** Of an ONNX model what a prediction takes. */
export interface Graph {
  readonly producer: string;
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** @throws DataError where the bytes are no ONNX model */
export function readGraph(bytes: Uint8Array): Graph {
  const reader = new WireReader(bytes);
  let producer = '';
  let graph: Omit<Graph, 'producer'> | undefined;
  while (reader.next()) {
    if (reader.field === 2) producer = reader.text();
    else if (reader.field === 7) graph = readGraphFields(reader.message());
  }
  if (graph === undefined) throw new DataError('the file is no ONNX model: it has no graph');
  return { producer, ...graph };
}

function readGraphFields(reader: WireReader): Omit<Graph, 'producer'> {
  const nodes: Node[] = [];
  const initializers = new Map<string, Tensor>();
  const inputs: Value[] = [];
  const outputs: Value[] = [];
  while (reader.next()) {
    if (reader.field === 1) nodes.push(readNode(reader.message()));
    else if (reader.field === 5) {
      const tensor = readTensor(reader.message());
      initializers.set(tensor.name, tensor);
    } else if (reader.field === 11) inputs.push(readValue(reader.message()));
    else if (reader.field === 12) outputs.push(readValue(reader.message()));
  }
  return { nodes, initializers, inputs: inputs.filter(({ name }) => !initializers.has(name)), outputs };
}

function readNode(reader: WireReader): Node {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Attributes();
  let operator = '';
  let domain = '';
  while (reader.next()) {
    if (reader.field === 1) inputs.push(reader.text());
    else if (reader.field === 2) outputs.push(reader.text());
    else if (reader.field === 4) operator = reader.text();
    else if (reader.field === 5) attributes.add(readAttribute(reader.message()));
    else if (reader.field === 7) domain = reader.text();
  }
  return { operator, domain, inputs, outputs, attributes };
}

function readValue(reader: WireReader): Value {
  let name = '';
  let tensor: Omit<Value, 'name'> = { type: undefined, width: undefined };
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 2) tensor = readType(reader.message());
  }
  return { name, ...tensor };
}

function readType(reader: WireReader): Omit<Value, 'name'> {
  let type: ElementType | undefined;
  let width: number | undefined;
  while (reader.next()) {
    if (reader.field !== 1) continue;
    const tensor = reader.message();
    while (tensor.next()) {
      if (tensor.field === 1) type = elementType(tensor.number());
      else if (tensor.field === 2) width = readWidth(tensor.message());
    }
  }
  return { type, width };
}

function readWidth(shape: WireReader): number | undefined {
  const dims: (number | undefined)[] = [];
  while (shape.next()) {
    if (shape.field !== 1) continue;
    const dim = shape.message();
    let size: number | undefined;
    while (dim.next()) if (dim.field === 1) size = dim.number();
    dims.push(size);
  }
  return dims[1];
}
