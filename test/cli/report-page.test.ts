import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { houseFolder, json, run } from './house-folder.ts';

const report = (args: string[]) => run('report', ...args);

describe('npm run report without --training', () => {
  it('says where the report of the release in use lies, and copies it', async () => {
    const { at, options } = houseFolder();
    await run('train', '--no-tune', '--models', 'linear', '--json', at('training.json'), ...options);
    const { release, path } = json(at('training.json'));
    const said = await report(['--artifacts', at('artifacts')]);
    expect(said).toMatchObject({ code: 0, stdout: `${join(path, 'report.html')}\n` });
    const page = readFileSync(join(path, 'report.html'), 'utf8');
    const copied = await report(['--artifacts', at('artifacts'), '--out', at('copy.html')]);
    expect(copied).toMatchObject({ code: 0, stdout: `${at('copy.html')}\n` });
    expect(readFileSync(at('copy.html'), 'utf8') === page).toBe(true);
    // Of a release that keeps none it is made anew.
    rmSync(join(path, 'report.html'));
    const lacking = await report(['--artifacts', at('artifacts'), '--release', release.slice(0, 6)]);
    expect(lacking).toMatchObject({ code: 1, stderr: expect.stringContaining('name a file: --out report.html') });
    const made = await report(['--artifacts', at('artifacts'), '--out', at('made.html')]);
    expect(made.stderr).toContain(`The report of release ${release}, made now:`);
    expect(readFileSync(at('made.html'), 'utf8') === page).toBe(true);
  });

  it('refuses options that do not go together, and says so where there is no release', async () => {
    const artifacts = join(temporaryFolder(), 'none');
    expect(await report(['--artifacts', artifacts])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no release is in use'),
    });
    expect(await report(['--image', 'image.json'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('go with --training'),
    });
    expect(await report(['--training', 'training.json', '--out', 'report.html'])).toMatchObject({ code: 2 });
  });
});
