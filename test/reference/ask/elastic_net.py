"""ElasticNet of scikit-learn."""

from sklearn.linear_model import ElasticNet

from data import Sample, exact, weighted, write

settings = [
    {},
    {"alpha": 0.01, "l1_ratio": 0.9},
    {"alpha": 0.1, "l1_ratio": 0.1, "positive": True},
    {"alpha": 0.05, "l1_ratio": 0.0},
    {"alpha": 0.0, "max_iter": 50},
    {"alpha": 0.1, "fit_intercept": False},
]

answers = []
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "scaled")
    for params in settings:
        answers.append(exact(sample, params, ElasticNet(**params).fit(sample.x, sample.y).predict(sample.holdout_x)))
    for params in settings[:4]:
        model = ElasticNet(**params).fit(sample.x, sample.y, sample_weight=sample.weights)
        answers.append(weighted(exact(sample, params, model.predict(sample.holdout_x))))
write(["scikit-learn", "numpy", "scipy"], answers)
