"""What XGBoost predicts of classes: python xgboost_classes.py FOLDER FILE (see ask.ts)."""

import sys

# A file here has the library's name: Python must not find it first.
sys.path.append(sys.path.pop(0))

import numpy as np
from data import Sample, as_float64, exact, on_average, weighted, write
from xgboost import DMatrix, XGBClassifier


def probabilities(sample, params, seed=0, weights=None):
    model = XGBClassifier(tree_method="hist", n_jobs=1, random_state=seed, **params)
    return model.fit(sample.x, sample.y, sample_weight=weights).predict_proba(sample.holdout_x)


payments, glyphs, visits = (Sample(data, "kept") for data in ("payments", "glyphs", "visits"))
every = [
    {},
    {"max_depth": 3, "reg_lambda": 3, "learning_rate": 0.1},
    {"reg_alpha": 0.5, "gamma": 0.4, "min_child_weight": 2},
    {"grow_policy": "lossguide", "max_leaves": 8, "max_depth": 0, "n_estimators": 40},
    {"max_leaves": 7, "n_estimators": 40},
    {"max_delta_step": 0.5, "n_estimators": 40},
    {"max_bin": 5, "learning_rate": 1, "n_estimators": 20},
    {"min_child_weight": 0, "reg_lambda": 0.1, "max_depth": 4, "n_estimators": 30},
]
settings = {
    payments: [
        *every,
        {"scale_pos_weight": 20, "n_estimators": 50},
        {"base_score": 0.2, "n_estimators": 30},
        {"max_depth": 0, "n_estimators": 20},
    ],
    glyphs: [*every, {"base_score": 0.3, "n_estimators": 10}],
    visits: every,
}
sampled = {"n_estimators": 40, "max_depth": 3, "learning_rate": 0.1, "subsample": 0.8, "colsample_bytree": 0.8, "colsample_bylevel": 0.9, "colsample_bynode": 0.9}

answers = [exact(sample, params, probabilities(sample, params)) for sample, all in settings.items() for params in all]
answers += [
    weighted(exact(sample, params, probabilities(sample, params, weights=sample.weights)))
    for sample in settings
    for params in ({"n_estimators": 30}, {"n_estimators": 30, "max_bin": 16, "scale_pos_weight": 5})
    if sample.classes == 2 or "scale_pos_weight" not in params
]
answers += [on_average(sample, sampled, lambda seed: probabilities(sample, sampled, seed), seeds=60) for sample in settings]


def problems():
    """Few rows, with and without weights and constraints; bins are fewer than values, so that weights cut them; one class is rare."""
    rng = np.random.default_rng(9)
    x = rng.normal(size=(72, 3)).round(3)
    x[rng.random(72) < 0.15, 2] = np.nan
    held, x = x[:12], x[12:]
    score = x[:, 0] + 0.7 * np.nan_to_num(x[:, 2]) + rng.normal(size=60)
    weights = np.where(rng.random(60) < 0.1, 0, rng.random(60) * 3).round(2)
    as_json = lambda table: [[None if np.isnan(value) else value for value in row] for row in table.tolist()]
    for classes, cuts in ((2, [1.2]), (3, [-0.8, 1.6]), (5, [-1.4, -0.5, 0.4, 1.9])):
        y = np.digitize(score, cuts)
        assert len(np.unique(y[weights > 0])) == classes
        for constraint in (None, (1, 0, -1)):
            for given in (None, weights):
                for more in ({}, {"scale_pos_weight": 3}) if classes == 2 else ({},):
                    params = {"n_estimators": 15, "max_bin": 8, "max_depth": 3, "min_child_weight": 0.5, **more}
                    model = XGBClassifier(tree_method="hist", n_jobs=1, **params, monotone_constraints=constraint)
                    found = model.fit(x, y, sample_weight=given).predict_proba(held)
                    named = {"monotone_constraints": {f"column {j}": c for j, c in enumerate(constraint)}} if constraint else {}
                    words = [f"{classes} classes", *(["weights"] if given is not None else []), *(["constraints"] if constraint else []), *more]
                    yield {
                        "why": ", ".join(words),
                        "params": {**params, **named},
                        "classes": classes,
                        "levels": [0, 0, 0],
                        "x": as_json(x),
                        "y": y.tolist(),
                        **({"weights": given.tolist()} if given is not None else {}),
                        "holdout_x": as_json(held),
                        "probabilities": found.tolist(),
                    }


def explanations():
    """What each column adds to the raw predictions of some rows, as XGBoost itself says: rows × outputs × columns, the base last."""
    params = {"n_estimators": 6, "max_depth": 4, "base_score": 0.3}
    for sample in settings:
        model = XGBClassifier(tree_method="hist", n_jobs=1, **params).fit(sample.x, sample.y)
        found = model.get_booster().predict(DMatrix(sample.holdout_x[:20]), pred_contribs=True)
        yield {"data": sample.data, "encoding": sample.encoding, "params": params, "contributions": as_float64(found)}


write(["xgboost"], answers, problems=list(problems()), explanations=list(explanations()))
