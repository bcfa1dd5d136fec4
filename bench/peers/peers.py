"""The peers' side of a comparison: reads tasks as lines of JSON, and answers each. ../ours.ts is its twin.

`peers.py probe` prints the peers' versions instead.
"""

import importlib
import importlib.metadata
import json
import pathlib
import resource
import sys
import time

import numpy as np
from predictions import predictions
from threadpoolctl import threadpool_limits

# What is quicker than this is repeated, in seconds.
LEAST = 0.02

# By our names: module, the classes that learn numbers and classes, and the name of the parameter for threads where there is one.
# A module is imported when it is asked for, so that no peer's memory counts for another's.
PEERS = {
    "linear": ("sklearn.linear_model", "LinearRegression", None, None),
    "ridge": ("sklearn.linear_model", "Ridge", None, None),
    "lasso": ("sklearn.linear_model", "Lasso", None, None),
    "elastic_net": ("sklearn.linear_model", "ElasticNet", None, None),
    "logistic": ("sklearn.linear_model", None, "LogisticRegression", None),
    "knn": ("sklearn.neighbors", "KNeighborsRegressor", "KNeighborsClassifier", None),
    "kernel_ridge": ("kernel_methods", "KernelRidge", None, None),
    "kernel_logistic": ("kernel_methods", None, "KernelLogistic", None),
    "decision_tree": ("sklearn.tree", "DecisionTreeRegressor", "DecisionTreeClassifier", None),
    "random_forest": ("sklearn.ensemble", "RandomForestRegressor", "RandomForestClassifier", "n_jobs"),
    "extra_trees": ("sklearn.ensemble", "ExtraTreesRegressor", "ExtraTreesClassifier", "n_jobs"),
    "gradient_boosting": ("sklearn.ensemble", "GradientBoostingRegressor", "GradientBoostingClassifier", None),
    "adaboost": ("sklearn.ensemble", "AdaBoostRegressor", "AdaBoostClassifier", None),
    "xgboost": ("xgboost", "XGBRegressor", "XGBClassifier", "n_jobs"),
    "catboost": ("catboost", "CatBoostRegressor", "CatBoostClassifier", "thread_count"),
}
QUIET = {"catboost": {"verbose": False, "allow_writing_files": False}}


class Data:
    """A data set as files of float64 (see ../data.ts), in the layout that a peer prefers."""

    def __init__(self, base, columns, levels, classes=None):
        self.base, self.columns, self.levels = base, columns, levels
        self.y, self.holdout_y = (
            np.fromfile(f"{base}.{part}.f64").astype(int if classes else float, copy=False) for part in ("y", "holdout_y")
        )

    def x(self, part, model):
        file = pathlib.Path(f"{self.base}.{part}.f64")
        if model in ("xgboost", "catboost"):
            x = as_float32(file)
        else:
            x = np.fromfile(file)
        x = x.reshape(-1, self.columns)
        return self.pool(x, self.y if part == "x" else self.holdout_y) if model == "catboost" else x

    def pool(self, x, y):
        """CatBoost's own table, so that its reading of rows is not counted."""
        categories = [j for j, count in enumerate(self.levels or []) if count > 0]
        if categories:
            x = x.astype(object)
            x[:, categories] = x[:, categories].astype(int).astype(str)
        return importlib.import_module("catboost").Pool(x, y, cat_features=categories)


