// What a step hands on in a GitHub workflow; elsewhere these do nothing.

import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** Hands a text to the later steps and jobs. */
export function setOutput(name: string, text: string): void {
  const { GITHUB_OUTPUT: file } = process.env;
  if (!file) return;
  // Nobody can know the line that ends it, so no text does.
  const end = `end-${randomUUID()}`;
  appendFileSync(file, `${name}<<${end}\n${text}\n${end}\n`);
}

/** Adds Markdown to the summary of the job. */
export function addToSummary(markdown: string): void {
  const { GITHUB_STEP_SUMMARY: file } = process.env;
  if (file) appendFileSync(file, `${markdown}\n`);
}
