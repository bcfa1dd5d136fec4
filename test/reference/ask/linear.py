"""LinearRegression of scikit-learn."""

from sklearn.linear_model import LinearRegression

from data import Sample, exact, write

answers = []
for data in ("students", "sensors", "shops"):
    sample = Sample(data, "scaled")
    answers.append(exact(sample, {}, LinearRegression().fit(sample.x, sample.y).predict(sample.holdout_x)))
write(["scikit-learn", "numpy", "scipy"], answers)
