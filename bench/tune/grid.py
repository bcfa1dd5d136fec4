"""The scenario's grid as one Python process: each model in a pipeline, so that preprocessing is fitted inside the folds.

Reads {folder, target, categories, numbers, folds} as JSON from standard input: train.csv and test.csv in the folder, and for
each fold the rows of train.csv that it learns from and those that it holds. Prints the best of each model by
cross-validation, and the holdout R² of the best of all.
"""

import json
import sys

import pandas as pd
from catboost import CatBoostRegressor
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import AdaBoostRegressor, GradientBoostingRegressor, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeRegressor
from xgboost import XGBRegressor

SEED = 42
ROUNDS = [8, 16, 32, 64, 128, 256]
RATES = [0.1, 0.01, 0.05, 0.001]

# The search runs as many fits as there are cores, so that a fit has one thread.
MODELS = {
    "linear": (LinearRegression(), {}),
    "knn": (KNeighborsRegressor(), {}),
    "decision_tree": (
        DecisionTreeRegressor(random_state=SEED),
        {"criterion": ["squared_error", "friedman_mse", "absolute_error", "poisson"]},
    ),
    "random_forest": (RandomForestRegressor(random_state=SEED), {"n_estimators": ROUNDS}),
    "gradient_boosting": (
        GradientBoostingRegressor(random_state=SEED),
        {"learning_rate": RATES, "subsample": [0.6, 0.7, 0.75, 0.8, 0.85, 0.9], "n_estimators": ROUNDS},
    ),
    "xgboost": (XGBRegressor(random_state=SEED, n_jobs=1), {"learning_rate": RATES, "n_estimators": ROUNDS}),
    "catboost": (
        CatBoostRegressor(random_seed=SEED, thread_count=1, verbose=False, allow_writing_files=False),
        {"depth": [6, 8, 10], "learning_rate": [0.01, 0.05, 0.1], "iterations": [30, 50, 100]},
    ),
    "adaboost": (
        AdaBoostRegressor(random_state=SEED),
        {"learning_rate": [0.1, 0.01, 0.5, 0.001], "n_estimators": ROUNDS},
    ),
}


def preprocessing(categories, numbers):
    """Numbers are scaled, categories are columns of 0 and 1; what is missing is imputed as Plumbline does."""
    scaled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    encoded = make_pipeline(
        SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    )
    return ColumnTransformer([("numbers", scaled, numbers), ("categories", encoded, categories)])


def search(folder, target, categories, numbers, folds):
    train, test = (
        pd.read_csv(f"{folder}/{name}.csv", keep_default_na=False, na_values=[""]) for name in ("train", "test")
    )
    features = [*categories, *numbers]
    splits = [(fold["learned"], fold["held"]) for fold in folds]
    models, best = [], None
    for name, (model, grid) in MODELS.items():
        pipeline = make_pipeline(preprocessing(categories, numbers), model)
        of_model = {f"{pipeline.steps[-1][0]}__{param}": values for param, values in grid.items()}
        found = GridSearchCV(pipeline, of_model, cv=splits, scoring="r2", n_jobs=-1).fit(train[features], train[target])
        params = {param.split("__")[1]: value for param, value in found.best_params_.items()}
        models.append({"model": name, "params": params, "cv_r2": found.best_score_})
        if best is None or found.best_score_ > best.best_score_:
            best = found
    return {"models": models, "holdout_r2": r2_score(test[target], best.predict(test[features]))}


if __name__ == "__main__":
    print(json.dumps(search(**json.load(sys.stdin))))
