import { Command } from 'commander';
import { DEFAULT_IMAGE } from '../../infra/commands/image.ts';
import { jsonOption, printerBeside, writeJson } from '../output.ts';

export function imagePushCommand(): Command {
  return new Command('push')
    .summary('Push an image to Amazon ECR under its commit.')
    .description(
      'Pushes an image to Amazon ECR, tagged by the commit that it was built from. Where that tag is there already, from\n' +
        'an earlier run of the same commit, it stays, and its digest is given. Needs the AWS CLI, with credentials.',
    )
    .argument('[image]', 'the image', DEFAULT_IMAGE)
    .requiredOption('--repository <uri>', 'the repository, as the stack puts it out')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run image:push -- --repository 123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline',
    )
    .action(run);
}

async function run(name: string, { repository, json }: { repository: string; json?: string }): Promise<void> {
  const print = await printerBeside(json);
  const [{ pushImage }, { setOutput }] = await Promise.all([
    import('../../infra/commands/image-push.ts'),
    import('../../infra/commands/workflow-output.ts'),
  ]);
  const { tag, digest, release, wasThere, ours } = await pushImage(name, repository);
  if (wasThere) print(`${repository}:${tag} is there already.`);
  if (release !== ours) console.error(`Note: that one holds release ${release}, this one ${ours}.`);
  setOutput('digest', digest);
  setOutput('release', release);
  print(`${repository}@${digest}`);
  await writeJson(json, { repository, tag, digest, release });
}
