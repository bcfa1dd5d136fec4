"""What XGBoost predicts: python xgboost.py FOLDER FILE (see ask.ts)."""

import sys

# This file has the library's name: Python must not find it first.
sys.path.append(sys.path.pop(0))

from data import Sample, exact, on_average, write
from xgboost import XGBRegressor


def predictions(sample, params, seed=0):
    model = XGBRegressor(tree_method="hist", n_jobs=2, random_state=seed, **params)
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
    ],
    shops: [{}, {"max_depth": 3, "reg_alpha": 5}],
    sensors: [{}, {"max_bin": 64, "max_depth": 4}, {"max_bin": 2}],
}
sampled = {"subsample": 0.8, "colsample_bytree": 0.8, "colsample_bylevel": 0.9, "colsample_bynode": 0.9}

answers = [exact(sample, params, predictions(sample, params)) for sample, all in settings.items() for params in all]
answers += [
    on_average(sample, sampled, lambda seed: predictions(sample, sampled, seed)) for sample in (students, sensors, shops)
]
write(["xgboost"], answers)
