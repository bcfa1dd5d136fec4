"""Days since 1970-01-01 (UTC) of a text, as ml/data/kinds/date-text.ts reads them."""

import re

from pyspark.sql import Column
from pyspark.sql import functions as F

DAY_MS = 86_400_000
MONTHS = "January February March April May June July August September October November December".split()
# The longest first, since a shorter one may begin it.
TOKENS = [
    ("YYYY", "year", r"(\d{4})"),
    ("YY", "short", r"(\d{2})"),
    ("MMMM", "name", r"(\p{L}+)"),
    ("MMM", "name", r"(\p{L}+)"),
    ("MM", "month", r"(\d{2})"),
    ("M", "month", r"(\d{1,2})"),
    ("DD", "day", r"(\d{2})"),
    ("D", "day", r"(\d{1,2})"),
    ("hh", "hour", r"(\d{2})"),
    ("h", "hour", r"(\d{1,2})"),
    ("mm", "minute", r"(\d{2})"),
    ("ss", "second", r"(\d{2})"),
    ("A", "half", r"([AaPp]\.?[Mm]\.?)"),
]
ISO_DATE = r"^(\d{4})-(\d{2})-(\d{2})\z"
ISO_TIME = (
    r"^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d{0,6})?)?"
    r"(?: ?([Zz]|(?i:UTC|GMT)|[+-]\d{2}(?::?\d{2})?))?\z"
)


def days_of(text: Column, format: str) -> Column:
    """Null where the text is no such date."""
    if format == "date":
        return iso_date(text)
    if format == "date-time":
        return iso_time(text)
    days = pattern_days(text, format)
    # Of YYYY-DD-MM an ISO date would be another one; without a day there is none.
    if format.startswith("YYYY-D") or "D" not in format:
        return days
    return F.coalesce(days, iso_time(text) if "h" in format else iso_date(text))


def part(text: Column, form: str, group: int) -> Column:
    return F.regexp_extract(text, form, group)


def whole(text: Column) -> Column:
    return text.cast("int")


def day_number(year: Column, month: Column, day: Column) -> Column:
    return F.unix_date(F.make_date(year, month, day)).cast("double")


def iso_date(text: Column) -> Column:
    year, month, day = (whole(part(text, ISO_DATE, group)) for group in (1, 2, 3))
    return F.when(text.rlike(ISO_DATE), day_number(year, month, day))


def iso_time(text: Column) -> Column:
    year, month, day, hour, minute = (whole(part(text, ISO_TIME, group)) for group in range(1, 6))
    second = F.coalesce(whole(part(text, ISO_TIME, 6)), F.lit(0))
    milliseconds = F.coalesce(whole(F.rpad(part(text, ISO_TIME, 7), 3, "0")), F.lit(0))
    offset = part(text, ISO_TIME, 8)
    sign = F.when(offset.startswith("-"), -1).otherwise(1)
    hours = F.coalesce(whole(F.substring(offset, 2, 2)), F.lit(0))
    minutes = F.when(F.length(offset) > 3, whole(F.substring(offset, -2, 2))).otherwise(0)
    is_ahead = offset.rlike("^[+-]")
    ahead = F.when(is_ahead, sign * (hours * 60 + minutes)).otherwise(0)
    is_time = is_time_of_day(hour, minute, second * 1000 + milliseconds) & (~is_ahead | ((hours < 24) & (minutes < 60)))
    of_day = (hour * 60 + minute - ahead) * 60_000 + second * 1000 + milliseconds
    days = (day_number(year, month, day) * DAY_MS + of_day) / DAY_MS
    return F.when(text.rlike(ISO_TIME) & is_time & is_writable(days), days)


def is_time_of_day(hour: Column, minute: Column, milliseconds: Column) -> Column:
    """Of which 24:00 is the end."""
    is_end = (hour == 24) & (minute == 0) & (milliseconds == 0)
    return ((hour < 24) | is_end) & (minute < 60) & (milliseconds < 60_000)


def is_writable(days: Column) -> Column:
    """Whether a year of four digits has such a day."""
    return (days >= -719_528) & (days < 2_932_897)


def pattern_days(text: Column, pattern: str) -> Column:
    letters = "|".join(letters for letters, _, _ in TOKENS)
    pieces = [piece for piece in re.split(f"({letters})", pattern) if piece]
    known = {letters: (name, form) for letters, name, form in TOKENS}
    forms = [known[piece][1] if piece in known else re.sub(r"(\\ )+|\s+", r"\\s+", re.escape(piece)) for piece in pieces]
    form = f"^{''.join(forms)}\\z"
    names = [(known[piece][0], piece) for piece in pieces if piece in known]
    parts = {name: part(text, form, group + 1) for group, (name, _) in enumerate(names)}
    lengths = {name: len(piece) for name, piece in names}
    number = lambda name, default: whole(parts[name]) if name in parts else F.lit(default)  # noqa: E731
    year = number("year", 0)
    if "short" in parts:
        year = whole(parts["short"]) + F.when(whole(parts["short"]) < 69, 2000).otherwise(1900)
    month = number("month", 0)
    if "name" in parts:
        month = F.lit(None).cast("int")
        for place, name in enumerate(MONTHS):
            shown = (name if lengths["name"] == 4 else name[:3]).lower()
            month = F.when(F.lower(parts["name"]) == shown, place + 1).otherwise(month)
    hour, minute, second = number("hour", 0), number("minute", 0), number("second", 0)
    is_time = is_time_of_day(hour, minute, second * 1000)
    if "half" in parts:
        is_time = (hour >= 1) & (hour <= 12) & (minute < 60) & (second < 60)
        hour = hour % 12 + F.when(F.lower(parts["half"]).startswith("p"), 12).otherwise(0)
    days = day_number(year, month, number("day", 1))
    of_day = ((hour * 60 + minute) * 60 + second) * 1000
    moment = (days * DAY_MS + of_day) / DAY_MS
    return F.when(text.rlike(form) & is_time & is_writable(moment), moment)
