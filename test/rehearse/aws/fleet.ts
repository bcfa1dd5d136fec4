// A stack with size=fleet, from deploy to destroy, as far as moto goes: it keeps what is made of load balancer, service, disk and
// scaling, and starts no container, so that nothing is rolled out.

import type { Outputs } from '../../../infra/stack/outputs.ts';
import { root, run } from '../process.ts';
import { takeInventory } from './inventory.ts';
import { deploy, deployAgain, destroy } from './lifecycle.ts';
import { region } from './moto.ts';
import { type MotoAccount, type Setup, withAccount } from './moto-account.ts';

const settings = ['size=fleet', 'github=acme/scores', 'min=3', 'max=9', 'access=yes'];

export function rehearseFleet(setup: Setup): Promise<void> {
  return withAccount(setup, { settings }, async (account) => {
    const { checks, ask } = account;
    const before = await takeInventory(ask);
    checks.step(`A fleet: cdk deploy -c ${settings.join(' -c ')}`);
    const outputs = await deploy(account);
    checks.equal('deploys find it by its name', outputs.DeployTarget, `fleet/${region}/plumbline`);
    await expectFleet(account, outputs);
    await expectStatus(account, outputs);
    await deployAgain(account);
    checks.note('not rehearsed: how Amazon ECS rolls out, scales and goes back (moto starts no containers)');
    await destroy(account, before, ['image repository plumbline']);
  });
}

async function expectFleet({ checks, ask }: MotoAccount, { Address = '' }: Outputs): Promise<void> {
  const [balancers, targets, listeners, services, scaling, policies, mounts] = await Promise.all([
    ask('elbv2 describe-load-balancers', 'LoadBalancers[].[DNSName, Scheme, Type]'),
    ask('elbv2 describe-target-groups', 'TargetGroups[].[Port, HealthCheckPath, TargetType]'),
    ask('elbv2 describe-load-balancers', 'LoadBalancers[].LoadBalancerArn').then((arns) =>
      ask(`elbv2 describe-listeners --load-balancer-arn ${(arns as string[])[0]}`, 'Listeners[].[Port, Protocol]'),
    ),
    ask(
      'ecs describe-services --cluster plumbline --services plumbline',
      'services[].[serviceName, launchType, loadBalancers[0].containerPort, length(networkConfiguration.awsvpcConfiguration.subnets)]',
    ),
    ask(
      'application-autoscaling describe-scalable-targets --service-namespace ecs',
      'ScalableTargets[].[ResourceId, MinCapacity, MaxCapacity]',
    ),
    ask(
      'application-autoscaling describe-scaling-policies --service-namespace ecs',
      'ScalingPolicies[].TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType',
    ),
    ask('efs describe-file-systems', 'FileSystems[].[Encrypted, NumberOfMountTargets]'),
  ]);
  checks.equal('it answers at its load balancer', balancers, [
    [Address.replace('http://', ''), 'internet-facing', 'application'],
  ]);
  checks.equal('which asks containers at /readyz', targets, [[8080, '/readyz', 'ip']]);
  checks.equal('and listens for HTTP, without a domain', listeners, [[80, 'HTTP']]);
  checks.equal('one service, in two subnets', services, [['plumbline', 'FARGATE', 8080, 2]]);
  checks.equal('from 3 to 9 containers', scaling, [['service/plumbline/plumbline', 3, 9]]);
  checks.equal('by their CPU', policies, ['ECSServiceAverageCPUUtilization']);
  checks.equal('and one encrypted disk, in both subnets', mounts, [[true, 2]]);
}

/** The command's own calls, by the real AWS CLI. */
async function expectStatus({ checks, moto }: MotoAccount, { DeployTarget = '' }: Outputs): Promise<void> {
  const { status, output } = await run(
    `${root}node_modules/.bin/node`,
    ['cli/plumbline.ts', 'status', '--target', DeployTarget],
    { env: moto.environment },
  );
  checks.demand('npm run status asks the service', status === 0, output.trim());
  checks.includes(
    'and says that it waits for its first deploy',
    output,
    'live: the page that waits for a first deploy',
  );
}
