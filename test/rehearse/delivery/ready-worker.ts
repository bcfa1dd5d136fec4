// Asks whether the app is ready, again and again: a thread of its own, so that whatever else the rehearsal sends cannot hold it up.

import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Probe } from './ready-probe.ts';

const PAUSE_MS = 100;

const { seconds, url } = workerData as { seconds: number; url: string };
const probes: Probe[] = [];
const end = performance.now() + seconds * 1000;
while (performance.now() < end) {
  const began = performance.now();
  const { status } = await fetch(url);
  probes.push({ ms: performance.now() - began, status });
  await sleep(PAUSE_MS);
}
parentPort?.postMessage(probes);
