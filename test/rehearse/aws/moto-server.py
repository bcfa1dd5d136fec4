"""The AWS that the rehearsal deploys to: moto, with a CloudFormation that knows the stack's resource types, or says
that it does not.

    python moto-server.py probe     says as JSON where Python, the AWS CLI and cfn-lint are, once all parts are there
    python moto-server.py REGION    listens on a free port of localhost, says which, and ends with its standard input
"""

import importlib.util
import json
import logging
import os
import re
import shutil
import sys
import threading
from datetime import datetime, timezone
from pathlib import Path

# cdk bootstrap attaches policies of Amazon's.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"

import moto
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.iam.access_control import IAMPolicy
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3 import models as s3
from moto.ssm import models as ssm
from werkzeug.serving import make_server

import resource_types
import spark_jobs

log = logging.getLogger("rehearsal")

here = Path(__file__).parent
account = "123456789012"
oldest = (5, 1)

# What the parameters say that Canonical publishes: the newest Ubuntu for each architecture.
images = {"amd64": "ami-0000000000000a64", "arm64": "ami-0000000000000a12"}


class Made:
    """A resource that stands, as moto's CloudFormation wants it."""

    def __init__(self, type_name, name, made):
        self.type_name, self.name = type_name, name
        self.physical_resource_id, self.attributes, self.undo = made

    def is_created(self):
        return True

    def get_cfn_attribute(self, attribute):
        if attribute not in self.attributes:
            raise ValidationError(message=f"{self.type_name}: the rehearsal knows no attribute {attribute}")
        return self.attributes[attribute]

    def delete(self, *_):
        try:
            resource_types.deleting(self.undo)
        except Exception as cause:
            log.info("not yet deleted: %s %s: %s", self.type_name, self.name, cause)
            raise ValidationError(message=f"{self.type_name} {self.name} cannot be deleted: {cause}") from cause


class Kind:
    """A resource type, as moto's CloudFormation wants it."""

    def __init__(self, type_name, make):
        self.type_name, self.make = type_name, make

    def has_cfn_attr(self, _):
        return True

    def create_from_cloudformation_json(self, resource_name, cloudformation_json, *_, **__):
        try:
            made = self.make(resource_name, **cloudformation_json["Properties"])
        except Exception as cause:
            log.exception("not made: %s %s", self.type_name, resource_name)
            raise ValidationError(message=f"{self.type_name} {resource_name} cannot be made: {cause}") from cause
        return Made(self.type_name, resource_name, made)

    def update_from_cloudformation_json(self, *_, **__):
        raise ValidationError(message=f"{self.type_name}: the rehearsal makes and deletes, but does not change")


def stand_in(name, **_):
    """For a type that moto has nothing to stand for; Ref gives a URL, as of a WaitConditionHandle."""
    return f"https://rehearsal.invalid/{name}", {}, lambda: None


def refuse_unknown_types():
    """A type that moto does not know is passed over with a line in the log; AWS refuses it, and so does this."""
    known = {name: Kind(name, stand_in) for name in json.loads((here / "not-rehearsed.json").read_text())}
    known.update({name: Kind(name, make) for name, make in resource_types.kinds.items()})

    def resource_class_from_type(type_name):
        found = known.get(type_name) or parsing.get_model_map().get(type_name)
        if not found:
            raise ValidationError(message=f"Unrecognized resource types: [{type_name}]")
        return found

    assert callable(parsing.resource_class_from_type)
    parsing.resource_class_from_type = resource_class_from_type


def make_the_last_first():
    """AWS makes at once whatever nothing holds back, and moto whatever comes first in the template. So that no order
    passes which the template does not ask for, this goes through it from its end, and makes what is asked for only."""
    create = parsing.ResourceMap.create

    def create_from_the_end(self, template):
        resources, ordered = template["Resources"], {}

        def visit(name):
            if name in resources and name not in ordered:
                for needed in needs(resources[name]):
                    visit(needed)
                ordered[name] = resources[name]

        for name in reversed(resources):
            visit(name)
        return create(self, {**template, "Resources": ordered})

    parsing.ResourceMap.create = create_from_the_end


