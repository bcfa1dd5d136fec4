"""What the texts of cells mean, kind by kind, as ml/data/kinds/ has it: a number, the place of a level, days, or nothing."""

import re
import unicodedata

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from dates import days_of
from declared import Declared, levels_of
from source import BROKEN

NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\z"
# What people write between thousands looks alike in several characters.
ALIKE = {" ": " \u00a0\u202f\u2009", "'": "'\u2019"}
# Whole numbers are exact up to here.
EXACT = 2.0**53


def refused_name(name: str) -> str:
    """The column of the texts that a column refuses; null where it does not."""
    return f"__refused_{name}"


def parsed(texts: DataFrame, declared: Declared, seed: int) -> DataFrame:
    """Of each stored column its value, null where it is missing, and the text that it refuses; and numbers by which rows are drawn.

    Each step is a projection of its own, so that what several expressions want is computed once. What the job adds to the declared columns
    begins with two underscores, which no declared name does.
    """
    stored = declared.stored
    numbers = [column for column in stored if column["kind"] == "numeric"]
    frame = texts.withColumns({f"__plain_{column['name']}": plain(bare(F.col(column["name"]), column), declared.json) for column in numbers})
    frame = frame.withColumns({f"__number_{column['name']}": F.col(f"__plain_{column['name']}").cast("double") for column in numbers})
    frame = frame.withColumns({f"__value_{column['name']}": value_of(column) for column in stored})
    frame = frame.withColumns(hashes(declared, seed))
    # Rows that are alike have one hash, and are learned from or held out together; which are kept is drawn for each of them.
    frame = frame.withColumn("__own", F.md5(F.concat_ws("\x1f", F.col("__own"), F.monotonically_increasing_id().cast("string")).cast("binary")))
    columns = [F.col(BROKEN), share_of("__own", 1).alias("__draw"), *[share_of("__together", at).alias(name) for at, name in ((1, "__first"), (9, "__second"))]]
    for column in stored:
        name = column["name"]
        text, value = F.col(name), F.col(f"__value_{name}")
        missing = column.get("missing", declared.json.get("missing", []))
        is_missing = text.isin(["", *missing])
        if column["kind"] == "numeric":
            # -999 is not known however it is written.
            unknown = [float(each) for each in missing if re.match(NUMBER.replace(r"\z", r"\Z"), each)]
            is_missing = is_missing | F.coalesce(F.col(f"__number_{name}").isin(unknown), F.lit(False))
        columns.append(F.when(~is_missing, value).alias(name))
        columns.append(F.when(~is_missing & value.isNull(), text).alias(refused_name(name)))
    return frame.select(*columns)


def hashes(declared: Declared, seed: int) -> dict[str, Column]:
    """MD5 of the row's texts as `__own`, and of its group, or of the row where it has none, as `__together`."""
    md5 = lambda *texts: F.md5(F.concat_ws("\x1f", F.lit(str(seed)), *texts).cast("binary"))  # noqa: E731
    own = md5(*[F.col(column["name"]) for column in declared.stored])
    together = own
    if declared.group:
        group = F.col(declared.group)
        # A row without a group belongs to no other.
        together = F.when(F.col(f"__value_{declared.group}").isNull(), own).otherwise(md5(group))
    return {"__own": own, "__together": together}


def share_of(md5: str, start: int) -> Column:
    """Eight hexadecimal digits of a hash as a number from 0 to below 1."""
    return F.conv(F.substring(md5, start, 8), 16, 10).cast("double") / 2.0**32


def value_of(column: dict) -> Column:
    """Null where the column does not allow the text."""
    text = F.col(column["name"])
    if column["kind"] == "numeric":
        return within(number_of(column["name"]), column)
    if column["kind"] == "date":
        format = column.get("format", "date")
        days = days_of(text, format)
        for end, compare in (("min", Column.__ge__), ("max", Column.__le__)):
            if end in column:
                days = F.when(compare(days, days_of(F.lit(column[end]), format)), days)
        return days
    if column["kind"] == "identifier":
        return text
    return code_of(text, column)


