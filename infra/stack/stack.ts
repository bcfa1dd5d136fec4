// Composes the four constructs of which one is the compute target, and says what a person needs next.

import { BootstraplessSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ComputeTarget } from './compute-target.ts';
import type { Settings } from './config.ts';
import { Deployer } from './deployer.ts';
import { Fleet } from './fleet/fleet.ts';
import { ImageRegistry } from './image-registry.ts';
import { Observability } from './observability.ts';
import { addOutputs } from './outputs.ts';
import { AppServer } from './server/app-server.ts';
import { Training } from './training.ts';
import { addressOf } from './training-input.ts';

export class PlumblineStack extends Stack {
  private readonly settings: Settings;
  private readonly registry: ImageRegistry;
  private readonly target: ComputeTarget;
  private readonly deployer: Deployer;
  private readonly training: Training | undefined;

  constructor(scope: Construct, settings: Settings) {
    const { name } = settings;
    super(scope, name, {
      description: 'Plumbline: a prediction service, the registry of its images, and the identity that deploys it',
      // There are no assets, so there is nothing that `cdk bootstrap` would have to prepare.
      synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
      // Tags of the stack reach its resources by CloudFormation; in the template they would stand thirty times.
      tags: { plumbline: name },
    });
    this.settings = settings;

    this.registry = new ImageRegistry(this, 'ImageRegistry', { name, keep: settings.images === 'keep' });
    const { registry } = this;
    const observability = new Observability(this, 'Observability', settings);
    this.target = this.makeTarget(observability);
    observability.watch(this.target);
    const github = settings.role ? settings.github : undefined;
    const { deployRights: rights } = this.target;
    this.deployer = new Deployer(this, 'Deployer', { ...settings, github, images: registry.repository, rights });
    if (settings.training === 'spark') this.training = new Training(this, 'Training', settings);
    this.sayWhatIsNext();
  }

  private makeTarget({ logGroup, flowLogGroup }: Observability): ComputeTarget {
    const { registry, settings } = this;
    const parts = { ...settings, registry, logGroup, flowLogGroup };
    return settings.fleet
      ? new Fleet(this, 'Fleet', { ...parts, ...settings.fleet })
      : new AppServer(this, 'AppServer', { ...parts, instanceType: settings.instance });
  }

  private sayWhatIsNext(): void {
    const { github, images, input, name, training } = this.settings;
    const { architecture, locator, outputs, url } = this.target;
    const { repositoryUri } = this.registry;
    const { role, secret, user } = this.deployer;
    // Images are built where they need no emulation.
    const runner = `RUNNER=ubuntu-24.04${architecture === 'arm64' ? '-arm' : ''}`;
    const runs = [runner, `DEPLOY_TARGET=${locator}`];
    const places = [`AWS_REGION=${this.region}`, `ECR_REPOSITORY=${repositoryUri}`];
    addOutputs(this, {
      Address: url,
      DnsRecord: outputs.DnsRecord,
      RepositoryUri: repositoryUri,
      DeployTarget: locator,
      InstanceId: outputs.InstanceId,
      DeployUser: user.userName,
      DeployRoleArn: role?.roleArn,
      AccessKeysSecretArn: secret?.secretArn,
      GitHubRepository: github && `${github.owner}/${github.name}`,
      GitHubVariables: [`APP_URL=${url}`, ...places, ...runs, ...(role ? [`AWS_ROLE_ARN=${role.roleArn}`] : [])].join(
        ' ',
      ),
      GitHubSecrets: secret && ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', ...places].join(' '),
      GitHubSetup: `npm run github:setup -- --stack ${name} --region ${this.region}`,
      RegisterRunner: outputs.RegisterRunner,
      RunnerTokenArn: outputs.RunnerTokenArn,
      OpenSession: outputs.OpenSession,
      TrainingApplication: this.training?.application.attrApplicationId,
      TrainingRoleArn: this.training?.role.roleArn,
      TrainingBucket: this.training?.bucket.bucketName,
      TrainingInput: input && addressOf(input),
      Dashboard: `https://${this.region}.console.aws.amazon.com/cloudwatch/home?region=${this.region}#dashboards/dashboard/${name}`,
      LeftByDestroy: leftByDestroy(images, name, training),
    });
  }
}

/** What stays in the account after `cdk destroy`, and how to be rid of it. */
export function leftByDestroy(images: 'keep' | 'delete', name: string, training: 'none' | 'spark' = 'none'): string {
  const left = [
    ...(images === 'delete'
      ? []
      : [`the image repository ${name} (aws ecr delete-repository --repository-name ${name} --force deletes it too)`]),
    ...(training === 'none' ? [] : [`the bucket ${name}-training-ACCOUNT-REGION (docs/operate/removing.md)`]),
  ];
  return left.length === 0 ? 'nothing.' : left.join('; and ');
}
