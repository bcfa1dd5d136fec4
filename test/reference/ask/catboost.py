"""Asks catboost's CatBoostRegressor."""

import sys
from types import SimpleNamespace

# This file must not be taken for the package of its name.
folder = sys.path.pop(0)
import numpy as np
from catboost import CatBoostRegressor, Pool

sys.path.insert(0, folder)
from data import Sample, as_float64, categories_of, exact, named_levels, on_average, write

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
# The same with weights of rows.
WEIGHTED = [
    ("students", "codes", {**PLAIN, "iterations": 30}),
    ("shops", "codes", {**PLAIN, "iterations": 100}),
    ("students", "kept", {**PLAIN, "iterations": 50, "depth": 10, "learning_rate": 0.3, "leaf_estimation_iterations": 3}),
    ("sensors", "kept", {**PLAIN, "iterations": 50, "depth": 3, "score_function": "L2"}),
    ("students", "kept", {**ORDERED, "iterations": 100}),
    ("shops", "codes", {**ORDERED, "iterations": 50}),
    ("students", "codes", {**PLAIN, "eval_fraction": 0.2}),
]


def weights_of(sample):
    return (7 * np.arange(len(sample.y)) % 10 + 1) / 4


NAN = np.nan
# Small problems, each of which some detail decides: x, y and levels (0: a number) to learn from, rows to predict.
PROBLEMS = {
    "an odd number of rows: of two borders of the targets that split them as evenly, the lower": {
        "params": {**PLAIN, "iterations": 1, "depth": 1, "learning_rate": 0.5},
        "levels": [3],
        "x": [[2], [0], [2], [1], [0]],
        "y": [1, 3, 5, 4, 2],
        "holdout_x": [[0], [1], [2]],
    },
    "a level that training has not seen goes with the more frequent of two, whichever came first": {
        "params": {**PLAIN, "iterations": 2, "depth": 2, "learning_rate": 0.5},
        "levels": [3, 2],
        "x": [[0, 1], [2, 1], [2, 0], [2, 1], [0, 1]],
        "y": [1, 2, 7, 2, 3],
        "holdout_x": [[0, 0], [2, 1], [1, 1], [NAN, NAN]],
    },
    "of two levels as frequent, the last": {
        "params": {**PLAIN, "iterations": 2, "depth": 1, "learning_rate": 0.5},
        "levels": [2],
        "x": [[0], [1], [0], [1]],
        "y": [1, 2, 1, 3],
        "holdout_x": [[0], [1], [NAN]],
    },
    "missing values, and a single border that equals a value": {
        "params": {**PLAIN, "iterations": 1, "depth": 2, "learning_rate": 0.5},
        "levels": [0],
        "x": [[2**24], [2**24 + 2], [2**24], [2**24 + 2], [NAN], [NAN]],
        "y": [0, 1, 0, 1, 5, 5],
        "holdout_x": [[2**24], [2**24 + 2], [NAN]],
    },
    "a category of one level tells nothing": {
        "params": {**PLAIN, "iterations": 1, "depth": 2, "one_hot_max_size": 0},
        "levels": [2, 10],
        "x": [[NAN, NAN], [NAN, 5], [NAN, 5]],
        "y": [-65, 72, 3],
        "holdout_x": [[NAN, NAN], [1, 5]],
    },
    "a number of two bins is looked at after a category of more levels": {
        "params": {**PLAIN, "iterations": 1, "depth": 1, "learning_rate": 0.5, "one_hot_max_size": 5},
        "levels": [0, 3],
        "x": [[0, 0], [0, 2], [1, 1], [0, 0], [0, 0], [1, 1]],
        "y": [1, 2, 8, 1, 2, 8],
        "holdout_x": [[0, 1], [1, 0]],
    },
    "where all values that are there are missing, a useless split may score the best": {
        "params": {**ORDERED, "iterations": 5, "depth": 2, "learning_rate": 0.5, "score_function": "L2"},
        "levels": [0, 0],
        "x": [[NAN, 1], [NAN, 2], [NAN, 2], [NAN, 1]],
        "y": [1, 2, 3, 5],
        "holdout_x": [[1, 1], [NAN, 2]],
    },
    "a single row held out, or rows whose targets are alike, cannot tell how many trees are best": {
        "params": {**PLAIN, "iterations": 20, "depth": 2, "learning_rate": 0.5, "eval_fraction": 0.2},
        "levels": [0],
        "x": [[0], [1], [2], [3], [4], [5], [6]],
        "y": [1, 4, 2, 8, 5, 7, 1],
        "holdout_x": [[0], [3], [6]],
    },
    "unless they have to": {
        "params": {**PLAIN, "iterations": 20, "depth": 2, "learning_rate": 0.5, "eval_fraction": 0.2, "use_best_model": True},
        "levels": [0],
        "x": [[0], [1], [2], [3], [4], [5], [6]],
        "y": [1, 4, 2, 8, 5, 7, 1],
        "holdout_x": [[0], [3], [6]],
    },
}
rng = np.random.default_rng(0)
for offset, scale in ((1e8, 250), (1e6, 1), (0, 1e-30), (0, 1e30), (3e38, 3e37)):
    x = np.column_stack([rng.normal(size=15), rng.integers(0, 3, 15)])
    PROBLEMS[f"targets from {offset} to {offset + scale}"] = {
        "params": {**PLAIN, "iterations": 30, "depth": 3, "learning_rate": 0.3},
        "levels": [0, 3],
        "x": x.tolist(),
        "y": (offset + scale * rng.random(15)).tolist(),
        "holdout_x": x[:5].tolist(),
    }
