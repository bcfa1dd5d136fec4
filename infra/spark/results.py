"""Reads and writes files where Spark does: on a disk, or at a URL."""

import json
import os
import tempfile
from collections.abc import Callable

import pandas
from pyspark.sql import SparkSession


class Results:
    def __init__(self, spark: SparkSession, folder: str):
        self.spark = spark
        self.folder = folder.rstrip("/")

    @staticmethod
    def read_text(spark: SparkSession, path: str) -> str:
        """As the driver finds it: a file of its disk need not be on those of workers."""
        place = spark._jvm.org.apache.hadoop.fs.Path(path)
        stream = place.getFileSystem(spark._jsc.hadoopConfiguration()).open(place)
        try:
            return spark._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()

    def write(self, model: bytes, rows: pandas.DataFrame, summary: dict) -> None:
        """`results.json` comes last: where it is, all are."""
        self.put("model.json", lambda path: write_bytes(path, model))
        # Of a number every digit that tells it from others.
        self.put("rows.csv", lambda path: rows.to_csv(path, index=False, float_format=lambda number: repr(float(number)), lineterminator="\n"))
        self.put("results.json", lambda path: write_bytes(path, json.dumps(summary, indent=1, ensure_ascii=False, allow_nan=False).encode()))

    def put(self, name: str, write: Callable[[str], object]) -> None:
        hadoop = self.spark.sparkContext._jvm.org.apache.hadoop.fs
        target = hadoop.Path(f"{self.folder}/{name}")
        files = target.getFileSystem(self.spark.sparkContext._jsc.hadoopConfiguration())
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            write(path)
            files.copyFromLocalFile(False, True, hadoop.Path(f"file://{path}"), target)


def write_bytes(path: str, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
