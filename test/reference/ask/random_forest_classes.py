"""What scikit-learn's random forest of classes predicts: python random_forest_classes.py FOLDER FILE (see ask.ts)."""

from data import Sample, on_average, weighted, where_sure, write
from sklearn.ensemble import RandomForestClassifier


def predictor(sample, params, weights=None):
    model = lambda seed: RandomForestClassifier(**params, n_jobs=2, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict_proba(sample.holdout_x)


payments, glyphs, visits = (Sample(data, "imputed") for data in ("payments", "glyphs", "visits"))

# Nothing is drawn.
still = {"bootstrap": False, "max_features": 1.0, "n_estimators": 2, "max_depth": 6}
answers = [where_sure(sample, still, predictor(sample, still), seeds=20) for sample in (payments, glyphs)]

# Leaves of some rows: of one row they say 0 of all other classes, and a single such row makes most of a log loss.
settings = {
    payments: [{"min_samples_leaf": 5}, {"min_samples_leaf": 10, "class_weight": "balanced_subsample"}],
    glyphs: [{"min_samples_leaf": 5}, {"criterion": "entropy", "max_features": 0.5, "min_samples_leaf": 10, "max_samples": 0.5}],
    visits: [{"min_samples_leaf": 5}, {"min_samples_leaf": 8, "class_weight": "balanced"}],
}
answers += [on_average(sample, params, predictor(sample, params)) for sample, all in settings.items() for params in all]
answers += [
    weighted(on_average(sample, {"min_samples_leaf": 5}, predictor(sample, {"min_samples_leaf": 5}, sample.weights)))
    for sample in (glyphs, visits)
]
write(["scikit-learn"], answers)
