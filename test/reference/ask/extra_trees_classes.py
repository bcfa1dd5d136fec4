"""What scikit-learn's extremely randomized trees of classes predict: python extra_trees_classes.py FOLDER FILE (see ask.ts)."""

from data import Sample, on_average, weighted, write
from sklearn.ensemble import ExtraTreesClassifier


def predictor(sample, params, weights=None):
    model = lambda seed: ExtraTreesClassifier(**params, n_jobs=2, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict_proba(sample.holdout_x)


payments, glyphs, visits = (Sample(data, "imputed") for data in ("payments", "glyphs", "visits"))

# Leaves of some rows: of one row they say 0 of all other classes, and a single such row makes most of a log loss.
some = {"n_estimators": 20, "min_samples_leaf": 5}
settings = {
    payments: [some, {**some, "bootstrap": True, "class_weight": "balanced_subsample"}],
    glyphs: [{"n_estimators": 60, "criterion": "entropy", "max_features": 0.5, "min_samples_leaf": 10}],
    visits: [{**some, "class_weight": "balanced"}],
}
answers = [on_average(sample, params, predictor(sample, params)) for sample, all in settings.items() for params in all]
answers.append(weighted(on_average(glyphs, some, predictor(glyphs, some, glyphs.weights))))
write(["scikit-learn"], answers)
