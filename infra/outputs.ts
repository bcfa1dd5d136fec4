// What a person, or a command of this project, needs to know of a stack once it stands.

import { CfnOutput, type Stack } from 'aws-cdk-lib';

/** Every output by its name, with what it is. A stack has those that apply to its settings. */
const descriptions = {
  Address: 'Where the service answers',
  DnsRecord: 'The record to set at whoever serves the domain; the certificate comes once it is there',
  RepositoryUri: 'Where images are pushed',
  InstanceId: 'The server',
  DeployUser: 'The user of the scenario; it has no access keys unless auth asks for them',
  DeployRoleArn: 'The role that workflows assume',
  AccessKeysSecretArn: "The user's access key, in Secrets Manager",
  GitHubRepository: 'The repository that deploys',
  GitHubVariables: 'The variables to set there',
  GitHubSecrets: 'The secrets to set there',
  GitHubSetup: 'The command that sets them, and shields the production environment',
  RegisterRunner: "The command that registers the server as the repository's runner",
  OpenSession: 'The command that opens a shell on the server',
  Dashboard: 'How it is doing',
  LeftByDestroy: 'What `cdk destroy` leaves on purpose',
} as const;

export type OutputName = keyof typeof descriptions;
export type Outputs = Partial<Record<OutputName, string>>;

/** Adds an output for each value that there is. */
export function addOutputs(stack: Stack, values: Readonly<Record<OutputName, string | undefined>>): void {
  for (const name of Object.keys(descriptions) as OutputName[]) {
    const value = values[name];
    if (value !== undefined) new CfnOutput(stack, name, { value, description: descriptions[name] });
  }
}
