"""What Spark says where rows cannot be read, in words of ours with a remedy; anything else is no refusal, and ends the job as it is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException

from progress import Refused

# What it says of each kind, and what we do; the first that fits is told.
KINDS = [
    (
        r"No FileSystem for scheme|UnsupportedFileSystemException|ClassNotFoundException: Class org\.apache\.hadoop\.fs\.",
        "Spark has no module for such addresses as {path}; for S3 outside of AWS: --spark-conf spark.jars.packages=org.apache.hadoop:hadoop-aws:VERSION"
        " with Hadoop's version, and s3a:// in the address",
    ),
    (
        r"AccessDenied|Access Denied|AccessControlException|Permission denied|Forbidden|NoAuthWithAWSException|NoAwsCredentials",
        "the cluster may not read {path}: give leave to whom it runs as, or copy the rows to where that may read; of a bucket of another account,"
        " or one that is encrypted with a key of KMS, its own policy has to give leave as well",
    ),
    (
        r"PermanentRedirect|AWSRedirectException|(?:Unable to execute HTTP request|ConnectException|SdkClientException).*\bs3\b.*(?:timed out|refused)",
        "the cluster does not reach {path}: on EMR Serverless the bucket has to lie in the stack's region",
    ),
    (
        r"PATH_NOT_FOUND|Path does not exist|FAILED_READ_FILE\.FILE_NOT_EXIST|NoSuchBucket|UnknownStoreException",
        "there is nothing at {path} as the cluster sees it: --input names a file or a folder that is there for every worker, or an address such as s3://BUCKET/rows/",
    ),
    (
        r"UNABLE_TO_INFER_SCHEMA",
        "there are no rows in {path}: it holds no file, or only such as begin with _ or a dot, which Spark leaves out",
    ),
    (
        r"CSV header does not conform to the schema",
        "the files of {path} differ in their headers: each needs the same columns in the same order",
    ),
    (
        r"CANNOT_READ_FILE_FOOTER|is not a Parquet file|PARQUET_COLUMN_DATA_TYPE_MISMATCH|Failed to merge incompatible|CANNOT_MERGE_SCHEMAS",
        "{path} is not Parquet alone, or its files are broken or have other columns: a folder needs files of one format, whole and with the same columns",
    ),
    (
        r"Unexpected end of input stream|ZipException|incorrect header check|invalid (stored block|block type|distance|code)|not in GZIP format",
        "a file of {path} is broken off or damaged: bring it anew",
    ),
    (
        r"MALFORMED_CSV_RECORD|TextParsingException",
        "{path} cannot be split into rows and cells: check the delimiter and the quotes in dataset.json",
    ),
]


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Where Spark fails meanwhile for a reason that is known, refuses the rows."""
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        refused = refusal_of(error, path)
        if refused is None:
            raise
        raise refused from None


def refusal_of(error: Exception, path: str) -> Refused | None:
    said = str(error)
    for form, told in KINDS:
        if re.search(form, said):
            return Refused(told.format(path=path), *reasons(said))
    return None


def reasons(said: str) -> list[str]:
    """The line in which the cause stands, as the machine has it."""
    causes = re.findall(r"^(?:Caused by: |: )?((?:[\w.$]+(?:Exception|Error)|\[[A-Z_.]+\])[: ].*)$", said, re.MULTILINE)
    return [f"it says: {causes[-1][:300]}"] if causes else []
