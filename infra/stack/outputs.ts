// What a person, or a command of this project, needs to know of a stack once it stands.

import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { shortText } from './short-text.ts';

/** The outputs by their names; a stack has those that apply to its settings. */
export interface Outputs {
  /** Where the service answers. */
  readonly Address?: string | undefined;
  /** The record to set at whoever serves the domain; the certificate comes once it is there. */
  readonly DnsRecord?: string | undefined;
  /** Where images are pushed. */
  readonly RepositoryUri?: string | undefined;
  /** What images are deployed to, as the command `deploy` finds it. */
  readonly DeployTarget?: string | undefined;
  /** The server. */
  readonly InstanceId?: string | undefined;
  /** The user of the scenario; without access keys unless `auth` asks for them. */
  readonly DeployUser?: string | undefined;
  /** The role that workflows assume. */
  readonly DeployRoleArn?: string | undefined;
  /** The user's access key, in Secrets Manager. */
  readonly AccessKeysSecretArn?: string | undefined;
  /** The repository that deploys. */
  readonly GitHubRepository?: string | undefined;
  /** The variables to set there: `NAME=value NAME=value …`. */
  readonly GitHubVariables?: string | undefined;
  /** The secrets to set there; a name without a value stands for what the secret of Secrets Manager holds. */
  readonly GitHubSecrets?: string | undefined;
  /** The command that sets both, and restricts the environment `production`. */
  readonly GitHubSetup?: string | undefined;
  /** The command that registers the server as the repository's runner. */
  readonly RegisterRunner?: string | undefined;
  /** Where GitHub's token goes that registers the runner for each job, in Secrets Manager. */
  readonly RunnerTokenArn?: string | undefined;
  /** The command that opens a shell on the server. */
  readonly OpenSession?: string | undefined;
  /** The application of EMR Serverless that trainings run on. */
  readonly TrainingApplication?: string | undefined;
  /** The role that trainings have. */
  readonly TrainingRoleArn?: string | undefined;
  /** The bucket of what trainings read and write. */
  readonly TrainingBucket?: string | undefined;
  /** Where rows lie that trainings may read, in a bucket that is none of the stack's. */
  readonly TrainingInput?: string | undefined;
  /** How it is doing. */
  readonly Dashboard?: string | undefined;
  /** What `cdk destroy` leaves on purpose. */
  readonly LeftByDestroy?: string | undefined;
}

/** Adds an output for each value that there is. */
export function addOutputs(stack: Stack, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) new CfnOutput(stack, name, { value: shortText(value) });
  }
}
