// Asks the reference implementations anew: node test/reference/ask.ts PYTHON [NAME …]
//
// PYTHON is one that has what bench/peers/peers.txt names. It is given the data sets as binary files, and runs
// ask/NAME.py, whose answers go into answers/NAME.json: NAME is that of a regressor, or of a classifier and "_classes".
// Tests read those, and need no Python. Of `contributions` it must have the package shap too.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classDataNames, classSample } from './class-data.ts';
import { dataNames, type EncodingName, encodings, referenceSample, referenceWeights, type Sample } from './data.ts';

const [python = 'python3', ...named] = process.argv.slice(2);
const scripts = join(import.meta.dirname, 'ask');
const all = readdirSync(scripts)
  .filter((file) => file.endsWith('.py') && file !== 'data.py')
  .map((file) => file.replace('.py', ''));

const folder = mkdtempSync(join(tmpdir(), 'plumbline-reference-'));
try {
  for (const encoding of Object.keys(encodings) as EncodingName[]) {
    for (const data of dataNames) write(`${data}.${encoding}`, await referenceSample(data, encoding));
    for (const data of classDataNames) {
      const sample = classSample(data, encoding);
      write(`${data}.${encoding}`, sample, sample.classes);
    }
  }
  for (const estimator of named.length > 0 ? named : all) {
    console.error(`Asking for ${estimator} …`);
    const answers = join(import.meta.dirname, 'answers', `${estimator}.json`);
    execFileSync(python, [join(scripts, `${estimator}.py`), folder, answers], { stdio: 'inherit' });
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** @param classes of targets that are indices of classes */
function write(name: string, { x, y, holdoutX, holdoutY }: Sample, classes?: number): void {
  const base = join(folder, name);
  const weights = referenceWeights(x.rows);
  const parts = { x: x.data, y, weights, holdout_x: holdoutX.data, holdout_y: holdoutY };
  for (const [part, values] of Object.entries(parts)) writeFileSync(`${base}.${part}.f64`, values);
  writeFileSync(`${base}.json`, JSON.stringify({ columns: x.columns, levels: x.levels ?? null, classes }));
}
