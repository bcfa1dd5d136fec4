import { describe, expect, it } from 'vitest';
import { startCommand } from '../../processes.ts';
import { temporaryFolder } from '../../temporary.ts';

const cdk = (...args: string[]) =>
  startCommand('node_modules/.bin/cdk', [...args, '--output', temporaryFolder()], {
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
  }).exit;

describe('cdk synth', () => {
  it('prints a template that is small enough to be sent by itself (51,200 bytes), and what destroy leaves', async () => {
    const settings = ['github=acme/scores', 'auth=both', 'domain=scores.example.org', 'email=ops@example.org'];
    const { code, stdout, stderr } = await cdk('synth', ...settings.flatMap((setting) => ['-c', setting]));
    expect(stderr).toMatch(/cdk destroy leaves: the image repository plumbline/);
    expect(code).toBe(0);
    expect(stdout).toContain('AWS::EC2::Instance');
    // This is what the CDK sends, and ASCII, so that characters are bytes.
    expect(stdout).toMatch(/^[\p{ASCII}]*$/u);
    expect(stdout.length).toBeLessThanOrEqual(51_200);
  });

  it('says in one line what is wrong with a setting, and makes nothing', async () => {
    const { code, stdout, stderr } = await cdk('synth', '-c', 'github=nonsense');
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Nothing was changed\. github is "nonsense", allowed is: owner\/repo/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
