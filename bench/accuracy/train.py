"""A peer's side of a measurement: learns a table's training rows, and prints its R² on the rows that are held out, or of classes its log loss.

Reads {peer, task, folder, seconds, threads} as JSON from standard input; the current folder is for what it leaves behind. All peers read the same rows and the same
kinds of columns; each is given categories in its own native way. Everything that a caller does not say is at its default, but
for the seed. `train.py probe PACKAGE` imports a package instead.
"""

import importlib
import json
import os
import pathlib
import sys

SEED = 2026

# HistGradientBoosting refuses categories of more levels.
MOST_LEVELS = 255


def read(folder):
    """The training and the held-out rows, with categorical columns of pandas' dtype, and the target's name; classes are numbers from 0."""
    import pandas as pd

    declaration = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    columns, target = declaration["columns"], declaration["target"]
    texts = {column["name"]: str for column in columns if column["kind"] == "categorical"}
    data = pd.read_csv(folder / "data.csv", dtype=texts, keep_default_na=False, na_values=[""])
    for column in columns:
        if column["kind"] == "categorical":
            data[column["name"]] = pd.Categorical(data[column["name"]], categories=column["levels"])
    if data[target].dtype == "category":
        data[target] = data[target].cat.codes.astype(int)
    held = data.index.isin(json.loads((folder / "holdout.json").read_text()))
    return data[~held].reset_index(drop=True), data[held].reset_index(drop=True), target


def categories_of(x):
    return [column for column in x.columns if x[column].dtype == "category"]


def hist_gradient_boosting(x, y, task, _seconds, _threads):
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import TargetEncoder

    make = HistGradientBoostingRegressor if task == "regression" else HistGradientBoostingClassifier
    model = make(random_state=SEED)
    many = [column for column in categories_of(x) if len(x[column].cat.categories) > MOST_LEVELS]
    if not many:
        return model.fit(x, y)
    target_type = "continuous" if task == "regression" else task
    encoder = make_column_transformer(
        (TargetEncoder(target_type=target_type, random_state=SEED), many),
        remainder="passthrough",
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")
    return make_pipeline(encoder, model).fit(x, y)


def xgboost(x, y, task, _seconds, threads):
    from xgboost import XGBClassifier, XGBRegressor

    make = XGBRegressor if task == "regression" else XGBClassifier
    return make(enable_categorical=True, n_jobs=threads, random_state=SEED).fit(x, y)


def lightgbm(x, y, task, _seconds, threads):
    from lightgbm import LGBMClassifier, LGBMRegressor

    make = LGBMRegressor if task == "regression" else LGBMClassifier
    return make(n_jobs=threads, random_state=SEED, verbose=-1).fit(x, y)


class CatBoost:
    """CatBoost takes categories as text, and a missing one as a level of its own."""

    def __init__(self, x, y, task, threads):
        from catboost import CatBoostClassifier, CatBoostRegressor

        make = CatBoostRegressor if task == "regression" else CatBoostClassifier
        options = {"thread_count": threads, "random_seed": SEED, "verbose": False, "allow_writing_files": False}
        self.model = make(cat_features=categories_of(x), **options).fit(self.texts(x), y)
        self.classes_ = getattr(self.model, "classes_", None)

    def predict(self, x):
        return self.model.predict(self.texts(x))

    def predict_proba(self, x):
        return self.model.predict_proba(self.texts(x))

    @staticmethod
    def texts(x):
        return x.assign(**{column: x[column].astype(object).fillna("missing") for column in categories_of(x)})


def catboost(x, y, task, _seconds, threads):
    return CatBoost(x, y, task, threads)


def flaml(x, y, task, seconds, threads):
    from flaml import AutoML

    model = AutoML()
    kind, metric = ("regression", "r2") if task == "regression" else ("classification", "log_loss")
    model.fit(x, y, task=kind, metric=metric, time_budget=seconds, n_jobs=threads, seed=SEED, verbose=0)
    return model


class AutoGluon:
    """AutoGluon leaves out classes of very few rows, and names those that it knows."""

    def __init__(self, x, y, task, preset, limits):
        from autogluon.tabular import TabularPredictor

        metric = "r2" if task == "regression" else "log_loss"
        options = {"problem_type": task, "eval_metric": metric, "path": "autogluon", "verbosity": 0}
        predictor = TabularPredictor(label=y.name, **options)
        self.model = predictor.fit(x.assign(**{y.name: y}), presets=preset, **limits)
        self.classes_ = self.model.class_labels

    def predict(self, x):
        return self.model.predict(x)

    def predict_proba(self, x):
        return self.model.predict_proba(x)[self.classes_].to_numpy()


def autogluon(preset):
    def fit(x, y, task, seconds, threads):
        return AutoGluon(x, y, task, preset, {"time_limit": seconds, "num_cpus": threads, "num_gpus": 0})

    return fit


PEERS = {
    "hist-gradient-boosting": hist_gradient_boosting,
    "xgboost": xgboost,
    "lightgbm": lightgbm,
    "catboost": catboost,
    "flaml": flaml,
    "autogluon-medium": autogluon("medium_quality"),
    "autogluon-best": autogluon("best_quality"),
}


def r2(model, x, truth):
    predicted = model.predict(x)
    return float(1 - ((truth - predicted) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())


def log_loss(model, x, truth):
    """Of all peers in float64, and with the limits that scikit-learn and Plumbline have for probabilities of 0 and 1."""
    import numpy as np

    known = np.asarray(model.predict_proba(x), dtype=np.float64)
    probabilities = np.zeros((len(truth), int(max(truth.max(), *model.classes_)) + 1))
    probabilities[:, [int(label) for label in model.classes_]] = known
    limit = np.finfo(np.float64).eps
    return float(-np.log(np.clip(probabilities[np.arange(len(truth)), truth], limit, 1 - limit)).mean())


def score(peer, task, folder, seconds, threads):
    from threadpoolctl import threadpool_limits

    train, test, target = read(pathlib.Path(folder))
    # scikit-learn asks OpenMP, and so do others where nobody tells them.
    with threadpool_limits(threads):
        model = PEERS[peer](train.drop(columns=target), train[target], task, seconds, threads)
        return (r2 if task == "regression" else log_loss)(model, test.drop(columns=target), test[target])


if sys.argv[1:2] == ["probe"]:
    importlib.import_module(sys.argv[2])
else:
    # What a peer prints is no answer.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    print(json.dumps({"score": score(**json.load(sys.stdin))}), file=answer, flush=True)
