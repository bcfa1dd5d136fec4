"""Asks catboost's CatBoostClassifier."""

import sys
from types import SimpleNamespace

# Files beside this one have the names of libraries: Python must not find them first.
sys.path.append(sys.path.pop(0))

import numpy as np
from catboost import CatBoostClassifier, Pool
from data import Sample, as_float64, categories_of, exact, named_levels, on_average, write

PLAIN = {"bootstrap_type": "No", "random_strength": 0, "has_time": True}
ORDERED = {**PLAIN, "boosting_type": "Ordered"}
SETTINGS = [
    # Two classes: leaves by Newton's method, in one step and in several.
    ("payments", "kept", {**PLAIN, "iterations": 200}),
    ("payments", "imputed", {**PLAIN, "iterations": 100, "depth": 4, "learning_rate": 0.1, "l2_leaf_reg": 1}),
    ("payments", "kept", {**PLAIN, "iterations": 50, "depth": 8, "learning_rate": 0.3, "leaf_estimation_iterations": 3}),
    ("payments", "kept", {**PLAIN, "iterations": 50, "depth": 3, "learning_rate": 0.1, "l2_leaf_reg": 0.1, "leaf_estimation_iterations": 10}),
    ("payments", "kept", {**PLAIN, "iterations": 50, "depth": 3, "score_function": "L2", "leaf_estimation_iterations": 1}),
    ("payments", "codes", {**PLAIN, "iterations": 250, "learning_rate": 0.1}),
    # Several: a leaf has a value for each.
    ("glyphs", "kept", {**PLAIN, "iterations": 60}),
    ("glyphs", "kept", {**PLAIN, "iterations": 40, "depth": 4, "learning_rate": 0.3, "l2_leaf_reg": 10, "leaf_estimation_iterations": 3}),
    ("glyphs", "kept", {**PLAIN, "iterations": 20, "depth": 3, "score_function": "L2"}),
    # Target statistics of classes, of single categories and of combinations.
    ("visits", "codes", {**PLAIN, "iterations": 60}),
    ("visits", "codes", {**PLAIN, "iterations": 220, "learning_rate": 0.05}),
    ("visits", "codes", {**PLAIN, "iterations": 60, "one_hot_max_size": 10, "max_ctr_complexity": 2, "model_size_reg": 2}),
    ("visits", "kept", {**PLAIN, "iterations": 40, "depth": 4}),
    # Ordered boosting.
    ("payments", "kept", {**ORDERED, "iterations": 50}),
    ("payments", "codes", {**ORDERED, "iterations": 50, "leaf_estimation_iterations": 5}),
    ("glyphs", "kept", {**ORDERED, "iterations": 15}),
    ("visits", "codes", {**ORDERED, "iterations": 30}),
    ("visits", "kept", {**ORDERED, "iterations": 15, "leaf_estimation_iterations": 3}),
    # The last rows held out.
    ("payments", "kept", {**PLAIN, "iterations": 300, "eval_fraction": 0.2, "od_wait": 10, "learning_rate": 0.3}),
    ("visits", "codes", {**PLAIN, "iterations": 300, "eval_fraction": 0.2}),
    # Classes weighted.
    ("payments", "kept", {**PLAIN, "iterations": 60, "auto_class_weights": "Balanced"}),
    ("payments", "kept", {**PLAIN, "iterations": 60, "scale_pos_weight": 5}),
    ("visits", "codes", {**PLAIN, "iterations": 40, "auto_class_weights": "SqrtBalanced"}),
]
# The same with weights of rows, none of them 0: the reference bins such rows too.
WEIGHTED = [
    ("payments", "kept", {**PLAIN, "iterations": 100, "learning_rate": 0.1}),
    ("payments", "codes", {**PLAIN, "iterations": 60, "auto_class_weights": "Balanced"}),
    ("glyphs", "kept", {**PLAIN, "iterations": 30}),
    ("visits", "codes", {**PLAIN, "iterations": 40}),
    ("payments", "kept", {**ORDERED, "iterations": 40, "learning_rate": 0.1}),
]


def weights_of(sample):
    return (7 * np.arange(len(sample.y)) % 10 + 1) / 4


def fit(sample, params, seed=0, weights=None):
    params = dict(params)
    categories = categories_of(sample)
    x, y = named_levels(sample.x, categories), sample.y.astype(int)
    weights = np.ones(len(y)) if weights is None else weights
    pool = lambda part: Pool(x[part], y[part], cat_features=categories, weight=weights[part])
    held = int(params.pop("eval_fraction", 0) * len(y))
    learned = len(y) - held
    if "od_wait" in params:
        params["od_type"] = "Iter"
    model = CatBoostClassifier(**params, random_seed=seed, thread_count=2, verbose=False, allow_writing_files=False)
    return model.fit(pool(slice(learned)), eval_set=pool(slice(learned, None)) if held else None)


def predict(sample, params, seed=0, weights=None):
    return fit(sample, params, seed, weights).predict_proba(named_levels(sample.holdout_x, categories_of(sample)))


