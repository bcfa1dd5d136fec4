"""LinearRegression of scikit-learn."""

from sklearn.linear_model import LinearRegression

from data import Sample, exact, weighted, write

answers = []
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "scaled")
    answers.append(exact(sample, {}, LinearRegression().fit(sample.x, sample.y).predict(sample.holdout_x)))
    model = LinearRegression().fit(sample.x, sample.y, sample_weight=sample.weights)
    answers.append(weighted(exact(sample, {}, model.predict(sample.holdout_x))))
write(["scikit-learn", "numpy", "scipy"], answers)
