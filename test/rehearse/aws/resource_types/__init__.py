"""The resource types that CloudFormation makes in the rehearsal, each by the calls of the AWS API that make it.

moto's own CloudFormation lacks some of these, leaves out properties of others, and forgets to delete a few. Here each
call goes to moto over HTTP like anyone else's, so botocore checks it against AWS's description of that API; and since
properties arrive as arguments by name, one that a type does not expect is an error. Nothing is skipped in silence.
"""

from . import bootstrap, fleet, functions, identity, images, network, observability, server, systems_manager, training
from .calls import aws, deleting
from .registry import kinds

__all__ = [
    "aws",
    "bootstrap",
    "deleting",
    "fleet",
    "functions",
    "identity",
    "images",
    "kinds",
    "network",
    "observability",
    "server",
    "systems_manager",
    "training",
]
