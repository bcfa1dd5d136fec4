"""What shap, XGBoost and CatBoost say that columns contribute: python contributions.py FOLDER FILE (see ask.ts).

It takes `pip install shap` beside the peers. The reference's own trees are recorded too, so that both sides explain the same.
"""

import base64
import json
import sys
import tempfile

# Files beside this one have the names of libraries: Python must not find them first.
sys.path.append(sys.path.pop(0))

import numpy as np
import shap
from catboost import CatBoostRegressor, Pool
from data import Sample, as_float64, write
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor
from xgboost import DMatrix, XGBRegressor

ROWS = 12


def binary(values, kind):
    name, dtype = {"f64": ("float64", "<f8"), "f32": ("float32", "<f4"), "i32": ("int32", "<i4"), "u8": ("uint8", "u1")}[kind]
    return {name: base64.b64encode(np.ascontiguousarray(values, dtype=dtype).tobytes()).decode()}


def trees_of(parts):
    """Trees of a reference as arrays, one after the other: children are numbered within their tree, −1 at a leaf."""
    return {
        "sizes": binary([len(part["left"]) for part in parts], "i32"),
        **{
            name: binary(np.concatenate([part[name] for part in parts]), kind)
            for name, kind in (
                ("left", "i32"),
                ("right", "i32"),
                ("feature", "i32"),
                ("threshold", "f64"),
                ("value", "f64"),
                ("missing_left", "u8"),
                ("cover", "f64"),
            )
        },
    }


def explained(why, rows, trees, base, values, **more):
    return {
        "why": why,
        "columns": rows.shape[1],
        "rows": as_float64(rows),
        "trees": trees,
        "base": float(base),
        "values": as_float64(values),
        **more,
    }


def of_sklearn(why, sample, model, weights=None, scale=1, start=0):
    model.fit(sample.x, sample.y, sample_weight=weights)
    rows = sample.holdout_x[:ROWS]
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    estimators = [model] if hasattr(model, "tree_") else list(np.ravel(model.estimators_))
    factor = scale / len(estimators) if isinstance(model, RandomForestRegressor) else scale
    parts = []
    for tree in (each.tree_ for each in estimators):
        leaf = tree.children_left < 0
        parts.append(
            {
                "left": tree.children_left,
                "right": tree.children_right,
                "feature": np.where(leaf, -1, tree.feature),
                "threshold": tree.threshold,
                "value": factor * tree.value[:, 0, 0],
                "missing_left": np.zeros(len(leaf)),
                "cover": tree.weighted_n_node_samples,
            }
        )
    return explained(
        why, rows, trees_of(parts), np.ravel(explainer.expected_value)[0], explainer.shap_values(rows, check_additivity=False), start=start
    )


def of_xgboost(why, sample, **params):
    model = XGBRegressor(tree_method="hist", n_jobs=1, **params).fit(sample.x, sample.y)
    rows = sample.holdout_x[:ROWS]
    booster = model.get_booster()
    learner = json.loads(booster.save_raw("json"))["learner"]
    parts = []
    for tree in learner["gradient_booster"]["model"]["trees"]:
        left = np.array(tree["left_children"])
        leaf = left < 0
        conditions = np.array(tree["split_conditions"], dtype=np.float32)
        parts.append(
            {
                "left": left,
                "right": np.array(tree["right_children"]),
                "feature": np.where(leaf, -1, tree["split_indices"]),
                # Values below a condition go left.
                "threshold": np.where(leaf, 0, np.nextafter(conditions, np.float32(-np.inf))),
                "value": np.where(leaf, conditions, 0),
                "missing_left": np.array(tree["default_left"]),
                "cover": np.array(tree["sum_hessian"], dtype=np.float32),
            }
        )
    contributions = booster.predict(DMatrix(rows.astype(np.float32)), pred_contribs=True).astype(float)
    start = float(np.ravel(json.loads(learner["learner_model_param"]["base_score"]))[0])
    if params.get("objective") == "count:poisson":
        start = float(np.log(start))
    return explained(why, rows, trees_of(parts), contributions[0, -1], contributions[:, :-1], start=start)


