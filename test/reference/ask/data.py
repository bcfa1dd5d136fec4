"""Reads the data sets that ask.ts wrote, and writes answers as answers.ts reads them."""

import base64
import importlib.metadata
import json
import pathlib
import platform
import sys

import numpy as np

folder, file = (pathlib.Path(argument) for argument in sys.argv[1:3])


class Sample:
    """A data set in an encoding: x, y to learn from, weights; holdout_x, holdout_y; levels of each column (0: numeric) or None."""

    def __init__(self, data, encoding):
        base = f"{data}.{encoding}"
        meta = json.loads((folder / f"{base}.json").read_text())
        read = lambda part: np.fromfile(folder / f"{base}.{part}.f64")
        self.data, self.encoding, self.levels = data, encoding, meta["levels"]
        self.x, self.holdout_x = (read(part).reshape(-1, meta["columns"]) for part in ("x", "holdout_x"))
        self.y, self.weights, self.holdout_y = read("y"), read("weights"), read("holdout_y")

    def r2(self, predictions):
        residual = np.sum((self.holdout_y - predictions) ** 2)
        return float(1 - residual / np.sum((self.holdout_y - self.holdout_y.mean()) ** 2))


def as_float64(values):
    """Numbers as fromJson reads them."""
    return {"float64": base64.b64encode(np.ascontiguousarray(values, dtype="<f8").tobytes()).decode()}


def exact(sample, params, predictions):
    """An answer whose every prediction counts; `params` by Plumbline's names."""
    return {
        "data": sample.data,
        "encoding": sample.encoding,
        "params": params,
        "r2": sample.r2(predictions),
        "predictions": as_float64(predictions),
    }


def where_sure(sample, params, predict, seeds=40):
    """An answer of an algorithm that takes one of equally good splits at random: `ties` are the rows on which seeds differ."""
    predictions = [predict(seed) for seed in range(seeds)]
    ties = np.ascontiguousarray(np.ptp(predictions, axis=0) > 1e-9, dtype=np.uint8)
    return {**exact(sample, params, predictions[0]), "ties": {"uint8": base64.b64encode(ties.tobytes()).decode()}}


def on_average(sample, params, predict, seeds=20):
    """An answer over seeds: `predict(seed)` gives the predictions for the holdout."""
    r2 = [sample.r2(predict(seed)) for seed in range(seeds)]
    return {
        "data": sample.data,
        "encoding": sample.encoding,
        "params": params,
        "r2": float(np.mean(r2)),
        "r2_sd": float(np.std(r2)),
        "seeds": seeds,
    }


def weighted(answer):
    """The same of a model that was fitted with `sample_weight=sample.weights`."""
    return {**answer, "weighted": True}


def write(packages, answers, **more):
    """Writes the answers, and what more there is, with the versions of what gave them."""
    versions = {"python": platform.python_version(), **{name: importlib.metadata.version(name) for name in packages}}
    file.write_text(json.dumps({"versions": versions, "answers": answers, **more}, indent=1) + "\n")
