"""The training job of `npm run train -- --on spark`: PySpark, and XGBoost's own estimator for it.

It reads a declaration and rows, checks and profiles them as ingestion does, splits, encodes, trains with early stopping, evaluates on the
holdout once, and writes plain results, of which ml/pipeline/cluster/ makes a release. No step holds more rows in one process than a worker's share.
"""

import argparse
import json
import sys

from pyspark import StorageLevel
from pyspark.sql import SparkSession

from boost import evaluate, train
from cells import parsed
from check import checked_rows
from declared import Declared
from encode import encoded, feature_names
from failures import reading
from keep import kept_rows
from parts import with_parts
from profiles import profile_of
from progress import Refused, Tasks, tell
from results import Results
from source import read_texts


def open_session() -> SparkSession:
    builder = SparkSession.builder.appName("plumbline").config("spark.sql.csv.parser.columnPruning.enabled", "false")
    # Java holds all that it has read of a stream until that is reset: of kept rows a hundred batches, which of wide rows are gigabytes.
    spark = builder.config("spark.serializer.objectStreamReset", "1").getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    for name, value in {
        # What a cell cannot be read as is null, and is counted.
        "spark.sql.ansi.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.legacy.javaCharsets": "true",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        # Rows of a batch that is kept, all columns of which are in memory at once.
        "spark.sql.inMemoryColumnarStorage.batchSize": "1000",
    }.items():
        spark.conf.set(name, value)
    return spark


def main() -> int:
    arguments = parse_arguments()
    spark = open_session()
    try:
        with Tasks(spark):
            run(spark, arguments)
        return 0
    except Refused as refused:
        refused.tell()
        return 1
    finally:
        spark.stop()


def run(spark: SparkSession, arguments: argparse.Namespace) -> None:
    results = Results(spark, arguments.output)
    settings = json.loads(arguments.settings)
    declared = Declared(json.loads(Results.read_text(spark, arguments.declaration)))

    tell("reading and checking the rows")
    with reading(arguments.input):
        texts = read_texts(spark, arguments.input, declared)
        # Kept on the disks of the workers that read them, and read again where a worker is lost. What is kept in memory as well is brought back
        # there whole, however short that is: of a few million rows on each core it ends the worker.
        read = parsed(texts, declared, settings["seed"]).persist(StorageLevel.DISK_ONLY)
        rows, counts = checked_rows(read, declared)

    tell(f"splitting {counts['read']} rows")
    rows = with_parts(rows, declared)
    profile = profile_of(rows, declared)
    profile.check()

    learned = profile.counts["learn"]
    tell(f"training on {learned} rows, {profile.counts['stop']} more say when to stop")
    features = encoded(rows, declared, profile)
    names = feature_names(profile)
    fitted = train(features, names, declared, settings)

    tell(f"evaluating on {profile.counts['hold']} rows that were held out: {fitted.rounds} rounds of trees")
    predicted = fitted.predict(features.where("__part = 'hold'")).persist(StorageLevel.DISK_ONLY)
    scores = evaluate(predicted, declared)
    tell("writing the results")
    kept = kept_rows(rows, predicted, declared, profile)
    results.write(
        model=fitted.model_json(),
        rows=kept,
        summary={
            "format": 1,
            "versions": fitted.versions(spark),
            "declaration": declared.json,
            "task": declared.task,
            "settings": settings,
            "params": fitted.params,
            "rounds": fitted.rounds,
            "rows": {**counts, **profile.counts},
            "columns": profile.columns,
            **scores,
        },
    )


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--declaration", required=True, help="dataset.json, as a path or a URL")
    parser.add_argument("--input", required=True, help="CSV or Parquet: a file or a folder, as a path or a URL")
    parser.add_argument("--output", required=True, help="an empty folder for the results, as a path or a URL")
    parser.add_argument("--settings", required=True, help='JSON: {"seed": 42, "workers": 2, "rounds": 500, "params": {}}')
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
