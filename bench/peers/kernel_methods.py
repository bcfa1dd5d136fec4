"""What Plumbline's kernel methods are compared with: the linear models of scikit-learn on the features of its Nystroem, by Plumbline's names of parameters."""

import numpy as np
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import LogisticRegression, Ridge


class OnFeatures:
    """A linear model on the features of a kernel, whose gamma is as Plumbline's length_scale says."""

    def __init__(self, linear, kernel="rbf", length_scale=1, n_components=300, random_state=0):
        self.linear, self.kernel, self.length_scale = linear, kernel, length_scale
        self.n_components, self.random_state = n_components, random_state

    def get_params(self):
        return {"random_state": self.random_state}

    def set_params(self, random_state):
        self.random_state = random_state

    def fit(self, x, y, sample_weight=None):
        counted = x if sample_weight is None else x[sample_weight != 0]
        mean = np.average(x, axis=0, weights=sample_weight)
        variances = np.average((x - mean) ** 2, axis=0, weights=sample_weight)
        if self.kernel == "rbf":
            spread = 2 * self.length_scale**2 * variances.sum()
        else:
            spread = self.length_scale * np.sqrt(variances).sum()
        components = min(self.n_components, len(counted))
        # Distances are taken from a product of the columns, which loses the digits of what is far from 0.
        self.mean = mean
        self.features = Nystroem(
            kernel=self.kernel,
            gamma=1 / spread if spread > 0 else 1,
            n_components=components,
            random_state=self.random_state,
        ).fit(counted - mean)
        self.linear.fit(self.transform(x), y, sample_weight=sample_weight)
        return self

    def transform(self, x):
        return self.features.transform(x - self.mean)

    def predict(self, x):
        return self.linear.predict(self.transform(x))


class KernelRidge(OnFeatures):
    def __init__(self, alpha=1, fit_intercept=True, **kernel):
        super().__init__(Ridge(alpha=alpha, fit_intercept=fit_intercept), **kernel)


class KernelLogistic(OnFeatures):
    def __init__(self, C=1, class_weight=None, tol=1e-4, max_iter=100, **kernel):
        linear = LogisticRegression(C=C, class_weight=class_weight, solver="newton-cg", tol=tol, max_iter=max_iter)
        super().__init__(linear, **kernel)

    def predict_proba(self, x):
        return self.linear.predict_proba(self.transform(x))
