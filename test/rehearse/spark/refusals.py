"""Gives the job rows that it cannot learn from, case after case in one session, and prints what it says of each: refusals.py CASES"""

import json
import sys
from types import SimpleNamespace

from pyspark.sql import SparkSession

from progress import Refused
from train import open_session, run

with open(sys.argv[1]) as file:
    cases = json.load(file)
SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1").getOrCreate()
spark = open_session()
said = {}
for case in cases:
    arguments = SimpleNamespace(
        declaration=case["declaration"],
        input=case["input"],
        output="/dev/null/nowhere",
        settings=json.dumps({"seed": 42, "workers": 1, "rounds": 1, "params": {}}),
    )
    try:
        run(spark, arguments)
        said[case["title"]] = "it was not refused"
    except Refused as refused:
        said[case["title"]] = "\n".join(refused.lines)
    except Exception as error:  # noqa: BLE001: what is no refusal is shown as it is.
        said[case["title"]] = f"it failed: {error}"
spark.stop()
print("said " + json.dumps(said))
