"""Roles, users, policies and keys."""

import json

from .calls import aws, deleting
from .registry import resource


@resource("AWS::IAM::Role")
def role(name, AssumeRolePolicyDocument, RoleName=None, Policies=(), ManagedPolicyArns=(), **properties):
    called = RoleName or name
    trust = json.dumps(AssumeRolePolicyDocument)
    made = aws.iam.create_role(RoleName=called, AssumeRolePolicyDocument=trust, **properties)["Role"]
    for policy in Policies:
        put_role_policy(called, **policy)
    for arn in ManagedPolicyArns:
        aws.iam.attach_role_policy(RoleName=called, PolicyArn=arn)

    def delete():
        for policy in aws.iam.list_attached_role_policies(RoleName=called)["AttachedPolicies"]:
            aws.iam.detach_role_policy(RoleName=called, PolicyArn=policy["PolicyArn"])
        for policy in Policies:
            deleting(lambda: aws.iam.delete_role_policy(RoleName=called, PolicyName=policy["PolicyName"]))
        aws.iam.delete_role(RoleName=called)

    return called, {"Arn": made["Arn"], "RoleId": made["RoleId"]}, delete


def put_role_policy(role_name, PolicyName, PolicyDocument):
    document = json.dumps(PolicyDocument)
    aws.iam.put_role_policy(RoleName=role_name, PolicyName=PolicyName, PolicyDocument=document)


@resource("AWS::IAM::Policy")
def policy(name, PolicyName, PolicyDocument, Roles):
    for each in Roles:
        put_role_policy(each, PolicyName, PolicyDocument)

    def delete():
        for each in Roles:
            deleting(lambda: aws.iam.delete_role_policy(RoleName=each, PolicyName=PolicyName))

    return name, {}, delete


@resource("AWS::IAM::ManagedPolicy")
def managed_policy(name, PolicyDocument, ManagedPolicyName=None, Roles=(), **properties):
    document = json.dumps(PolicyDocument)
    called = ManagedPolicyName or name
    arn = aws.iam.create_policy(PolicyName=called, PolicyDocument=document, **properties)["Policy"]["Arn"]
    for each in Roles:
        aws.iam.attach_role_policy(RoleName=each, PolicyArn=arn)

    def delete():
        for each in Roles:
            deleting(lambda: aws.iam.detach_role_policy(RoleName=each, PolicyArn=arn))
        # As AWS does, and moto does not.
        bearers = aws.iam.list_entities_for_policy(PolicyArn=arn)
        if bearers["PolicyUsers"] or bearers["PolicyRoles"]:
            raise RuntimeError(f"DeleteConflict: {arn} is still attached")
        aws.iam.delete_policy(PolicyArn=arn)

    return arn, {"PolicyArn": arn}, delete


@resource("AWS::IAM::InstanceProfile")
def instance_profile(name, Roles, InstanceProfileName=None, **properties):
    called = InstanceProfileName or name
    arn = aws.iam.create_instance_profile(InstanceProfileName=called, **properties)["InstanceProfile"]["Arn"]
    for each in Roles:
        aws.iam.add_role_to_instance_profile(InstanceProfileName=called, RoleName=each)

    def delete():
        for each in aws.iam.get_instance_profile(InstanceProfileName=called)["InstanceProfile"]["Roles"]:
            aws.iam.remove_role_from_instance_profile(InstanceProfileName=called, RoleName=each["RoleName"])
        aws.iam.delete_instance_profile(InstanceProfileName=called)

    return called, {"Arn": arn}, delete


@resource("AWS::IAM::User")
def user(name, UserName=None, ManagedPolicyArns=(), **properties):
    called = UserName or name
    made = aws.iam.create_user(UserName=called, **properties)["User"]
    for arn in ManagedPolicyArns:
        aws.iam.attach_user_policy(UserName=called, PolicyArn=arn)

    def delete():
        for each in aws.iam.list_attached_user_policies(UserName=called)["AttachedPolicies"]:
            aws.iam.detach_user_policy(UserName=called, PolicyArn=each["PolicyArn"])
        aws.iam.delete_user(UserName=called)

    return called, {"Arn": made["Arn"]}, delete


@resource("AWS::IAM::AccessKey")
def access_key(_, UserName):
    made = aws.iam.create_access_key(UserName=UserName)["AccessKey"]
    key = made["AccessKeyId"]
    attributes = {"SecretAccessKey": made["SecretAccessKey"]}
    return key, attributes, lambda: aws.iam.delete_access_key(UserName=UserName, AccessKeyId=key)


@resource("AWS::IAM::OIDCProvider")
def oidc_provider(_, Url, ClientIdList=(), **properties):
    arn = aws.iam.create_open_id_connect_provider(Url=Url, ClientIDList=ClientIdList, **properties)
    arn = arn["OpenIDConnectProviderArn"]
    return arn, {"Arn": arn}, lambda: aws.iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)


@resource("AWS::SecretsManager::Secret")
def secret(name, Name=None, **properties):
    arn = aws.secretsmanager.create_secret(Name=Name or name, **properties)["ARN"]
    delete = {"SecretId": arn, "ForceDeleteWithoutRecovery": True}
    return arn, {"Id": arn}, lambda: aws.secretsmanager.delete_secret(**delete)
