"""Asks SciPy's bootstrap, with scikit-learn's scores: python ask.py > answers.json

The rows are made by whole numbers alone, so that paired-bootstrap.test.ts has the same.
"""

import json

import numpy as np
import scipy
import sklearn
from scipy.stats import bootstrap
from sklearn.metrics import mean_absolute_error, r2_score

ROWS, RESAMPLES = 120, 20_000

i = np.arange(ROWS)
truth = (i * 37 % 101) / 10
first = truth + (i * 53 % 17 - 8) / 10
second = truth + (i * 29 % 23 - 11) / 10
weights = 1.0 + i % 3
groups = i // 8


def gain(score, rows, weighted):
    given = {"sample_weight": weights[rows]} if weighted else {}
    return score(truth[rows], first[rows], **given) - score(truth[rows], second[rows], **given)


def mae(*args, **given):
    return -mean_absolute_error(*args, **given)


def ask(metric, score, unit="row", weighted=False):
    rows_of = [np.flatnonzero(groups == group) for group in np.unique(groups)] if unit == "group" else i.reshape(-1, 1)
    statistic = lambda units: gain(score, np.concatenate([rows_of[unit] for unit in units]), weighted)
    found = bootstrap(
        (np.arange(len(rows_of)),),
        statistic,
        n_resamples=RESAMPLES,
        vectorized=False,
        method="percentile",
        confidence_level=0.95,
        rng=np.random.default_rng(1),
    )
    low, high = found.confidence_interval
    return {"metric": metric, "unit": unit, "weighted": weighted, "gain": gain(score, i, weighted), "interval": [low, high]}


answers = [
    ask("r2", r2_score),
    ask("mae", mae),
    ask("r2", r2_score, weighted=True),
    ask("r2", r2_score, unit="group"),
    ask("mae", mae, unit="group", weighted=True),
]
versions = {"scipy": scipy.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__}
print(json.dumps({"versions": versions, "resamples": RESAMPLES, "answers": answers}, indent=2))
