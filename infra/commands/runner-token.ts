// Takes GitHub's token to where the stack's function alone reads it, which registers the server's runner for each job.

import { z } from 'zod';
import type { Outputs } from '../stack/outputs.ts';
import { chooseRepository, inRegion, type StackPlace } from './stack-outputs.ts';
import { run } from './tool.ts';
import { ToolError } from './tool-error.ts';

const runners = z.object({ total_count: z.number() });

/**
 * Puts a token into Secrets Manager, once GitHub has shown that it may look after the repository's runners.
 *
 * @param token by standard input and by the environment, since anyone can read arguments
 * @throws ToolError where GitHub does not take it, or a tool is missing or fails
 */
export function keepRunnerToken(outputs: Outputs, place: StackPlace, token: string, repo?: string): void {
  const repository = chooseRepository(outputs, repo);
  if (!/^[A-Za-z0-9_]{10,}$/.test(token))
    throw new ToolError('That does not look like a token of GitHub. Nothing was changed.');
  const { GH_TOKEN } = process.env;
  process.env.GH_TOKEN = token;
  try {
    runners.parse(JSON.parse(run('gh', ['api', `repos/${repository}/actions/runners`])));
  } catch (cause) {
    throw new ToolError(
      `GitHub does not let this token look after the runners of ${repository}: it needs "Administration: read and write" for ` +
        'that repository. Nothing was changed.',
      { cause },
    );
  } finally {
    if (GH_TOKEN === undefined) delete process.env.GH_TOKEN;
    else process.env.GH_TOKEN = GH_TOKEN;
  }
  const secret = ['--secret-id', outputs.RunnerTokenArn ?? '', '--secret-string', 'file:///dev/stdin'];
  run('aws', ['secretsmanager', 'put-secret-value', ...secret, ...inRegion(place)], token);
}
