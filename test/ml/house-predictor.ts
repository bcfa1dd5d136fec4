import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { loadPredictor, ofNumbers } from '../../ml/pipeline/predict.ts';
import type { NumberPredictor } from '../../ml/pipeline/predictor.ts';
import { train } from '../../ml/pipeline/train.ts';
import { writeHouses } from '../houses.ts';
import { makeFolder } from '../temporary.ts';

/** Trains linear regression on the houses for the tests of a file; the function gives what predicts. */
export function housePredictor(): () => NumberPredictor {
  const folder = makeFolder();
  let predictor: NumberPredictor;
  beforeAll(async () => {
    const artifacts = join(folder, 'artifacts');
    await train({ dataset: writeHouses(folder), models: ['linear'], artifacts });
    predictor = ofNumbers(await loadPredictor(artifacts));
  });
  return () => predictor;
}
