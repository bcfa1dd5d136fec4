// The Dockerfile and .dockerignore cannot ask ml/release/ for the names of its files: what they copy is read by it here.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { loadPredictor, train } from '../../ml/index.ts';
import { dataRoles, fileNames } from '../../ml/release/files.ts';
import { writeHouses } from '../houses.ts';
import { temporaryFolder } from '../temporary.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../..', name), 'utf8');

test('the Dockerfile copies the release in use, whole', async () => {
  const folder = writeHouses(temporaryFolder());
  const { release } = await train({ dataset: folder, models: ['knn'], artifacts: join(folder, 'artifacts/houses') });
  const [command = ''] = /^RUN cd "artifacts\/[\s\S]*?[^\\]\n/m.exec(read('Dockerfile')) ?? [];
  const script = command.replace(/^RUN /, '').replaceAll('/release', join(folder, 'image'));
  expect(script).toContain('image');
  execFileSync('sh', ['-ec', script], { cwd: folder, env: { ...process.env, RELEASES: 'houses' } });
  expect((await loadPredictor(join(folder, 'image'))).release).toBe(release);

  rmSync(join(folder, 'artifacts/houses/current'));
  expect(() =>
    execFileSync('sh', ['-ec', script], { cwd: folder, env: { ...process.env, RELEASES: 'houses' }, stdio: 'pipe' }),
  ).toThrow('There is no release to put into the image');
});

test('.dockerignore leaves out the data and the report, and nothing that predicting takes', () => {
  expect(read('.dockerignore').split('\n')).toContain('artifacts/**/*.csv');
  const roles = Object.entries(fileNames).filter(([, name]) => name.endsWith('.csv'));
  expect(roles.map(([role]) => role)).toEqual([...dataRoles]);
  expect(read('.dockerignore').split('\n')).toContain('artifacts/**/*.html');
  expect(Object.values(fileNames).filter((name) => name.endsWith('.html'))).toEqual([fileNames.report]);
});

test('.dockerignore leaves out files that were sent to be predicted, where they lie by default', () => {
  const { artifacts, batches } = readConfig({ DATASET: 'test/fixtures/students' });
  expect(batches).toBe(join(artifacts, 'batches'));
  expect(artifacts).toMatch(/^artifacts\//);
  expect(read('.dockerignore').split('\n')).toContain('artifacts/**/batches');
});

test('the image carries the scripts that deploy it, where a server without a runner looks for them', () => {
  expect(read('.dockerignore').split('\n')).toContain('!infra/host/*.sh');
  const [, from, to] = /^COPY (infra\/host\S+) (\S+)$/m.exec(read('Dockerfile')) ?? [];
  expect([from, to]).toEqual(['infra/host/*.sh', 'infra/host/']);
  const workdir = read('Dockerfile')
    .match(/^WORKDIR (.+)$/gm)
    ?.at(-1)
    ?.slice('WORKDIR '.length);
  expect(read('infra/host/deploy-image.sh')).toContain(`"$container:${workdir}/${to}."`);
});
