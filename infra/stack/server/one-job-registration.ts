// Who registers the server's runner anew for each job (runner=ephemeral). That takes a token of GitHub's that may do more
// than register, so it never comes to the server, where each job could read it: a function alone may. The server may call
// the function, and gets what registers one runner once.

import { readFileSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { type IRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';

import { Construct } from 'constructs';
import type { GitHubRepository } from '../config.ts';
import { shortText } from '../short-text.ts';
import { condensed } from './user-data.ts';

export interface OneJobRegistrationProps {
  /** The service's name; the function's follows from it, by which the server calls it. */
  readonly name: string;
  /** The repository whose jobs the runner takes. */
  readonly github: GitHubRepository;
}

/** What the function runs, as one line: each costs its indent in the template. */
export const registrationCode = condensed(readFileSync(new URL('register-one-job.cjs', import.meta.url), 'utf8'))
  .trim()
  .replaceAll(/\n+/g, ' ');

export class OneJobRegistration extends Construct {
  /** Where GitHub's token goes: empty until `npm run runner:register`. */
  readonly secretArn: string;
  /** What the server may do. */
  readonly statements: readonly PolicyStatement[];

  constructor(scope: Construct, id: string, { name, github }: OneJobRegistrationProps) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Token', { description: "GitHub's, to register runners." });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'GitHub has no way to renew such a token but by its owner, at a page.',
    });
    const readsToken = new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.ref] });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Token: new PolicyDocument({ statements: [readsToken] }) },
    });
    const { owner, name: repository } = github;
    const register = new CfnFunction(this, 'Function', {
      functionName: `${name}-runner`,
      runtime: Runtime.NODEJS_24_X.name,
      handler: 'index.handler',
      code: { zipFile: registrationCode },
      environment: { variables: { SECRET: secret.ref, REPOSITORY: `${owner}/${repository}` } },
      role: (role as IRole).roleArn,
      timeout: 30,
    });
    this.secretArn = secret.ref;
    this.statements = [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [shortText(register.attrArn)] }),
    ];
  }
}
