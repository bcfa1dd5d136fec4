"""What the stack of `cdk bootstrap` has besides, where moto lacks it."""

import json

from .calls import aws
from .registry import resource


@resource("AWS::S3::BucketPolicy")
def bucket_policy(name, Bucket, PolicyDocument):
    aws.s3.put_bucket_policy(Bucket=Bucket, Policy=json.dumps(PolicyDocument))
    return name, {}, lambda: aws.s3.delete_bucket_policy(Bucket=Bucket)
