"""What scikit-learn's gradient boosting predicts: python gradient_boosting.py FOLDER FILE (see ask.ts)."""

from data import Sample, on_average, weighted, where_sure, write
from sklearn.ensemble import GradientBoostingRegressor


def predictor(sample, params, weights=None):
    model = lambda seed: GradientBoostingRegressor(**params, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict(sample.holdout_x)


students, sensors, shops = (Sample(data, "imputed") for data in ("students", "sensors", "shops"))
settings = {
    students: [
        {},
        {"max_depth": 2, "learning_rate": 0.3},
        {"loss": "huber", "n_estimators": 8},
    ],
    sensors: [
        {},
        {"loss": "huber", "alpha": 0.8, "n_estimators": 30},
        {"loss": "absolute_error", "n_estimators": 30},
        {"loss": "quantile", "n_estimators": 15},
    ],
    shops: [{}],
}
answers = [
    where_sure(sample, params, predictor(sample, params), seeds=12) for sample, all in settings.items() for params in all
]

with_weights = {
    students: [{}],
    sensors: [
        {"n_estimators": 30},
        {"loss": "huber", "alpha": 0.8, "n_estimators": 30},
        {"loss": "absolute_error", "n_estimators": 30},
        {"loss": "quantile", "n_estimators": 15},
    ],
    shops: [{}],
}
answers += [
    weighted(where_sure(sample, params, predictor(sample, params, sample.weights), seeds=12))
    for sample, all in with_weights.items()
    for params in all
]

# At its defaults only ties are left to chance; here rows and columns are drawn.
drawn = {"subsample": 0.5, "max_features": 0.5}
answers += [on_average(sample, drawn, predictor(sample, drawn)) for sample in settings]
answers += [weighted(on_average(students, drawn, predictor(students, drawn, students.weights)))]
write(["scikit-learn"], answers)
