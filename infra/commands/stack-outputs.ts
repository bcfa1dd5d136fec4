// Reads what a stack that stands said of itself.

import { z } from 'zod';
import type { Outputs } from '../stack/outputs.ts';
import { run } from './tool.ts';
import { ToolError } from './tool-error.ts';

export interface StackPlace {
  readonly stack: string;
  /** @default - the AWS CLI's own */
  readonly region?: string;
}

const answer = z.object({
  Stacks: z
    .array(z.object({ Outputs: z.array(z.object({ OutputKey: z.string(), OutputValue: z.string() })).default([]) }))
    .min(1),
});

/** The AWS CLI's arguments for a region, where one is given. */
export const inRegion = ({ region }: StackPlace): string[] => (region ? ['--region', region] : []);

/** @throws ToolError where there is no such stack, or one that is not of this project */
export function readOutputs(place: StackPlace): Outputs {
  const { stack } = place;
  const args = ['cloudformation', 'describe-stacks', '--stack-name', stack, '--output', 'json', ...inRegion(place)];
  const found = answer.parse(JSON.parse(run('aws', args)));
  const outputs: Outputs = Object.fromEntries(
    (found.Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  if (!outputs.RepositoryUri && !outputs.InstanceId)
    throw new ToolError(`The stack ${stack} stands, but is not whole. Run npx cdk deploy first.`);
  return outputs;
}

/** @throws ToolError where neither says which repository */
export function chooseRepository(outputs: Outputs, given: string | undefined): string {
  const repository = given ?? outputs.GitHubRepository;
  if (repository && /^[\w.-]+\/[\w.-]+$/.test(repository)) return repository;
  throw new ToolError(
    repository
      ? `--repo ${repository}: it should be OWNER/REPO`
      : 'The stack knows no repository. Say --repo OWNER/REPO, or deploy with -c github=OWNER/REPO.',
  );
}
