"""What SciPy and NumPy say of how two columns go together, for associations.test.ts.

    PYTHON test/reference/associations/ask.py > test/reference/associations/answers.json
"""

import json

import numpy as np
import scipy
from scipy import stats


def corrected_cramers_v(a, b):
    """Bergsma 2013, from SciPy's chi-squared statistic."""
    table = stats.contingency.crosstab(a, b).count
    n, (r, c) = table.sum(), table.shape
    chi2 = stats.chi2_contingency(table, correction=False).statistic
    phi2 = max(0, chi2 / n - (r - 1) * (c - 1) / (n - 1))
    rows, columns = r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)
    return float(np.sqrt(phi2 / min(rows - 1, columns - 1)))


def epsilon(codes, numbers):
    """The root of ε², from the mean squares of a one-way analysis of variance."""
    groups = [numbers[codes == code] for code in np.unique(codes)]
    n, k = len(numbers), len(groups)
    within = sum(((group - group.mean()) ** 2).sum() for group in groups) / (n - k)
    return float(np.sqrt(max(0, 1 - within / numbers.var(ddof=1))))


random = np.random.default_rng(7)
cases = []
for n, levels in [(12, 2), (60, 3), (200, 7), (500, 20)]:
    codes = random.integers(0, levels, n)
    other = np.where(random.random(n) < 0.4, codes % 4, random.integers(0, 4, n))
    x = np.round(random.normal(size=n) + 0.6 * codes / levels * 3, 1)
    y = np.round(x**3 + random.normal(size=n), 1)
    held = np.round(random.normal(size=n // 3) + 0.8, 1)
    cases.append(
        {
            "codes": codes.tolist(),
            "other": other.tolist(),
            "x": x.tolist(),
            "y": y.tolist(),
            "held": held.tolist(),
            "pearson": float(stats.pearsonr(x, y).statistic),
            "spearman": float(stats.spearmanr(x, y).statistic),
            "cramers_v": corrected_cramers_v(codes, other),
            "correlation_ratio": epsilon(codes, x),
            "kolmogorov_smirnov": float(stats.ks_2samp(x, held).statistic),
        }
    )
print(json.dumps({"scipy": scipy.__version__, "cases": cases}))
