"""A fleet: load balancer, containers, their shared disk, and scaling."""

import json

from .calls import aws, lower_first
from .registry import resource


@resource("AWS::EC2::SecurityGroupIngress")
def security_group_ingress(name, GroupId, Description, SourceSecurityGroupId, **rule):
    permission = [{**rule, "UserIdGroupPairs": [{"GroupId": SourceSecurityGroupId, "Description": Description}]}]
    aws.ec2.authorize_security_group_ingress(GroupId=GroupId, IpPermissions=permission)
    return name, {}, lambda: aws.ec2.revoke_security_group_ingress(GroupId=GroupId, IpPermissions=permission)


@resource("AWS::EC2::SecurityGroupEgress")
def security_group_egress(name, GroupId, Description, DestinationSecurityGroupId, **rule):
    permission = [{**rule, "UserIdGroupPairs": [{"GroupId": DestinationSecurityGroupId, "Description": Description}]}]
    aws.ec2.authorize_security_group_egress(GroupId=GroupId, IpPermissions=permission)
    return name, {}, lambda: aws.ec2.revoke_security_group_egress(GroupId=GroupId, IpPermissions=permission)


def attributes_of(listed):
    return [{"Key": each["Key"], "Value": each["Value"]} for each in listed]


def tags_of(tags):
    """None may not be said."""
    return {"Tags": list(tags)} if tags else {}


@resource("AWS::ElasticLoadBalancingV2::TargetGroup")
def target_group(name, TargetGroupAttributes=(), Tags=(), **properties):
    made = aws.elbv2.create_target_group(Name=short(name), **tags_of(Tags), **properties)["TargetGroups"][0]
    arn = made["TargetGroupArn"]
    aws.elbv2.modify_target_group_attributes(TargetGroupArn=arn, Attributes=attributes_of(TargetGroupAttributes))
    attributes = {"TargetGroupFullName": arn.split(":")[-1], "TargetGroupArn": arn}
    return arn, attributes, lambda: aws.elbv2.delete_target_group(TargetGroupArn=arn)


@resource("AWS::ElasticLoadBalancingV2::LoadBalancer")
def load_balancer(name, LoadBalancerAttributes=(), Tags=(), **properties):
    made = aws.elbv2.create_load_balancer(Name=short(name), **tags_of(Tags), **properties)["LoadBalancers"][0]
    arn = made["LoadBalancerArn"]
    aws.elbv2.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=attributes_of(LoadBalancerAttributes))
    attributes = {"DNSName": made["DNSName"], "LoadBalancerFullName": arn.split(":loadbalancer/")[1]}
    return arn, attributes, lambda: aws.elbv2.delete_load_balancer(LoadBalancerArn=arn)


def short(name):
    """A name of at most 32 characters, which differs in its end."""
    return name[-32:].strip("-")


@resource("AWS::ElasticLoadBalancingV2::Listener")
def listener(_, Tags=(), **properties):
    arn = aws.elbv2.create_listener(**tags_of(Tags), **properties)["Listeners"][0]["ListenerArn"]
    return arn, {"ListenerArn": arn}, lambda: aws.elbv2.delete_listener(ListenerArn=arn)


@resource("AWS::EFS::FileSystem")
def file_system(_, FileSystemPolicy, BackupPolicy, FileSystemTags=(), **properties):
    backup = BackupPolicy["Status"] == "ENABLED"
    made = aws.efs.create_file_system(Tags=list(FileSystemTags), Backup=backup, **properties)["FileSystemId"]
    aws.efs.put_file_system_policy(FileSystemId=made, Policy=json.dumps(FileSystemPolicy))
    return made, {"FileSystemId": made}, lambda: aws.efs.delete_file_system(FileSystemId=made)


@resource("AWS::EFS::AccessPoint")
def access_point(_, PosixUser, RootDirectory, AccessPointTags=(), **properties):
    numbers = {key: int(value) for key, value in PosixUser.items()}
    creation = {key: int(value) if "Owner" in key else value for key, value in RootDirectory["CreationInfo"].items()}
    made = aws.efs.create_access_point(
        PosixUser=numbers,
        RootDirectory={**RootDirectory, "CreationInfo": creation},
        Tags=list(AccessPointTags),
        **properties,
    )["AccessPointId"]
    return made, {"AccessPointId": made}, lambda: aws.efs.delete_access_point(AccessPointId=made)


@resource("AWS::EFS::MountTarget")
def mount_target(_, **properties):
    made = aws.efs.create_mount_target(**properties)["MountTargetId"]
    return made, {"Id": made}, lambda: aws.efs.delete_mount_target(MountTargetId=made)


@resource("AWS::ECS::Cluster")
def cluster(name, ClusterName=None, Tags=()):
    called = ClusterName or name
    arn = aws.ecs.create_cluster(clusterName=called, tags=lower_first(list(Tags)))["cluster"]["clusterArn"]
    return called, {"Arn": arn}, lambda: aws.ecs.delete_cluster(cluster=called)


@resource("AWS::ECS::TaskDefinition")
def task_definition(_, Volumes=(), Tags=(), **properties):
    made = aws.ecs.register_task_definition(
        volumes=[volume(**each) for each in Volumes], tags=lower_first(list(Tags)), **lower_first(properties)
    )["taskDefinition"]["taskDefinitionArn"]
    return made, {"TaskDefinitionArn": made}, lambda: aws.ecs.deregister_task_definition(taskDefinition=made)


def volume(Name, EFSVolumeConfiguration):
    given = EFSVolumeConfiguration
    access = given["AuthorizationConfig"]
    return {
        "name": Name,
        "efsVolumeConfiguration": {
            "fileSystemId": given["FilesystemId"],
            "transitEncryption": given["TransitEncryption"],
            "authorizationConfig": {"accessPointId": access["AccessPointId"], "iam": access["IAM"]},
        },
    }


@resource("AWS::ECS::Service")
def service(_, Cluster, ServiceName, Tags=(), **properties):
    # Amazon ECS starts one container where nothing else is said.
    made = aws.ecs.create_service(
        cluster=Cluster, serviceName=ServiceName, desiredCount=1, tags=lower_first(list(Tags)), **lower_first(properties)
    )["service"]["serviceArn"]
    return made, {"Name": ServiceName}, lambda: aws.ecs.delete_service(cluster=Cluster, service=ServiceName, force=True)


@resource("AWS::ApplicationAutoScaling::ScalableTarget")
def scalable_target(_, **properties):
    aws.client("application-autoscaling").register_scalable_target(**properties)
    place = {key: properties[key] for key in ("ServiceNamespace", "ResourceId", "ScalableDimension")}
    reference = "|".join(place[key] for key in ("ResourceId", "ScalableDimension", "ServiceNamespace"))
    return reference, {}, lambda: aws.client("application-autoscaling").deregister_scalable_target(**place)


@resource("AWS::ApplicationAutoScaling::ScalingPolicy")
def scaling_policy(_, ScalingTargetId, PolicyName, **properties):
    resource_id, dimension, namespace = ScalingTargetId.split("|")
    place = {"ServiceNamespace": namespace, "ResourceId": resource_id, "ScalableDimension": dimension}
    arn = aws.client("application-autoscaling").put_scaling_policy(PolicyName=PolicyName, **place, **properties)["PolicyARN"]
    return arn, {}, lambda: aws.client("application-autoscaling").delete_scaling_policy(PolicyName=PolicyName, **place)
