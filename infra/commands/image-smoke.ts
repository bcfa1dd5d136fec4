// Starts an image as the server would, and asks it for what people will.

import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { exampleRecord, type Release, readRelease } from '../../ml/release/index.ts';
import { inspectImage } from './image.ts';
import { copyFromContainer } from './releases.ts';
import { askService, awaitReady, checkForm } from './served-version.ts';
import { tidying } from './tidying.ts';
import { run } from './tool.ts';
import { ToolError } from './tool-error.ts';

const READY_SECONDS = 60;
const UID_OF_ROOT = '0';

/** Where it is told how it goes on, and what is no result. */
interface Printer {
  readonly print: (line: string) => void;
  readonly warn: (text: string) => void;
}

/** @throws ToolError where the image does not start, serve, or stop as it should */
export async function smokeImage(name: string, { print, warn }: Printer): Promise<void> {
  const { release } = inspectImage(name);
  const began = performance.now();
  const container = run('docker', [
    ...['run', '--detach', '--publish', '127.0.0.1::8080', '--env', 'DRAIN_SECONDS=0'],
    ...['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ...['--memory', '1g', '--pids-limit', '256', name],
  ]).trim();
  const check = async () => {
    const [address] = run('docker', ['port', container, '8080/tcp']).split('\n');
    const url = `http://${address}`;
    await awaitReady(url, READY_SECONDS, release);
    await checkForm(url);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    print(`Release ${release} is ready, and serves its form, ${seconds} s after the start.`);
    if (run('docker', ['exec', container, 'id', '-u']).trim() === UID_OF_ROOT) throw new ToolError('It runs as root.');
    const prediction = await predict(url, container);
    print(`A record from its declaration is predicted as ${prediction}.`);
    run('docker', ['stop', '-t', '20', container]);
    const exitCode = run('docker', ['inspect', '--format', '{{.State.ExitCode}}', container]).trim();
    if (exitCode !== '0') throw new ToolError(`It ended with ${exitCode} when it was asked to stop.`);
    print('It stops when asked to.');
  };
  await tidying(
    () =>
      check().catch((error) => {
        warn(run('docker', ['logs', '--tail', '20', container]));
        throw error;
      }),
    () => run('docker', ['rm', '--force', container]),
  );
}

/** Asks for the prediction of a record that the image's own declaration allows. */
async function predict(url: string, container: string): Promise<number | string> {
  const record = exampleRecord((await releaseOf(container)).manifest.dataset);
  const { status, text } = await askService(`${url}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(record),
  });
  if (status !== 200) throw new ToolError(`It does not predict: ${status} ${text}`);
  return z.object({ prediction: z.union([z.number(), z.string()]) }).parse(JSON.parse(text)).prediction;
}

/** The release that an image has, read from a copy. */
async function releaseOf(container: string): Promise<Release> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-smoke-'));
  return tidying(
    () => {
      copyFromContainer(container, folder);
      return readRelease(folder);
    },
    () => rmSync(folder, { recursive: true }),
  );
}
