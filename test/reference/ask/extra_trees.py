"""What scikit-learn's extremely randomized trees score: python extra_trees.py FOLDER FILE (see ask.ts)."""

from data import Sample, on_average, weighted, write
from sklearn.ensemble import ExtraTreesRegressor


def predictor(sample, params, weights=None):
    model = lambda seed: ExtraTreesRegressor(**params, n_jobs=2, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict(sample.holdout_x)


students, sensors, shops = (Sample(data, "imputed") for data in ("students", "sensors", "shops"))
few = {"n_estimators": 20}
drawn = {**few, "max_features": "sqrt", "min_samples_leaf": 3, "bootstrap": True, "max_samples": 0.5}
settings = {
    students: [{}, drawn],
    sensors: [{**few, "min_samples_leaf": 5}],
    shops: [{**few, "max_features": 0.5}],
}
answers = [on_average(sample, params, predictor(sample, params)) for sample, all in settings.items() for params in all]
answers.append(weighted(on_average(students, drawn, predictor(students, drawn, students.weights))))
write(["scikit-learn"], answers)
