// Where the images wait between the build on GitHub and the server. An image is a version of code and model together,
// so a tag must never come to mean another one (immutable), and the way back must still be there
// when somebody needs it (the last twenty are kept, and the repository outlives the stack).

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type CfnRepository, Repository, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { shortText } from './short-text.ts';

export interface ImageRegistryProps {
  /** The repository's name; Amazon ECR takes lower case only. */
  readonly name: string;
  /**
   * Whether `cdk destroy` leaves the repository and its images.
   *
   * @default true
   */
  readonly keep?: boolean;
}

export class ImageRegistry extends Construct {
  readonly repository: Repository;
  /** `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`. */
  readonly repositoryUri: string;

  constructor(scope: Construct, id: string, { name, keep = true }: ImageRegistryProps) {
    super(scope, id);
    this.repository = new Repository(this, 'Repository', {
      repositoryName: name,
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      lifecycleRules: [
        {
          rulePriority: 1,
          description: 'Untagged images are left over from pushes that broke off.',
          tagStatus: TagStatus.UNTAGGED,
          maxImageAge: Duration.days(1),
        },
        {
          rulePriority: 2,
          description: 'As far as a rollback reaches.',
          tagStatus: TagStatus.ANY,
          maxImageCount: 20,
        },
      ],
      // A first deploy that fails takes it back, or the next would find its name taken.
      removalPolicy: keep ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
      emptyOnDelete: !keep,
    });
    // The library leaves it out, since it is the default; here it is said.
    const resource = this.repository.node.defaultChild as CfnRepository;
    resource.encryptionConfiguration = { encryptionType: 'AES256' };
    this.repositoryUri = resource.attrRepositoryUri;
  }

  /** What whoever runs an image needs to fetch it. */
  get pullRights(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
      new PolicyStatement({
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resources: [shortText(this.repository.repositoryArn)],
      }),
    ];
  }
}
