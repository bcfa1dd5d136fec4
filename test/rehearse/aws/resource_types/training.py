"""What trainings on a cluster run on: a bucket, and an application of EMR Serverless."""

from .calls import aws, deleting, lower_first
from .registry import resource


@resource("AWS::S3::Bucket")
def bucket(
    name,
    BucketName=None,
    BucketEncryption=None,
    VersioningConfiguration=None,
    PublicAccessBlockConfiguration=None,
    LifecycleConfiguration=None,
    AccessControl=None,
    Tags=(),
):
    called = BucketName or name.lower()
    aws.s3.create_bucket(Bucket=called, CreateBucketConfiguration={"LocationConstraint": aws.region})
    if BucketEncryption:
        rules = [
            {"ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"]}
            for rule in BucketEncryption["ServerSideEncryptionConfiguration"]
        ]
        aws.s3.put_bucket_encryption(Bucket=called, ServerSideEncryptionConfiguration={"Rules": rules})
    if VersioningConfiguration:
        aws.s3.put_bucket_versioning(Bucket=called, VersioningConfiguration=VersioningConfiguration)
    if PublicAccessBlockConfiguration:
        block = {key: value in (True, "true") for key, value in PublicAccessBlockConfiguration.items()}
        aws.s3.put_public_access_block(Bucket=called, PublicAccessBlockConfiguration=block)
    if LifecycleConfiguration:
        rules = [lifecycle_rule(number, **rule) for number, rule in enumerate(LifecycleConfiguration["Rules"])]
        aws.s3.put_bucket_lifecycle_configuration(Bucket=called, LifecycleConfiguration={"Rules": rules})
    attributes = {
        "Arn": f"arn:aws:s3:::{called}",
        "DomainName": f"{called}.s3.amazonaws.com",
        "RegionalDomainName": f"{called}.s3.{aws.region}.amazonaws.com",
    }
    return called, attributes, lambda: aws.s3.delete_bucket(Bucket=called)


def lifecycle_rule(number, Status, Prefix="", Id=None, ExpirationInDays=None, ExpiredObjectDeleteMarker=None, **rest):
    """A rule as S3's own API has it, which puts together what CloudFormation has apart."""
    expiration = {}
    if ExpirationInDays is not None:
        expiration["Days"] = int(ExpirationInDays)
    if ExpiredObjectDeleteMarker is not None:
        expiration["ExpiredObjectDeleteMarker"] = ExpiredObjectDeleteMarker in (True, "true")
    if expiration:
        rest["Expiration"] = expiration
    return {"ID": Id or f"rule-{number}", "Status": Status, "Filter": {"Prefix": Prefix}, **rest}


@resource("AWS::EMRServerless::Application")
def application(
    _, Name, Type, ReleaseLabel, MaximumCapacity, AutoStopConfiguration, MonitoringConfiguration, Tags=()
):
    emr = aws.client("emr-serverless")
    made = emr.create_application(
        name=Name,
        type=Type,
        releaseLabel=ReleaseLabel,
        maximumCapacity=lower_first(MaximumCapacity),
        autoStopConfiguration=lower_first(AutoStopConfiguration),
        monitoringConfiguration=lower_first(MonitoringConfiguration),
        tags={tag["Key"]: tag["Value"] for tag in Tags},
    )
    called = made["applicationId"]

    def delete():
        deleting(lambda: emr.stop_application(applicationId=called))
        emr.delete_application(applicationId=called)

    return called, {"ApplicationId": called, "Arn": made["arn"]}, delete
