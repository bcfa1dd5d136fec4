import { DataError } from '../../../core/errors.ts';
import type { ImportedFeature, ImportedModel } from '../imported-model.ts';
import type { ModelFile } from '../model-file.ts';
import type { ModelFormat } from '../model-format.ts';
import { TreesWriter } from '../trees-writer.ts';
import { asOneOutput, withClasses } from './classes.ts';
import { type Column, type Columns, inputOf, TextCodes } from './columns.ts';
import { type Graph, readGraph, type Value } from './graph.ts';
import { interpret } from './interpreter.ts';
import type { Scores } from './scores.ts';
import { WireReader } from './wire-reader.ts';

/** Models that skl2onnx and its like write: ensembles of trees and linear models, and what comes before them. */
export const onnx: ModelFormat = {
  title: 'ONNX-ML (scikit-learn through skl2onnx)',
  recognises: ({ bytes }) => bytes[0] === 8 && hasGraph(bytes),
  read: ({ bytes }: ModelFile) => read(readGraph(bytes)),
};

/** Fields of other Protocol Buffers have other numbers, or other types. */
function hasGraph(bytes: Uint8Array): boolean {
  try {
    const reader = new WireReader(bytes);
    while (reader.next()) if (reader.field === 7) return reader.bytes().length > 0;
    return false;
  } catch {
    return false;
  }
}

function read(graph: Graph): ImportedModel {
  const { features, columns, texts } = readInputs(graph.inputs);
  const scores = asOneOutput(withClasses(interpret(graph, columns, predictionOf(graph)), graph));
  const { objective, bases, link, predicts, classes } = scores;
  if (predicts === 'number' && bases.length !== 1)
    throw new DataError(`the ONNX model predicts ${bases.length} numbers; one is supported`);
  if (!bases.every(Number.isFinite)) throw new DataError('the ONNX model starts from a number that is not finite');
  return {
    format: { name: 'ONNX-ML', version: graph.producer === '' ? null : graph.producer, objective },
    features: features.map((feature, at) => withTexts(feature, texts[at])),
    body: bodyOf(scores, features.length),
    bases,
    precision: 'float64',
    link,
    predicts,
    classes,
  };
}

/** Columns that a model may claim to take. */
const MOST_FEATURES = 100_000;

function readInputs(inputs: readonly Value[]) {
  const features: ImportedFeature[] = [];
  const texts: (TextCodes | undefined)[] = [];
  const columns = new Map<string, Columns>();
  for (const { name, type, width } of inputs) {
    if (type === undefined || width === undefined || !(width >= 1 && features.length + width <= MOST_FEATURES))
      throw new DataError(
        `the input ${name} of the ONNX model is no table of as many columns as it says: convert it with initial_types`,
      );
    const own = Array.from({ length: width }, (_, at): Column => {
      const codes = type === 'string' ? new TextCodes() : undefined;
      texts.push(codes);
      features.push({ name: nameOf(name, width, at, inputs.length), kind: codes ? 'category' : 'number' });
      return { feature: features.length - 1, type, steps: [], texts: codes };
    });
    columns.set(name, { is: 'columns', columns: own });
  }
  return { features, texts, columns };
}

/** An input of one column is named for it; the columns of the only input are known by their order alone. */
function nameOf(input: string, width: number, at: number, inputs: number): string | null {
  if (width === 1) return input;
  return inputs === 1 ? null : `${input}[${at}]`;
}

/** What a text is to a model is known when all of its operators were seen. */
function withTexts(feature: ImportedFeature, texts: TextCodes | undefined): ImportedFeature {
  return texts ? { ...feature, levels: texts.texts, codeOf: (text) => texts.find(text) } : feature;
}

/** The name of the output that says probabilities, or a number: the first that is of floating point, or a sequence of maps. */
function predictionOf({ outputs }: Graph): string {
  const found = outputs.find(({ type }) => type === 'float' || type === 'double' || type === undefined);
  if (found) return found.name;
  throw new DataError('the ONNX model has no output of numbers or probabilities');
}

function bodyOf({ body, scale, bases }: Scores, features: number): ImportedModel['body'] {
  if (body.is === 'columns') {
    const weights = Float64Array.from(body.weights, (weight) => weight * scale);
    if (!weights.every(Number.isFinite)) throw new DataError('the ONNX model has a weight that is no finite number');
    return { kind: 'linear', inputs: body.columns.map(inputOf), weights };
  }
  const writer = new TreesWriter(features, bases.length);
  for (const tree of body.trees) writer.addTree({ ...tree, weight: scale });
  return writer.build();
}
