"""The server and its address."""

import base64

from .calls import aws, deleting, tagged
from .registry import resource


@resource("AWS::EC2::LaunchTemplate")
def launch_template(name, LaunchTemplateName=None, **properties):
    made = aws.ec2.create_launch_template(LaunchTemplateName=LaunchTemplateName or name, **properties)
    made = made["LaunchTemplate"]
    attributes = {
        "LatestVersionNumber": str(made["LatestVersionNumber"]),
        "DefaultVersionNumber": str(made["DefaultVersionNumber"]),
    }
    template = made["LaunchTemplateId"]
    return template, attributes, lambda: aws.ec2.delete_launch_template(LaunchTemplateId=template)


@resource("AWS::EC2::Instance")
def instance(
    _,
    UserData,
    IamInstanceProfile,
    LaunchTemplate,
    PropagateTagsToVolumeOnCreation=False,
    CreditSpecification=None,
    Tags=(),
    **properties,
):
    version = {"LaunchTemplateId": LaunchTemplate["LaunchTemplateId"], "Versions": [LaunchTemplate["Version"]]}
    template = aws.ec2.describe_launch_template_versions(**version)["LaunchTemplateVersions"][0]["LaunchTemplateData"]
    # moto makes nothing of most of what a launch template says, so it is said again, as if it came from the caller.
    settings = {**template, **properties}
    settings["ImageId"] = resolve(settings["ImageId"])
    if CreditSpecification:
        settings["CreditSpecification"] = {"CpuCredits": CreditSpecification["CPUCredits"]}
    made = aws.ec2.run_instances(
        MinCount=1,
        MaxCount=1,
        UserData=base64.b64decode(UserData).decode(),
        IamInstanceProfile={"Name": IamInstanceProfile},
        LaunchTemplate=LaunchTemplate,
        TagSpecifications=tagged("instance", Tags) + (tagged("volume", Tags) if PropagateTagsToVolumeOnCreation else []),
        **settings,
    )["Instances"][0]
    server = made["InstanceId"]

    def delete():
        aws.ec2.terminate_instances(InstanceIds=[server])
        # Its own network interface goes with an instance; moto leaves it.
        for interface in made["NetworkInterfaces"]:
            deleting(lambda: aws.ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"]))

    return server, {"InstanceId": server}, delete


def resolve(image):
    prefix = "resolve:ssm:"
    if not image.startswith(prefix):
        return image
    return aws.ssm.get_parameter(Name=image.removeprefix(prefix))["Parameter"]["Value"]


@resource("AWS::EC2::EIP")
def elastic_ip(_, Domain="vpc", Tags=()):
    made = aws.ec2.allocate_address(Domain=Domain, TagSpecifications=tagged("elastic-ip", Tags))
    attributes = {"AllocationId": made["AllocationId"], "PublicIp": made["PublicIp"]}
    return made["PublicIp"], attributes, lambda: aws.ec2.release_address(AllocationId=made["AllocationId"])


@resource("AWS::EC2::EIPAssociation")
def elastic_ip_association(_, AllocationId, InstanceId):
    # As AWS does, and moto does not.
    server = aws.ec2.describe_instances(InstanceIds=[InstanceId])["Reservations"][0]["Instances"][0]
    attached = [{"Name": "attachment.vpc-id", "Values": [server["VpcId"]]}]
    if not aws.ec2.describe_internet_gateways(Filters=attached)["InternetGateways"]:
        raise RuntimeError(f"Gateway.NotAttached: {server['VpcId']} is not attached to any internet gateway")
    made = aws.ec2.associate_address(AllocationId=AllocationId, InstanceId=InstanceId)["AssociationId"]
    return made, {"Id": made}, lambda: aws.ec2.disassociate_address(AssociationId=made)