def code_of(text: Column, column: dict) -> Column:
    levels = levels_of(column)
    codes = {level: place for place, level in enumerate(levels)}
    if column["kind"] == "yes_no":
        further = [(column.get("no_texts", []), 0), (column.get("yes_texts", []), 1)]
        codes = {"false": 0, "true": 1, **{text: code for texts, code in further for text in texts}, **codes}
    # An accented letter is one character or two, and looks the same.
    forms = {unicodedata.normalize(form, level): code for level, code in codes.items() for form in ("NFC", "NFD")}
    listed = F.create_map(*[F.lit(each) for pair in forms.items() for each in pair])[text]
    if "other" in column:
        listed = F.coalesce(listed, F.lit(codes[column["other"]]))
    return listed.cast("double")


def number_of(name: str) -> Column:
    """Null where the text is no number that a double holds."""
    literal, value = F.col(f"__plain_{name}"), F.col(f"__number_{name}")
    size = F.abs(value)
    digits = F.regexp_extract(literal, r"^[+-]?([\d.]+)", 1)
    is_zero = ~digits.rlike("[1-9]")
    # Of a whole number beyond what a double tells apart the digits must come back.
    is_kept = (size < EXACT) | (F.length(digits) <= 15) | (literal.cast("decimal(38,0)") == value.cast("decimal(38,0)"))
    is_held = (size < float("inf")) & ((size > 0) | is_zero) & is_kept
    return F.when(literal.rlike(NUMBER) & is_held, value)


def within(value: Column, column: dict) -> Column:
    for end, compare in (("min", Column.__ge__), ("max", Column.__le__)):
        if end in column:
            value = F.when(compare(value, F.lit(float(column[end]))), value)
    if "step" in column:
        steps = (value - float(column.get("min", 0))) / float(column["step"])
        off = F.abs(steps - F.round(steps))
        value = F.when(off <= 1e-9 * F.greatest(F.lit(1.0), F.abs(steps)), value)
    return value


def bare(text: Column, column: dict) -> Column:
    """The number alone, with its sign in front; null where what is to stand beside it does not."""
    # The sign of mathematics, and one behind decimals, as accounts have it.
    text = F.regexp_replace(F.replace(text, F.lit("\u2212"), F.lit("-")), r"^([^\s+-].*[.,]\d+)-$", "-$1")
    prefix, suffix = column.get("prefix", ""), column.get("suffix", "")
    in_parentheses = column.get("parentheses", False)
    if not prefix and not suffix and not in_parentheses:
        return text
    without = lambda inner: without_affixes(inner, prefix, suffix)  # noqa: E731
    if not in_parentheses:
        return without(text)
    form = r"^\((.*)\)\z"
    inside = without(F.btrim(F.regexp_extract(text, form, 1)))
    negative = F.when(~inside.rlike("^[+-]"), F.concat(F.lit("-"), inside))
    return F.when(text.rlike(form), negative).otherwise(without(text))


def without_affixes(text: Column, prefix: str, suffix: str) -> Column:
    form = rf"^([+-]?)\s*{re.escape(prefix)}\s*([+-]?)(.*?)\s*{re.escape(suffix)}\z"
    signs = [F.regexp_extract(text, form, group) for group in (1, 2)]
    has_two = (F.length(signs[0]) > 0) & (F.length(signs[1]) > 0)
    return F.when(text.rlike(form) & ~has_two, F.concat(*signs, F.regexp_extract(text, form, 3)))


def plain(text: Column, reading: dict) -> Column:
    """A number as programs write it: with a point, and nothing between thousands."""
    decimal, thousands = reading.get("decimal", "."), reading.get("thousands")
    to_point = (lambda rest: rest) if decimal == "." else (lambda rest: F.when(~rest.contains("."), F.replace(rest, F.lit(","), F.lit("."))))
    if thousands is None:
        return to_point(text)
    separator = f"[{re.escape(ALIKE.get(thousands, thousands))}]"
    form = rf"^[+-]?\d{{1,3}}(?:{separator}\d{{2,3}})*{separator}\d{{3}}(?!\d)"
    head = F.regexp_extract(text, form, 0)
    rest = text.substr(F.length(head) + 1, F.length(text))
    return F.when(text.rlike(form), F.concat(F.regexp_replace(head, separator, ""), to_point(rest))).otherwise(to_point(text))
