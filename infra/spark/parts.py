"""Which rows the model learns from, which say when to stop, which tell how far off it is, and which are held out of all that."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from declared import Declared
from progress import Refused

# A fifth is held out, as of a training on one machine.
HELD = 0.2
# Of the training rows a tenth says when to stop, and another one how far off predictions are.
STOPPING = 0.1
CALIBRATING = 0.1
# Of approximate quantiles, as a share of the rows.
PRECISION = 0.001


def with_parts(rows: DataFrame, declared: Declared) -> DataFrame:
    """Adds `__part`, one of learn, stop, calibrate, hold, between, to the declared columns and `__draw`, from 0 to below 1."""
    if declared.time is None:
        parted = rows.withColumn("__part", F.when(F.col("__first") < HELD, "hold").otherwise(by_hash()))
    else:
        parted = parts_in_time(rows, declared)
    return parted.select("__part", "__draw", *[column["name"] for column in declared.stored])


def by_hash() -> Column:
    """Of training rows."""
    second = F.col("__second")
    return F.when(second < STOPPING, "stop").when(second < STOPPING + CALIBRATING, "calibrate").otherwise("learn")


def parts_in_time(rows: DataFrame, declared: Declared) -> DataFrame:
    """The latest rows are held out, all later than those that are learned from."""
    shares = [(1 - HELD) * (1 - STOPPING - CALIBRATING), (1 - HELD) * (1 - CALIBRATING), 1 - HELD]
    learned, stopping, training = rows.approxQuantile(declared.time, shares, PRECISION)
    time = F.col(declared.time)
    first, last = rows.agg(F.min(time), F.max(time)).first()
    if first == last:
        raise Refused(f"no rows can be held out, since all are of one time ({declared.time}): declare another time, or none")
    is_late = time > training if last > training else time >= training
    if declared.group:
        return parts_of_groups_in_time(rows.withColumn("__late", is_late), declared.group)
    # Where times are few, training rows are drawn by their hashes.
    is_fine = first <= learned < stopping < training
    early = F.when(time <= learned, "learn").when(time <= stopping, "stop").otherwise("calibrate") if is_fine else by_hash()
    return rows.withColumn("__part", F.when(is_late, "hold").otherwise(early))


def parts_of_groups_in_time(rows: DataFrame, group: str) -> DataFrame:
    """A group that has early rows and late ones keeps those of the side that its hash says: the others are in neither."""
    sides = rows.where(F.col(group).isNotNull()).groupBy(group).agg((F.min("__late") != F.max("__late")).alias("__straddles"))
    joined = rows.join(sides, on=group, how="left")
    is_late, is_held = F.col("__late"), F.col("__first") < 0.5
    is_between = F.coalesce(F.col("__straddles"), F.lit(False)) & (is_late != is_held)
    return joined.withColumn("__part", F.when(is_between, "between").when(is_late, "hold").otherwise(by_hash()))
