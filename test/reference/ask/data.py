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
    """
    A data set in an encoding: x, y to learn from, weights; holdout_x, holdout_y; levels of each column (0: numeric) or None.
    `classes` is how many there are of targets that are the indices of classes, else None; predictions of those are rows × classes
    probabilities.
    """

    def __init__(self, data, encoding):
        base = f"{data}.{encoding}"
        meta = json.loads((folder / f"{base}.json").read_text())
        read = lambda part: np.fromfile(folder / f"{base}.{part}.f64")
        self.data, self.encoding = data, encoding
        self.levels, self.classes = meta["levels"], meta.get("classes")
        self.x, self.holdout_x = (read(part).reshape(-1, meta["columns"]) for part in ("x", "holdout_x"))
        self.y, self.weights, self.holdout_y = read("y"), read("weights"), read("holdout_y")
        self.metric = "r2" if self.classes is None else "log_loss"

    def score(self, predictions):
        """R², or the mean log loss."""
        if self.classes is None:
            residual = np.sum((self.holdout_y - predictions) ** 2)
            return float(1 - residual / np.sum((self.holdout_y - self.holdout_y.mean()) ** 2))
        own = np.asarray(predictions, dtype=float)[np.arange(len(self.holdout_y)), self.holdout_y.astype(int)]
        return float(-np.mean(np.log(np.maximum(own, np.finfo(float).eps))))


def categories_of(sample):
    return [column for column, levels in enumerate(sample.levels or []) if levels > 0]


def gamma_of(x, params, weights=None):
    """The gamma of scikit-learn's kernels that Plumbline's length_scale stands for."""
    mean = np.average(x, axis=0, weights=weights)
    variances = np.average((x - mean) ** 2, axis=0, weights=weights)
    scale = params.get("length_scale", 1)
    if params.get("kernel", "rbf") == "rbf":
        return 1 / (2 * scale**2 * variances.sum())
    return 1 / (scale * np.sqrt(variances).sum())


def named_levels(x, categories):
    """Categories as strings, a missing one too, as catboost takes them; numbers as they are."""
    if not categories:
        return x
    table = x.astype(object)
    for column in categories:
        table[:, column] = ["missing" if np.isnan(code) else str(int(code)) for code in x[:, column]]
    return table


def as_float64(values):
    """Numbers as fromJson reads them."""
    return {"float64": base64.b64encode(np.ascontiguousarray(values, dtype="<f8").tobytes()).decode()}


def exact(sample, params, predictions):
    """An answer whose every prediction counts; `params` by Plumbline's names."""
    return {
        "data": sample.data,
        "encoding": sample.encoding,
        "params": params,
        sample.metric: sample.score(predictions),
        "predictions" if sample.classes is None else "probabilities": as_float64(predictions),
    }


def where_sure(sample, params, predict, seeds=40):
    """An answer of an algorithm that takes one of equally good splits at random: `ties` are the rows on which seeds differ."""
    predictions = [predict(seed) for seed in range(seeds)]
    spread = np.ptp(predictions, axis=0).reshape(len(sample.holdout_y), -1).max(axis=1)
    ties = np.ascontiguousarray(spread > 1e-9, dtype=np.uint8)
    return {**exact(sample, params, predictions[0]), "ties": {"uint8": base64.b64encode(ties.tobytes()).decode()}}


def on_average(sample, params, predict, seeds=20):
    """An answer over seeds: `predict(seed)` gives the predictions for the holdout."""
    scores = [sample.score(predict(seed)) for seed in range(seeds)]
    return {
        "data": sample.data,
        "encoding": sample.encoding,
        "params": params,
        sample.metric: float(np.mean(scores)),
        f"{sample.metric}_sd": float(np.std(scores)),
        "seeds": seeds,
    }


def weighted(answer):
    """The same of a model that was fitted with `sample_weight=sample.weights`."""
    return {**answer, "weighted": True}


def write(packages, answers, **more):
    """Writes the answers, and what more there is, with the versions of what gave them."""
    versions = {"python": platform.python_version(), **{name: importlib.metadata.version(name) for name in packages}}
    file.write_text(json.dumps({"versions": versions, "answers": answers, **more}, indent=1) + "\n")
