import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { houseHeader, houseRows } from '../houses.ts';
import { start } from '../processes.ts';
import { houseFolder, json, run } from './house-folder.ts';

const noActions = { GITHUB_STEP_SUMMARY: '', GITHUB_OUTPUT: '' };
const check = (args: readonly string[], environment = {}) =>
  start(['cli/plumbline.ts', 'check-data', ...args], { ...noActions, ...environment }).exit;

describe('npm run check-data', () => {
  it('checks the declaration alone where there is no release, then beside the one in use', async () => {
    const { at, options } = houseFolder();
    const alone = await check(options);
    expect(alone.code).toBe(0);
    expect(alone.stdout).toContain('houses.csv: 60 rows\n  there is no release to compare with');
    expect(alone.stdout).toMatch(/\ncolumn +verdict +missing +why\narea +ok +0 %\n/);
    expect(alone.stdout).toMatch(/drift not compared\nVerdict: ok\n$/);

    await run('train', ...options, '--no-tune', '--models', 'linear');
    const release = json(at('artifacts/current/manifest.json'));
    expect(release.data.rows).toBe(60);
    const beside = await check([...options, '--json', at('checked.json')]);
    expect(beside.stdout).toMatch(/houses\.csv: 60 rows, beside the 60 rows of release [0-9a-f]{12}\n/);
    expect(beside.stdout).toMatch(/\narea +ok +0 % +0 % +0\.00\n/);
    expect(json(at('checked.json'))).toMatchObject({
      verdict: 'ok',
      rows: 60,
      columns: [{ name: 'area', drift: { psi: 0 } }, {}, {}, {}],
    });

    const moved = houseRows(60).map((row) => row.replace(/^\d+/, (area) => String(Number(area) + 200)));
    writeFileSync(at('moved.csv'), [houseHeader, ...moved, ''].join('\n'));
    const summary = at('summary.md');
    const failed = await check([...options, '--data', at('moved.csv')], { GITHUB_STEP_SUMMARY: summary });
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/\narea +fail .*it has drifted: PSI/);
    expect(failed.stdout).toMatch(/\nVerdict: fail \(drift\): mend .*--fail-on/);
    expect(readFileSync(summary, 'utf8')).toMatch(
      /^### Data check: \*\*fail\*\*\n\n.*60 rows, beside the 60 rows of release `[0-9a-f]{12}`\./,
    );
    expect(readFileSync(summary, 'utf8')).toContain('| `area` | **fail** | 0 % | 0 % |');
    const told = await check([...options, '--data', at('moved.csv'), '--fail-on', 'none']);
    expect(told.code).toBe(0);
    expect(told.stdout).toContain('Verdict: look (drift)');
    const against = await check([...options, '--data', at('moved.csv'), '--against', 'abc']);
    expect(against.code).toBe(2);
  });

  it('tells every problem of a file, and exits with 1; what is asked wrongly with 2', async () => {
    const { at, options } = houseFolder();
    writeFileSync(at('wrong.csv'), `${houseHeader}\n900,two,coal,5\n30,2,gas,50\n`);
    const { code, stdout } = await check([...options, '--data', at('wrong.csv')]);
    expect(code).toBe(1);
    for (const text of ['"900" is not a number from 10 to 500', '"two" is not a whole number', '"coal" is not one of'])
      expect(stdout).toContain(text);
    expect(stdout).toContain('Verdict: fail (schema, ranges, levels): training would refuse it too');
    const absent = await check([...options, '--data', at('absent.csv')]);
    expect([absent.code, absent.stderr]).toEqual([1, expect.stringContaining('absent.csv does not exist')]);
    const unknown = await check([...options, '--fail-on', 'shape']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there is no check "shape"')]);
  });
});
