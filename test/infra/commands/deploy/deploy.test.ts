import { describe, expect, it } from 'vitest';
import { start } from '../../../processes.ts';

const image = `registry.test/plumbline@sha256:${'a'.repeat(64)}`;

const plumbline = (args: readonly string[], environment: Record<string, string> = {}) =>
  start(['cli/plumbline.ts', ...args], { DEPLOY_TARGET: '', ...environment }).exit;

describe('npm run deploy', () => {
  it.each([
    'plumbline',
    'plumbline:latest',
    `plumbline@sha256:${'a'.repeat(63)}`,
    `two words@sha256:${'a'.repeat(64)}`,
  ])('takes an image by its digest only, not %s', async (text) => {
    const { code, stderr } = await plumbline(['deploy', text]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('REPOSITORY@sha256:DIGEST') });
  });

  it.each([
    ['deploy', image],
    ['rollback', image],
  ])('on the server, %s is what infra/host/ does', async (...args) => {
    const { code, stderr } = await plumbline(args, { DEPLOY_TARGET: 'server' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'deploy.sh runs on a server that bootstrap.sh has made: there is no /etc/plumbline/host.env here.\n',
    });
  });

  it('says which targets there are', async () => {
    const { code, stderr } = await plumbline(['deploy', image], { DEPLOY_TARGET: 'moon/base' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^Error: moon\/base is no target .*server/),
    });
  });
});
