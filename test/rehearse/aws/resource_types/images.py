"""The registry of images."""

import json

from .calls import aws, lower_first
from .registry import resource


@resource("AWS::ECR::Repository")
def repository(
    name,
    RepositoryName=None,
    LifecyclePolicy=None,
    RepositoryPolicyText=None,
    EmptyOnDelete=False,
    Tags=(),
    **properties,
):
    called = RepositoryName or name.lower()
    made = aws.ecr.create_repository(repositoryName=called, tags=list(Tags), **lower_first(properties))["repository"]
    if LifecyclePolicy:
        text = LifecyclePolicy["LifecyclePolicyText"]
        aws.ecr.put_lifecycle_policy(repositoryName=called, lifecyclePolicyText=text)
    if RepositoryPolicyText:
        aws.ecr.set_repository_policy(repositoryName=called, policyText=json.dumps(RepositoryPolicyText))
    attributes = {"Arn": made["repositoryArn"], "RepositoryUri": made["repositoryUri"]}
    return called, attributes, lambda: aws.ecr.delete_repository(repositoryName=called, force=EmptyOnDelete)
