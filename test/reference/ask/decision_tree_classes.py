"""What scikit-learn's decision tree of classes predicts: python decision_tree_classes.py FOLDER FILE (see ask.ts)."""

from data import Sample, weighted, where_sure, write
from sklearn.tree import DecisionTreeClassifier


def predictor(sample, params, weights=None):
    model = lambda seed: DecisionTreeClassifier(**params, random_state=seed)
    return lambda seed: model(seed).fit(sample.x, sample.y, sample_weight=weights).predict_proba(sample.holdout_x)


payments, glyphs, visits = (Sample(data, "imputed") for data in ("payments", "glyphs", "visits"))
settings = {
    payments: [
        {"max_depth": 6},
        {"criterion": "entropy", "max_depth": 5, "min_samples_leaf": 10},
        {"class_weight": "balanced", "max_depth": 5},
        {"ccp_alpha": 0.001, "min_samples_leaf": 5},
        {"min_impurity_decrease": 0.0005},
    ],
    glyphs: [
        {"max_depth": 6},
        {"criterion": "log_loss", "max_depth": 5},
        {"min_samples_split": 0.02, "min_samples_leaf": 0.005},
        {"ccp_alpha": 0.004},
        {"criterion": "entropy", "class_weight": "balanced", "max_depth": 5},
    ],
    visits: [{"max_depth": 6, "min_samples_leaf": 4}, {"criterion": "entropy", "max_depth": 6, "min_samples_leaf": 10}],
}
with_weights = {
    payments: [{"max_depth": 6}, {"criterion": "entropy", "max_depth": 5, "min_samples_leaf": 10}],
    glyphs: [{"max_depth": 6}, {"class_weight": "balanced", "max_depth": 5}, {"ccp_alpha": 0.004}],
    visits: [{"max_depth": 6, "min_samples_leaf": 4}],
}
answers = [where_sure(sample, params, predictor(sample, params)) for sample, all in settings.items() for params in all]
answers += [
    weighted(where_sure(sample, params, predictor(sample, params, sample.weights)))
    for sample, all in with_weights.items()
    for params in all
]
write(["scikit-learn"], answers)
