import { describe, expect, test } from 'vitest';
import type { Credentials } from '../../../../infra/commands/cost/credentials-month.ts';
import { tasksOf } from '../../../../infra/commands/cost/fleet-month.ts';
import { costOfMonth } from '../../../../infra/commands/cost/month.ts';
import { totalOf } from '../../../../infra/commands/cost/prices.ts';
import { trafficOf } from '../../../../infra/commands/cost/traffic.ts';
import { hoursOfRows, trainingCost } from '../../../../infra/commands/cost/training-month.ts';

const region = 'us-east-1';
const usd = (lines: ReturnType<typeof costOfMonth>['lines']) =>
  Object.fromEntries(lines.map((line) => [line.item, Number(line.usd.toFixed(2))]));

describe('worked by hand', () => {
  test('a server', () => {
    const { lines } = costOfMonth({ size: 'server', region, requests: 20_000_000 });
    expect(usd(lines)).toEqual({
      'EC2, t3.medium': 30.37,
      'public IPv4 address': 3.65,
      'disk (EBS gp3)': 1.6,
      // 4.54 GB of the app, 24 GB of Caddy, 1 GB of the network; 5 GB are free.
      'logs: app, access, network': 12.27,
      // 28.54 GB and a week of the network's; 5 GB are free.
      'logs that are kept': 0.71,
      'CloudWatch metrics': 0,
      'CloudWatch alarms': 0,
      'CloudWatch dashboard': 0,
      'images (ECR)': 0.15,
      'data out to the internet': 0,
    });
  });

  test('a fleet of two tasks', () => {
    const { lines } = costOfMonth({ size: 'fleet', region, requests: 10_000_000 });
    expect(usd(lines)).toMatchObject({
      // 2 × 730 × 0.04048, and twice as many GB.
      'tasks (Fargate): processors': 59.1,
      'tasks (Fargate): memory': 12.98,
      'load balancer': 16.43,
      // 40 GB in and out are 40 units of a GB in an hour.
      "load balancer's capacity": 0.32,
      'public IPv4 addresses': 14.6,
      // 10 GB of files and 10 of results; each lies there for 2 of 730 hours, is written once and read once.
      'files that containers share (EFS)': 0.02,
      'files that containers share: written': 1.2,
      'files that containers share: read': 0.6,
    });
  });

  test('a run of EMR Serverless, by what it says that it has used', () => {
    const run = trainingCost({ vcpuHours: 20, memoryGbHours: 80, storageGbHours: 100 }, region);
    expect(run.map((line) => line.usd)).toEqual([
      expect.closeTo(1.05248, 9),
      expect.closeTo(0.46228, 9),
      expect.closeTo(0.0111, 9),
    ]);
    expect(trainingCost({ vcpuHours: 1, memoryGbHours: 4 }, region)).toHaveLength(2);
  });
});

test.each([
  [{ runner: 'ephemeral' }, 0.4],
  [{ auth: 'keys' }, 0.4],
  [{ runner: 'ephemeral', auth: 'both' }, 0.8],
  [{ runner: 'none', auth: 'oidc' }, 0],
] as const)('%o costs a secret for each token that is kept, and calls of a function that are free', (given, more) => {
  const of = (credentials: Credentials) => costOfMonth({ size: 'server', region, requests: 0, ...credentials }).total;
  expect(of(given) - of({})).toBeCloseTo(more, 9);
});

describe('a fleet', () => {
  test('runs at least min tasks, at most max, and says where that is too few', () => {
    const size = { min: 3, max: 5 };
    expect(tasksOf(trafficOf(0), size)).toMatchObject({ busy: 3, quiet: 3, average: 3 });
    expect(tasksOf(trafficOf(1e10), size)).toMatchObject({ busy: 5, quiet: 5, average: 5 });
    const told = (requests: number) =>
      costOfMonth({ size: 'fleet', region, requests, fleet: size }).assumptions.join('\n');
    expect(told(1e10)).toMatch(/it would take 58, so raise max/);
    expect(told(1e6)).not.toMatch(/raise max/);
  });

  test('more requests cost more', () => {
    const totals = [0, 1e6, 1e8, 1e9, 1e10].map(
      (requests) => costOfMonth({ size: 'fleet', region, requests, fleet: { min: 1, max: 100 } }).total,
    );
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(new Set(totals).size).toBe(5);
  });
});

test('a training costs where one is asked for alone, by its hours or by its rows', () => {
  const of = (training: { trainingHours?: number; trainingRows?: number }) =>
    costOfMonth({ size: 'server', region, requests: 0, ...training });
  const without = of({});
  expect(without.lines.some(({ item }) => item.startsWith('training'))).toBe(false);
  // A driver and three machines of 4 vCPU, 16 GB, and 80 GB of disk that is paid for.
  const anHour = 16 * 0.052624 + 64 * 0.0057785 + 320 * 0.000111;
  // And half a GB of packages and results on S3.
  expect(of({ trainingHours: 2 }).total - without.total).toBeCloseTo(2 * anHour + 0.5 * 0.023, 9);
  const rows = of({ trainingRows: 1e9 });
  expect(rows.total).toBeGreaterThan(of({ trainingHours: hoursOfRows(1e9) }).total);
  expect(totalOf(rows.lines)).toBe(rows.total);
});
