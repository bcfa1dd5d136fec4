// What the server runs when it first boots: the settings, the files of infra/host/ that belong on it, and infra/host/bootstrap.sh. What a
// reviewer reads there is what runs, but for comments and indents: EC2 takes 16 KB, and CloudFormation 51 KB of a template.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fn, Token } from 'aws-cdk-lib';

/** What the host's scripts need to know; all of it is written to /etc/plumbline/host.env, but for `signalUrl`. */
export interface HostSettings {
  /** The service's name. */
  readonly name: string;
  /** The AWS region. */
  readonly region: string;
  /** The repository that images are pulled from, `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`. */
  readonly repositoryUri: string;
  /** The CloudWatch log group of app and host. */
  readonly logGroup: string;
  /** The address that Caddy serves: a domain, which gets a certificate, or `:80`. */
  readonly site: string;
  /** Where the bootstrap reports how it ended: an HTTPS URL that takes a PUT. */
  readonly signalUrl: string;
  /**
   * GitHub's API, from which the runner is fetched.
   *
   * @default 'https://api.github.com'
   */
  readonly githubApi?: string;
  /**
   * Size of the swap file in MiB.
   *
   * @default '2048'
   */
  readonly swapMib?: string;
}

const hostFolder = fileURLToPath(new URL('../../host/', import.meta.url));

/** How deploys come to the server: by a runner that stays, by one that is registered anew for each job, or without one. */
export type Runner = 'self-hosted' | 'ephemeral' | 'none';

/** Files of infra/host/ that a server has by its runner; what is not named here and not below etc/ comes with each deploy. */
const ofRunner: Readonly<Record<Runner, readonly string[]>> = {
  'self-hosted': ['install-runner.sh', 'register-runner.sh', 'etc/systemd/system/actions-runner.service'],
  ephemeral: [
    'install-runner.sh',
    'reset-runner.sh',
    'run-one-job.sh',
    'etc/systemd/system/actions-runner.service',
    'etc/systemd/system/actions-runner.service.d/one-job.conf',
  ],
  none: ['deploy-image.sh'],
};

const read = (path: string) => readFileSync(hostFolder + path, 'utf8');

/** Path (below infra/host/) and text of every file that the bootstrap finds beside itself. */
function companions(runner: Runner): [path: string, text: string][] {
  const byRunner = Object.values(ofRunner).flat();
  const configuration = readdirSync(`${hostFolder}etc`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(hostFolder.length))
    .filter((path) => !byRunner.includes(path))
    .sort();
  return ['instance-role.sh', 'vitals.sh', ...ofRunner[runner], ...configuration].map((path) => [
    path,
    condensed(read(path)),
  ]);
}

/**
 * The text without the lines that are nothing but a comment (`#` or `//`; `#!` stays), and without indents: no file of infra/host/ has a
 * text that they belong to.
 */
export const condensed = (text: string) => text.replace(/^[ \t]*(?:#(?!!)|\/\/).*\n/gm, '').replace(/^[ \t]+/gm, '');

/**
 * A name for what a bootstrap would do: it changes whenever a file of infra/host/ does that reaches the server by user
 * data, or one of the circumstances.
 */
export function hostDigest(runner: Runner, ...circumstances: readonly string[]): string {
  const parts = [...circumstances, read('bootstrap.sh'), ...companions(runner).flat()];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 8);
}

/** The user data; EC2 takes 16,384 bytes of it. */
export function userData(settings: HostSettings, runner: Runner = 'self-hosted'): string {
  return settingsPart(settings) + hostPart(runner);
}

/** Stands for the end of a line of the host's files in a template: no script has one, since `$(…)` is how they ask a command. */
const lineMark = '`';

/**
 * The user data for a template: in the settings `${Name}` and `${Name.Attribute}` stand for what they refer to, and
 * everything else stands for itself. The CDK sends YAML, where each line of a text costs its indent again, so the host's
 * files are one line there.
 */
export function userDataInTemplate(settings: HostSettings, runner: Runner): string {
  const host = hostPart(runner);
  if (host.includes(lineMark))
    throw new Error(`A file of infra/host/ has a ${lineMark}, which marks ends of lines in the template.`);
  // Written out, since Fn.split would already split a text that is known.
  const lines = { 'Fn::Join': ['\n', { 'Fn::Split': [lineMark, host.replaceAll('\n', lineMark)] }] };
  return Fn.join('', [Fn.sub(settingsPart(settings)), Token.asString(lines)]);
}

function settingsPart(settings: HostSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `export PLUMBLINE_${constantCase(name)}='${value}'`);
  return ['#!/bin/bash', 'set -eu', ...lines, ''].join('\n');
}

function hostPart(runner: Runner): string {
  const folder = '/opt/plumbline/host';
  return [
    // Of another version, or of another kind of runner.
    `rm -rf ${folder}`,
    `place() { install -D -m $1 /dev/stdin ${folder}/$2; }`,
    ...companions(runner).flatMap(([path, text]) => [
      `place ${path.endsWith('.sh') ? 755 : 644} ${path} <<'END'`,
      `${text}END`,
    ]),
    `export PLUMBLINE_FILES=${folder}`,
    condensed(read('bootstrap.sh')).replace(/^#!.*\n/, ''),
  ].join('\n');
}

const constantCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
