import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError, settingNames } from '../../../infra/stack/config.ts';

const refusal = (context: Record<string, unknown>, environment: Record<string, string> = {}) => {
  try {
    readSettings(context, environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('The settings were taken.');
};

describe('readSettings', () => {
  it('needs none', () => {
    expect(readSettings({}, {})).toEqual({
      name: 'plumbline',
      size: 'server',
      provider: 'create',
      terminate: false,
      images: 'keep',
      training: 'none',
      vcpus: 64,
      instance: 't3.medium',
      runner: 'self-hosted',
      budget: 60,
      role: false,
      keys: false,
      architecture: 'amd64',
      burstable: true,
    });
  });

  it.each([
    [undefined, undefined, { role: false, keys: false }],
    ['acme/scores', undefined, { role: true, keys: false }],
    ['acme/scores', 'oidc', { role: true, keys: false }],
    ['acme/scores', 'keys', { role: false, keys: true }],
    ['acme/scores', 'both', { role: true, keys: true }],
    [undefined, 'keys', { role: false, keys: true }],
  ])('with github=%s and auth=%s gives %o', (github, auth, expected) => {
    expect(readSettings({ github, auth }, {})).toMatchObject(expected);
  });

  it('reads a repository with and without its numbers', () => {
    expect(readSettings({ github: 'Acme-1/my.scores_2' }, {}).github).toEqual({
      owner: 'Acme-1',
      name: 'my.scores_2',
      ids: undefined,
    });
    expect(readSettings({ github: 'acme@12/scores@345' }, {}).github?.ids).toEqual({ owner: '12', name: '345' });
  });

  it.each([
    ['t3.medium', 'amd64', true],
    ['t3a.large', 'amd64', true],
    ['t4g.medium', 'arm64', true],
    ['m7g.medium', 'arm64', false],
    ['c7i.large', 'amd64', false],
  ])('takes %s for %s, burstable: %s', (instance, architecture, burstable) => {
    expect(readSettings({ instance }, {})).toMatchObject({ instance, architecture, burstable });
  });

  it('takes the environment, and -c before it', () => {
    const environment = { PLUMBLINE_DOMAIN: 'a.example.org', PLUMBLINE_BUDGET: '7', PATH: '/bin' };
    expect(readSettings({ budget: '9' }, environment)).toMatchObject({ domain: 'a.example.org', budget: 9 });
  });

  it('counts an empty value as not given, and leaves the CDK its own context', () => {
    const context = { domain: '', '@aws-cdk/core:x': true, 'cli-telemetry': false, 'aws:cdk:y': 1 };
    expect(readSettings(context, { PLUMBLINE_EMAIL: '' })).toEqual(readSettings({}, {}));
  });

  it.each([
    [{ github: 'scores' }, /github is "scores".*owner\/repo/],
    [{ github: 'acme@1/scores' }, /github/],
    [{ github: 'ac*/scores' }, /github/],
    [{ github: 'acme/scores:x' }, /github/],
    [{ github: 'acme/scores/x' }, /github/],
    [{ auth: 'oidc' }, /auth=oidc needs to know the repository: -c github=OWNER\/REPO/],
    [{ auth: 'both' }, /auth=both needs/],
    [{ auth: 'password' }, /auth is "password".*oidc, keys or both/],
    [{ domain: 'https://example.org' }, /domain/],
    [{ domain: 'example' }, /domain/],
    [{ domain: "a'b.org" }, /domain/],
    [{ email: 'nobody' }, /email/],
    [{ instance: 't3.nano' }, /instance is "t3.nano".*t3\.medium, t4g\.medium/],
    [{ instance: 'm7g' }, /instance/],
    [{ instance: 'toString.large' }, /instance/],
    [{ runner: 'hosted' }, /runner is "hosted", allowed is: self-hosted, ephemeral or none/],
    [{ runner: 'ephemeral' }, /runner=ephemeral needs to know the repository: -c github=OWNER\/REPO/],
    [{ budget: 'much' }, /budget is "much".*US dollars/],
    [{ budget: '-1' }, /budget/],
    [{ terminate: 'maybe' }, /terminate.*yes or no/],
    [{ images: 'burn' }, /images.*keep or delete/],
    [{ size: 'cluster' }, /size is "cluster".*server or fleet/],
    [{ min: '2' }, /min.*it needs size=fleet/],
    [{ access: 'yes' }, /access.*it needs size=fleet/],
    [{ size: 'fleet', min: '0' }, /min is "0".*a whole number from 1 to 40/],
    [{ size: 'fleet', max: '2.5' }, /max is "2.5".*a whole number/],
    [{ size: 'fleet', max: '41' }, /max/],
    [{ size: 'fleet', min: '7', max: '3' }, /min is "7".*at most max, which is 3/],
    [
      { size: 'fleet', domain: 'a.org' },
      /domain.*needs its certificate: aws acm request-certificate --domain-name a\.org/,
    ],
    [{ size: 'fleet', certificate: 'mine' }, /certificate is "mine".*arn:aws:acm:/],
    [{ size: 'fleet', runner: 'none' }, /runner is "none".*GitHub's own machines deploy to it/],
    [{ size: 'fleet', terminate: 'yes' }, /terminate.*there is no instance/],
    [{ input: 's3://lake/rows/' }, /input.*it needs training=spark/],
    [{ training: 'spark', input: `s3://lake/${'a'.repeat(120)}/` }, /input.*at most 120 characters/],
    [{ name: 'Plumb line' }, /name.*lower-case/],
    [{ gihub: 'acme/scores' }, /no setting is called gihub \(they are name, github/],
  ])('refuses %o in one line', (context, message) => {
    expect(refusal(context)).toMatch(message);
    expect(refusal(context)).not.toContain('\n');
  });

  it.each([
    ...['lake/rows/', 'https://lake/rows/', 's3://L/rows/', 's3://la', 's3://lake/*', 's3://lake/a?/', 's3://lake//a'],
    ...['s3://lake/${aws:username}/', 's3://lake/a b/', "s3://lake/a'/", 's3://lake/a\n/'],
  ])('takes no input that is no folder of S3, or that a policy would read otherwise: %s', (input) => {
    expect(refusal({ training: 'spark', input })).toMatch(/^Nothing was changed. input is .*s3:\/\/BUCKET\/PREFIX\//);
  });

  it('tells of every wrong setting at once, and that nothing was changed', () => {
    const message = refusal({ budget: 'x' }, { PLUMBLINE_EMAIL: 'y', PLUMBLINE_DOMIAN: 'a.org' });
    for (const part of ['Nothing was changed', 'budget', 'email', 'domian', '-c name=value']) {
      expect(message).toContain(part);
    }
  });

  it('is explained in the documents, setting by setting', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/operate/settings.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z]+)` +\|/gm)].map(([, name]) => name);
    expect(rows).toEqual(expect.arrayContaining(settingNames));
  });
});
