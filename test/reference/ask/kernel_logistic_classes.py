"""LogisticRegression of scikit-learn, of Nystroem's features with all rows as components. Of the first rows; it is asked to go on until nothing changes."""

import warnings

from data import Sample, exact, gamma_of, weighted, write
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import LogisticRegression

# Towards the end it finds no better point, and says so.
warnings.simplefilter("ignore")

ROWS = 500

settings = [
    {},
    {"C": 0.1, "length_scale": 2},
    {"C": 10.0, "kernel": "laplacian"},
    {"class_weight": "balanced", "length_scale": 0.7},
]


def probabilities(sample, params, weights=None):
    x, y = sample.x[:ROWS], sample.y[:ROWS]
    gamma = gamma_of(x, params, weights)
    features = Nystroem(kernel=params.get("kernel", "rbf"), gamma=gamma, n_components=ROWS, random_state=0).fit(x)
    own = {name: value for name, value in params.items() if name in ("C", "class_weight")}
    model = LogisticRegression(**own, solver="newton-cg", tol=1e-12, max_iter=10_000)
    model.fit(features.transform(x), y, sample_weight=weights)
    return model.predict_proba(features.transform(sample.holdout_x))


answers = []
for data in ("payments", "glyphs", "visits"):
    sample = Sample(data, "scaled")
    asked = [{**params, "n_components": ROWS} for params in settings]
    answers += [exact(sample, params, probabilities(sample, params)) for params in asked]
    answers += [weighted(exact(sample, params, probabilities(sample, params, sample.weights[:ROWS]))) for params in asked]
write(["scikit-learn", "numpy", "scipy"], answers)
