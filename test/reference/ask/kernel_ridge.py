"""KernelRidge of scikit-learn, which has no intercept, and Ridge of Nystroem's features with all rows as components, which has one. Of the first rows."""

from sklearn.kernel_approximation import Nystroem
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import Ridge

from data import Sample, exact, gamma_of, weighted, write

ROWS = 500

settings = [
    {},
    {"alpha": 0.01, "length_scale": 2},
    {"kernel": "laplacian", "alpha": 0.1},
    {"fit_intercept": False},
    {"kernel": "laplacian", "alpha": 5.0, "length_scale": 0.5, "fit_intercept": False},
]


def predictions(sample, params, weights=None):
    x, y = sample.x[:ROWS], sample.y[:ROWS]
    kernel, alpha, gamma = params.get("kernel", "rbf"), params.get("alpha", 1), gamma_of(x, params, weights)
    if not params.get("fit_intercept", True):
        model = KernelRidge(kernel=kernel, alpha=alpha, gamma=gamma).fit(x, y, sample_weight=weights)
        return model.predict(sample.holdout_x)
    features = Nystroem(kernel=kernel, gamma=gamma, n_components=ROWS, random_state=0).fit(x)
    model = Ridge(alpha).fit(features.transform(x), y, sample_weight=weights)
    return model.predict(features.transform(sample.holdout_x))


answers = []
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "scaled")
    asked = [{**params, "n_components": ROWS} for params in settings]
    answers += [exact(sample, params, predictions(sample, params)) for params in asked]
    answers += [weighted(exact(sample, params, predictions(sample, params, sample.weights[:ROWS]))) for params in asked]
write(["scikit-learn", "numpy", "scipy"], answers)
