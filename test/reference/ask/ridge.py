"""Ridge of scikit-learn."""

from sklearn.linear_model import Ridge

from data import Sample, exact, weighted, write

settings = [{}, {"alpha": 0.01}, {"alpha": 100.0}, {"alpha": 10.0, "fit_intercept": False}]

answers = []
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "scaled")
    for params in settings:
        answers.append(exact(sample, params, Ridge(**params).fit(sample.x, sample.y).predict(sample.holdout_x)))
    for params in settings:
        model = Ridge(**params).fit(sample.x, sample.y, sample_weight=sample.weights)
        answers.append(weighted(exact(sample, params, model.predict(sample.holdout_x))))
write(["scikit-learn", "numpy", "scipy"], answers)
