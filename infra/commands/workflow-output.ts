import { appendFileSync } from 'node:fs';

/** Hands values to the later steps and jobs of a GitHub workflow; elsewhere does nothing. */
export function setOutputs(values: Readonly<Record<string, string>>): void {
  const file = process.env.GITHUB_OUTPUT;
  if (!file) return;
  for (const [name, value] of Object.entries(values)) appendFileSync(file, `${name}=${value}\n`);
}
