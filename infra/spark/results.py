"""Reads and writes files where Spark does: on a disk, or at a URL."""

import json
import os
import tempfile

import pandas
from pyspark.sql import SparkSession


class Results:
    def __init__(self, spark: SparkSession, folder: str):
        self.spark = spark
        self.folder = folder.rstrip("/")

    @staticmethod
    def read_text(spark: SparkSession, path: str) -> str:
        return "\n".join(row[0] for row in spark.read.text(path, wholetext=True).collect())

    def write(self, model: bytes, rows: pandas.DataFrame, summary: dict) -> None:
        """`results.json` comes last: where it is, all are."""
        self.put("model.json", model)
        # Of a number every digit that tells it from others.
        self.put("rows.csv", rows.to_csv(index=False, float_format=lambda number: repr(float(number)), lineterminator="\n").encode())
        self.put("results.json", json.dumps(summary, indent=1, ensure_ascii=False, allow_nan=False).encode())

    def put(self, name: str, content: bytes) -> None:
        hadoop = self.spark.sparkContext._jvm.org.apache.hadoop.fs
        target = hadoop.Path(f"{self.folder}/{name}")
        files = target.getFileSystem(self.spark.sparkContext._jsc.hadoopConfiguration())
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            with open(path, "wb") as file:
                file.write(content)
            files.copyFromLocalFile(False, True, hadoop.Path(f"file://{path}"), target)
