import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { start } from '../../../processes.ts';
import { temporaryFolder } from '../../../temporary.ts';
import type { EcsState } from './ecs-double.ts';

const repository = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline';
const image = (letter: string) => `${repository}@sha256:${letter.repeat(64)}`;

const definition = (family: string, revision: number, of: string) => ({
  family,
  taskDefinitionArn: `arn:aws:ecs:r:1:task-definition/${family}:${revision}`,
  containerDefinitions: [{ name: 'app', image: of, environment: [{ name: 'PORT', value: '8080' }] }] as const,
  cpu: '1024',
  memory: '2048',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  executionRoleArn: 'arn:aws:iam::1:role/execution',
  taskRoleArn: 'arn:aws:iam::1:role/task',
  volumes: [],
  // Answers have more than may be registered.
  status: 'ACTIVE',
  compatibilities: ['FARGATE'],
});

let file: string;
let path: string;
beforeEach(() => {
  const folder = temporaryFolder();
  file = join(folder, 'state');
  mkdirSync(join(folder, 'bin'));
  const double = join(import.meta.dirname, 'ecs-double.ts');
  writeFileSync(join(folder, 'bin', 'aws'), `#!/bin/sh\nexec '${process.execPath}' '${double}' "$@"\n`);
  chmodSync(join(folder, 'bin', 'aws'), 0o755);
  path = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
  save({
    course: 'well',
    definitions: [definition('plumbline-base', 1, 'set-by-each-deploy'), definition('plumbline', 1, 'busybox')],
    deployments: [
      {
        id: 'ecs-svc/first',
        taskDefinition: 'arn:aws:ecs:r:1:task-definition/plumbline:1',
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        desiredCount: 2,
        runningCount: 2,
        updatedAt: 1_790_000_000,
      },
    ],
  });
});

const save = (state: EcsState) => writeFileSync(file, JSON.stringify(state));
const state = (): EcsState => JSON.parse(readFileSync(file, 'utf8'));
const take = (course: EcsState['course']) => save({ ...state(), course });
const calls = () => (existsSync(`${file}.calls`) ? readFileSync(`${file}.calls`, 'utf8').trim().split('\n') : []);

/** What the service runs once all is quiet, and what CloudFormation would take: the newest of the family. */
function serves() {
  const { definitions, deployments } = state();
  const ofArn = (arn?: string) => definitions.find(({ taskDefinitionArn }) => taskDefinitionArn === arn);
  return [
    ofArn(deployments[0]?.taskDefinition)?.containerDefinitions[0].image,
    definitions.findLast(({ family }) => family === 'plumbline')?.containerDefinitions[0].image,
  ];
}

/** The command's target, asked ten times as often, for as long as a test may take. */
function fleet(call: string, seconds = 60, output = '') {
  const program = `import { fleetTarget } from './infra/commands/deploy/fleet/fleet-target.ts';
    process.exitCode = await fleetTarget('eu-west-1/plumbline', { seconds: ${seconds}, pollMs: 50 }).${call};`;
  return start(['--input-type=module', '--eval', program], { PATH: path, ECS_STATE: file, GITHUB_OUTPUT: output });
}

const deploy = (letter: string, seconds?: number) => fleet(`deploy('${image(letter)}')`, seconds);

