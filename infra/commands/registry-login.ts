// The registry's login, for as long as one command takes.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tidying } from './tidying.ts';
import { run } from './tool.ts';

/**
 * Logs Docker in to Amazon ECR by the AWS CLI, does something, and forgets the login again: it stays out of the
 * user's own Docker configuration.
 *
 * @param repository `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`
 * @throws ToolError where the AWS CLI gives no password, or the registry does not take it
 */
export async function whileLoggedIn<T>(repository: string, action: () => T | Promise<T>): Promise<T> {
  const [registry = ''] = repository.split('/');
  const region = /\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/.exec(registry)?.[1];
  const password = run('aws', ['ecr', 'get-login-password', ...(region ? ['--region', region] : [])]).trim();
  // Another configuration would choose the default engine; it is to stay the one that the user chose.
  const host = run('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']).trim();
  const before = { DOCKER_CONFIG: process.env.DOCKER_CONFIG, DOCKER_HOST: process.env.DOCKER_HOST };
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-login-'));
  Object.assign(process.env, { DOCKER_CONFIG: folder, DOCKER_HOST: host });
  return tidying(
    () => {
      run('docker', ['login', '--username', 'AWS', '--password-stdin', registry], password);
      return action();
    },
    () => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      rmSync(folder, { recursive: true });
    },
  );
}