def pool_of(sample, x, y=None, weights=None):
    categories = [j for j, count in enumerate(sample.levels or []) if count > 0]
    x = x.astype(object)
    for j in categories:
        x[:, j] = ["missing" if np.isnan(value) else str(int(value)) for value in x[:, j].astype(float)]
    return Pool(x, y, cat_features=categories, weight=weights)


QUIET = {"verbose": False, "allow_writing_files": False, "thread_count": 1}


def of_catboost(why, sample, params, weights=None):
    """Its trees, where all columns are numbers."""
    model = CatBoostRegressor(**params, **QUIET).fit(pool_of(sample, sample.x, sample.y, weights))
    rows = sample.holdout_x[:ROWS]
    values = model.get_feature_importance(pool_of(sample, rows), type="ShapValues")
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        model.save_model(file.name, format="json")
        saved = json.loads(open(file.name).read())
    trees = saved["oblivious_trees"]
    splits = [split for tree in trees for split in tree["splits"] or []]
    return {
        "why": why,
        "columns": rows.shape[1],
        "rows": as_float64(rows),
        "depths": binary([len(tree["splits"] or []) for tree in trees], "u8"),
        "features": binary([split["float_feature_index"] for split in splits], "i32"),
        "borders": binary([split["border"] for split in splits], "f32"),
        "leaves": binary([value for tree in trees for value in tree["leaf_values"]], "f64"),
        "weights": binary([weight for tree in trees for weight in tree["leaf_weights"]], "f32"),
        "bias": float(np.ravel(saved["scale_and_bias"][1])[0]),
        "base": float(values[0, -1]),
        "values": as_float64(values[:, :-1]),
    }


def of_catboost_categories(why, sample, params):
    """Contributions alone: ours grows the same trees."""
    model = CatBoostRegressor(**params, **QUIET).fit(pool_of(sample, sample.x, sample.y))
    values = model.get_feature_importance(pool_of(sample, sample.holdout_x[:ROWS]), type="ShapValues")
    return {
        "why": why,
        "data": sample.data,
        "encoding": sample.encoding,
        "params": params,
        "base": float(values[0, -1]),
        "values": as_float64(values[:, :-1]),
    }


students, sensors = Sample("students", "imputed"), Sample("sensors", "imputed")
missing = Sample("sensors", "kept")
coded, shops = Sample("students", "codes"), Sample("shops", "codes")
PLAIN = {"bootstrap_type": "No", "random_strength": 0, "has_time": True}

write(
    ["shap", "scikit-learn", "xgboost", "catboost"],
    [],
    explanations=[
        of_sklearn("decision_tree", students, DecisionTreeRegressor(max_leaf_nodes=80, random_state=0)),
        of_sklearn("decision_tree, weights", sensors, DecisionTreeRegressor(max_depth=7, random_state=0), weights=sensors.weights),
        of_sklearn("random_forest", sensors, RandomForestRegressor(3, max_depth=6, random_state=0)),
        of_sklearn("random_forest, deep", students, RandomForestRegressor(2, min_samples_leaf=2, random_state=0)),
        of_sklearn(
            "gradient_boosting",
            students,
            GradientBoostingRegressor(n_estimators=20, subsample=0.7, random_state=0),
            scale=0.1,
            start=float(students.y.mean()),
        ),
        of_xgboost("xgboost", missing, n_estimators=6, base_score=2.5),
        of_xgboost("xgboost, sampled, deep", missing, n_estimators=2, max_depth=12, subsample=0.6, colsample_bynode=0.7),
        of_xgboost("xgboost, leaves of any weight", Sample("students", "kept"), n_estimators=10, min_child_weight=0),
        of_xgboost("xgboost, hessians", Sample("students", "kept"), n_estimators=15, objective="count:poisson"),
    ],
    oblivious=[
        of_catboost("catboost", missing, {**PLAIN, "iterations": 20}),
        of_catboost("catboost, weights", missing, {"iterations": 20, "depth": 4}, weights=missing.weights),
    ],
    categories=[
        of_catboost_categories("catboost, categories", coded, {**PLAIN, "iterations": 60}),
        of_catboost_categories("catboost, combinations", shops, {**PLAIN, "iterations": 60}),
        of_catboost_categories("catboost, levels", shops, {**PLAIN, "iterations": 60, "depth": 4, "one_hot_max_size": 10}),
    ],
)
