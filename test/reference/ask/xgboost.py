"""What XGBoost predicts: python xgboost.py FOLDER FILE (see ask.ts)."""

import sys

# This file has the library's name: Python must not find it first.
sys.path.append(sys.path.pop(0))

import numpy as np
from data import Sample, exact, on_average, write
from xgboost import XGBRegressor


def predictions(sample, params, seed=0):
    model = XGBRegressor(tree_method="hist", n_jobs=1, random_state=seed, **params)
    return model.fit(sample.x, sample.y).predict(sample.holdout_x)


students, sensors, shops = (Sample(data, "kept") for data in ("students", "sensors", "shops"))
settings = {
    students: [
        {},
        {"max_depth": 4, "reg_lambda": 3, "learning_rate": 0.1},
        {"reg_alpha": 20, "gamma": 50, "min_child_weight": 5},
        {"grow_policy": "lossguide", "max_leaves": 12, "max_depth": 0},
        {"max_leaves": 9},
        {"base_score": 50, "n_estimators": 20},
        {"max_depth": 0, "n_estimators": 20},
        {"max_depth": 0, "grow_policy": "lossguide", "n_estimators": 20, "reg_lambda": 0.1},
        {"max_bin": 3, "learning_rate": 1, "n_estimators": 30},
        {"min_child_weight": 900},
        {"objective": "reg:absoluteerror", "n_estimators": 30},
        {"objective": "reg:pseudohubererror", "huber_slope": 5, "base_score": 60},
        {"objective": "reg:quantileerror", "quantile_alpha": 0.9, "n_estimators": 30},
        {"objective": "count:poisson", "n_estimators": 30},
        {"objective": "reg:gamma", "learning_rate": 0.1},
        {"objective": "reg:tweedie", "max_delta_step": 0.2},
    ],
    shops: [{}, {"max_depth": 3, "reg_alpha": 5}],
    sensors: [{}, {"max_bin": 64, "max_depth": 4}, {"max_bin": 2}],
}
sampled = {"subsample": 0.8, "colsample_bytree": 0.8, "colsample_bylevel": 0.9, "colsample_bynode": 0.9}

answers = [exact(sample, params, predictions(sample, params)) for sample, all in settings.items() for params in all]
answers += [
    on_average(sample, sampled, lambda seed: predictions(sample, sampled, seed)) for sample in (students, sensors, shops)
]


def problems():
    """Each objective on few rows, with and without weights and constraints; bins are fewer than values, so that weights cut them."""
    rng = np.random.default_rng(7)
    x = rng.normal(size=(60, 3)).round(3)
    x[rng.random(60) < 0.15, 2] = np.nan
    held, x = x[:12], x[12:]
    y = np.round(np.exp(0.8 * x[:, 0]) * (0.4 + rng.random(48)) + np.nan_to_num(x[:, 2]) ** 2, 2)
    weights = np.where(rng.random(48) < 0.1, 0, rng.random(48) * 3).round(2)
    objectives = {
        "reg:squarederror": {},
        "reg:absoluteerror": {},
        "reg:pseudohubererror": {"huber_slope": 0.5},
        "reg:quantileerror": {"quantile_alpha": 0.8},
        "count:poisson": {},
        "reg:gamma": {},
        "reg:tweedie": {"tweedie_variance_power": 1.3},
    }
    for objective, more in objectives.items():
        targets = np.round(y) if objective == "count:poisson" else np.where(y < 0.6, 0, y) if objective == "reg:tweedie" else y
        # Where leaves are quantiles it breaks its own constraints.
        constraints = [None] if objective in ("reg:absoluteerror", "reg:quantileerror") else [None, (1, 0, -1)]
        for constraint in constraints:
            for given in (None, weights):
                params = {"objective": objective, "n_estimators": 15, "max_bin": 8, "max_depth": 3, "min_child_weight": 0.5, **more}
                model = XGBRegressor(tree_method="hist", n_jobs=1, **params, monotone_constraints=constraint)
                predictions = model.fit(x, targets, sample_weight=given).predict(held)
                named = {"monotone_constraints": {f"column {j}": c for j, c in enumerate(constraint)}} if constraint else {}
                as_json = lambda table: [[None if np.isnan(value) else value for value in row] for row in table.tolist()]
                yield {
                    "why": objective + (", weights" if given is not None else "") + (", constraints" if constraint else ""),
                    "params": {**params, **named},
                    "levels": [0, 0, 0],
                    "x": as_json(x),
                    "y": targets.tolist(),
                    **({"weights": given.tolist()} if given is not None else {}),
                    "holdout_x": as_json(held),
                    "predictions": predictions.tolist(),
                }


write(["xgboost"], answers, problems=list(problems()))
