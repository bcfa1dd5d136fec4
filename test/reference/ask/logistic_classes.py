"""LogisticRegression of scikit-learn, at its optimum: each solver stops on the way, so they are asked to go on until nothing changes."""

import warnings

import numpy as np
from data import Sample, as_float64, exact, weighted, write
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

# Towards the end they find no better point, and say so.
warnings.simplefilter("ignore")


def fitted(sample, params, weights=None):
    given = {**params, "C": np.inf} if params.get("C") == "inf" else params
    rows = (sample.x, sample.y, weights)
    if given.get("l1_ratio", 0) == 0 or given.get("C") == np.inf:
        solvers = ("newton-cholesky", "newton-cg", "lbfgs")
        models = [LogisticRegression(**given, solver=solver, tol=1e-12, max_iter=10_000).fit(*rows) for solver in solvers]
        return min(models, key=lambda model: objective(model, sample, weights))
    if weights is not None:
        # With weights saga stops far away: they are quarters, so rows are repeated instead.
        repeated = np.repeat(np.arange(len(sample.y)), np.round(4 * weights).astype(int))
        rows = (sample.x[repeated], sample.y[repeated], None)
        given = {**given, "C": given["C"] / 4}
    model = LogisticRegression(**given, solver="saga", tol=1e-13, max_iter=200_000, random_state=0).fit(*rows)
    return model.set_params(C=params["C"])


def objective(model, sample, weights=None):
    """What it minimises, divided by C: the sum of losses, and the penalty."""
    weights = np.ones(len(sample.y)) if weights is None else weights
    if model.class_weight == "balanced":
        counts = np.bincount(sample.y.astype(int), weights=weights)
        weights = weights * (counts.sum() / (sample.classes * counts))[sample.y.astype(int)]
    margins = model.decision_function(sample.x)
    # Not by predict_log_proba, where 1 - p has lost the digits of what is nearly certain.
    margins = np.column_stack([np.zeros_like(margins), margins]) if sample.classes == 2 else margins
    own = (margins - logsumexp(margins, axis=1, keepdims=True))[np.arange(len(sample.y)), sample.y.astype(int)]
    coefficients = model.coef_
    penalty = model.l1_ratio * np.abs(coefficients).sum() + (1 - model.l1_ratio) * np.sum(coefficients**2) / 2
    return float(-np.sum(weights * own) + (0 if np.isinf(model.C) else penalty / model.C))


def answer(sample, params, weights=None):
    model = fitted(sample, params, weights)
    return {
        **exact(sample, params, model.predict_proba(sample.holdout_x)),
        "objective": objective(model, sample, weights),
        # An intercept beside its coefficients.
        "coefficients": as_float64(np.column_stack([model.intercept_, model.coef_]) if model.fit_intercept else model.coef_),
    }


payments, glyphs, visits = (Sample(data, "scaled") for data in ("payments", "glyphs", "visits"))
settings = {
    payments: [
        {},
        {"C": 0.01},
        {"C": "inf"},
        {"C": 0.1, "l1_ratio": 1},
        {"C": 1.0, "l1_ratio": 0.5},
        {"class_weight": "balanced"},
        {"fit_intercept": False},
        {"fit_intercept": False, "C": 0.05, "l1_ratio": 1},
    ],
    glyphs: [
        {},
        {"C": "inf"},
        {"C": 0.02, "l1_ratio": 1},
        {"C": 0.1, "l1_ratio": 0.3},
        {"class_weight": "balanced", "C": 10.0},
        {"fit_intercept": False},
    ],
    visits: [{}, {"C": 0.01}, {"C": 100.0}, {"C": 0.1, "l1_ratio": 1}, {"C": 0.1, "l1_ratio": 0.5, "class_weight": "balanced"}],
}
with_weights = {
    payments: [{}, {"C": "inf"}, {"C": 0.1, "l1_ratio": 1}, {"class_weight": "balanced"}],
    glyphs: [{}, {"C": 0.1, "l1_ratio": 0.3}],
    visits: [{}],
}
answers = [answer(sample, params) for sample, all in settings.items() for params in all]
answers += [
    weighted(answer(sample, params, sample.weights)) for sample, all in with_weights.items() for params in all
]
write(["scikit-learn", "numpy", "scipy"], answers)
