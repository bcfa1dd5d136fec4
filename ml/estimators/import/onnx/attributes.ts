import { DataError } from '../../../core/errors.ts';
import { readTensor, type Tensor } from './tensor.ts';
import { textOf, type WireReader } from './wire-reader.ts';

/** One attribute of an operator: whichever of these it has. */
interface Attribute {
  readonly name: string;
  readonly numbers: number[];
  readonly texts: string[];
  readonly tensor: Tensor | undefined;
}

/** The attributes of an operator, by name. */
export class Attributes {
  readonly #byName = new Map<string, Attribute>();

  add(attribute: Attribute): void {
    this.#byName.set(attribute.name, attribute);
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** A list of numbers: of the attribute, or of the tensor that it is. Empty where it is absent. */
  numbers(name: string): readonly number[] {
    const attribute = this.#byName.get(name);
    return attribute?.tensor?.numbers ?? attribute?.numbers ?? [];
  }

  /** The first of these lists that the operator has: newer operators have them as tensors of float64 too. */
  numbersOf(...names: readonly string[]): readonly number[] {
    return this.numbers(names.find((name) => this.has(name)) ?? '');
  }

  texts(name: string): readonly string[] {
    const attribute = this.#byName.get(name);
    return attribute?.tensor?.texts ?? attribute?.texts ?? [];
  }

  number(name: string, otherwise: number): number {
    return this.numbers(name)[0] ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.texts(name)[0] ?? otherwise;
  }

  tensor(name: string): Tensor {
    const tensor = this.#byName.get(name)?.tensor;
    if (tensor === undefined) throw new DataError(`the ONNX model has an operator without its attribute ${name}`);
    return tensor;
  }
}

export function readAttribute(reader: WireReader): Attribute {
  const numbers: number[] = [];
  const texts: string[] = [];
  const known = new Map<string, string>();
  // Lists have the same few texts again and again (the modes of nodes), each of which is in memory once.
  const same = (text: string) => {
    const first = known.get(text) ?? text;
    known.set(text, first);
    return first;
  };
  let name = '';
  let tensor: Tensor | undefined;
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        name = reader.text();
        break;
      case 2:
      case 7:
        reader.addFloats(numbers);
        break;
      case 3:
      case 8:
        reader.addNumbers(numbers);
        break;
      case 4:
      case 9:
        texts.push(same(textOf(reader.bytes())));
        break;
      case 5:
        tensor = readTensor(reader.message());
        break;
    }
  }
  return { name, numbers, texts, tensor };
}
