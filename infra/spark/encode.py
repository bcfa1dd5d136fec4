"""Rows as numbers, as the encoding of our estimator xgboost has them: numbers as they are, a column for each level."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from declared import Declared, levels_of
from profiles import Profile

# Of thousands of levels most have hardly a row: these have a column each, all others one together.
MOST_LEVELS = 256


def encodings(profile: Profile) -> list[dict]:
    """Of each feature the levels that have a column, ascending; None of numbers."""
    columns = profile.declared.columns
    result = []
    for each in profile.columns:
        if each["kind"] == "numeric":
            result.append({"column": each["column"], "seen": None})
            continue
        weights = dict(zip(each["seen"], each["weights"]))
        most = sorted(weights, key=lambda code: (-weights[code], code))[:MOST_LEVELS]
        result.append({"column": each["column"], "seen": sorted(most), "levels": len(levels_of(columns[each["column"]]))})
    return result


def feature_names(profile: Profile) -> list[str]:
    return [name for encoding in encodings(profile) for name, _ in columns_for(encoding)]


def encoded(rows: DataFrame, declared: Declared, profile: Profile) -> DataFrame:
    """The part, the draw, target and weight, all stored columns, and a float for each feature; null where it is missing."""
    features = [column.cast("float").alias(name) for encoding in encodings(profile) for name, column in columns_for(encoding)]
    weight = F.col(declared.weight) if declared.weight else F.lit(1.0)
    return rows.select(
        "*",
        F.col(declared.target).alias("__target"),
        weight.alias("__weight"),
        (F.col("__part") == "stop").alias("__stops"),
        *features,
    )


def columns_for(encoding: dict) -> list[tuple]:
    name, seen = encoding["column"], encoding["seen"]
    value = F.col(name)
    if seen is None:
        return [(f"__f_{name}", value)]
    is_level = lambda condition: F.coalesce(condition.cast("float"), F.lit(0.0))  # noqa: E731
    columns = [(f"__f_{name}_{code}", is_level(value == code)) for code in seen]
    if len(seen) < encoding["levels"]:
        columns.append((f"__f_{name}_other", is_level(~value.isin([float(code) for code in seen]))))
    return columns
