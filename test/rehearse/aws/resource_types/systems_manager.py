"""What Systems Manager runs on the server."""

import json

from .calls import aws
from .registry import resource


@resource("AWS::SSM::Document")
def document(name, Content, UpdateMethod="Replace", **properties):
    # CloudFormation makes up a name of the stack's, the resource's and something random.
    aws.ssm.create_document(Name=name, Content=json.dumps(Content), DocumentFormat="JSON", **properties)
    return name, {}, lambda: aws.ssm.delete_document(Name=name)
