// The settings that only a fleet has, and what they ask of each other.

import { z } from 'zod';

/** The network has addresses for twice as many, as a deploy has them beside each other. */
const MOST = 40;
const DEFAULT_MIN = 2;
const DEFAULT_MAX = 6;

const containers = `a whole number from 1 to ${MOST}`;
const count = z.coerce.number(containers).int(containers).min(1, containers).max(MOST, containers).optional();

export const fleetSettings = {
  min: count.describe(`how many containers of a fleet run at least (default: ${DEFAULT_MIN})`),
  max: count.describe(`how many containers of a fleet run at most (default: ${DEFAULT_MAX})`),
  certificate: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
      'the ARN of a certificate in AWS Certificate Manager, arn:aws:acm:REGION:ACCOUNT:certificate/ID',
    )
    .optional()
    .describe("the domain's certificate in AWS Certificate Manager, for a fleet"),
  access: z
    .enum(['yes', 'no'], 'yes or no')
    .optional()
    .describe("whether a fleet asks for keys, which Systems Manager's parameter /NAME/access holds: yes or no"),
};

interface Given {
  readonly size: 'server' | 'fleet';
  readonly domain?: string | undefined;
  readonly terminate: 'yes' | 'no';
  readonly runner: 'self-hosted' | 'ephemeral' | 'none';
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly certificate?: string | undefined;
  readonly access?: 'yes' | 'no' | undefined;
}

/** What is wrong with settings beside each other: which setting, and why. */
export function fleetProblems(given: Given): [name: string, message: string][] {
  if (given.size === 'server') {
    const names = Object.keys(fleetSettings) as (keyof typeof fleetSettings)[];
    return names.flatMap((name) => (given[name] === undefined ? [] : [[name, 'it needs size=fleet']]));
  }
  const problems: [string, string][] = [];
  const { min, max } = fleetOf(given);
  if (min > max) problems.push(['min', `at most max, which is ${max}`]);
  if (given.terminate === 'yes') problems.push(['terminate', 'no, with size=fleet: there is no instance']);
  if (given.runner !== 'self-hosted')
    problems.push(['runner', "self-hosted, which a fleet makes nothing of: GitHub's own machines deploy to it"]);
  if (given.domain && !given.certificate)
    problems.push([
      'domain',
      `with size=fleet it needs its certificate: aws acm request-certificate --domain-name ${given.domain} --validation-method DNS, then -c certificate=ARN`,
    ]);
  if (given.certificate && !given.domain)
    problems.push(['certificate', 'it needs the domain that it is of: -c domain=…']);
  return problems;
}

/** The settings as the fleet takes them. */
export function fleetOf({ min = DEFAULT_MIN, max, certificate, access }: Omit<Given, 'size' | 'terminate' | 'runner'>) {
  return { min, max: max ?? Math.max(min, DEFAULT_MAX), certificate, access: access === 'yes' };
}
