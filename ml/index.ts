export { type CheckDataOptions, checkData } from './checks/check-data.ts';
export type { ColumnCheck, DataCheck } from './checks/data-check.ts';
export type { CheckName, Finding } from './checks/finding.ts';
export { inferDeclaration, type RowRoles } from './data/inference/infer-declaration.ts';
export { train } from './pipeline/train.ts';
export {
  type DeclaredRows,
  type PredictorFor,
  type RowsToLearn,
  type TrainedModel,
  type TrainInMemoryOptions,
  trainInMemory,
} from './pipeline/train-in-memory.ts';
export type { TrainOptions } from './pipeline/train-options.ts';
export type { TrainResult } from './pipeline/train-result.ts';
export * from './serving.ts';
