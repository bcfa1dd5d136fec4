"""Rows that fit their declaration; where some do not, what is wrong is counted and told, column by column."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from cells import refused_name
from declared import Declared
from progress import Refused
from source import BROKEN

# So many texts are told of each column.
EXAMPLES = 3
LONGEST = 40


def checked_rows(rows: DataFrame, declared: Declared) -> tuple[DataFrame, dict]:
    """The rows that count, and how many there were; a row without a target is dropped, and so is one of weight 0."""
    problems = problems_of(rows, declared)
    count = lambda condition: F.coalesce(F.sum(condition.cast("long")), F.lit(0))  # noqa: E731
    dropped = F.col(declared.target).isNull()
    weightless = (~dropped & (F.col(declared.weight) == 0)) if declared.weight else F.lit(False)
    found = rows.agg(
        F.count(F.lit(1)).alias("read"),
        count(dropped).alias("dropped"),
        count(F.coalesce(weightless, F.lit(False))).alias("weightless"),
        *[count(condition).alias(f"problem_{i}") for i, (_, condition, _) in enumerate(problems)],
    ).first()
    refuse_problems(rows, problems, found)
    counts = {name: found[name] for name in ("read", "dropped", "weightless")}
    if counts["read"] == 0:
        raise Refused("there are no rows: a header alone, or nothing")
    counting = rows.where(~dropped)
    if declared.weight:
        counting = counting.where(F.col(declared.weight) > 0)
    if counts["dropped"] + counts["weightless"] == counts["read"]:
        raise Refused(f"the target {declared.target} is empty in every row, or the weight is 0: none of them counts")
    return counting, counts


def problems_of(rows: DataFrame, declared: Declared) -> list[tuple]:
    """Of each kind of problem what it is, which rows have it, and the column whose texts are told."""
    problems = [("rows have too few cells, or too many; a cell with a line break is two rows to a cluster", F.col(BROKEN), None)]
    for column in declared.stored:
        name = column["name"]
        refused = refused_name(name)
        problems.append((f"{name}: {{}} cells are not {allowed(column)}", F.col(refused).isNotNull(), refused))
    has_target = F.col(declared.target).isNotNull()
    if declared.weight:
        empty = has_target & F.col(declared.weight).isNull() & F.col(refused_name(declared.weight)).isNull()
        problems.append((f"{declared.weight}: {{}} rows have no weight: each needs one, 1 counts once, 0 not at all", empty, None))
        problems.append((f"{declared.weight}: {{}} weights are below 0", F.col(declared.weight) < 0, declared.weight))
    if declared.time:
        empty = has_target & F.col(declared.time).isNull() & F.col(refused_name(declared.time)).isNull()
        problems.append((f"{declared.time}: {{}} rows have no time: each needs one, since rows are held out by it", empty, None))
    return problems


def refuse_problems(rows: DataFrame, problems: list[tuple], found) -> None:
    lines = []
    for i, (message, condition, column) in enumerate(problems):
        count = found[f"problem_{i}"]
        if count == 0:
            continue
        lines.append(message.format(count) if "{}" in message else f"{count} {message}")
        if column is not None:
            texts = rows.where(condition).select(column).distinct().limit(EXAMPLES).collect()
            lines[-1] += ": " + ", ".join(f'"{str(text[0])[:LONGEST]}"' for text in texts)
    if lines:
        raise Refused(*lines)


def allowed(column: dict) -> str:
    """What a column takes, in words."""
    if column["kind"] == "identifier":
        return "texts"
    if column["kind"] in ("numeric", "date"):
        what = "numbers" if column["kind"] == "numeric" else f"dates as {column.get('format', 'date')}"
        ends = [f"{word} {column[end]}" for end, word in (("min", "from"), ("max", "up to")) if end in column]
        steps = [f"in steps of {column['step']}"] if "step" in column else []
        return " ".join([what, *ends, *steps])
    if column["kind"] == "yes_no":
        return f"{column['yes']} or {column['no']}"
    levels = column["levels"]
    return f"one of {', '.join(levels[:5])}{' and more' if len(levels) > 5 else ''}"
