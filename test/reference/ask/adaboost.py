"""What scikit-learn's AdaBoost scores: python adaboost.py FOLDER FILE (see ask.ts)."""

from data import Sample, on_average, write
from sklearn.ensemble import AdaBoostRegressor


def predictor(sample, params):
    model = lambda seed: AdaBoostRegressor(**params, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y).predict(sample.holdout_x)


students, sensors, shops = (Sample(data, "imputed") for data in ("students", "sensors", "shops"))
settings = {
    students: [{}, {"loss": "square", "learning_rate": 0.5}, {"loss": "exponential"}],
    sensors: [{}],
    shops: [{}],
}
write(
    ["scikit-learn"],
    [on_average(sample, params, predictor(sample, params)) for sample, all in settings.items() for params in all],
)
