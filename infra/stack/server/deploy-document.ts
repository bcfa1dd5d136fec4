// How a deploy reaches a server without a runner: a document of Systems Manager, which runs one script of the host with one
// digest. Who may send it can choose which image of the one repository serves, and give the server nothing else to run.

import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { shortText } from '../short-text.ts';

/** Within the 20 minutes that the job has, so that a deploy that hangs ends here first, and the job says how. In seconds. */
const longest = 900;

/** What the document says, as Systems Manager's agent reads it. */
export const deployDocument = {
  schemaVersion: '2.2',
  description: 'Deploys an image of this repository, by its digest.',
  parameters: {
    // It stands in a command line: the pattern, which Systems Manager holds, is all that may.
    Digest: { type: 'String', allowedPattern: '^sha256:[0-9a-f]{64}$' },
  },
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'deploy',
      inputs: {
        timeoutSeconds: String(longest),
        runCommand: ['exec /opt/plumbline/host/deploy-image.sh {{ Digest }}'],
      },
    },
  ],
} as const;

export interface DeployDocumentProps {
  /** The one server that it is for. */
  readonly instanceId: string;
}

export class DeployDocument extends Construct {
  /** How the command `deploy` finds both. */
  readonly locator: string;
  /** To send it to the one server, to see how that ends, and to cancel it. */
  readonly statements: readonly PolicyStatement[];
  /** Why one of them is for any resource. */
  readonly anyResource =
    'Reading and cancelling a command know no resources; they take its id, which is random and told to its sender alone.';

  constructor(scope: Construct, id: string, { instanceId }: DeployDocumentProps) {
    super(scope, id);
    const document = new CfnDocument(this, 'Document', {
      documentType: 'Command',
      content: deployDocument,
      updateMethod: 'NewVersion',
    });
    const stack = Stack.of(this);
    const arn = (service: string, resource: string, resourceName: string) =>
      shortText(stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME }));
    this.locator = `systems-manager/${stack.region}/${document.ref}/${instanceId}`;
    this.statements = [
      new PolicyStatement({
        actions: ['ssm:SendCommand'],
        resources: [arn('ssm', 'document', document.ref), arn('ec2', 'instance', instanceId)],
      }),
      new PolicyStatement({ actions: ['ssm:CancelCommand', 'ssm:GetCommandInvocation'], resources: ['*'] }),
    ];
  }
}
