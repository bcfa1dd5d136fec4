"""What scikit-learn's random forest scores: python random_forest.py FOLDER FILE (see ask.ts)."""

from data import Sample, on_average, weighted, write
from sklearn.ensemble import RandomForestRegressor


def predictor(sample, params, weights=None):
    model = lambda seed: RandomForestRegressor(**params, n_jobs=2, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict(sample.holdout_x)


students, sensors, shops = (Sample(data, "imputed") for data in ("students", "sensors", "shops"))
settings = {
    students: [{}, {"max_features": "sqrt", "min_samples_leaf": 3, "max_samples": 0.5}],
    sensors: [{}],
    shops: [{}],
}
answers = [on_average(sample, params, predictor(sample, params)) for sample, all in settings.items() for params in all]
answers += [
    weighted(on_average(students, params, predictor(students, params, students.weights)))
    for params in ({}, {"max_features": "sqrt", "min_samples_leaf": 3, "max_samples": 0.5})
]
write(["scikit-learn"], answers)
