"""Asks catboost's CatBoostRegressor."""

import sys

# This file must not be taken for the package of its name.
folder = sys.path.pop(0)
import numpy as np
from catboost import CatBoostRegressor

sys.path.insert(0, folder)
from data import Sample, exact, on_average, write

PLAIN = {"bootstrap_type": "No", "random_strength": 0, "has_time": True}
ORDERED = {**PLAIN, "boosting_type": "Ordered"}
SETTINGS = [
    # Plain boosting without randomness: borders, Cosine, leaf values.
    ("students", "kept", PLAIN),
    ("students", "imputed", {**PLAIN, "iterations": 200, "depth": 4, "learning_rate": 0.1, "l2_leaf_reg": 1}),
    ("students", "kept", {**PLAIN, "iterations": 50, "depth": 10, "learning_rate": 0.3, "leaf_estimation_iterations": 3}),
    ("sensors", "kept", {**PLAIN, "iterations": 100}),
    ("sensors", "kept", {**PLAIN, "iterations": 50, "depth": 8, "border_count": 32, "learning_rate": 0.2}),
    ("sensors", "kept", {**PLAIN, "iterations": 50, "depth": 3, "l2_leaf_reg": 0, "score_function": "L2"}),
    # Target statistics, of single categories and of combinations, in the order of the rows.
    ("students", "codes", PLAIN),
    ("shops", "codes", {**PLAIN, "iterations": 300}),
    ("shops", "codes", {**PLAIN, "iterations": 300, "max_ctr_complexity": 1}),
    ("shops", "codes", {**PLAIN, "iterations": 100, "depth": 4, "one_hot_max_size": 10}),
    # Ordered boosting.
    ("students", "kept", {**ORDERED, "iterations": 100}),
    ("sensors", "kept", {**ORDERED, "iterations": 30}),
    ("shops", "codes", {**ORDERED, "iterations": 50}),
    # The last rows held out.
    ("students", "codes", {**PLAIN, "eval_fraction": 0.2}),
    ("sensors", "kept", {**PLAIN, "eval_fraction": 0.1, "od_wait": 10, "learning_rate": 0.5}),
    ("shops", "codes", {**PLAIN, "eval_fraction": 0.25, "od_wait": 5, "use_best_model": False, "learning_rate": 0.3}),
]


def fit(sample, params, seed=0):
    params = dict(params)
    categories = categories_of(sample)
    x, y = rows(sample.x, categories), sample.y
    held = int(params.pop("eval_fraction", 0) * len(y))
    learned = len(y) - held
    if "od_wait" in params:
        params["od_type"] = "Iter"
    model = CatBoostRegressor(
        **params, random_seed=seed, cat_features=categories, thread_count=2, verbose=False, allow_writing_files=False
    )
    return model.fit(x[:learned], y[:learned], eval_set=(x[learned:], y[learned:]) if held else None)


def categories_of(sample):
    return [column for column, levels in enumerate(sample.levels or []) if levels > 0]


def rows(x, categories):
    """Categories as strings, a missing one too; numbers as they are."""
    if not categories:
        return x
    table = x.astype(object)
    for column in categories:
        table[:, column] = ["missing" if np.isnan(code) else str(int(code)) for code in x[:, column]]
    return table


def predict(sample, params, seed=0):
    return fit(sample, params, seed).predict(rows(sample.holdout_x, categories_of(sample)))


answers = [exact(sample, params, predict(sample, params)) for sample, params in ((Sample(d, e), p) for d, e, p in SETTINGS)]
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "codes")
    answers.append(on_average(sample, {}, lambda seed: predict(sample, {}, seed)))
write(["catboost"], answers)
