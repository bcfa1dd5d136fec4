// Starts the project's own moto server, and says how to reach it: by an environment with which no program can reach
// anything else.

import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { atExit, type Environment, plainEnvironment, root } from '../process.ts';
import { motoServer, type Tools } from './tools.ts';

/** Not the one that tools fall back on: whoever forgets the region is found out. */
export const region = 'eu-central-1';

/** The account that moto plays. */
export const accountId = '123456789012';

export interface Moto {
  readonly url: string;
  /** Everything that a program needs to know to take moto for AWS; nothing of the caller's AWS settings is in it. */
  readonly environment: Environment;
  /** The last lines of what it logged. */
  readonly logTail: (lines: number) => string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a moto that knows nothing yet.
 *
 * @param folder where its log is written
 */
export async function startMoto(tools: Tools, folder: string): Promise<Moto> {
  const plain = plainEnvironment();
  const base: Environment = {
    ...plain,
    PATH: [`${root}node_modules/.bin`, dirname(tools.aws), plain.PATH].join(':'),
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_SESSION_TOKEN: 'testing',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
  const logFile = join(mkdtempSync(join(folder, 'moto-')), 'moto.log');
  const log = openSync(logFile, 'a');
  // It deletes a stack's resources in the order of their names' hashes, which should be the same one each time.
  const env = { ...base, PYTHONHASHSEED: '0' };
  // It ends with its standard input at the latest, however this process ends.
  const child = spawn(tools.python, [motoServer, region], { cwd: root, env, stdio: ['pipe', 'pipe', log] });
  closeSync(log);
  const { cancel } = atExit(() => child.kill());
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  const logTail = (lines: number) => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  const stop = async () => {
    cancel();
    child.kill();
    await ended;
  };
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout as Readable }).once('line', (line) => {
      resolve((JSON.parse(line) as { port: number }).port);
    });
    void ended.then(() => reject(new Error(`moto did not start:\n${logTail(20)}`)));
  });
  // The CDK speaks to S3 by a host's name before localhost, which resolves; one before 127.0.0.1 would not.
  const url = `http://localhost:${port}`;
  return { url, environment: { ...base, AWS_ENDPOINT_URL: url }, logTail, stop };
}
