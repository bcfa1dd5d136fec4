import { readFileSync } from 'node:fs';
import type { CompiledLoss } from '../../../trees/binned/compiled-loss.ts';

const module = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));

/** The logistic loss: of one output, targets are 0 or 1. */
export const logisticLoss: CompiledLoss = { module, name: 'logistic' };

/** The loss of a softmax: an output for each class, targets are the indices of classes. */
export const softmaxLoss: CompiledLoss = { module, name: 'softmax' };
