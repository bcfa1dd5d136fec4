"""What the rows of each part are like: by sums, and by quantiles that are approximate, so that no row leaves its worker."""

from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from declared import Declared, levels_of
from progress import Refused

PARTS = {"learn": 100, "stop": 10, "calibrate": 10, "hold": 2}
# XGBoost computes in float32.
LARGEST = 3.4e38
# How closely medians are found: within a ten thousandth of the rows.
ACCURACY = 10_000
# Columns of one pass: each takes some MB of a worker for its median, however many rows there are.
AT_ONCE = 50


@dataclass
class Profile:
    declared: Declared
    # Of each part its rows.
    counts: dict
    # Of each feature what the training rows have of it, as a release's preprocessing wants it.
    columns: list[dict]
    # Of a target of classes how many rows that are learned from are of each.
    classes: dict | None
    # The smallest and the largest value of the target in the training rows.
    target: tuple[float, float]

    def check(self) -> None:
        if self.classes is not None:
            absent = [level for i, level in enumerate(self.declared.classes) if not self.classes.get(i)]
            if absent:
                raise Refused(f"{self.declared.target}: no row that is learned from is {', '.join(absent)}: take the level out, or bring rows")
        name, (low, high) = self.declared.target, self.target
        if low == high:
            raise Refused(f"{name}: it is the same in every row that is learned from, so there is nothing to learn; declare another target, or bring other rows")
        ends = {column["column"]: (column["min"], column["max"]) for column in self.columns if column["kind"] == "numeric"}
        for name, pair in {**ends, name: (low, high)}.items():
            if any(abs(end) > LARGEST for end in pair):
                raise Refused(f"{name}: XGBoost computes in float32, which holds numbers up to {LARGEST}")


def profile_of(rows: DataFrame, declared: Declared) -> Profile:
    counts = {row["__part"]: row["count"] for row in rows.groupBy("__part").count().collect()}
    few = [f"{counts.get(part, 0)} rows to {part}, of at least {count}" for part, count in PARTS.items() if counts.get(part, 0) < count]
    if few:
        raise Refused("the rows are too few for a cluster; train here, without --on", *few)
    training = rows.where("__part in ('learn', 'stop', 'calibrate')")
    weight = F.col(declared.weight) if declared.weight else F.lit(1.0)
    target = tuple(training.agg(F.min(declared.target), F.max(declared.target)).first())
    columns = columns_of(training, declared, weight)
    classes = None
    if declared.classes is not None:
        learned = rows.where("__part = 'learn'").groupBy(declared.target).agg(F.count(F.lit(1)).alias("__rows")).collect()
        classes = {int(row[declared.target]): row["__rows"] for row in learned}
    return Profile(declared, {part: counts.get(part, 0) for part in [*PARTS, "between"]}, columns, classes, target)


def columns_of(rows: DataFrame, declared: Declared, weight) -> list[dict]:
    numbers = [column for column in declared.features if levels_of(column) is None]
    others = [column for column in declared.features if levels_of(column) is not None]
    found = {}
    for start in range(0, len(declared.features), AT_ONCE):
        sums = [each for column in declared.features[start : start + AT_ONCE] for each in sums_of(column, weight)]
        found |= rows.agg(F.count(F.lit(1)).alias("__rows"), *sums).first().asDict()
    medians = {column["name"]: found[f"{column['name']}_median"] for column in numbers}
    by_level = {column["name"]: weights_of(rows, column, weight) for column in others}
    profiles = []
    for column in declared.features:
        name = column["name"]
        known = found[f"{name}_known"]
        if known == 0:
            raise Refused(f"{name} is empty in every row; take it out of the declaration")
        missing = found["__rows"] - known
        if name in by_level:
            weights = by_level[name]
            seen = sorted(weights)
            impute = max(seen, key=lambda code: (weights[code], -code))
            profiles.append(
                {"column": name, "kind": "categorical", "missing": missing, "impute": impute, "seen": seen, "weights": [weights[code] for code in seen]}
            )
        else:
            numeric = {end: found[f"{name}_{end}"] for end in ("min", "max", "mean")}
            # Of what is constant, the division is by 1.
            deviation = found[f"{name}_variance"] ** 0.5 if found[f"{name}_variance"] and found[f"{name}_variance"] > 0 else 1.0
            profiles.append({"column": name, "kind": "numeric", "missing": missing, "impute": medians[name], "scale": deviation, **numeric})
    return profiles


def sums_of(column: dict, weight) -> list:
    name = column["name"]
    value = F.col(name)
    sums = [F.count(value).alias(f"{name}_known")]
    if levels_of(column) is not None:
        return sums
    weights = F.sum(F.when(value.isNotNull(), weight))
    mean = F.sum(value * weight) / weights
    return [
        *sums,
        F.min(value).alias(f"{name}_min"),
        F.max(value).alias(f"{name}_max"),
        mean.alias(f"{name}_mean"),
        # Of rows that weigh the same; it is for people, and for nothing that predicts.
        F.var_pop(value).alias(f"{name}_variance"),
        F.percentile_approx(value, 0.5, ACCURACY).alias(f"{name}_median"),
    ]


def weights_of(rows: DataFrame, column: dict, weight) -> dict[int, float]:
    name = column["name"]
    found = rows.where(F.col(name).isNotNull()).groupBy(name).agg(F.sum(weight).alias("__weight")).collect()
    return {int(row[name]): float(row["__weight"]) for row in found}
