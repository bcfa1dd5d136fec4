"""KNeighborsClassifier of scikit-learn."""

from sklearn.neighbors import KNeighborsClassifier

from data import Sample, exact, write

settings = [
    {},
    {"n_neighbors": 1},
    {"n_neighbors": 20, "weights": "distance"},
    {"n_neighbors": 7, "p": 1},
    {"n_neighbors": 3, "p": 1, "weights": "distance"},
]

answers = []
for data in ("payments", "glyphs", "visits"):
    sample = Sample(data, "scaled")
    for params in settings:
        model = KNeighborsClassifier(**params).fit(sample.x, sample.y)
        answers.append(exact(sample, params, model.predict_proba(sample.holdout_x)))
write(["scikit-learn", "numpy", "scipy"], answers)
