"""What scikit-learn's decision tree predicts: python decision_tree.py FOLDER FILE (see ask.ts)."""

from data import Sample, weighted, where_sure, write
from sklearn.tree import DecisionTreeRegressor


def predictor(sample, params, weights=None):
    model = lambda seed: DecisionTreeRegressor(**params, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict(sample.holdout_x)


students, sensors, shops = (Sample(data, "imputed") for data in ("students", "sensors", "shops"))
settings = {
    sensors: [
        {"max_depth": 10},
        {"max_depth": 6, "min_samples_leaf": 5},
        {"min_samples_split": 0.01, "min_samples_leaf": 0.002},
        {"ccp_alpha": 0.01},
        {"criterion": "absolute_error", "max_depth": 6},
        {"min_impurity_decrease": 0.005},
    ],
    students: [
        {"max_depth": 4},
        {"ccp_alpha": 0.5},
        {"criterion": "poisson", "min_samples_leaf": 10},
        {"criterion": "absolute_error", "max_depth": 4},
    ],
    shops: [{"max_depth": 8, "min_samples_leaf": 4}, {"criterion": "poisson", "max_depth": 5}],
}
with_weights = {
    sensors: [
        {"max_depth": 10},
        {"min_samples_split": 0.01, "min_samples_leaf": 0.002},
        {"criterion": "absolute_error", "max_depth": 6},
        {"ccp_alpha": 0.01},
    ],
    students: [{"max_depth": 4}, {"criterion": "absolute_error", "max_depth": 4}],
    shops: [{"criterion": "poisson", "max_depth": 5}, {"min_impurity_decrease": 0.005, "max_depth": 8}],
}
answers = [where_sure(sample, params, predictor(sample, params)) for sample, all in settings.items() for params in all]
answers += [
    weighted(where_sure(sample, params, predictor(sample, params, sample.weights)))
    for sample, all in with_weights.items()
    for params in all
]
write(["scikit-learn"], answers)
