import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { hostDigest, userData, userDataInTemplate } from '../../../../infra/stack/server/user-data.ts';
import { temporaryFile, temporaryFolder } from '../../../temporary.ts';
import { makeApp } from '../synthesize.ts';

/** Settings as long as they get, so that the limit holds for everyone. */
const longest = {
  name: 'a'.repeat(24),
  region: 'ap-southeast-99',
  repositoryUri: `123456789012.dkr.ecr.ap-southeast-99.amazonaws.com/${'a'.repeat(24)}`,
  logGroup: `/${'a'.repeat(24)}/server`,
  site: `${'a'.repeat(48)}.${'a'.repeat(47)}.org`,
  signalUrl: `https://cloudformation-waitcondition-ap-southeast-99.s3.ap-southeast-99.amazonaws.com/${'a'.repeat(600)}`,
};
const text = userData(longest);
const runners = ['self-hosted', 'ephemeral', 'none'] as const;
const hostFolder = join(import.meta.dirname, '../../../../infra/host');

const unit = 'etc/systemd/system/actions-runner';

describe('the user data', () => {
  it.each(runners)('fits into the 16,384 bytes that EC2 takes, with runner=%s', (runner) => {
    expect(Buffer.byteLength(userData(longest, runner))).toBeLessThanOrEqual(16_384);
  });

  it('is bootstrap.sh itself but for comments and indents, after the settings', () => {
    const [, ...lines] = readFileSync(join(hostFolder, 'bootstrap.sh'), 'utf8').split('\n');
    const body = lines.filter((line) => !/^\s*#(?!!)/.test(line)).map((line) => line.trimStart());
    expect(text.startsWith('#!/bin/bash\n')).toBe(true);
    expect(text.endsWith(body.join('\n'))).toBe(true);
    expect(text).toContain(`export PLUMBLINE_SITE='${longest.site}'\n`);
    expect(text).toContain(`export PLUMBLINE_SIGNAL_URL='${longest.signalUrl}'\n`);
  });

  it.each(runners)('is a script that bash can parse, with runner=%s', (runner) => {
    execFileSync('bash', ['-n', temporaryFile(userData(longest, runner), 'script.sh')]);
  });

  it.each([
    ['self-hosted', ['install-runner.sh', 'register-runner.sh', `${unit}.service`]],
    [
      'ephemeral',
      ['install-runner.sh', 'reset-runner.sh', 'run-one-job.sh', `${unit}.service`, `${unit}.service.d/one-job.conf`],
    ],
    ['none', ['deploy-image.sh']],
  ] as const)('with runner=%s lays out what every server has and %o, but for comments and indents', (runner, own) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'of-another-version'), '');
    const [layout = ''] = userData(longest, runner)
      .replaceAll('/dev/stdin /opt/plumbline/host', `/dev/stdin ${folder}`)
      .replace('rm -rf /opt/plumbline/host\n', `rm -rf ${folder}\n`)
      .split('export PLUMBLINE_FILES');
    execFileSync('bash', ['-c', layout]);
    const files = globSync('**/*', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
    // Those of a deploy come with each deploy.
    const configuration = globSync('etc/**/*', { cwd: hostFolder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(hostFolder.length + 1))
      .filter((path) => !path.startsWith(unit));
    expect(files).toEqual(['instance-role.sh', 'vitals.sh', ...configuration, ...own].sort());
    const bare = (path: string) => readFileSync(path, 'utf8').replace(/^[ \t]*(#[^!]|#$|\/\/).*\n/gm, '');
    const laidOut = (file: string) => bare(join(hostFolder, file)).replace(/^[ \t]+/gm, '');
    for (const file of files) expect(bare(join(folder, file)), file).toBe(laidOut(file));
  });

  it('comes out of the template as it went in', () => {
    const inTemplate = new Stack(makeApp()).resolve(
      userDataInTemplate({ ...longest, region: '${AWS::Region}' }, 'self-hosted'),
    );
    const [settings, files] = inTemplate['Fn::Join'][1];
    const [end, lines] = files['Fn::Join'];
    const [mark, host] = lines['Fn::Split'];
    // As CloudFormation does: of a text for Fn::Sub ${Name} is replaced.
    const substituted = settings['Fn::Sub'].replace('${AWS::Region}', longest.region);
    expect(substituted + host.split(mark).join(end)).toBe(text);
    expect(host).not.toContain('\n');
  });

  it('has a digest that stands for all of it, and for the circumstances', () => {
    expect(hostDigest('none')).toMatch(/^[0-9a-f]{8}$/);
    expect(hostDigest('none', 'a.org')).not.toBe(hostDigest('none', 'b.org'));
    expect(new Set(runners.map((runner) => hostDigest(runner))).size).toBe(3);
  });
});
