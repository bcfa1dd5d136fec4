"""The network."""

from .calls import aws, tagged
from .registry import resource


@resource("AWS::EC2::VPC")
def vpc(_, CidrBlock, InstanceTenancy="default", EnableDnsHostnames=False, EnableDnsSupport=True, Tags=()):
    made = aws.ec2.create_vpc(
        CidrBlock=CidrBlock, InstanceTenancy=InstanceTenancy, TagSpecifications=tagged("vpc", Tags)
    )["Vpc"]["VpcId"]
    aws.ec2.modify_vpc_attribute(VpcId=made, EnableDnsHostnames={"Value": EnableDnsHostnames})
    aws.ec2.modify_vpc_attribute(VpcId=made, EnableDnsSupport={"Value": EnableDnsSupport})
    return made, {"VpcId": made}, lambda: aws.ec2.delete_vpc(VpcId=made)


@resource("AWS::EC2::Subnet")
def subnet(_, VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch=False, Tags=()):
    made = aws.ec2.create_subnet(
        VpcId=VpcId,
        CidrBlock=CidrBlock,
        AvailabilityZone=AvailabilityZone,
        TagSpecifications=tagged("subnet", Tags),
    )["Subnet"]["SubnetId"]
    aws.ec2.modify_subnet_attribute(SubnetId=made, MapPublicIpOnLaunch={"Value": MapPublicIpOnLaunch})
    return made, {"SubnetId": made}, lambda: aws.ec2.delete_subnet(SubnetId=made)


@resource("AWS::EC2::RouteTable")
def route_table(_, VpcId, Tags=()):
    made = aws.ec2.create_route_table(VpcId=VpcId, TagSpecifications=tagged("route-table", Tags))
    made = made["RouteTable"]["RouteTableId"]
    return made, {"RouteTableId": made}, lambda: aws.ec2.delete_route_table(RouteTableId=made)


@resource("AWS::EC2::SubnetRouteTableAssociation")
def subnet_route_table_association(_, RouteTableId, SubnetId):
    made = aws.ec2.associate_route_table(RouteTableId=RouteTableId, SubnetId=SubnetId)["AssociationId"]
    return made, {"Id": made}, lambda: aws.ec2.disassociate_route_table(AssociationId=made)


@resource("AWS::EC2::Route")
def route(name, RouteTableId, DestinationCidrBlock, GatewayId):
    place = {"RouteTableId": RouteTableId, "DestinationCidrBlock": DestinationCidrBlock}
    aws.ec2.create_route(**place, GatewayId=GatewayId)
    return name, {}, lambda: aws.ec2.delete_route(**place)


@resource("AWS::EC2::InternetGateway")
def internet_gateway(_, Tags=()):
    made = aws.ec2.create_internet_gateway(TagSpecifications=tagged("internet-gateway", Tags))
    made = made["InternetGateway"]["InternetGatewayId"]
    return made, {"InternetGatewayId": made}, lambda: aws.ec2.delete_internet_gateway(InternetGatewayId=made)


@resource("AWS::EC2::VPCGatewayAttachment")
def vpc_gateway_attachment(name, VpcId, InternetGatewayId):
    both = {"VpcId": VpcId, "InternetGatewayId": InternetGatewayId}
    aws.ec2.attach_internet_gateway(**both)
    return name, {}, lambda: aws.ec2.detach_internet_gateway(**both)


@resource("AWS::EC2::FlowLog")
def flow_log(_, ResourceId, Tags=(), **properties):
    made = aws.ec2.create_flow_logs(
        ResourceIds=[ResourceId], TagSpecifications=tagged("vpc-flow-log", Tags), **properties
    )["FlowLogIds"][0]
    return made, {"Id": made}, lambda: aws.ec2.delete_flow_logs(FlowLogIds=[made])


@resource("AWS::EC2::SecurityGroup")
def security_group(name, VpcId, GroupDescription, SecurityGroupIngress=(), SecurityGroupEgress=(), Tags=()):
    made = aws.ec2.create_security_group(
        GroupName=name, Description=GroupDescription, VpcId=VpcId, TagSpecifications=tagged("security-group", Tags)
    )["GroupId"]

    def permission(CidrIp, Description=None, **rule):
        return {**rule, "IpRanges": [{"CidrIp": CidrIp, **({"Description": Description} if Description else {})}]}

    if SecurityGroupEgress:
        # EC2 lets a new group out to everywhere; CloudFormation takes that back where the template says something.
        everywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        aws.ec2.revoke_security_group_egress(GroupId=made, IpPermissions=[everywhere])
        rules = [permission(**rule) for rule in SecurityGroupEgress]
        aws.ec2.authorize_security_group_egress(GroupId=made, IpPermissions=rules)
    if SecurityGroupIngress:
        rules = [permission(**rule) for rule in SecurityGroupIngress]
        aws.ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=rules)
    return made, {"GroupId": made, "VpcId": VpcId}, lambda: aws.ec2.delete_security_group(GroupId=made)
