"""Lasso of scikit-learn."""

from sklearn.linear_model import Lasso

from data import Sample, exact, weighted, write

settings = [
    {},
    {"alpha": 0.01},
    {"alpha": 0.1, "positive": True},
    {"alpha": 0.05, "tol": 1e-8, "max_iter": 10000},
    {"alpha": 0.001, "max_iter": 3},
    {"alpha": 0.1, "fit_intercept": False},
]

answers = []
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "scaled")
    for params in settings:
        answers.append(exact(sample, params, Lasso(**params).fit(sample.x, sample.y).predict(sample.holdout_x)))
    for params in settings[:4]:
        model = Lasso(**params).fit(sample.x, sample.y, sample_weight=sample.weights)
        answers.append(weighted(exact(sample, params, model.predict(sample.holdout_x))))
write(["scikit-learn", "numpy", "scipy"], answers)
