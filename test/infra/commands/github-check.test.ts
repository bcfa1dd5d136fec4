import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { start } from '../../processes.ts';
import { temporaryFolder } from '../../temporary.ts';

const fleet = 'fleet/eu-west-1/plumbline';

/** Runs the command where AWS knows a stack with these outputs, or answers with an error. */
function check(aws: Readonly<Record<string, string>> | string, env: NodeJS.ProcessEnv = {}, ...args: string[]) {
  const folder = temporaryFolder();
  const Outputs = Object.entries(aws).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  const [text, status] = typeof aws === 'string' ? [aws, 254] : [JSON.stringify({ Stacks: [{ Outputs }] }), 0];
  writeFileSync(join(folder, 'text'), text);
  const tool = join(folder, 'aws');
  writeFileSync(tool, `#!/bin/bash\necho "$*" >'${folder}/asked'\ncat '${folder}/text'\nexit ${status}\n`);
  chmodSync(tool, 0o755);
  const path = `${folder}${delimiter}${process.env.PATH}`;
  return start(['cli/plumbline.ts', 'github', 'check', ...args], { PATH: path, DEPLOY_TARGET: '', ...env }).exit;
}

describe('npm run github:check', () => {
  it('is content where GitHub and the stack agree, the server being what is not said', async () => {
    const server = { RepositoryUri: 'r', DeployTarget: 'server' };
    expect(await check(server)).toMatchObject({ code: 0, stdout: expect.stringContaining('Deploys go to server') });
    const there = { RepositoryUri: 'r', DeployTarget: fleet };
    expect(await check(there, { DEPLOY_TARGET: fleet })).toMatchObject({ code: 0 });
  });

  it.each([
    ['a fleet in the place of a server', 'server', fleet],
    ['a server in the place of a fleet', fleet, 'server'],
    ['a server that has no runner any more', 'server', 'systems-manager/eu-west-1/d/i-1'],
  ])('fails with the remedy where the stack has %s', async (_, told, target) => {
    const outputs = { RepositoryUri: 'r', DeployTarget: target };
    const { code, stdout, stderr } = await check(outputs, { DEPLOY_TARGET: told }, '--stack', 'scores');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`Deploys would go to ${told}, but the stack scores runs the app on ${target} now.`);
    expect(stderr).toContain('npm run github:setup');
  });

  it('holds no deploy up where a stack of an older version says nothing, or lets nobody read it', async () => {
    const denied = 'An error occurred (AccessDenied) when calling the DescribeStacks operation: not authorized';
    for (const aws of [denied, { RepositoryUri: 'r' }])
      expect(await check(aws)).toMatchObject({ code: 0, stdout: expect.stringContaining('Not checked:') });
  });

  it('fails where there is no such stack', async () => {
    const { code, stderr } = await check('An error occurred (ValidationError): Stack with id plumbline does not exist');
    expect(code).toBe(1);
    expect(stderr).toMatch(/does not exist/);
  });
});
