"""What a peer predicts for a random problem; by our names of parameters (see ../random/ask.ts)."""

import warnings

import numpy as np


def predictions(task, make):
    """For each seed, one for each row held out (of classes the probability of each); or why the peer refuses. `make(**params)` makes one."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            answers = [np.ravel(fit_predict(task, make, seed)) for seed in task["seeds"]]
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {str(error).strip()[:300]}"}
    return {"predictions": [[float(p) if np.isfinite(p) else None for p in answer] for answer in answers]}


def fit_predict(task, make, seed):
    x, held = (np.array(task[part], dtype=float).reshape(len(task[part]), -1) for part in ("x", "holdout_x"))
    y, params = np.array(task["y"], dtype=int if task.get("classes") else float), dict(task["params"])
    weights = {} if task.get("weights") is None else {"sample_weight": np.array(task["weights"], dtype=float)}
    special = {"xgboost": xgboost, "catboost": catboost, "knn": knn, "adaboost": adaboost}.get(task["model"])
    if special:
        return predicted(special(task, make, params, x, y, seed), task, *held_for(task, held))
    if task["model"] == "ridge" and task["variant"] % 2:
        params["solver"] = "svd"
    if task["model"] == "logistic":
        params = to_its_optimum(params)
    if task["model"] == "kernel_logistic":
        params = {**params, "tol": 1e-12, "max_iter": 10_000}
    model = make(**as_theirs(params))
    if "random_state" in model.get_params():
        model.set_params(random_state=seed)
    return predicted(model.fit(x, y, **weights), task, held)


def held_for(task, held):
    """The rows held out, as the peer takes them."""
    if task["model"] != "catboost":
        return (held,)
    categories = [column for column, count in enumerate(task["levels"] or []) if count > 0]
    return (as_strings(held, categories, task["variant"]),)


def predicted(model, task, held):
    return model.predict_proba(held) if task.get("classes") else model.predict(held)


def to_its_optimum(params):
    """What it stops at depends on its solver: what is compared is what it goes to."""
    if params.get("l1_ratio", 0) > 0 or params.get("C") == "inf":
        # saga draws rows and stops on the way; without a penalty few rows are told apart, and nothing is best.
        raise ValueError("no solver goes to its optimum")
    return {**params, "solver": "newton-cholesky", "tol": 1e-12, "max_iter": 1_000}


def as_theirs(params):
    """scikit-learn tells shares from counts by their type, and has no choice of bins."""
    params.pop("splitter", None)
    for name in ("max_features", "max_samples"):
        if isinstance(params.get(name), (int, float)):
            params[name] = float(params[name]) if params[name] <= 1 else int(params[name])
    return params


def knn(task, make, params, x, y, seed):
    """All rows vote where there are fewer; distances are not taken from a product of the columns, which loses digits."""
    params["n_neighbors"] = min(params.get("n_neighbors", 5), len(y))
    return make(**params, algorithm="kd_tree").fit(x, y)


def adaboost(task, make, params, x, y, seed):
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    as_theirs(params)
    tree = DecisionTreeClassifier if task.get("classes") else DecisionTreeRegressor
    depth = params.pop("max_depth", 1 if task.get("classes") else 3)
    weights = task.get("weights")
    return make(estimator=tree(max_depth=depth), **params, random_state=seed).fit(x, y, sample_weight=weights)


def held_out(rows, share, keeps_order, seed):
    """Rows to learn from, and rows to stop by."""
    count = min(int(share * rows), rows - 1)
    order = np.arange(rows) if keeps_order else np.random.default_rng(seed).permutation(rows)
    return np.sort(order[: rows - count]), np.sort(order[rows - count :])


def xgboost(task, make, params, x, y, seed):
    share = params.pop("validation_fraction", 0.1)
    learned, stop = held_out(len(y), share if params.get("early_stopping_rounds") else 0, False, seed)
    if len(stop) == 0:
        params.pop("early_stopping_rounds", None)
    if "monotone_constraints" in params:
        named = params["monotone_constraints"]
        params["monotone_constraints"] = tuple(named.get(f"column {column}", 0) for column in range(x.shape[1]))
    given = task.get("weights")
    of_rows = np.ones(len(y)) if given is None else np.array(given, dtype=float)
    weights = None if given is None else of_rows[learned]
    if params.get("subsample", 1) < 1:
        # Its generator starts with small numbers, and so draws the first two rows nearly always: two more, which weigh 0.
        weights = np.r_[0, 0, of_rows[learned]]
        learned = np.r_[learned[[0, 0]], learned]
    model = make(tree_method="hist", n_jobs=1, random_state=seed, **params)
    stopping = {"eval_set": [(x[stop], y[stop])], "sample_weight_eval_set": [of_rows[stop]]} if len(stop) else {}
    return model.fit(x[learned], y[learned], sample_weight=weights, verbose=False, **stopping)


def catboost(task, make, params, x, y, seed):
    from catboost import Pool

    categories = [column for column, count in enumerate(task["levels"] or []) if count > 0]
    x = as_strings(x, categories, task["variant"])
    weights = np.ones(len(y)) if task.get("weights") is None else np.array(task["weights"], dtype=float)
    # It bins rows of weight 0, and counts them in statistics of categories; ours leaves them out.
    x, y, weights = (part[weights > 0] for part in (x, y, weights))
    share = params.pop("eval_fraction", 0)
    learned, stop = held_out(len(y), share, params.get("has_time", False), seed)
    if "od_wait" in params:
        params["od_type"] = "Iter"
    if task.get("classes"):
        params.setdefault("loss_function", "Logloss" if task["classes"] == 2 else "MultiClass")
    quiet = {"verbose": False, "allow_writing_files": False, "thread_count": 1}
    model = make(**params, **quiet, random_seed=seed)
    given = task.get("weights") is not None

    def pool(rows):
        return Pool(x[rows], y[rows], cat_features=categories, weight=weights[rows] if given else None)

    return model.fit(pool(learned), eval_set=pool(stop) if len(stop) else None)


def as_strings(x, categories, variant):
    """Categories as strings, a missing one too; numbers as they are."""
    if not categories:
        return x
    table = x.astype(object)
    for column in categories:
        table[:, column] = ["missing" if np.isnan(code) else f"{variant}{int(code)}" for code in x[:, column]]
    return table
