"""Asks scikit-learn's scores of classes: python ask.py > answers.json

The rows are made by whole numbers alone, so that metrics.test.ts has the same. What a score does not define is null.
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    d2_log_loss_score,
    f1_score,
    log_loss,
    roc_auc_score,
)

warnings.simplefilter("ignore")
ROWS = 300
i = np.arange(ROWS)


def problem(classes, present, steps):
    """Probabilities in so many steps, few of which tie often; classes from `present` on have no row."""
    truth = (i * 37 % 101 + i // 7) % present
    raw = np.array([[1 + (r * (53 + 6 * k) % 97) * steps // 97 for k in range(classes)] for r in i], dtype=float)
    raw[i, truth] += steps / 2
    return truth, raw / raw.sum(axis=1, keepdims=True)


def certain(truth, probabilities):
    """Every fifth row is certain, and half of those are wrong."""
    sure = i % 5 == 0
    chosen = np.where(i % 10 == 0, truth, (truth + 1) % probabilities.shape[1])
    probabilities = probabilities.copy()
    probabilities[sure] = 0
    probabilities[sure, chosen[sure]] = 1
    return truth, probabilities


problems = {
    "two classes": problem(2, 2, 1000),
    "two classes with ties": problem(2, 2, 4),
    "two classes, some rows certain": certain(*problem(2, 2, 1000)),
    "two classes, rows of one alone": problem(2, 1, 1000),
    "five classes": problem(5, 5, 1000),
    "five classes with ties": problem(5, 5, 3),
    "five classes, some rows certain": certain(*problem(5, 5, 1000)),
    "five classes, of which two have no row": problem(5, 3, 1000),
}
weightings = {
    "unweighted": None,
    "weighted": 0.5 + i % 4,
    "some of weight 0": np.where(i % 3 == 0, 0.0, 1.0 + i % 2),
}


def by_class(score, truth, probabilities, weights, is_defined):
    """The mean over the classes of which a score is defined: scikit-learn refuses, or says NaN, where one has no row."""
    counted = np.ones(ROWS, dtype=bool) if weights is None else weights > 0
    scores = []
    for k in range(probabilities.shape[1]):
        own = truth == k
        if is_defined(own[counted]):
            scores.append(score(own, probabilities[:, k], sample_weight=weights))
    return float(np.mean(scores)) if scores else None


def ask(truth, probabilities, weights):
    labels = list(range(probabilities.shape[1]))
    predicted = probabilities.argmax(axis=1)
    binary = len(labels) == 2
    given = {"sample_weight": weights}
    has_both = lambda own: own.any() and not own.all()
    if binary:
        precision = average_precision_score(truth == 1, probabilities[:, 1], **given)
    elif len(np.unique(truth)) == len(labels):
        precision = average_precision_score(truth, probabilities, average="macro", **given)
    else:
        precision = by_class(average_precision_score, truth, probabilities, weights, lambda own: own.any())
    if len(np.unique(truth)) == len(labels):
        scores = probabilities[:, 1] if binary else probabilities
        area = roc_auc_score(truth, scores, multi_class="ovr", average="macro", labels=None if binary else labels, **given)
    else:
        area = by_class(roc_auc_score, truth, probabilities, weights, has_both)
    shares = np.average(np.eye(len(labels))[truth], axis=0, weights=weights)
    return {
        "log_loss": log_loss(truth, probabilities, labels=labels, **given),
        # Over the shares of the classes among the same rows.
        "skill": None if shares.max() == 1 else d2_log_loss_score(truth, probabilities, labels=labels, **given),
        "brier": brier_score_loss(truth, probabilities, labels=labels, **given),
        "accuracy": accuracy_score(truth, predicted, **given),
        "balanced_accuracy": balanced_accuracy_score(truth, predicted, **given),
        "f1": f1_score(truth, predicted, average="macro", **given),
        "roc_auc": area,
        "average_precision": precision,
    }


answers = [
    {"problem": name, "weighting": weighting, **ask(*rows, weights)}
    for name, rows in problems.items()
    for weighting, weights in weightings.items()
]
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}
print(json.dumps({"versions": versions, "answers": answers}, indent=2))
