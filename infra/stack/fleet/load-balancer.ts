// What people reach of a fleet: one address, behind which each container is asked every ten seconds whether it is ready.

import { Duration, Validations } from 'aws-cdk-lib';
import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  type ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  ListenerCertificate,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** Where the app listens in its container. */
export const APP_PORT = 8080;

export interface LoadBalancerProps {
  readonly network: IVpc;
  /**
   * The certificate of the domain, in AWS Certificate Manager.
   *
   * @default - plain HTTP
   */
  readonly certificate?: string | undefined;
}

export class LoadBalancer extends Construct {
  /** The name by which AWS knows it. */
  readonly address: string;
  readonly balancer: ApplicationLoadBalancer;
  readonly targets: ApplicationTargetGroup;
  readonly listeners: readonly ApplicationListener[];
  /** Of the containers: they are asked by the load balancer, and by nobody else. */
  readonly containers: SecurityGroup;

  constructor(scope: Construct, id: string, { network, certificate }: LoadBalancerProps) {
    super(scope, id);
    const firewall = new SecurityGroup(this, 'Firewall', {
      vpc: network,
      description: 'HTTP and HTTPS from anywhere, and out to the containers',
      allowAllOutbound: false,
    });
    this.containers = new SecurityGroup(this, 'Containers', {
      vpc: network,
      description: 'The app, from the load balancer; and out to AWS',
      allowAllOutbound: false,
    });
    for (const port of [Port.HTTP, ...(certificate ? [Port.HTTPS] : [])]) {
      firewall.addIngressRule(Peer.anyIpv4(), port, 'From anywhere');
    }
    Validations.of(firewall).acknowledge({
      id: 'AwsSolutions-EC23',
      reason: 'It is a public web server; 80 and 443 are all that is open.',
    });
    firewall.addEgressRule(this.containers, Port.tcp(APP_PORT), 'To the app');
    this.containers.addIngressRule(firewall, Port.tcp(APP_PORT), 'From the load balancer');
    this.containers.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'To images, logs and settings');
    this.targets = this.makeTargets(network);
    this.balancer = this.makeBalancer(network, firewall);
    this.address = this.balancer.loadBalancerDnsName;
    this.listeners = certificate
      ? this.listenByHttps(certificate)
      : [this.listenByHttp(ListenerAction.forward([this.targets]))];
  }

  private listenByHttps(certificate: string): ApplicationListener[] {
    const https = this.balancer.addListener('Https', {
      port: 443,
      open: false,
      certificates: [ListenerCertificate.fromArn(certificate)],
      sslPolicy: SslPolicy.TLS13_RES,
      defaultAction: ListenerAction.forward([this.targets]),
    });
    return [https, this.listenByHttp(ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }))];
  }

  private listenByHttp(defaultAction: ListenerAction): ApplicationListener {
    return this.balancer.addListener('Http', { port: 80, open: false, defaultAction });
  }

  private makeTargets(vpc: IVpc): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, 'Targets', {
      vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: APP_PORT,
      healthCheck: {
        path: '/readyz',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
      // What a container that leaves still answers.
      deregistrationDelay: Duration.seconds(30),
      // Sessions of people lie in the memory of the container that they signed in to, and last so long.
      stickinessCookieDuration: Duration.hours(12),
    });
  }

  private makeBalancer(vpc: IVpc, securityGroup: SecurityGroup): ApplicationLoadBalancer {
    const balancer = new ApplicationLoadBalancer(this, 'Balancer', {
      vpc,
      internetFacing: true,
      securityGroup,
      dropInvalidHeaderFields: true,
    });
    Validations.of(balancer).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason:
        'The app writes a line for each request into the log group, without values; a bucket would hold the same again.',
    });
    return balancer;
  }
}
