"""What scikit-learn's AdaBoost scores: python adaboost.py FOLDER FILE (see ask.ts)."""

from data import Sample, on_average, weighted, write
from sklearn.ensemble import AdaBoostRegressor


def predictor(sample, params, weights=None):
    model = lambda seed: AdaBoostRegressor(**params, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict(sample.holdout_x)


students, sensors, shops = (Sample(data, "imputed") for data in ("students", "sensors", "shops"))
settings = {
    students: [{}, {"loss": "square", "learning_rate": 0.5}, {"loss": "exponential"}],
    sensors: [{}],
    shops: [{}],
}
answers = [on_average(sample, params, predictor(sample, params)) for sample, all in settings.items() for params in all]
answers += [
    weighted(on_average(students, params, predictor(students, params, students.weights)))
    for params in ({}, {"loss": "square", "learning_rate": 0.5})
]
write(["scikit-learn"], answers)
