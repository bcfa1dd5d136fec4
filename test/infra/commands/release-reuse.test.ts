import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadPredictor, train } from '../../../ml/index.ts';
import { houses, writeHouses } from '../../houses.ts';
import { start } from '../../processes.ts';
import { makeFolder, temporaryFolder } from '../../temporary.ts';

// What the image that was pushed last has in it.
const pushed = makeFolder();
const dataset = join(pushed, 'houses');
const image = join(pushed, 'image');
let release: string | null;

beforeAll(async () => {
  mkdirSync(dataset);
  ({ release } = await train({ dataset: writeHouses(dataset), models: ['linear'], artifacts: image }));
  tool('aws', 'echo password');
  tool(
    'docker',
    `case "$1" in image) echo '[{"Id":"sha256:1","Size":1,"Config":{"Labels":{"plumbline.release":"${release}"}}}]' ;; context) echo unix:///none ;; create) echo container ;; login) cat >/dev/null ;; cp) cp -R '${image}/.' "$3" ;; esac`,
  );
});

function tool(name: string, script: string): void {
  writeFileSync(join(pushed, name), `#!/bin/bash\n${script}\n`);
  chmodSync(join(pushed, name), 0o755);
}

const reuse = (DATASET: string, ARTIFACTS: string, ...more: string[]) =>
  start(['cli/plumbline.ts', 'release', 'reuse', '--repository', 'registry.test/plumbline', ...more], {
    PATH: `${pushed}${delimiter}${process.env.PATH}`,
    DATASET,
    ARTIFACTS,
  }).exit;

it('takes the release of the data set, whole', async () => {
  const artifacts = join(temporaryFolder(), 'artifacts');
  const { code, stdout } = await reuse(dataset, artifacts);
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`Release ${release} of registry.test`),
  });
  expect((await loadPredictor(artifacts)).release).toBe(release);
  expect((await reuse(dataset, artifacts)).stdout).toContain(`There is a release in ${artifacts} already.`);
});

it.each([
  [{ ...houses, name: 'flats' }, 'not price of flats'],
  [{ ...houses, target: 'area' }, 'not area of houses'],
])('leaves a release of another data set or target: %#', async (declaration, told) => {
  const other = temporaryFolder();
  writeFileSync(join(other, 'dataset.json'), JSON.stringify(declaration));
  const artifacts = join(other, 'artifacts');
  const { code, stdout } = await reuse(other, artifacts);
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(`predicts price of houses, ${told}`),
  });
  expect(readdirSync(artifacts)).toEqual([]);
});

it('leaves the releases of a data set whose folder has the same name', async () => {
  const [own, other] = ['own', 'other'].map((name) => join(temporaryFolder(), name, 'homes-of-a-test'));
  for (const folder of [own, other] as string[]) {
    mkdirSync(folder, { recursive: true });
    writeHouses(folder);
  }
  const folder = 'artifacts/homes-of-a-test';
  try {
    expect(await reuse(own as string, '')).toMatchObject({ code: 0, stderr: '' });
    const current = readlinkSync(join(folder, 'current'));
    expect(await reuse(other as string, '')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${folder} holds`),
    });
    expect([readlinkSync(join(folder, 'current')), existsSync(join(folder, 'dataset'))]).toEqual([current, true]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('leaves a release that is not whole, or that this version does not read', async () => {
  const artifacts = join(temporaryFolder(), 'artifacts');
  const manifest = join(image, 'current/manifest.json');
  const text = readFileSync(manifest, 'utf8');
  try {
    writeFileSync(manifest, text.replace(/"format": \d+/, '"format": 99'));
    expect(await reuse(dataset, artifacts)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^What registry\.test\S+ has is not taken: release [0-9a-f]{12} has format 99; /),
    });
    expect(readdirSync(artifacts)).toEqual([]);
  } finally {
    writeFileSync(manifest, text);
  }
});

it('takes one in the place of a link that points nowhere', async () => {
  const artifacts = temporaryFolder();
  symlinkSync('gone', join(artifacts, 'current'));
  expect(await reuse(dataset, artifacts)).toMatchObject({ code: 0, stderr: '' });
  expect((await loadPredictor(artifacts)).release).toBe(release);
});

describe('where the app is served', () => {
  /** An app that says which release it serves, or that it is not ready. */
  async function serve(body: object, status = 200): Promise<string> {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  const told = async (serving: string) => {
    const artifacts = join(temporaryFolder(), 'artifacts');
    const { code, stdout } = await reuse(dataset, artifacts, '--serving', serving);
    expect(code).toBe(0);
    expect((await loadPredictor(artifacts)).release).toBe(release);
    return stdout;
  };

  it('takes the release that serves', async () => {
    expect(await told(await serve({ release }))).toMatch(new RegExp(`^Release ${release} of registry\\.test\\S+\n$`));
  });

  it('takes the one that was pushed last where no image has what serves, and says so', async () => {
    expect(await told(await serve({ release: 'ffffffffffff' }))).toMatch(
      /What serves, release ffffffffffff, is in no image of the last \d+ commits: this is the one that was pushed last\./,
    );
  });

  it('takes the one that was pushed last where nothing serves yet', async () => {
    const starting = await serve({ status: 'standby', release: 'ffffffffffff' }, 503);
    expect(await told(starting)).not.toContain('What serves');
    expect(await told('http://127.0.0.1:9')).not.toContain('What serves');
  });
});

it('gives the release its rows back, from the history of the repository', async () => {
  const students = 'test/fixtures/students';
  const artifacts = join(temporaryFolder(), 'artifacts');
  const rows = ['data.csv', 'train.csv', 'test.csv'];
  const before = join(pushed, 'before');
  renameSync(image, before);
  try {
    const { path } = await train({ dataset: students, models: ['linear'], artifacts: image });
    for (const name of rows) rmSync(join(path as string, name));
    const { code, stdout } = await reuse(students, artifacts);
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/, with its rows from the history of the repository\n$/),
    });
    for (const name of rows) expect(existsSync(join(artifacts, 'current', name))).toBe(true);
    expect((await loadPredictor(artifacts)).manifest.data.rows).toBeGreaterThan(100);
  } finally {
    rmSync(image, { recursive: true, force: true });
    renameSync(before, image);
  }
});
