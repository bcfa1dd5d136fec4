// The inner loops of growing exact trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. Arrays are given by their
// addresses.

export { takeRows } from './row-lists.as';
export { enterNode, countPlaces, sumPlaces, countRanks } from './sums.as';
export { sumClasses, countClasses, countPlaceClasses } from './class-sums.as';
export { scan, scanGini } from './scan.as';
export { scanClasses } from './scan-classes.as';
export { sumUpTo, sumClassesUpTo, rangeOfValues } from './thresholds.as';
export { markRight, partition } from './row-lists.as';
export { growTree } from './grow.as';