describe('a deploy to a fleet', () => {
  it('registers the base with the image by its digest, follows the service, and says that it is live', async () => {
    const { code, stdout } = await deploy('a').exit;
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^\d\d:\d\d:\d\d registering .*\n.*starting containers.*\n.*waiting: 1 of 2 containers of the new version run, 2 of the old one\n.* is live, after \d+ s\n$/,
    );
    expect(serves()).toEqual([image('a'), image('a')]);
    const made = state().definitions.at(-1);
    expect(made).toMatchObject({
      family: 'plumbline',
      cpu: '1024',
      containerDefinitions: [{ environment: [{ name: 'PORT' }] }],
    });
    expect(JSON.stringify(made)).not.toContain('compatibilities');
  });

  it('leaves what is live already, unless the stack says something new of containers', async () => {
    await deploy('a').exit;
    const before = calls().length;
    expect(await deploy('a').exit).toMatchObject({ code: 0, stdout: `${image('a')} is live already.\n` });
    expect(
      calls()
        .slice(before)
        .filter((call) => /update|register/.test(call)),
    ).toEqual([]);
    save({ ...state(), definitions: [...state().definitions, definition('plumbline-base', 2, 'set-by-each-deploy')] });
    expect((await deploy('a').exit).stdout).toContain('is live, after');
  });

  it('says why it failed and that the service went back by itself, with 1', async () => {
    await deploy('a').exit;
    take('fails');
    const { code, stderr } = await deploy('b').exit;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'FAILED: ECS deployment circuit breaker: tasks failed to start. (Essential container in task exited; it ended with 70)\n' +
        `${image('a')} is live, as before.\n`,
    });
    expect(calls().filter((call) => call.includes('update-service'))).toHaveLength(2);
    expect(serves()).toEqual([image('a'), image('a')]);
  });

  it('goes back where a first deploy fails: to the page that waits for one', async () => {
    take('fails');
    const { code, stderr } = await deploy('a').exit;
    expect(code).toBe(1);
    expect(stderr).toContain('The page that waits for a first deploy is live, as before.');
    expect(serves()).toEqual(['busybox', 'busybox']);
  });

  it('goes back by itself where the service comes to no end', async () => {
    await deploy('a').exit;
    take('hangs');
    const { code, stderr } = await deploy('b', 0.2).exit;
    expect(code).toBe(1);
    expect(stderr).toMatch(/FAILED: it is not live after \d+ minutes; the service said last: .*has started 1 tasks/);
    expect(serves()).toEqual([image('a'), image('a')]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('goes back where it is cancelled by %s, and ends with %i', async (signal, expected) => {
    await deploy('a').exit;
    take('hangs');
    const running = deploy('b');
    await running.said(/waiting:/);
    running.signal(signal);
    const { code, stderr } = await running.exit;
    expect({ code, stderr }).toEqual({
      code: expected,
      stderr: `FAILED: it was cancelled\n${image('a')} is live, as before.\n`,
    });
    expect(serves()).toEqual([image('a'), image('a')]);
  });

  it('killed midway, it leaves the service to itself, and the next one goes on from what serves', async () => {
    await deploy('a').exit;
    take('hangs');
    const running = deploy('b');
    await running.said(/waiting:/);
    running.signal('SIGKILL');
    await running.exit;
    take('well');
    expect((await deploy('c').exit).code).toBe(0);
    expect(serves()).toEqual([image('c'), image('c')]);
  });

  it('needs the service', async () => {
    save({ ...state(), deployments: [] });
    expect((await deploy('a').exit).code).not.toBe(0);
  });
});

describe('going back on a fleet', () => {
  it('undoes the last deploy, and then the one before, until there is none', async () => {
    for (const letter of ['a', 'b', 'c']) await deploy(letter).exit;
    for (const letter of ['b', 'a']) {
      expect((await fleet('rollback()').exit).code).toBe(0);
      expect(serves()).toEqual([image(letter), image(letter)]);
    }
    const { code, stderr } = await fleet('rollback()').exit;
    expect(code).not.toBe(0);
    expect(stderr).toContain('There is nothing to go back to');
  });

  it('goes back to the one that the deploy told of, and no further however often it is asked', async () => {
    for (const letter of ['a', 'b']) await deploy(letter).exit;
    const output = `${file}.output`;
    await fleet(`deploy('${image('c')}')`, 60, output).exit;
    expect(readFileSync(output, 'utf8')).toContain(`\nsha256:${'b'.repeat(64)}\n`);
    const back = () => fleet(`rollback('${image('b')}')`).exit;
    expect((await back()).code).toBe(0);
    expect(await back()).toMatchObject({ code: 0, stdout: `${image('b')} is live already.\n` });
    expect(serves()).toEqual([image('b'), image('b')]);
    // What came before it is still the way back.
    await fleet('rollback()').exit;
    expect(serves()).toEqual([image('a'), image('a')]);
  });

  it('goes nowhere from a deploy that changed nothing', async () => {
    for (const letter of ['a', 'b']) await deploy(letter).exit;
    const output = `${file}.output`;
    await fleet(`deploy('${image('b')}')`, 60, output).exit;
    expect(readFileSync(output, 'utf8')).toContain(`\nsha256:${'b'.repeat(64)}\n`);
  });

  it('tells of no earlier version where there was none', async () => {
    const output = `${file}.output`;
    await fleet(`deploy('${image('a')}')`, 60, output).exit;
    expect(existsSync(output)).toBe(false);
  });

  it('goes back to an image that is named', async () => {
    for (const letter of ['a', 'b', 'c']) await deploy(letter).exit;
    expect((await fleet(`rollback('${image('a')}')`).exit).code).toBe(0);
    expect(serves()[0]).toBe(image('a'));
    expect((await fleet('rollback()').exit).code).toBe(0);
    expect(serves()[0]).toBe(image('c'));
  });

  it('status says what runs, and what was before', async () => {
    expect((await fleet('status()').exit).stdout).toBe('live: the page that waits for a first deploy\n');
    for (const letter of ['a', 'b']) await deploy(letter).exit;
    const { stdout } = await fleet('status()').exit;
    expect(stdout).toContain(`live: ${image('b')}\n      2 of 2 containers run, since 2026-`);
    expect(stdout).toContain(`before: ${image('a')}, of 2026-`);
  });
});
