// Asks a version of the app that is served somewhere whether it is the right one and does its work.

import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from './tool-error.ts';

const POLL_MS = 100;
const ANSWER_MS = 10_000;

/**
 * Waits until a version is ready, and gives the id of its release.
 *
 * @param url of the app, without a slash at its end
 * @param seconds how long to wait for it at most
 * @throws ToolError saying what was answered last
 */
export async function awaitReady(url: string, seconds: number, release?: string): Promise<string> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const { served, problem } = await askReady(url, release);
    if (served) return served;
    if (performance.now() > end) throw new ToolError(`${url}/readyz: ${problem}, for ${seconds} seconds.`);
    await sleep(POLL_MS);
  }
}

/** The id of the release that is served at a URL; undefined where none answers that it is ready. */
export async function askServed(url: string): Promise<string | undefined> {
  return (await askReady(url)).served;
}

async function askReady(url: string, release?: string): Promise<{ served?: string; problem: string }> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const body = (await response.json().catch(() => ({}))) as { release?: unknown };
    if (!response.ok || typeof body.release !== 'string') return { problem: `answers ${response.status}` };
    if (release && body.release !== release) return { problem: `serves release ${body.release}, not ${release}` };
    return { served: body.release, problem: '' };
  } catch (error) {
    return { problem: noAnswer(error) };
  }
}

/** What a request came to. */
interface ServiceAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks a service that is ready. @throws ToolError where it does not answer all the same */
export async function askService(url: string, init: RequestInit = {}): Promise<ServiceAnswer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), ...init });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    throw new ToolError(`${url} ${noAnswer(cause)}.`, { cause });
  }
}

function noAnswer(error: unknown): string {
  const { cause, message } = error as Error;
  return `does not answer (${cause instanceof Error ? cause.message : message})`;
}

/** @throws ToolError unless the page with the form is served, or the service asks for a key first */
export async function checkForm(url: string): Promise<void> {
  const { status, headers, text } = await askService(`${url}/`);
  if (status === 401 && headers.has('WWW-Authenticate')) return;
  if (status !== 200 || !text.includes('<form'))
    throw new ToolError(`${url}/ answers ${status}${status === 200 ? ', and without the form' : ''}.`);
}
