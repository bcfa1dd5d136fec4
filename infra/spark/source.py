"""Rows as texts, one for each declared column, whatever the file's format."""

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from declared import Declared, header_key
from progress import Refused

# What marks a row that has too few cells, or too many.
BROKEN = "__broken"
# Spaces as JavaScript's trim() knows them.
SPACES = "\t\n\x0b\x0c\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

# What a file of Parquet begins with.
PARQUET = b"PAR1"


def read_texts(spark: SparkSession, path: str, declared: Declared) -> DataFrame:
    """A frame with a trimmed text for each stored column, by its name, and whether the row is broken."""
    declaration = declared.json
    is_parquet = declaration.get("format", "csv") == "parquet" or begins_as_parquet(spark, path)
    if not is_parquet and declaration.get("format", "csv") != "csv":
        raise Refused(f"the format is {declaration['format']}; on a cluster it must be csv or parquet")
    if declaration.get("header_row", 1) > 1:
        raise Refused("the header is not in the first line; on a cluster it must be: write the files anew, and take header_row out")
    frame = spark.read.parquet(path) if is_parquet else read_csv(spark, path, declaration)
    positions = match_header([name for name in frame.columns if name != BROKEN], declared, path)
    texts = [as_text(frame, header).alias(name) for name, header in positions.items()]
    broken = F.col(BROKEN).isNotNull() if BROKEN in frame.columns else F.lit(False)
    return frame.select(*texts, broken.alias(BROKEN))


def read_csv(spark: SparkSession, path: str, declaration: dict) -> DataFrame:
    has_header = declaration.get("headers") != "none"
    reader = spark.read.options(
        header=has_header,
        sep=declaration.get("delimiter", ","),
        encoding=declaration.get("encoding", "utf-8"),
        quote='"',
        escape='"',
        enforceSchema=not has_header,
        maxCharsPerColumn=-1,
    )
    names = reader.csv(path).columns
    if not names:
        raise Refused(f"{path} is empty: it has neither a header nor rows")
    if not has_header:
        names = [f"column_{i + 1}" for i in range(len(names))]
    schema = T.StructType([T.StructField(name, T.StringType()) for name in [*names, BROKEN]])
    return reader.options(mode="PERMISSIVE", columnNameOfCorruptRecord=BROKEN).schema(schema).csv(path)


def begins_as_parquet(spark: SparkSession, path: str) -> bool:
    """Whether the first file says that it is Parquet: names of files and folders say nothing."""
    pattern = spark._jvm.org.apache.hadoop.fs.Path(path)
    system = pattern.getFileSystem(spark._jsc.hadoopConfiguration())
    places = system.globStatus(pattern)
    # That there are none is told by whoever reads them.
    if not places:
        return False
    files = system.listFiles(places[0].getPath(), True)
    while files.hasNext():
        file = files.next()
        # Markers and checksums, which Spark reads no rows from.
        if file.getLen() < len(PARQUET) or file.getPath().getName().startswith(("_", ".")):
            continue
        stream = system.open(file.getPath())
        try:
            return bytes(stream.read() for _ in PARQUET) == PARQUET
        finally:
            stream.close()
    return False


def match_header(headers: list[str], declared: Declared, path: str) -> dict[str, str]:
    """The header of each stored column, by its name."""
    keys = {}
    for header in headers:
        keys.setdefault(header_key(header), []).append(header)
    positions, missing = {}, []
    for column in declared.stored:
        own = {header_key(column["name"]), header_key(column.get("header", column["name"]))}
        found = [header for key in own for header in keys.get(key, [])]
        if len(found) > 1:
            raise Refused(f"{column['name']}: twice in the header of {path}: {found[0]} and {found[1]}; rename or remove one")
        if found:
            positions[column["name"]] = found[0]
        else:
            missing.append(column["name"])
    if missing:
        raise Refused(f"{path} has no column for: {', '.join(missing)}", f"its columns are: {', '.join(headers[:20])}", "say in dataset.json as which header each has it, or bring rows that have them")
    return positions


def as_text(frame: DataFrame, header: str):
    """A cell as the text that a CSV would have of it, without spaces around it; empty where there is none."""
    quoted = header.replace("`", "``")
    column = F.col(f"`{quoted}`")
    kind = frame.schema[header].dataType
    if isinstance(kind, (T.DoubleType, T.FloatType)):
        # As JavaScript writes it: 3, and not 3.0.
        whole = (F.abs(column) < 1e15) & (column == F.floor(column))
        text = F.when(F.isnan(column), "").when(whole, column.cast("long").cast("string")).otherwise(column.cast("double").cast("string"))
    elif isinstance(kind, T.DateType):
        text = F.date_format(column, "yyyy-MM-dd")
    elif isinstance(kind, (T.TimestampType, T.TimestampNTZType)):
        text = F.date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSS")
    elif isinstance(kind, (T.ArrayType, T.MapType, T.StructType, T.BinaryType)):
        raise Refused(f"the column {header} is nested or binary, and no cell holds that")
    else:
        text = column.cast("string")
    return F.coalesce(F.btrim(text, F.lit(SPACES)), F.lit(""))
