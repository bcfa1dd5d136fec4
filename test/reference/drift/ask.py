# Asks scipy for what drift.test.ts compares with: PYTHON ask.py >answers.json
#
# PYTHON is one that has what bench/peers/peers.txt names.

import json

import numpy
import scipy
from scipy import special, stats

tails = [
    {"value": value, "df": df, "p": float(stats.chi2.sf(value, df))}
    for df in [1, 2, 3, 9, 49, 300, 2000]
    for value in [0, 0.01, 0.5 * df, 0.99 * df, df, 1.5 * df, 2 * df + 20, 5 * df + 40]
]

kolmogorov = [
    {"x": x, "p": float(special.kolmogorov(x))}
    for x in [0.05, 0.2, 0.4, 0.6, 0.8, 1.0, 1.17, 1.18, 1.19, 1.3, 1.63, 2.0, 3.0, 5.0]
]

# Exact p-values without ties.
exact = [
    {"m": m, "n": n, "distance": distance, "p": float(stats.ks_2samp(a, b, method="exact").pvalue)}
    for m, n in [(8, 50), (20, 50), (50, 200), (200, 1000)]
    for shift in [0.1, 0.3, 0.5, 0.7]
    for a in [numpy.arange(m) / m]
    for b in [numpy.arange(n) / n + shift + 1e-6]
    for distance in [float(stats.ks_2samp(a, b, method="exact").statistic)]
]

tables = [
    [[10, 20, 30], [30, 20, 10]],
    [[500, 3], [480, 21]],
    [[100, 0, 7], [90, 12, 6]],
    [[12, 15, 9, 14, 8], [1200, 1500, 900, 1400, 800]],
    [[0, 40], [0, 45]],
]


def contingency(table):
    counts = numpy.array(table)
    counts = counts[:, counts.sum(axis=0) > 0]
    if counts.shape[1] < 2:
        return {"pearson": 1, "likelihood_ratio": 1}
    return {
        name: float(stats.chi2_contingency(counts, correction=False, lambda_=power).pvalue)
        for name, power in [("pearson", "pearson"), ("likelihood_ratio", "log-likelihood")]
    }


answers = {
    "scipy": scipy.__version__,
    "tails": tails,
    "kolmogorov": kolmogorov,
    "exact": exact,
    "tables": [{"table": table, **contingency(table)} for table in tables],
}
print(json.dumps(answers, indent=1))
