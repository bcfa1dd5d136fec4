"""What scikit-learn's gradient boosting of classes predicts: python gradient_boosting_classes.py FOLDER FILE (see ask.ts)."""

from data import Sample, on_average, weighted, where_sure, write
from sklearn.ensemble import GradientBoostingClassifier


def predictor(sample, params, weights=None):
    model = lambda seed: GradientBoostingClassifier(**params, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict_proba(sample.holdout_x)


payments, glyphs, visits = (Sample(data, "imputed") for data in ("payments", "glyphs", "visits"))
settings = {
    payments: [
        {},
        {"loss": "exponential", "n_estimators": 60},
        {"max_depth": 2, "learning_rate": 0.3, "min_samples_leaf": 10},
    ],
    glyphs: [{"n_estimators": 15, "min_samples_leaf": 20}, {"max_depth": 2, "learning_rate": 0.3, "n_estimators": 10}],
    visits: [{"n_estimators": 25, "min_samples_leaf": 20}, {"max_depth": 5, "min_samples_leaf": 40, "n_estimators": 8}],
}
with_weights = {
    payments: [{}, {"loss": "exponential", "n_estimators": 60}],
    glyphs: [{"n_estimators": 10}],
    visits: [{"n_estimators": 15}],
}
answers = [
    where_sure(sample, params, predictor(sample, params), seeds=4) for sample, all in settings.items() for params in all
]
answers += [
    weighted(where_sure(sample, params, predictor(sample, params, sample.weights), seeds=4))
    for sample, all in with_weights.items()
    for params in all
]

# At its defaults only ties are left to chance; here rows and columns are drawn.
drawn = {"subsample": 0.5, "max_features": 0.5, "n_estimators": 20, "min_samples_leaf": 20}
answers += [on_average(sample, drawn, predictor(sample, drawn)) for sample in (payments, visits)]
answers += [weighted(on_average(payments, drawn, predictor(payments, drawn, payments.weights)))]
# A share of each class is held out.
stopped = {"n_iter_no_change": 5, "validation_fraction": 0.2, "min_samples_leaf": 40, "max_depth": 2}
answers += [on_average(sample, stopped, predictor(sample, stopped)) for sample in (payments, visits)]
write(["scikit-learn"], answers)