# A tree that splits by the same tests as an earlier one in another order: their combination with a category is new.
rng = np.random.default_rng(11)
x = np.column_stack([rng.integers(0, 3, 34), rng.normal(size=34).round(2)])
y = np.sin(2 * x[:, 1]) * (x[:, 0] == 1) + (x[:, 1] > 0) * (x[:, 0] - 1) + 0.3 * rng.normal(size=34)
PROBLEMS["the order of tests counts in a combination"] = {
    "params": {**PLAIN, "iterations": 40, "depth": 4, "learning_rate": 0.3, "max_ctr_complexity": 3, "model_size_reg": 2},
    "levels": [3, 0],
    "x": x.tolist(),
    "y": y.round(2).tolist(),
    "holdout_x": x.tolist(),
}


def drawn(seed):
    """Few rows, few values: equally good splits are common, and the order of columns, or rounding, decides."""
    rng = np.random.default_rng(seed)
    rows, columns = int(rng.integers(4, 20)), int(rng.integers(2, 5))
    levels = rng.choice([0, 0, 2, 3, 6], columns)
    x = np.empty((rows + 5, columns))
    for column, count in enumerate(levels):
        values = rng.integers(0, count or rng.integers(2, 5), rows + 5)
        x[:, column] = np.where(rng.random(rows + 5) < rng.choice([0, 0.3]), NAN, values * (1 if count else rng.choice([1, 0, 1e9])))
    params = {
        **(ORDERED if seed % 3 == 0 else PLAIN),
        "iterations": int(rng.integers(5, 40)),
        "depth": int(rng.integers(1, 6)),
        "learning_rate": float(rng.choice([0.1, 0.5, 1])),
        "l2_leaf_reg": float(rng.choice([0, 1, 10])),
        "score_function": str(rng.choice(["Cosine", "L2"])),
        "one_hot_max_size": int(rng.choice([0, 2, 5])),
        "leaf_estimation_iterations": 1 if seed % 3 == 0 else int(rng.choice([1, 3])),
    }
    y = rng.integers(0, 4, rows) if seed % 2 else rng.normal(size=rows).round(3)
    return {
        "params": params,
        "levels": levels.tolist(),
        "x": x[:rows].tolist(),
        "y": y.tolist(),
        "holdout_x": x[rows:].tolist(),
    }


for seed in range(40):
    PROBLEMS[f"drawn at random, {seed}"] = drawn(seed)
for seed in range(40, 70):
    problem = drawn(seed)
    weights = np.random.default_rng(seed).integers(1, 5, len(problem["y"])) / (1 if seed % 4 else 10)
    PROBLEMS[f"drawn at random with weights, {seed}"] = {**problem, "weights": weights.tolist()}


def fit(sample, params, seed=0, weights=None):
    params = dict(params)
    categories = categories_of(sample)
    x, y = named_levels(sample.x, categories), sample.y
    weights = np.ones(len(y)) if weights is None else weights
    pool = lambda part: Pool(x[part], y[part], cat_features=categories, weight=weights[part])
    held = int(params.pop("eval_fraction", 0) * len(y))
    learned = len(y) - held
    if "od_wait" in params:
        params["od_type"] = "Iter"
    model = CatBoostRegressor(**params, random_seed=seed, thread_count=2, verbose=False, allow_writing_files=False)
    return model.fit(pool(slice(learned)), eval_set=pool(slice(learned, None)) if held else None)


def predict(sample, params, seed=0, weights=None):
    return fit(sample, params, seed, weights).predict(named_levels(sample.holdout_x, categories_of(sample)))


def solved(why, problem):
    """A small problem, with what is predicted; null for a missing value."""
    as_json = lambda table: [[None if np.isnan(value) else value for value in row] for row in table]
    sample = SimpleNamespace(
        **{key: np.array(problem[key], dtype=float) for key in ("x", "y", "holdout_x")}, levels=problem["levels"]
    )
    weights = np.array(problem["weights"]) if "weights" in problem else None
    predictions = predict(sample, problem["params"], weights=weights).tolist()
    return {"why": why, **problem, "x": as_json(problem["x"]), "holdout_x": as_json(problem["holdout_x"]), "predictions": predictions}


answers = [exact(sample, params, predict(sample, params)) for sample, params in ((Sample(d, e), p) for d, e, p in SETTINGS)]
for data, encoding, params in WEIGHTED:
    sample = Sample(data, encoding)
    weights = weights_of(sample)
    answers.append({**exact(sample, params, predict(sample, params, weights=weights)), "weights": as_float64(weights)})
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "codes")
    answers.append(on_average(sample, {}, lambda seed: predict(sample, {}, seed)))
write(["catboost"], answers, problems=[solved(why, problem) for why, problem in PROBLEMS.items()])
