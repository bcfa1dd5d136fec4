// The one server: Ubuntu in a small network of its own, with Caddy in front of the app and GitHub's runner beside it.
// One instance, not a cluster: deploys are gapless on it, it costs a tenth, and one person can reason about it.
// Nobody logs in by SSH (no port, no key): Session Manager asks IAM, and leaves a record.

import { ArnFormat, CfnWaitCondition, CfnWaitConditionHandle, Fn, Stack, Tags, Validations } from 'aws-cdk-lib';
import {
  CfnEIP,
  CfnEIPAssociation,
  CfnInstance,
  CfnLaunchTemplate,
  type ISubnet,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import { InstanceProfile, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ComputeTarget, DeployRights, Logged, Signals } from '../compute-target.ts';
import type { GitHubRepository } from '../config.ts';
import type { ImageRegistry } from '../image-registry.ts';
import { makeNetwork } from '../network.ts';
import { shortText } from '../short-text.ts';
import { DeployDocument } from './deploy-document.ts';
import { OneJobRegistration } from './one-job-registration.ts';
import { makeServerRole } from './server-role.ts';
import { serverSignals } from './server-signals.ts';
import { hostDigest, type Runner, userDataInTemplate } from './user-data.ts';

export interface AppServerProps {
  /** The service's name, which the instance bears in the console. */
  readonly name: string;
  /** The instance type. */
  readonly instanceType: string;
  /** The processor's architecture, which must be the instance type's. */
  readonly architecture: 'amd64' | 'arm64';
  /** Whether the instance type lives on CPU credits. */
  readonly burstable: boolean;
  /** The registry that the server pulls from. */
  readonly registry: ImageRegistry;
  /** Where the app and the host write their logs. */
  readonly logGroup: ILogGroup;
  /** Where the network's flow logs go. */
  readonly flowLogGroup: ILogGroup;
  /**
   * The name that people use; Caddy gets a certificate for it.
   *
   * @default - plain HTTP on the address
   */
  readonly domain?: string | undefined;
  /**
   * Whether the deployer may terminate the instance as well: whoever holds a leaked key could then end the service.
   *
   * @default false
   */
  readonly terminate?: boolean;
  /** How deploys come to the server. */
  readonly runner: Runner;
  /**
   * The repository whose jobs a runner takes that is registered for each.
   *
   * @default - none, where the runner is no such one
   */
  readonly github?: GitHubRepository | undefined;
}

/** Size of the root volume in GiB: the system takes 4, swap 2, five images less than 2. */
const volumeSize = 20;

/** What Caddy serves. */
const siteOf = ({ domain }: AppServerProps) => domain ?? ':80';

/** Seconds that a deploy waits for the bootstrap; most of it is downloads. */
const bootstrapTimeout = 900;

export class AppServer extends Construct implements ComputeTarget {
  readonly url: string;
  readonly architecture: 'amd64' | 'arm64';
  readonly locator: string;
  readonly deployRights: DeployRights;
  readonly outputs: ComputeTarget['outputs'];
  readonly instanceId: string;
  private readonly burstable: boolean;
  /** There once the bootstrap has reported success. */
  private readonly bootstrapped: CfnWaitCondition;

  constructor(scope: Construct, id: string, props: AppServerProps) {
    super(scope, id);
    const network = makeNetwork(this, props.flowLogGroup, 1);
    // A signal answers one run of the bootstrap only, so its name changes with what that run would do.
    const bootstrap = `Bootstrap${hostDigest(props.runner, siteOf(props), props.architecture)}`;
    const signal = new CfnWaitConditionHandle(this, `${bootstrap}Signal`);
    const { github, runner } = props;
    const registration =
      runner === 'ephemeral' && github
        ? new OneJobRegistration(this, 'Registration', { name: props.name, github })
        : undefined;
    const role = makeServerRole(this, props, registration?.statements);
    const instance = this.makeInstance({ ...props, role }, network, signal.ref);
    const address = new CfnEIP(this, 'Address', { domain: 'vpc' });
    address.node.addDependency(instance);
    // The subnet gives no address of its own: one that was replaced by this would break the downloads of the bootstrap,
    // which instead waits until this is there.
    const association = new CfnEIPAssociation(this, 'AddressAssociation', {
      allocationId: address.attrAllocationId,
      instanceId: instance.ref,
    });
    this.bootstrapped = new CfnWaitCondition(this, bootstrap, {
      handle: signal.ref,
      timeout: String(bootstrapTimeout),
      count: 1,
    });
    this.bootstrapped.addResourceDependency(association);
    const { architecture, burstable, domain, name } = props;
    this.instanceId = instance.ref;
    this.architecture = architecture;
    this.burstable = burstable;
    this.url = domain ? `https://${domain}` : `http://${address.attrPublicIp}`;
    const document = runner === 'none' ? new DeployDocument(this, 'Deploy', this) : undefined;
    this.locator = document?.locator ?? 'server';
    this.deployRights = this.operateInstance(props, document);
    const { region } = Stack.of(this);
    this.outputs = {
      DnsRecord: domain && `${domain}. A ${address.attrPublicIp}`,
      InstanceId: instance.ref,
      RegisterRunner: document ? undefined : `npm run runner:register -- --stack ${name} --region ${region}`,
      RunnerTokenArn: registration?.secretArn,
      OpenSession: `aws ssm start-session --target ${instance.ref} --region ${region}`,
    };
  }

  /** They begin once the server is bootstrapped. */
  signals(logged: Logged): Signals {
    return { ...serverSignals(this.instanceId, this.burstable, logged), watchableAfter: this.bootstrapped };
  }

  private operateInstance({ terminate = false }: AppServerProps, document?: DeployDocument): DeployRights {
    const { instanceId: resourceName } = this;
    const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
    const instance = shortText(
      Stack.of(this).formatArn({ service: 'ec2', resource: 'instance', resourceName, arnFormat }),
    );
    const actions = ['CreateTags', 'StartInstances', 'StopInstances', ...(terminate ? ['TerminateInstances'] : [])];
    return {
      id: 'OperateInstance',
      description: `Start, stop and tag the one instance${document ? ', and send it the one document' : ''}.`,
      statements: [
        new PolicyStatement({ actions: actions.map((action) => `ec2:${action}`), resources: [instance] }),
        ...(document?.statements ?? []),
      ],
      anyResource: document?.anyResource,
    };
  }

  private makeInstance(props: AppServerProps & { readonly role: Role }, network: IVpc, signalUrl: string): CfnInstance {
    const subnet = firstSubnet(network);
    const { architecture, burstable, instanceType, logGroup, name, registry } = props;
    const profile = new InstanceProfile(this, 'Profile', { role: props.role });
    const instance = new CfnInstance(this, 'Instance', {
      launchTemplate: this.launchTemplate(architecture),
      instanceType,
      subnetId: subnet.subnetId,
      securityGroupIds: [this.makeFirewall(network).securityGroupId],
      iamInstanceProfile: profile.instanceProfileName,
      blockDeviceMappings: [
        {
          deviceName: '/dev/sda1',
          ebs: { volumeType: 'gp3', volumeSize, encrypted: true, deleteOnTermination: true },
        },
      ],
      propagateTagsToVolumeOnCreation: true,
      // A T instance starts without credits, so that a standard one would bootstrap at a fifth of its speed.
      // An alarm tells when unlimited ones begin to cost.
      ...(burstable ? { creditSpecification: { cpuCredits: 'unlimited' } } : {}),
      userData: Fn.base64(
        userDataInTemplate(
          {
            name,
            region: '${AWS::Region}',
            repositoryUri: this.placeholder(registry.repositoryUri),
            logGroup: this.placeholder(logGroup.logGroupName),
            site: siteOf(props),
            signalUrl: this.placeholder(signalUrl),
          },
          props.runner,
        ),
      ),
    });
    Tags.of(instance).add('Name', name);
    // The network's own notion of connectivity ends with the gateway; the subnet's has it attached, and a route to it.
    instance.node.addDependency(subnet.internetConnectivityEstablished);
    Validations.of(instance).acknowledge(
      {
        id: 'AwsSolutions-EC28',
        reason:
          'The server reports its own vitals every minute; EC2 gives status checks each minute without this as well.',
      },
      {
        id: 'AwsSolutions-EC29',
        reason:
          'The server holds nothing that a deploy does not bring back, and `cdk destroy` has to be able to end it.',
      },
    );
    return instance;
  }

  /**
   * The newest Ubuntu 24.04 at launch. `resolve:ssm` stands in the template as it is, so a newer image
   * does not replace a running server, as a parameter that CloudFormation resolves at each deploy would.
   */
  private launchTemplate(architecture: 'amd64' | 'arm64'): CfnInstance.LaunchTemplateSpecificationProperty {
    const release = '/aws/service/canonical/ubuntu/server/24.04/stable/current';
    const template = new CfnLaunchTemplate(this, 'LaunchTemplate', {
      launchTemplateData: {
        imageId: `resolve:ssm:${release}/${architecture}/hvm/ebs-gp3/ami-id`,
        // One hop reaches the host's processes, not its containers.
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
        maintenanceOptions: { autoRecovery: 'default' },
        instanceInitiatedShutdownBehavior: 'stop',
      },
    });
    return { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
  }

  /** A reference to a resource of this stack, as Fn::Sub knows it. */
  private placeholder(reference: string): string {
    const { Ref, 'Fn::GetAtt': attribute } = Stack.of(this).resolve(reference);
    return `\${${Ref ?? attribute.join('.')}}`;
  }

  private makeFirewall(vpc: IVpc): SecurityGroup {
    const firewall = new SecurityGroup(this, 'Firewall', {
      vpc,
      description: 'HTTP and HTTPS, in and out, and nothing else',
      allowAllOutbound: false,
    });
    for (const [port, purpose] of [
      [Port.HTTP, 'HTTP'],
      [Port.HTTPS, 'HTTPS'],
    ] as const) {
      firewall.addIngressRule(Peer.anyIpv4(), port, `${purpose} from anywhere`);
      firewall.addEgressRule(Peer.anyIpv4(), port, `${purpose} to Ubuntu, GitHub and AWS`);
    }
    Validations.of(firewall).acknowledge({
      id: 'AwsSolutions-EC23',
      reason: 'It is a public web server; 80 and 443 are all that is open.',
    });
    return firewall;
  }
}

function firstSubnet(network: IVpc): ISubnet {
  const [subnet] = network.publicSubnets;
  if (!subnet) throw new Error('The network has no public subnet.');
  return subnet;
}