def keep_what_is_retained():
    """moto takes back a resource with `RetainExceptOnCreate`; AWS does so only where the first deploy failed."""
    delete = parsing.ResourceMap.delete

    def delete_the_rest(self):
        for resource in self._resource_json_map.values():
            if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
                resource["DeletionPolicy"] = "Retain"
        delete(self)

    parsing.ResourceMap.delete = delete_the_rest


def take_all_requests_as_by_tls():
    """moto heeds no condition of a bucket's policy, so that one which refuses requests without TLS would refuse all."""
    by_tls = {"Bool": {"aws:SecureTransport": "false"}}
    permission = s3.FakeBucket.get_permission

    def get_permission(self, action, resource):
        if not self.policy:
            return permission(self, action, resource)
        document = json.loads(self.policy)
        document["Statement"] = [each for each in document["Statement"] if each.get("Condition") != by_tls]
        return IAMPolicy(json.dumps(document)).is_action_permitted(action, resource)

    s3.FakeBucket.get_permission = get_permission


def needs(resource):
    """The names that a resource waits for: those it depends on in so many words, and those that it speaks of."""
    depends = resource.get("DependsOn", [])
    yield from [depends] if isinstance(depends, str) else depends
    yield from mentions(resource.get("Properties"))


def mentions(value):
    if isinstance(value, list):
        for item in value:
            yield from mentions(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Ref":
                yield item
            elif key == "Fn::GetAtt":
                yield item.split(".")[0] if isinstance(item, str) else item[0]
            elif key == "Fn::Sub":
                yield from re.findall(r"\$\{(\w+)", item if isinstance(item, str) else item[0])
                yield from mentions(item)
            else:
                yield from mentions(item)


def publish_images(region):
    for architecture, image in images.items():
        name = f"/aws/service/canonical/ubuntu/server/24.04/stable/current/{architecture}/hvm/ebs-gp3/ami-id"
        # Nobody but Amazon may publish below /aws, so moto's API refuses it too.
        ssm.ssm_backends[account][region]._parameters[name].append(
            ssm.Parameter(
                account_id=account,
                name=name,
                value=image,
                parameter_type="String",
                description=None,
                allowed_pattern=None,
                keyid=None,
                last_modified_date=datetime.now(timezone.utc),
                version=1,
                data_type="aws:ec2:image",
            )
        )


def probe():
    folder = Path(sys.executable).parent
    if tuple(int(part) for part in moto.__version__.split(".")[:2]) < oldest:
        sys.exit(f"moto {moto.__version__} is too old")
    found = {"python": sys.executable, "moto": moto.__version__}
    for tool, module in {"aws": "awscli", "cfn-lint": "cfnlint"}.items():
        found[tool] = shutil.which(tool, path=f"{folder}{os.pathsep}{os.environ['PATH']}")
        if not found[tool] or not importlib.util.find_spec(module):
            sys.exit(f"{tool} is not installed")
    print(json.dumps(found))


def serve(region):
    refuse_unknown_types()
    make_the_last_first()
    keep_what_is_retained()
    take_all_requests_as_by_tls()
    spark_jobs.play(here / "job-results")
    publish_images(region)
    server = make_server("localhost", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    resource_types.aws.endpoint = f"http://localhost:{server.port}"
    resource_types.aws.region = region
    spark_jobs.play.where = {"endpoint_url": resource_types.aws.endpoint, "region_name": region}
    # Whoever started this may end without a word.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    print(json.dumps({"port": server.port}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    log.setLevel(logging.INFO)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    if sys.argv[1:] == ["probe"]:
        probe()
    else:
        serve(sys.argv[1])
