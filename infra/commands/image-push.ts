// npm run image:push: puts an image into the registry under its commit, and says by which digest it can be deployed.

import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { DEFAULT_IMAGE, inspectImage, pullImage } from './image.ts';
import { whileLoggedIn } from './registry-login.ts';
import { run, runCommand, show, ToolError } from './tool.ts';
import { setOutputs } from './workflow-output.ts';

const command = new Command('npm run image:push --')
  .description(
    'Pushes an image to Amazon ECR, tagged by the commit that it was built from. Where that tag is there already, from\n' +
      'an earlier run of the same commit, it stays, and its digest is given. Needs the AWS CLI, with credentials.',
  )
  .argument('[image]', 'the image', DEFAULT_IMAGE)
  .requiredOption('--repository <uri>', 'the repository, as the stack puts it out')
  .option('--json <file>', 'write repository, tag, digest and release to a file as well')
  .addHelpText(
    'after',
    '\nExamples:\n  npm run image:push -- --repository 123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline',
  )
  .parse();

await runCommand(async () => {
  const { repository, json } = command.opts<{ repository: string; json?: string }>();
  const name = command.args[0] ?? DEFAULT_IMAGE;
  const { commit, release } = inspectImage(name);
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    throw new ToolError(
      `${name} was not built from a commit (${commit || 'outside git'}), and a tag must mean one. Commit, then: npm run image`,
    );
  }
  const reference = `${repository}:${commit}`;
  const { digest, released } = await whileLoggedIn(repository, () => {
    if (pullImage(reference)) console.log(`${reference} is there already.`);
    else {
      run('docker', ['tag', name, reference]);
      show('docker', ['push', reference]);
    }
    const { repoDigests, release } = inspectImage(reference);
    const found = repoDigests.find((digest) => digest.startsWith(`${repository}@`));
    if (!found) throw new ToolError(`Docker does not know the digest of ${reference} after pushing it.`);
    return { digest: found.slice(repository.length + 1), released: release };
  });
  if (released !== release) console.error(`Note: that one holds release ${released}, this one ${release}.`);
  const pushed = { repository, tag: commit, digest, release: released };
  if (json) writeFileSync(json, `${JSON.stringify(pushed, null, 2)}\n`);
  setOutputs({ digest, release: released });
  console.log(`${repository}@${digest}`);
});
