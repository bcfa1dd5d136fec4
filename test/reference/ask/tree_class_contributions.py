"""What shap says that columns contribute to the classes of scikit-learn's trees: python tree_class_contributions.py FOLDER FILE (see ask.ts).

It takes `pip install shap` beside the peers. Ours grows the same trees: leaves have so many rows that no splits tie.
"""

import numpy as np
import shap
from data import Sample, as_float64, write
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

ROWS = 10


def explain(model, rows):
    """Bases, and rows × columns × outputs."""
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    values = np.asarray(explainer.shap_values(rows, check_additivity=False))
    return np.ravel(explainer.expected_value), values.reshape(len(rows), rows.shape[1], -1)


def of_classifier(model, rows):
    bases, values = explain(model, rows)
    # Of two classes it tells of both; ours of the second.
    return (bases, values) if len(bases) != 2 else (bases[1:], values[:, :, 1:])


def of_boosting(model, rows):
    """Each class's trees by themselves, since shap takes no several classes: what they say is multiplied by the learning rate."""
    if model.n_classes_ == 2:
        return explain(model, rows)
    starts = model._raw_predict_init(rows)[0]
    sums = [[explain(tree, rows) for tree in trees] for trees in model.estimators_.T]
    bases = [start + model.learning_rate * sum(base[0] for base, _ in of) for start, of in zip(starts, sums)]
    values = [model.learning_rate * sum(value[:, :, 0] for _, value in of) for of in sums]
    return np.array(bases), np.stack(values, axis=2)


def explained(model, data, make, params, is_weighted=False):
    sample = Sample(data, "imputed")
    fitted = make(**params, random_state=0).fit(sample.x, sample.y, sample_weight=sample.weights if is_weighted else None)
    rows = sample.holdout_x[:ROWS]
    bases, values = (of_boosting if model == "gradient_boosting" else of_classifier)(fitted, rows)
    return {
        "model": model,
        "data": data,
        "encoding": "imputed",
        "params": params,
        "weighted": is_weighted,
        "bases": as_float64(bases),
        # rows × outputs × columns
        "values": as_float64(values.transpose(0, 2, 1)),
    }


still = {"bootstrap": False, "max_features": 1.0, "n_estimators": 2, "max_depth": 6, "min_samples_leaf": 30}
write(
    ["shap", "scikit-learn"],
    [],
    explanations=[
        explained("decision_tree", "payments", DecisionTreeClassifier, {"max_depth": 4, "min_samples_leaf": 150}),
        explained("decision_tree", "glyphs", DecisionTreeClassifier, {"max_depth": 5, "min_samples_leaf": 30, "class_weight": "balanced"}, True),
        explained("random_forest", "payments", RandomForestClassifier, {**still, "max_depth": 4, "min_samples_leaf": 150}),
        explained("random_forest", "glyphs", RandomForestClassifier, still),
        explained("gradient_boosting", "payments", GradientBoostingClassifier, {"n_estimators": 10, "min_samples_leaf": 60}),
        explained("gradient_boosting", "glyphs", GradientBoostingClassifier, {"n_estimators": 4, "min_samples_leaf": 60}, True),
    ],
)
