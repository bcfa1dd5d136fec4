// Starts an image as the server would, and asks it for what people will.

import { z } from 'zod';
import { inspectImage } from './image.ts';
import { awaitReady, checkForm } from './served-version.ts';
import { run } from './tool.ts';
import { ToolError } from './tool-error.ts';

const READY_SECONDS = 60;
const UID_OF_ROOT = '0';

const manifestForm = z.object({
  dataset: z.object({
    target: z.string(),
    columns: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        levels: z.array(z.string()).optional(),
        min: z.number().optional(),
      }),
    ),
  }),
});

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
  try {
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
  } catch (error) {
    warn(run('docker', ['logs', '--tail', '20', container]));
    throw error;
  } finally {
    run('docker', ['rm', '--force', container]);
  }
}

/** Asks for the prediction of a record that the image's own declaration allows. */
async function predict(url: string, container: string): Promise<number> {
  const text = run('docker', ['exec', container, 'cat', 'artifacts/current/manifest.json']);
  const { target, columns } = manifestForm.parse(JSON.parse(text)).dataset;
  const features = columns.filter(({ name }) => name !== target);
  // The lowest value is on every step; without one, "not known" is always allowed.
  const record = features.map(({ name, levels, min }) => [name, levels?.[0] ?? min ?? null]);
  const response = await fetch(`${url}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(record)),
  });
  const answer = await response.text();
  const { prediction } = z.object({ prediction: z.number().optional() }).parse(JSON.parse(answer));
  if (prediction === undefined) throw new ToolError(`It does not predict: ${response.status} ${answer}`);
  return prediction;
}
