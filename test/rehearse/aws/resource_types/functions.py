"""Functions, from code that stands in the template."""

import io
import zipfile

from .calls import aws
from .registry import resource


@resource("AWS::Lambda::Function")
def function(name, Code, FunctionName=None, **properties):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        # As CloudFormation does for Node.js.
        archive.writestr("index.js", Code["ZipFile"])
    called = FunctionName or name
    made = aws.client("lambda").create_function(FunctionName=called, Code={"ZipFile": packed.getvalue()}, **properties)
    return called, {"Arn": made["FunctionArn"]}, lambda: aws.client("lambda").delete_function(FunctionName=called)