def drawn(seed):
    """Few rows, few values: equally good splits are common, and the order of columns, or rounding, decides."""
    rng = np.random.default_rng(seed)
    rows, columns, classes = int(rng.integers(8, 30)), int(rng.integers(2, 5)), int(rng.integers(2, 5))
    levels = rng.choice([0, 0, 2, 3, 6], columns)
    x = np.empty((rows + 5, columns))
    for column, count in enumerate(levels):
        values = rng.integers(0, count or rng.integers(2, 5), rows + 5)
        x[:, column] = np.where(rng.random(rows + 5) < rng.choice([0, 0.3]), np.nan, values)
    params = {
        **(ORDERED if seed % 3 == 0 else PLAIN),
        "iterations": int(rng.integers(5, 40)),
        "depth": int(rng.integers(1, 5)),
        "learning_rate": float(rng.choice([0.1, 0.5, 1])),
        "l2_leaf_reg": float(rng.choice([1, 3, 10])),
        "score_function": str(rng.choice(["Cosine", "L2"])),
        "one_hot_max_size": int(rng.choice([0, 2, 5])),
        "leaf_estimation_iterations": int(rng.choice([1, 3, 10])),
    }
    # Every class has a row.
    y = np.concatenate([np.arange(classes), rng.integers(0, classes, rows - classes)])
    problem = {"params": params, "classes": classes, "levels": levels.tolist(), "x": x[:rows], "y": y, "holdout_x": x[rows:]}
    if seed % 4 == 1:
        problem["weights"] = rng.integers(1, 5, rows) / 2
    return problem


def hangs_on_rounding(sample, params, weights, probabilities):
    """Whether a change of no account changes what is predicted: then rounding decides between splits that are equally good."""
    for step in range(-10, 11):
        changed = {**params, "l2_leaf_reg": params["l2_leaf_reg"] * (1 + step * 1e-6)}
        if np.abs(predict(sample, changed, weights=weights) - probabilities).max() > 1e-5:
            return True
    return False


def solved(why, problem):
    """A small problem, with what is predicted, null for a missing value; None where rounding decides."""
    as_json = lambda table: [[None if np.isnan(value) else value for value in row] for row in table.tolist()]
    sample = SimpleNamespace(x=problem["x"], y=problem["y"], holdout_x=problem["holdout_x"], levels=problem["levels"])
    weights = problem.get("weights")
    probabilities = predict(sample, problem["params"], weights=weights)
    if hangs_on_rounding(sample, problem["params"], weights, probabilities):
        return None
    return {
        **problem,
        "why": why,
        "x": as_json(problem["x"]),
        "holdout_x": as_json(problem["holdout_x"]),
        "y": problem["y"].tolist(),
        **({} if weights is None else {"weights": weights.tolist()}),
        "probabilities": probabilities.tolist(),
    }


def explained(sample, params, rows=12):
    """What columns contribute to raw predictions: rows × outputs × columns."""
    categories = categories_of(sample)
    pool = Pool(named_levels(sample.holdout_x[:rows], categories), cat_features=categories)
    values = fit(sample, params).get_feature_importance(pool, type="ShapValues")
    values = values.reshape(rows, -1, sample.x.shape[1] + 1)
    return {
        "data": sample.data,
        "encoding": sample.encoding,
        "params": params,
        "bases": as_float64(values[0, :, -1]),
        "values": as_float64(values[:, :, :-1]),
    }


class Once:
    """Ends a training after its first iteration."""

    def after_iteration(self, info):
        return False


def rates():
    """The automatic learning rate: without an eval_set, and with one."""
    found = []
    for classes in (2, 3):
        for rows in (20, 200, 3000):
            for iterations in (100, 1000, 3000):
                x, y = np.arange(rows).reshape(-1, 1), np.arange(rows) % classes
                own = []
                for eval_set in (None, (x, y)):
                    model = CatBoostClassifier(iterations=iterations, verbose=False, allow_writing_files=False)
                    own.append(float(model.fit(x, y, eval_set=eval_set, callbacks=[Once()]).get_all_params()["learning_rate"]))
                found.append({"classes": classes, "rows": rows, "iterations": iterations, "without": own[0], "with_best_model": own[1]})
    return found


answers = [exact(sample, params, predict(sample, params)) for sample, params in ((Sample(d, e), p) for d, e, p in SETTINGS)]
for data, encoding, params in WEIGHTED:
    sample = Sample(data, encoding)
    weights = weights_of(sample)
    answers.append({**exact(sample, params, predict(sample, params, weights=weights)), "weights": as_float64(weights)})
for data, params in (("payments", {}), ("glyphs", {"iterations": 100}), ("visits", {"iterations": 100})):
    sample = Sample(data, "codes")
    answers.append(on_average(sample, params, lambda seed: predict(sample, params, seed)))
write(
    ["catboost"],
    answers,
    problems=[problem for problem in (solved(f"drawn at random, {seed}", drawn(seed)) for seed in range(60)) if problem],
    rates=rates(),
    contributions=[
        explained(Sample("payments", "codes"), {**PLAIN, "iterations": 60}),
        explained(Sample("glyphs", "kept"), {**PLAIN, "iterations": 20}),
        explained(Sample("visits", "codes"), {**PLAIN, "iterations": 40}),
    ],
)
