"""Writes the rows of generated cars as a folder of Parquet, typed as a program would write them: to-parquet.py CSV FOLDER"""

import os
import sys

import pyarrow
from pyarrow import csv, parquet

FILES = 2
# A block of the CSV at a time, whatever its size.
BLOCK = 1 << 20

source, folder = sys.argv[1:]
types = {
    "fuel": pyarrow.string(),
    "mileage": pyarrow.int64(),
    "power": pyarrow.float64(),
    "part": pyarrow.string(),
    "sold": pyarrow.date32(),
    "price": pyarrow.float64(),
}
rows = csv.open_csv(
    source,
    read_options=csv.ReadOptions(block_size=BLOCK),
    convert_options=csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""]),
)
os.makedirs(folder)
writers = [parquet.ParquetWriter(os.path.join(folder, f"rows-{k}"), rows.schema) for k in range(FILES)]
for k, batch in enumerate(rows):
    writers[k % FILES].write_batch(batch)
for writer in writers:
    writer.close()
# What Spark leaves in a folder that it has written.
open(os.path.join(folder, "_SUCCESS"), "w").close()
