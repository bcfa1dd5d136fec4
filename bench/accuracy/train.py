"""A peer's side of a measurement: learns a table's training rows, and prints its R² on the rows that are held out.

Reads {peer, folder, seconds, threads} as JSON from standard input; the current folder is for what it leaves behind. All peers read the same rows and the same kinds of
columns; each is given categories in its own native way. Everything that a caller does not say is at its default, but
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
    """The training and the held-out rows, with categorical columns of pandas' dtype, and the target's name."""
    import pandas as pd

    declaration = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    columns = declaration["columns"]
    texts = {column["name"]: str for column in columns if column["kind"] == "categorical"}
    data = pd.read_csv(folder / "data.csv", dtype=texts, keep_default_na=False, na_values=[""])
    for column in columns:
        if column["kind"] == "categorical":
            data[column["name"]] = pd.Categorical(data[column["name"]], categories=column["levels"])
    held = data.index.isin(json.loads((folder / "holdout.json").read_text()))
    return data[~held].reset_index(drop=True), data[held].reset_index(drop=True), declaration["target"]


def categories_of(x):
    return [column for column in x.columns if x[column].dtype == "category"]


def hist_gradient_boosting(x, y, _seconds, _threads):
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import TargetEncoder

    model = HistGradientBoostingRegressor(random_state=SEED)
    many = [column for column in categories_of(x) if len(x[column].cat.categories) > MOST_LEVELS]
    if not many:
        return model.fit(x, y)
    encoder = make_column_transformer(
        (TargetEncoder(target_type="continuous", random_state=SEED), many),
        remainder="passthrough",
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")
    return make_pipeline(encoder, model).fit(x, y)


def xgboost(x, y, _seconds, threads):
    from xgboost import XGBRegressor

    return XGBRegressor(enable_categorical=True, n_jobs=threads, random_state=SEED).fit(x, y)


def lightgbm(x, y, _seconds, threads):
    from lightgbm import LGBMRegressor

    return LGBMRegressor(n_jobs=threads, random_state=SEED, verbose=-1).fit(x, y)


class CatBoost:
    """CatBoost takes categories as text, and a missing one as a level of its own."""

    def __init__(self, x, y, threads):
        from catboost import CatBoostRegressor

        options = {"thread_count": threads, "random_seed": SEED, "verbose": False, "allow_writing_files": False}
        self.model = CatBoostRegressor(cat_features=categories_of(x), **options).fit(self.texts(x), y)

    def predict(self, x):
        return self.model.predict(self.texts(x))

    @staticmethod
    def texts(x):
        return x.assign(**{column: x[column].astype(object).fillna("missing") for column in categories_of(x)})


def catboost(x, y, _seconds, threads):
    return CatBoost(x, y, threads)


def flaml(x, y, seconds, threads):
    from flaml import AutoML

    model = AutoML()
    model.fit(x, y, task="regression", metric="r2", time_budget=seconds, n_jobs=threads, seed=SEED, verbose=0)
    return model


def autogluon(preset):
    def fit(x, y, seconds, threads):
        from autogluon.tabular import TabularPredictor

        options = {"problem_type": "regression", "eval_metric": "r2", "path": "autogluon", "verbosity": 0}
        model = TabularPredictor(label=y.name, **options)
        limits = {"time_limit": seconds, "num_cpus": threads, "num_gpus": 0}
        return model.fit(x.assign(**{y.name: y}), presets=preset, **limits)

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


def score(peer, folder, seconds, threads):
    from threadpoolctl import threadpool_limits

    train, test, target = read(pathlib.Path(folder))
    # scikit-learn asks OpenMP, and so do others where nobody tells them.
    with threadpool_limits(threads):
        model = PEERS[peer](train.drop(columns=target), train[target], seconds, threads)
        predicted, truth = model.predict(test.drop(columns=target)), test[target]
    return float(1 - ((truth - predicted) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())


if sys.argv[1:2] == ["probe"]:
    importlib.import_module(sys.argv[2])
else:
    # What a peer prints is no answer.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    print(json.dumps({"score": score(**json.load(sys.stdin))}), file=answer, flush=True)
