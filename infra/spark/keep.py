"""The rows that a release keeps, and a proof with them: so many of each part, by their hashes, whatever the size of the data."""

import pandas
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from declared import Declared
from profiles import Profile

MOST = {"learn": 20_000, "stop": 5_000, "calibrate": 25_000, "hold": 50_000}
# They come together on the driver: of very many columns fewer rows.
MOST_CELLS = 20_000_000


def kept_rows(rows: DataFrame, predicted: DataFrame, declared: Declared, profile: Profile) -> pandas.DataFrame:
    """Part, values of stored columns, and of held-out rows what XGBoost predicts; about a hundred thousand rows at most."""
    stored = [column["name"] for column in declared.stored]
    outputs = [name for name in predicted.columns if name.startswith("__p_")]
    columns = len(stored) + len(outputs)
    share = lambda part: share_kept(profile.counts[part], MOST[part], columns)  # noqa: E731
    held = predicted.where(F.col("__draw") < share("hold")).select("__part", "__draw", *stored, *outputs)
    training = rows.where(
        " or ".join(f"(__part = '{part}' and __draw < {share(part)})" for part in ("learn", "stop", "calibrate"))
    ).select("__part", "__draw", *stored, *[F.lit(None).cast("double").alias(name) for name in outputs])
    kept = training.unionByName(held).toPandas()
    # In an order of their own, whatever that in which workers come to their ends.
    return kept.sort_values(["__draw", "__part", *stored], kind="stable").drop(columns="__draw")


def share_kept(count: int, most: int, columns: int) -> float:
    """Of so many rows; what is drawn are a few more or less."""
    room = min(1.0, MOST_CELLS / (sum(MOST.values()) * columns))
    return min(1.0, most * room / max(1, count))
