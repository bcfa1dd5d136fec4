/**
 * A loss in WebAssembly, so that each thread differentiates it in its own rows. The module imports the memory that the rows are
 * in, as `env.memory`.
 */
export interface CompiledLoss {
  readonly module: WebAssembly.Module;
  /** Its export that does it, a `Differentiate`. */
  readonly name: string;
}

/** A compiled loss, with what it compares the predictions of each row with. */
export interface LossOfRows extends CompiledLoss {
  readonly targets: Float32Array;
  /** What a row's gradients and hessians are multiplied by. @default 1 each */
  readonly factors?: Float32Array | undefined;
}

/** Numbers that a vector holds: a compiled loss may read and write as many less one past the last row. */
const LANES = 16;

/** The length of an array of one number a row, which ends with a vector and a cache line. */
export const paddedLength = (rows: number) => Math.ceil(rows / LANES) * LANES;

/**
 * Writes the gradients and hessians of some rows. Addresses are in bytes, of the first of the rows; those of an output are `stride`
 * bytes after those of the output before. Without factors their address is 0.
 */
// biome-ignore lint/complexity/useMaxParams: as a kernel has them
type Differentiate = (
  count: number,
  outputs: number,
  stride: number,
  targets: number,
  factors: number,
  predictions: number,
  gradients: number,
  hessians: number,
) => void;

/** @throws TypeError where the module has no such export */
export function differentiateOver(memory: WebAssembly.Memory, { module, name }: CompiledLoss): Differentiate {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return (exports as Readonly<Record<string, Differentiate>>)[name]!;
}
