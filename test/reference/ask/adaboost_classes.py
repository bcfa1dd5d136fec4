"""What scikit-learn's AdaBoost of classes predicts: python adaboost_classes.py FOLDER FILE (see ask.ts)."""

from data import Sample, weighted, where_sure, write
from sklearn.ensemble import AdaBoostClassifier
from sklearn.tree import DecisionTreeClassifier


def predictor(sample, params, weights=None):
    own = dict(params)
    depth = own.pop("max_depth", 1)
    model = lambda seed: AdaBoostClassifier(DecisionTreeClassifier(max_depth=depth), **own, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict_proba(sample.holdout_x)


payments, glyphs, visits = (Sample(data, "imputed") for data in ("payments", "glyphs", "visits"))
settings = {
    payments: [{}, {"max_depth": 2, "learning_rate": 0.5, "n_estimators": 20}],
    glyphs: [{}, {"max_depth": 3, "learning_rate": 0.3}],
    visits: [{}, {"learning_rate": 0.1, "n_estimators": 100}],
}
answers = [
    where_sure(sample, params, predictor(sample, params), seeds=8) for sample, all in settings.items() for params in all
]
answers += [
    weighted(where_sure(sample, {}, predictor(sample, {}, sample.weights), seeds=8)) for sample in (payments, glyphs, visits)
]
write(["scikit-learn"], answers)