def as_float32(file, chunk=1 << 16):
    """A file's numbers, with no second copy of them in memory meanwhile."""
    x = np.empty(file.stat().st_size // 8, dtype=np.float32)
    with file.open("rb") as stream:
        for start in range(0, len(x), chunk):
            part = np.fromfile(stream, count=chunk)
            x[start : start + len(part)] = part
    return x


def repeatedly(work):
    """The seconds that it takes once, on average, and what it returned last."""
    start, count = time.perf_counter(), 0
    while True:
        result = work(count)
        count += 1
        seconds = time.perf_counter() - start
        if seconds >= LEAST:
            return seconds / count, result


def r2(truth, predicted):
    return float(1 - np.sum((truth - predicted) ** 2) / np.sum((truth - truth.mean()) ** 2))


def scores(model, truth, predicted):
    """A check that both do the same work."""
    predicted = np.ravel(predicted)
    if hasattr(model, "predict_proba"):
        return {"accuracy": float(np.mean(truth == predicted))}
    return {"r2": r2(truth, predicted)}


def megabytes():
    """Peak memory; macOS counts it in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


# What was read, by where it lies and for whom.
loaded = {}
# The models that more than one thing is asked of, by how they were fitted.
fitted = {}


def answer(task):
    module, regressor, classifier, thread_param = PEERS[task["model"]]
    kind = classifier if task.get("classes") or task.get("data", {}).get("classes") else regressor
    if task.get("op") == "predict":
        with threadpool_limits(1):
            return predictions(task, getattr(importlib.import_module(module), kind))
    name, base = task["model"], task["data"]["base"]
    params = {**task["params"], **QUIET.get(name, {}), **({thread_param: task["threads"]} if thread_param else {})}
    make = getattr(importlib.import_module(module), kind)
    if (base, name) not in loaded:
        data = Data(**task["data"])
        loaded[base, name] = data, data.x("x", name), data.x("holdout_x", name)
    data, x, holdout_x = loaded[base, name]
    target = () if name == "catboost" else (data.y,)
    with threadpool_limits(task["threads"]):
        seconds, model = fit(task, lambda: make(**params).fit(x, *target))
        peak = megabytes()
        if task["timed"] == "predict":
            seconds = seconds_of_one_row(model, holdout_x)
        elif task["timed"] == "predict all":
            seconds = seconds_of_all_rows(model, holdout_x)
        elif task["timed"] == "explain":
            seconds = seconds_of_contributions(model, holdout_x)
        elif task["timed"] == "explain one":
            seconds = seconds_of_one_explanation(model, holdout_x)
    return {"seconds": seconds, "megabytes": peak, **scores(model, data.holdout_y, model.predict(holdout_x))}


def fit(task, work):
    """The seconds that a fit takes; of what is asked of fitted models, these are fitted once."""
    if task["timed"] == "fit":
        return repeatedly(lambda _: work())
    key = json.dumps([task["data"]["base"], task["model"], task["params"], task["threads"]])
    if key not in fitted:
        fitted[key] = work()
    return 0, fitted[key]


def seconds_of_one_row(model, x):
    """XGBoost's quickest way to predict one row, which makes no matrix of its own of it."""
    booster, rows = model.get_booster(), [x[i : i + 1] for i in range(len(x))]
    return repeatedly(lambda i: booster.inplace_predict(rows[i % len(rows)]))[0]


def seconds_of_all_rows(model, x):
    """The quicker of its two ways: of a matrix in memory, and of its own table, whose making is not counted. A table is asked once,
    since it keeps what was predicted of it."""
    booster, table = model.get_booster(), importlib.import_module("xgboost").DMatrix(x, nthread=model.n_jobs)
    of_table = timed(lambda: booster.predict(table))
    return min(of_table, timed(lambda: booster.inplace_predict(x)))


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def seconds_of_contributions(model, x):
    """Of all rows; to make XGBoost's own table of them is not counted. One before is not either, as with ours."""
    booster, rows = model.get_booster(), importlib.import_module("xgboost").DMatrix(x, nthread=model.n_jobs)
    booster.predict(rows, pred_contribs=True)
    return repeatedly(lambda _: booster.predict(rows, pred_contribs=True))[0]


def seconds_of_one_explanation(model, x):
    """Of one row; there is no way to explain it without a table of its own."""
    booster, table = model.get_booster(), importlib.import_module("xgboost").DMatrix
    explain = lambda i: booster.predict(table(x[i % len(x)][None], nthread=model.n_jobs), pred_contribs=True)
    explain(0)
    return repeatedly(explain)[0]


if sys.argv[1:] == ["probe"]:
    for module in ("sklearn", "xgboost", "catboost"):
        importlib.import_module(module)
    print(json.dumps({name: importlib.metadata.version(name) for name in ("scikit-learn", "xgboost", "catboost")}))
else:
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
