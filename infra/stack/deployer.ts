// The identity that GitHub uses. The user is the scenario's; by itself it opens nothing, since it has no access key.
// The role is the better way: a workflow of the one repository proves who it is (OpenID Connect) and gets credentials
// for an hour, so there is no secret to leak. Both carry the same two policies: that of the one repository and the stack, and what the
// compute target lets a deploy do to it. What can be asked of a whole account only (`*`) is the registry's login, which needs it.

import { SecretValue, Stack, Validations } from 'aws-cdk-lib';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import {
  AccessKey,
  type IOidcProvider,
  ManagedPolicy,
  OidcProviderNative,
  PolicyStatement,
  Role,
  User,
  WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { DeployRights } from './compute-target.ts';
import type { GitHubRepository } from './config.ts';
import { shortText } from './short-text.ts';

export interface DeployerProps {
  /** The repository that images are pushed to. */
  readonly images: IRepository;
  /** What may be done to what runs the app. */
  readonly rights: DeployRights;
  /**
   * The repository whose workflows may assume the role.
   *
   * @default - no role
   */
  readonly github?: GitHubRepository | undefined;
  /**
   * Whether this stack makes GitHub's OIDC provider, of which an account has at most one.
   *
   * @default 'create'
   */
  readonly provider?: 'create' | 'existing';
  /**
   * Whether the user gets an access key, kept in Secrets Manager.
   *
   * @default false
   */
  readonly keys?: boolean;
}

const issuer = 'token.actions.githubusercontent.com';

export class Deployer extends Construct {
  readonly user: User;
  readonly role: Role | undefined;
  readonly secret: Secret | undefined;

  constructor(scope: Construct, id: string, props: DeployerProps) {
    super(scope, id);
    const managedPolicies = [this.pushImages(props.images), this.operateTarget(props.rights)];
    this.user = new User(this, 'User', { managedPolicies });
    if (props.keys) this.secret = this.storeAccessKey();
    if (props.github) {
      this.role = new Role(this, 'Role', {
        description: 'Workflows of the one repository, on main',
        assumedBy: new WebIdentityPrincipal(this.provider(props.provider).oidcProviderArn, trust(props.github)),
        managedPolicies,
      });
    }
  }

  private pushImages(images: IRepository): ManagedPolicy {
    const policy = new ManagedPolicy(this, 'PushImages', {
      description: 'Push images to the one repository, and read what is there already.',
      statements: [
        new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
        new PolicyStatement({
          actions: [
            'ecr:BatchCheckLayerAvailability',
            'ecr:BatchGetImage',
            'ecr:CompleteLayerUpload',
            'ecr:GetDownloadUrlForLayer',
            'ecr:InitiateLayerUpload',
            'ecr:PutImage',
            'ecr:UploadLayerPart',
          ],
          resources: [shortText(images.repositoryArn)],
        }),
        // By it a workflow sees that what it deploys to is still there.
        new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Stack.of(this).stackId] }),
      ],
    });
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'ecr:GetAuthorizationToken knows no resources; the token gives no right that the policy does not.',
    });
    return policy;
  }

  private operateTarget({ anyResource, id, description, statements }: DeployRights): ManagedPolicy {
    const policy = new ManagedPolicy(this, id, { description, statements: [...statements] });
    if (anyResource) {
      Validations.of(policy).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: anyResource });
    }
    return policy;
  }

  private storeAccessKey(): Secret {
    const key = new AccessKey(this, 'AccessKey', { user: this.user });
    const secret = new Secret(this, 'AccessKeys', {
      description: 'The access key of the user that GitHub deploys as.',
      secretObjectValue: {
        AWS_ACCESS_KEY_ID: SecretValue.resourceAttribute(key.accessKeyId),
        AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'A rotation would have to reach GitHub too; who wants no key that lasts takes auth=oidc, the default.',
    });
    return secret;
  }

  private provider(how: 'create' | 'existing' = 'create'): Pick<IOidcProvider, 'oidcProviderArn'> {
    if (how === 'create') {
      return new OidcProviderNative(this, 'Provider', { url: `https://${issuer}`, clientIds: ['sts.amazonaws.com'] });
    }
    return {
      oidcProviderArn: Stack.of(this).formatArn({
        service: 'iam',
        region: '',
        resource: 'oidc-provider',
        resourceName: issuer,
      }),
    };
  }
}

/**
 * Who may assume the role: workflows on main, and jobs in the `production` environment, of the one repository.
 *
 * GitHub names a repository in two forms, `owner/name` and (for those made, renamed or moved since July 2026)
 * `owner@ID/name@ID`. Where the numbers are not given, the second form takes any; neither an owner, a repository
 * nor a branch can have `@` or `:` in its name, so that still means this owner and this repository.
 */
function trust({ owner, name, ids }: GitHubRepository): Record<string, Record<string, string | string[]>> {
  const spelt = [`${owner}/${name}`, `${owner}@${ids?.owner ?? '*'}/${name}@${ids?.name ?? '*'}`];
  const subjects = spelt.flatMap((form) => [`repo:${form}:ref:refs/heads/main`, `repo:${form}:environment:production`]);
  const audience = { [`${issuer}:aud`]: 'sts.amazonaws.com' };
  return ids
    ? { StringEquals: { ...audience, [`${issuer}:sub`]: subjects } }
    : { StringEquals: audience, StringLike: { [`${issuer}:sub`]: subjects } };
}
