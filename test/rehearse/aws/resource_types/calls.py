"""Calls of the AWS API, which go to moto."""

import functools

import boto3
from botocore.exceptions import ClientError


class Aws:
    """A client of each service by its name; where they go is known once moto listens."""

    endpoint = None
    region = None

    def __getattr__(self, service):
        return self.client(service)

    @functools.cache
    def client(self, service):
        return boto3.client(service, endpoint_url=self.endpoint, region_name=self.region)


aws = Aws()

absent = (
    "NoSuchEntity",
    "NotFound",
    "NotFoundException",
    "ResourceNotFoundException",
    "RepositoryNotFoundException",
    # Listeners go with their load balancer, and policies with the target that they scale.
    "ListenerNotFound",
    "ObjectNotFoundException",
)


def deleting(delete):
    """Deletes; what is gone already, with what it belonged to, is deleted."""
    try:
        delete()
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code not in absent and not code.endswith(".NotFound"):
            raise


def tagged(kind, tags):
    """Tags as EC2 takes them."""
    return [{"ResourceType": kind, "Tags": tags}] if tags else []


def lower_first(value):
    """CloudFormation writes `MetricName` where some services want `metricName`."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: lower_first(item) for key, item in value.items()}
    return [lower_first(item) for item in value] if isinstance(value, list) else value
