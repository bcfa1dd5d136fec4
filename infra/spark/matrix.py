"""XGBoost's matrices of a worker's rows, made in passes over a file on its disk.

XGBoost's estimator for Spark keeps all rows of a worker as numbers of four bytes until its matrix is made, which holds two for each, or five
where cells are missing. So its function that makes the matrix gives way to the one here: memory then has the matrix alone.
"""

import os
import tempfile
from collections.abc import Iterator

import numpy
import pandas
import xgboost
from xgboost.spark import core
from xgboost.spark.data import alias

# So many bytes of rows are read back at a time.
CHUNK = 16_000_000
# Of the parameters those that are the matrix's, as xgboost.spark.data has it.
OF_MATRIX = {"max_bin", "missing", "silent", "nthread", "enable_categorical"}


class RowsOnDisk(xgboost.DataIter):
    """Rows that are written once and read in chunks, as often as XGBoost wants; their labels and weights stay in memory."""

    def __init__(self, names: list[str]):
        super().__init__(release_data=True)
        self.names = names
        # Where Spark has room for its own; it has no name, so that it goes with this process, however that ends.
        self.file = tempfile.TemporaryFile(dir=os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0] or None)
        self.beside: dict[str, list] = {alias.label: [], alias.weight: []}
        self.rows = 0
        self.at = 0

    def add(self, rows: pandas.DataFrame) -> None:
        if len(rows) == 0:
            return
        self.file.write(rows[self.names].to_numpy(dtype=numpy.float32).tobytes())
        for name, values in self.beside.items():
            if name in rows.columns:
                values.append(rows[name].to_numpy(dtype=numpy.float32))
        self.rows += len(rows)

    def matrix(self, params: dict, ref: xgboost.DMatrix | None = None) -> xgboost.DMatrix:
        with self.file:
            if self.rows == 0:
                return xgboost.QuantileDMatrix(numpy.empty((0, 0)), ref=ref)
            self.beside = {name: [numpy.concatenate(values)] for name, values in self.beside.items() if values}
            return xgboost.QuantileDMatrix(self, ref=ref, **params)

    def next(self, input_data) -> bool:
        if self.at == self.rows:
            return False
        width = len(self.names)
        count = min(max(1, CHUNK // (4 * width)), self.rows - self.at)
        self.file.seek(4 * width * self.at)
        data = numpy.frombuffer(self.file.read(4 * width * count), dtype=numpy.float32)
        beside = {name: values[0][self.at : self.at + count] for name, values in self.beside.items()}
        input_data(data=data.reshape(count, width), feature_names=self.names, feature_types=["float"] * width, **beside)
        self.at += count
        return True

    def reset(self) -> None:
        self.at = 0


def matrices_of(
    *, iterator: Iterator[pandas.DataFrame], feature_cols, kwargs: dict, has_validation_col: bool, **_
) -> tuple[xgboost.DMatrix, xgboost.DMatrix | None]:
    """The matrix that is learned from, and that which says when to stop."""
    params = {name: value for name, value in kwargs.items() if name in OF_MATRIX}
    names = list(feature_cols)
    learn, stop = RowsOnDisk(names), RowsOnDisk(names)
    for rows in iterator:
        if not has_validation_col:
            learn.add(rows)
            continue
        learn.add(rows[~rows[alias.valid]])
        stop.add(rows[rows[alias.valid]])
    learned = learn.matrix(params)
    return learned, stop.matrix(params, ref=learned) if has_validation_col else None


def use_disk() -> None:
    """From here on XGBoost's estimator makes its matrices so."""
    if not hasattr(core, "create_dmatrix_from_partitions"):
        raise ImportError(f"XGBoost {xgboost.__version__} makes its matrices elsewhere: install what infra/spark/requirements.txt names")
    core.create_dmatrix_from_partitions = matrices_of
