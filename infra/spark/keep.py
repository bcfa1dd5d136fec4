"""The rows that a release keeps, and a proof with them: so many of each part, by their hashes, whatever the size of the data."""

import pandas
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from declared import Declared
from profiles import Profile

MOST = {"learn": 20_000, "stop": 5_000, "calibrate": 25_000, "hold": 50_000}


def kept_rows(rows: DataFrame, predicted: DataFrame, declared: Declared, profile: Profile) -> pandas.DataFrame:
    """Part, values of stored columns, and of held-out rows what XGBoost predicts; at most a hundred thousand rows."""
    stored = [column["name"] for column in declared.stored]
    outputs = [name for name in predicted.columns if name.startswith("p_")]
    held = predicted.where(F.col("draw") < share("hold", profile)).select("part", "draw", *stored, *outputs)
    training = rows.where(
        " or ".join(f"(part = '{part}' and draw < {share(part, profile)})" for part in ("learn", "stop", "calibrate"))
    ).select("part", "draw", *stored, *[F.lit(None).cast("double").alias(name) for name in outputs])
    kept = training.unionByName(held).toPandas()
    # In an order of their own, whatever that in which workers come to their ends.
    return kept.sort_values(["draw", "part", *stored], kind="stable").drop(columns="draw")


def share(part: str, profile: Profile) -> float:
    """Of so many rows a share is a few more or less."""
    return min(1.0, MOST[part] / max(1, profile.counts[part]))
