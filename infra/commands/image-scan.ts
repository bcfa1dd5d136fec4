// npm run image:scan: asks npm's database of advisories about all that goes into the image from there.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { z } from 'zod';
import { runCommand, ToolError } from './tool.ts';

new Command('npm run image:scan --')
  .description(
    'Asks the npm registry whether any production dependency has a known weakness. High and critical ones fail it.\n' +
      'The packages of the base image are scanned by Amazon ECR whenever an image is pushed; see there.',
  )
  .addHelpText('after', '\nExamples:\n  npm run image:scan')
  .parse();

const reportForm = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity: z.string(), range: z.string(), fixAvailable: z.unknown() }),
  ),
});

await runCommand(() => {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout, stderr } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd, encoding: 'utf8' });
  const report = reportForm.safeParse(parse(stdout));
  if (!report.success) {
    // A registry that is down must not keep a fix from going live; ECR looks at the image in any case.
    console.error(
      `::warning::The npm registry gave no answer about advisories; nothing was scanned. ${stderr.trim().split('\n').at(-1)}`,
    );
    return;
  }
  const found = Object.values(report.data.vulnerabilities);
  for (const { name, severity, range, fixAvailable } of found)
    console.log(`${severity}: ${name} ${range}${fixAvailable ? ' (npm audit fix mends it)' : ''}`);
  const grave = found.filter(({ severity }) => severity === 'high' || severity === 'critical');
  if (grave.length > 0)
    throw new ToolError(`${grave.length} production dependencies have a known weakness of high or critical severity.`);
  console.log(`No production dependency has a known weakness of high or critical severity.`);
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
