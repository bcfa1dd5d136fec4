import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeHouses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';
import { bench } from './run-bench.ts';

/** A folder with a data set, and with a Python that answers as the pipeline does, or ends with a complaint. */
function folderWithPython(search: string): { folder: string; args: string[] } {
  const folder = writeHouses(temporaryFolder());
  const python = `#!/bin/sh\n[ "$2" = probe ] && { echo '{"scikit-learn": "0.0"}'; exit; }\n${search}\n`;
  writeFileSync(join(folder, 'python3'), python);
  chmodSync(join(folder, 'python3'), 0o755);
  return { folder, args: ['tune', '--dataset', folder, '--repeat', '1'] };
}

const answer = JSON.stringify({ models: [{ model: 'linear', params: {}, cv_r2: 0.5 }], holdout_r2: 0.25 });

describe('tune', () => {
  test('compares the preset with the pipeline in Python', async () => {
    const { folder, args } = folderWithPython(`read -r task; echo '${answer}'`);
    const file = join(folder, 'rows.json');
    const { code, stdout, stderr } = await bench([...args, '--json', file], folder).exit;
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/theirs: .* best CV R² 0.5000, holdout R² 0.2500/),
    });
    expect(stdout).toMatch(/^Node 24.*, scikit-learn 0.0$/m);
    expect(stdout).toMatch(/^linear +1.0000 +0.5000$/m);
    expect(stdout).toMatch(/^adaboost +0\.\d+ +–$/m);
    const rows = JSON.parse(readFileSync(file, 'utf8'));
    expect(rows[0]).toMatchObject({ work: 'whole process', unit: 's', target: 0.05 });
    expect(rows.slice(-2)).toMatchObject([
      { work: 'best CV R², behind by', ours: 1, theirs: 0.5, holds: true },
      { work: 'holdout R², behind by', ours: 1, theirs: 0.25, holds: true },
    ]);
  });

  test('measures ours alone where there is no Python', async () => {
    const folder = writeHouses(temporaryFolder());
    const { code, stdout } = await bench(['tune', '--dataset', folder, '--repeat', '1']).exit;
    expect(code).toBe(0);
    expect(stdout).toContain('theirs not measured: there is no Python here');
    expect(stdout).toMatch(/^whole process +s +[\d.]+ +– +– +≤ 0.05 +not measured$/m);
  });

  test('tells a pipeline that fails in its own words', async () => {
    const { folder, args } = folderWithPython('echo "no memory" >&2; exit 1');
    const { code, stderr } = await bench(args, folder).exit;
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Error: the Python pipeline could not be measured:\nno memory'),
    });
  });
});
