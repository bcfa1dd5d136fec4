import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary.ts';

const script = join(import.meta.dirname, '../../../infra/host/deploy-log.sh');

/** Runs a function of the script over a log. */
function ask(log: string, command: string): string[] {
  const file = join(temporaryFolder(), 'deploys.log');
  writeFileSync(file, log);
  const text = execFileSync('bash', ['-c', `. "$1"; deploy_log=$2; ${command}`, 'bash', script, file], {
    encoding: 'utf8',
  });
  return text.split('\n').filter((line) => line !== '');
}

/** A log as `deploy a, deploy b …` tells it. */
const logOf = (story: string) =>
  story
    .split(', ')
    .map((entry) => entry.split(' '))
    .map(([action, image, result = 'live']) => `${JSON.stringify({ action, image, result })}\n`)
    .join('');

test.each([
  ['deploy a', undefined],
  ['deploy a, deploy b', 'a'],
  ['deploy a, deploy b, deploy c', 'b'],
  ['deploy a, deploy b, deploy c failed', 'a'],
  ['deploy a, deploy b, rollback a', undefined],
  ['deploy a, deploy b, deploy c, rollback b', 'a'],
  ['deploy a, deploy b, deploy c, rollback b failed', 'b'],
  ['deploy a, deploy b, deploy c, rollback b, deploy d', 'b'],
  ['deploy a, deploy b, rollback a, deploy b', 'a'],
  ['deploy a, deploy b, rollback x', 'b'],
  ['deploy a, deploy b, deploy b', 'a'],
])('after %s the way back leads to %s', (story, expected) => {
  expect(ask(logOf(story), 'previous_image')).toEqual(expected === undefined ? [] : [expected]);
});

test('no log, and an empty one, lead nowhere', () => {
  expect(ask('', 'previous_image')).toEqual([]);
  expect(ask('', 'rm "$deploy_log"; previous_image')).toEqual([]);
});

test('the images that were live last are each named once, the newest first', () => {
  const log = logOf('deploy a, deploy b, deploy c, deploy x failed, deploy b, deploy d');
  expect(ask(log, 'last_images 3')).toEqual(['d', 'b', 'c']);
});

test('a line that a full disk cut short is passed over, and the next one stands by itself', () => {
  const log = `${logOf('deploy a')}{"action":"depl`;
  const after = ask(
    log,
    `append_entry '{"action":"deploy","image":"b","result":"live"}'; cat "$deploy_log"; previous_image`,
  );
  expect(after).toEqual([
    logOf('deploy a').trim(),
    '{"action":"depl',
    '{"action":"deploy","image":"b","result":"live"}',
    'a',
  ]);
});

const traffic = join(import.meta.dirname, '../../../infra/host/traffic.sh');

test.each([
  ['nothing is asked', [0, 0, 0, 0], false],
  ['all is well', [500, 0, 500, 0], false],
  ['every request fails', [100, 100, 500, 0], true],
  ['the only request fails', [1, 1, 0, 0], true],
  ['one of a thousand fails', [1000, 1, 1000, 0], false],
  ['two of a hundred fail', [100, 2, 1000, 0], true],
  ['it fails as often as the one before', [100, 20, 1000, 200], false],
  ['it fails more often than the one before', [100, 30, 1000, 200], true],
])('where %s: is it worse?', (_case, numbers, expected) => {
  const answer = execFileSync(
    'bash',
    ['-c', '. "$1"; shift; if worse "$@"; then echo yes; else echo no; fi', 'bash', traffic, ...numbers.map(String)],
    {
      encoding: 'utf8',
    },
  );
  expect(answer.trim() === 'yes').toBe(expected);
});

// As Caddy 2.6.2 tells it: each handler that a request passes, but of a domain, which it matches, all of them as one.
const ofHandlers = (...handlers: string[]) =>
  handlers.flatMap((handler) => [
    `caddy_http_request_duration_seconds_count{code="200",handler="${handler}",method="GET",server="srv0"} 7`,
    `caddy_http_request_duration_seconds_count{code="503",handler="${handler}",method="POST",server="srv0"} 2`,
    `caddy_http_request_errors_total{handler="${handler}",server="srv0"} 1`,
  ]);

test.each([
  ['any address', ofHandlers('request_body', 'reverse_proxy')],
  ['a domain', ofHandlers('subroute')],
])('requests and failures are counted once at %s', (_case, metrics) => {
  const told = ['-c', `. "$1"; curl() { printf '%s\\n' "$metrics"; }; traffic`, 'bash', traffic];
  const answer = execFileSync('bash', told, { encoding: 'utf8', env: { ...process.env, metrics: metrics.join('\n') } });
  expect(answer.trim()).toBe('10 3');
});

describe('what Caddy has answered', () => {
  const count = (code: number, n: number) =>
    `caddy_http_request_duration_seconds_count{code="${code}",handler="reverse_proxy"} ${n}`;
  /** What a function of the script prints where curl does this. */
  const ask = (curl: string, call: string) =>
    execFileSync(
      'bash',
      [
        '-c',
        `. "$1"; curl() { ${curl}; }; read -r all bad < <(${call}) && echo "$all $bad" || echo none`,
        'bash',
        traffic,
      ],
      {
        encoding: 'utf8',
      },
    ).trim();
  const answer = `printf '%s\\n' '${count(200, 12)}' '${count(502, 3)}'`;

  test('is nothing where Caddy does not answer, rather than no request', () => {
    expect(ask('return 7', 'traffic')).toBe('none');
    expect(ask('return 7', 'traffic_since 1 1')).toBe('none');
  });

  test('is told since a moment, or since it was started after that', () => {
    expect(ask(answer, 'traffic')).toBe('15 3');
    expect(ask(answer, 'traffic_since 10 1')).toBe('5 2');
    expect(ask(answer, 'traffic_since 15 3')).toBe('0 0');
    expect(ask(answer, 'traffic_since 9000 7')).toBe('15 3');
    expect(ask(answer, 'traffic_since 10 7')).toBe('15 3');
  });
});

test('the scripts of a deploy are those that it leaves on the server', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../infra/host/deploy.sh'), 'utf8');
  const sourced = [...text.matchAll(/^\. "\$here\/(.*)\.sh"$/gm)].map(([, name]) => name);
  const left = /for script in (.*); do/.exec(text)?.[1]?.split(' ') ?? [];
  // The last is asked by the vitals.
  expect(left).toEqual(['deploy', 'rollback', 'status', ...sourced, 'figures']);
});
