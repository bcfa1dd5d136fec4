import { Command } from 'commander';
import { ToolError } from '../../infra/commands/tool-error.ts';

export function imageScanCommand(): Command {
  return new Command('scan')
    .summary('Ask whether a production dependency has a known weakness.')
    .description(
      'Asks the npm registry whether any production dependency has a known weakness. High and critical ones fail it.\n' +
        'The packages of the base image are scanned by Amazon ECR whenever an image is pushed; see there.',
    )
    .addHelpText('after', '\nExamples:\n  npm run image:scan')
    .action(run);
}

async function run(): Promise<void> {
  const { findWeaknesses } = await import('../../infra/commands/image-scan.ts');
  const { weaknesses, problem } = findWeaknesses();
  if (problem !== undefined) {
    // A registry that is down must not keep a fix from going live; ECR looks at the image in any case.
    console.error(`::warning::The npm registry gave no answer about advisories; nothing was scanned. ${problem}`);
    return;
  }
  for (const { name, severity, range, fixAvailable } of weaknesses)
    console.log(`${severity}: ${name} ${range}${fixAvailable ? ' (npm audit fix mends it)' : ''}`);
  const grave = weaknesses.filter(({ severity }) => severity === 'high' || severity === 'critical');
  if (grave.length > 0)
    throw new ToolError(`${grave.length} production dependencies have a known weakness of high or critical severity.`);
  console.log('No production dependency has a known weakness of high or critical severity.');
}
