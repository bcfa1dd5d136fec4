import { lutimesSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeAbandoned, temporaryName } from '../../../ml/release/temporaries.ts';
import { temporaryFolder } from '../../temporary.ts';

test('what a killed training left is removed, and nothing of one that may still run, here or where process numbers mean something else', async () => {
  const artifacts = temporaryFolder();
  const mine = temporaryName('writing');
  const [, where, pid, started] = /-([0-9a-f]{8})-(\d+)-(\d+)-$/.exec(mine) as unknown as [
    string,
    string,
    string,
    string,
  ];
  const elsewhere = where === '00000000' ? '11111111' : '00000000';
  const kept = [
    `${mine}running`,
    `.current-${where}-${pid}-${started}-running`,
    // In another container, on another host, or before a boot: whether it runs cannot be known from here.
    `.writing-${elsewhere}-999999999-5-abc`,
    // By an earlier version, which says nothing of where.
    '.writing-999999999-abc',
    'current.999999999.0-0.tmp',
  ];
  const abandoned = [
    `.writing-${where}-999999999-5-abc`,
    // Its number was given to another process.
    `.writing-${where}-${pid}-${Number(started) + 1}-abc`,
    // Touched by nobody for two days.
    `.writing-${elsewhere}-${pid}-${started}-old`,
    '.writing-999999998-old',
    'current.999999998.0-0.tmp',
  ];
  for (const name of [...kept, ...abandoned]) {
    mkdirSync(join(artifacts, name));
    writeFileSync(join(artifacts, name, 'data.csv'), '');
  }
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
  for (const name of abandoned.slice(2))
    for (const path of ['data.csv', '.']) lutimesSync(join(artifacts, name, path), twoDaysAgo, twoDaysAgo);
  await removeAbandoned(artifacts);
  const left = readdirSync(artifacts);
  expect(kept.filter((name) => !left.includes(name))).toEqual([]);
  expect(abandoned.filter((name) => left.includes(name))).toEqual([]);
});
