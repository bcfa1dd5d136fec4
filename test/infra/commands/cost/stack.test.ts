import { expect, test } from 'vitest';
import { costOfMonth } from '../../../../infra/commands/cost/month.ts';
import { synthesize } from '../../stack/synthesize.ts';

const quantityOf = (size: 'server' | 'fleet') => {
  const { lines } = costOfMonth({ size, region: 'us-east-1', requests: 0 });
  return (item: string) => lines.find((line) => line.item === item)?.quantity ?? Number.NaN;
};

test.each(['server', 'fleet'] as const)('of a %s as many alarms are counted as the stack has', (size) => {
  const alarms = Object.keys(synthesize({ size }).findResources('AWS::CloudWatch::Alarm'));
  expect(quantityOf(size)('CloudWatch alarms')).toBe(alarms.length);
});

test('of a server as many metrics and as large a disk', () => {
  const template = synthesize({ size: 'server' });
  expect(quantityOf('server')('CloudWatch metrics')).toBe(
    Object.keys(template.findResources('AWS::Logs::MetricFilter')).length,
  );
  expect(JSON.stringify(template.findResources('AWS::EC2::Instance'))).toContain(
    `"VolumeSize":${quantityOf('server')('disk (EBS gp3)')}`,
  );
});

test('of a fleet tasks of that size, the fewest that the stack runs, with an address each', () => {
  const template = synthesize({ size: 'fleet' });
  const quantity = quantityOf('fleet');
  const [{ Properties: scaling } = { Properties: {} }] = Object.values(
    template.findResources('AWS::ApplicationAutoScaling::ScalableTarget'),
  );
  const hours = scaling.MinCapacity * 730;
  const sizes = Object.values(template.findResources('AWS::ECS::TaskDefinition')).map(({ Properties }) => ({
    vcpu: Number(Properties.Cpu) / 1024,
    gb: Number(Properties.Memory) / 1024,
  }));
  for (const task of sizes)
    expect(task).toEqual({
      vcpu: quantity('tasks (Fargate): processors') / hours,
      gb: quantity('tasks (Fargate): memory') / hours,
    });
  const zones = Object.keys(template.findResources('AWS::EC2::Subnet')).length;
  expect(quantity('public IPv4 addresses')).toBe((scaling.MinCapacity + zones) * 730);
});
