import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { start } from '../../../processes.ts';
import { temporaryFolder } from '../../../temporary.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const before = `sha256:${'b'.repeat(64)}`;
const image = `registry.test/plumbline@${digest}`;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

/** An AWS CLI whose command is at work until a file `ended` (or `cancelled`) is there, and then ends like this. */
function awsThatEnds(end: Record<string, unknown>): void {
  const path = join(folder, 'aws');
  const invocation = {
    Status: 'Success',
    ResponseCode: 0,
    StandardOutputContent: '',
    StandardErrorContent: '',
    ...end,
  };
  writeFileSync(join(folder, 'end'), JSON.stringify(invocation));
  writeFileSync(
    path,
    `#!/bin/bash
    cd '${folder}'
    echo "$*" >>calls
    case $2 in
      send-command) echo '{"Command":{"CommandId":"command-1"}}' ;;
      cancel-command) touch ended ;;
      get-command-invocation)
        if [ ! -e asked ]; then touch asked; echo 'An error occurred (InvocationDoesNotExist)' >&2; exit 254; fi
        if [ -e ended ]; then cat end; else echo '{"Status":"InProgress","ResponseCode":-1}'; fi ;;
    esac\n`,
  );
  chmodSync(path, 0o755);
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

const plumbline = (...args: readonly string[]) =>
  start(['cli/plumbline.ts', ...args], {
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    DEPLOY_TARGET: 'systems-manager/eu-west-1/plumbline-document/i-1',
    GITHUB_OUTPUT: join(folder, 'output'),
  });

const place = '--region eu-west-1 --output json';
const asked = `ssm get-command-invocation --command-id command-1 --instance-id i-1 ${place}`;
const sent = `ssm send-command --document-name plumbline-document --instance-ids i-1 --parameters Digest=${digest} --timeout-seconds 60 ${place}`;

describe('a deploy to a server without a runner', () => {
  it('sends the digest, waits for the end, and shows what the server said', async () => {
    const said = `live so far: registry.test/plumbline@${before}\n12:00:00 watching it for 20 s\n${image} is live\n`;
    awsThatEnds({ StandardOutputContent: said });
    const process = plumbline('deploy', image);
    await process.said(/Sent to i-1, as command command-1/);
    expect(existsSync(join(folder, 'ended'))).toBe(false);
    writeFileSync(join(folder, 'ended'), '');
    const { code, stdout } = await process.exit;
    expect({ code, stdout }).toEqual({ code: 0, stdout: said });
    expect(calls()[0]).toBe(sent);
    expect(new Set(calls().slice(1))).toEqual(new Set([asked]));
    // For the job that goes back.
    expect(readFileSync(join(folder, 'output'), 'utf8')).toMatch(new RegExp(`^previous<<.*\n${before}\n`));
  });

  it.each(['deploy', 'rollback'])('ends with the exit code of the server: %s', async (command) => {
    awsThatEnds({ Status: 'Failed', ResponseCode: 1, StandardOutputContent: 'FAILED: it is not ready\n' });
    writeFileSync(join(folder, 'ended'), '');
    const { code, stdout, stderr } = await plumbline(command, image).exit;
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'FAILED: it is not ready\n' });
    expect(stderr).not.toContain('Error');
    expect(existsSync(join(folder, 'output'))).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('cancels the command at %s, and waits for its end', async (signal) => {
    awsThatEnds({ Status: 'Cancelled', ResponseCode: 137, StandardOutputContent: 'begun\n' });
    const process = plumbline('deploy', image);
    await process.said(/Sent to/);
    process.signal(signal);
    const { code, stdout, stderr } = await process.exit;
    expect({ code, stdout }).toEqual({ code: signal === 'SIGINT' ? 130 : 143, stdout: 'begun\n' });
    expect(stderr).toContain('Cancelled; the server goes back by itself.');
    expect(calls().filter((call) => call.includes('cancel'))).toEqual([
      `ssm cancel-command --command-id command-1 ${place}`,
    ]);
  });

  it('says what to look at where the server never took it', async () => {
    awsThatEnds({ Status: 'TimedOut', StatusDetails: 'Delivery Timed Out', ResponseCode: -1 });
    writeFileSync(join(folder, 'ended'), '');
    const { code, stderr } = await plumbline('deploy', image).exit;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: The server did not run the deploy: Delivery Timed Out\. Is it up/m);
  });

  it('cannot go back to what nobody names', async () => {
    awsThatEnds({});
    const { code, stderr } = await plumbline('rollback').exit;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: There is nothing to go back to/);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });
});
