// The disk that all containers of a fleet have: files of rows that are predicted in the background, so that whichever container is
// asked knows of every job, and takes up those of one that has died. Nothing else of the app is written down.

import { RemovalPolicy } from 'aws-cdk-lib';
import { type IVpc, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnAccessPoint, CfnFileSystem, CfnMountTarget } from 'aws-cdk-lib/aws-efs';
import { ArnPrincipal, type IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** The user in the image. */
const user = { uid: '1000', gid: '1000' };

export interface SharedFilesProps {
  readonly network: IVpc;
  /** Of the containers. */
  readonly containers: SecurityGroup;
  /** As whom they come. */
  readonly role: IRole;
}

export class SharedFiles extends Construct {
  readonly fileSystemId: string;
  readonly accessPointId: string;
  /** Without these nothing reaches it. */
  readonly mountTargets: readonly CfnMountTarget[];

  constructor(scope: Construct, id: string, { network, containers, role }: SharedFilesProps) {
    super(scope, id);
    const firewall = new SecurityGroup(this, 'Firewall', {
      vpc: network,
      description: 'The shared disk, from the containers',
      allowAllOutbound: false,
    });
    firewall.addIngressRule(containers, Port.NFS, 'From the containers');
    containers.addEgressRule(firewall, Port.NFS, 'To the shared disk');
    const files = new CfnFileSystem(this, 'Files', {
      encrypted: true,
      throughputMode: 'elastic',
      // Results are gone within hours.
      backupPolicy: { status: 'DISABLED' },
      fileSystemPolicy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            principals: [new ArnPrincipal(role.roleArn)],
            actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
            conditions: { Bool: { 'aws:SecureTransport': 'true' } },
          }),
        ],
      }),
    });
    files.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.fileSystemId = files.ref;
    this.accessPointId = new CfnAccessPoint(this, 'Batches', {
      fileSystemId: files.ref,
      posixUser: user,
      rootDirectory: {
        path: '/batches',
        creationInfo: { ownerUid: user.uid, ownerGid: user.gid, permissions: '700' },
      },
    }).ref;
    this.mountTargets = network.publicSubnets.map(
      ({ subnetId }, i) =>
        new CfnMountTarget(this, `Mount${i + 1}`, {
          fileSystemId: files.ref,
          subnetId,
          securityGroups: [firewall.securityGroupId],
        }),
    );
  }
}
