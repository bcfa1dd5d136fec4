import {
  cpSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { train } from '../../../ml/pipeline/train.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { promoteRelease, rollBack } from '../../../ml/release/use.ts';
import { writeHouses } from '../../houses.ts';
import { makeFolder, temporaryFolder } from '../../temporary.ts';

const original = makeFolder();
/** The ids of four releases, in the order in which they were trained. */
const ids: string[] = [];

beforeAll(async () => {
  writeHouses(original);
  for (const seed of [1, 2, 3, 4]) {
    const options = { dataset: original, artifacts: join(original, 'artifacts'), models: ['linear'], seed };
    ids.push((await train(options)).release as string);
  }
});

const anything = async () => {};

/** A copy of the releases, the last of which is in use. */
function copy() {
  const artifacts = join(temporaryFolder(), 'artifacts');
  cpSync(join(original, 'artifacts'), artifacts, { recursive: true, verbatimSymlinks: true });
  const [a, b, c, d] = ids as [string, string, string, string];
  return {
    artifacts,
    ...{ a, b, c, d },
    promote: (id: string) => promoteRelease(artifacts, id, anything),
    back: () => rollBack(artifacts, anything),
    current: async () => (await readRelease(artifacts)).id,
  };
}

describe('rolling back', () => {
  test('goes back training by training, and says so at the first', async () => {
    const { a, b, c, back, current } = copy();
    const seen = [];
    for (let i = 0; i < 3; i++) seen.push((await back()).id, await current());
    expect(seen).toEqual([c, c, b, b, a, a]);
    await expect(back()).rejects.toThrow(
      new RegExp(`no release is known to have been in use before ${a}\\. .*npm run releases`),
    );
    expect(await current()).toBe(a);
  });

  test('undoes promotions too, and what was undone is not come to again', async () => {
    const { a, b, c, d, promote, back, current } = copy();
    // In use: a, b, c, d.
    await promote(a);
    expect((await back()).id).toBe(d);
    await promote(b);
    await promote(a);
    expect((await back()).id).toBe(b);
    expect((await back()).id).toBe(d);
    expect((await back()).id).toBe(c);
    // A promotion in between: a, b, c, a.
    await promote(a);
    expect((await back()).id).toBe(c);
    expect((await back()).id).toBe(b);
    expect((await back()).id).toBe(a);
    expect(await current()).toBe(a);
  });

  test('tells the uses of one release apart', async () => {
    const { a, c, d, promote, back } = copy();
    await promote(a);
    await promote(d);
    await promote(a);
    const seen = [];
    for (let i = 0; i < 4; i++) seen.push((await back()).id);
    expect(seen).toEqual([d, a, d, c]);
  });

  test('is undone by a promotion, and by a training that replaces what is undone', async () => {
    const { artifacts, b, c, d, promote, back } = copy();
    await back();
    await promote(d);
    expect((await back()).id).toBe(c);
    await back();
    const { release } = await train({ dataset: original, artifacts, models: ['linear'], seed: 9 });
    expect(release).not.toBe(c);
    expect((await back()).id).toBe(b);
  });

  test('is known where links were followed as the folder was copied', async () => {
    const { artifacts, c, d, back, current } = copy();
    rmSync(join(artifacts, 'current'));
    cpSync(join(artifacts, d), join(artifacts, 'current'), { recursive: true });
    rmSync(join(artifacts, d), { recursive: true });
    expect(await current()).toBe(d);
    expect((await back()).id).toBe(c);
    expect(lstatSync(join(artifacts, 'current')).isSymbolicLink()).toBe(true);
    // What lay in the place of the link has a folder of its own now.
    expect((await promoteRelease(artifacts, d, anything)).id).toBe(d);
  });

  test('follows a link that was moved by hand', async () => {
    const { artifacts, a, c, d, back, promote } = copy();
    rmSync(join(artifacts, 'current'));
    symlinkSync(c, join(artifacts, 'current'));
    await promote(a);
    expect((await back()).id).toBe(c);
    rmSync(join(artifacts, 'history.json'));
    await promote(d);
    expect((await back()).id).toBe(c);
    await expect(back()).rejects.toThrow('no release is known to have been in use before');
  });

  test('is not possible where no release was, or its record is damaged, which keeps nothing else from being done', async () => {
    await expect(rollBack(temporaryFolder(), anything)).rejects.toThrow('no release is in use');
    const { artifacts, a, d, back, promote } = copy();
    truncateSync(join(artifacts, 'history.json'), 9);
    await expect(back()).rejects.toThrow('no release is known');
    await promote(a);
    expect((await back()).id).toBe(d);
  });
});

describe('what is not whole is not put into use', () => {
  test('by a promotion, nor by rolling back, and the one in use stays', async () => {
    const { artifacts, c, d, back, promote, current } = copy();
    truncateSync(join(artifacts, c, 'model.json'), 9);
    await expect(promote(c)).rejects.toThrow(`model.json of release ${c} is truncated`);
    await expect(back()).rejects.toThrow(`model.json of release ${c} is truncated`);
    rmSync(join(artifacts, c), { recursive: true });
    await expect(promote(c)).rejects.toThrow(`release ${c} has no manifest.json`);
    await expect(back()).rejects.toThrow(`release ${c} has no manifest.json`);
    expect(await current()).toBe(d);
  });

  test('nor what is not accepted', async () => {
    const { artifacts, a, c, d, current } = copy();
    const history = readFileSync(join(artifacts, 'history.json'), 'utf8');
    const refuse = async () => {
      throw new Error('another data set');
    };
    await expect(promoteRelease(artifacts, a, refuse)).rejects.toThrow('another data set');
    await expect(rollBack(artifacts, refuse)).rejects.toThrow('another data set');
    expect(await current()).toBe(d);
    expect(c).not.toBe(d);
    expect(readFileSync(join(artifacts, 'history.json'), 'utf8')).toBe(history);
  });
});

test('the one in use is promoted in no step', async () => {
  const { artifacts, c, d, promote, back } = copy();
  await promote(d);
  expect(readlinkSync(join(artifacts, 'current'))).toBe(d);
  expect((await back()).id).toBe(c);
});

test('many at once leave a whole release in use, and a way back to another one', async () => {
  const { artifacts, promote, current } = copy();
  const readers = Array.from({ length: 50 }, () => current());
  await Promise.all([...ids, ...ids, ...ids].map((id) => promote(id)));
  for (const id of await Promise.all(readers)) expect(ids).toContain(id);
  const inUse = await current();
  expect(ids).toContain(inUse);
  expect(ids).toContain((await rollBack(artifacts, anything)).id);
  expect(await current()).not.toBe(inUse);
});

test('a release that has lost its rows can be promoted, as one out of an image', async () => {
  const { artifacts, a, promote, current } = copy();
  for (const name of ['data.csv', 'train.csv', 'test.csv']) rmSync(join(artifacts, a, name));
  await promote(a);
  expect(await current()).toBe(a);
  writeFileSync(join(artifacts, a, 'data.csv'), '');
  await expect(promote(a)).rejects.toThrow('truncated');
});
