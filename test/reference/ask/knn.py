"""KNeighborsRegressor of scikit-learn."""

from sklearn.neighbors import KNeighborsRegressor

from data import Sample, exact, write

settings = [
    {},
    {"n_neighbors": 1},
    {"n_neighbors": 20, "weights": "distance"},
    {"n_neighbors": 7, "p": 1},
    {"n_neighbors": 3, "p": 1, "weights": "distance"},
]

answers = []
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "scaled")
    for params in settings:
        model = KNeighborsRegressor(**params).fit(sample.x, sample.y)
        answers.append(exact(sample, params, model.predict(sample.holdout_x)))
write(["scikit-learn", "numpy", "scipy"], answers)
