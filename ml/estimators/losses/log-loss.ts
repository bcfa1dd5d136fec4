import type { Loss } from './loss.ts';

/**
 * The negative log-likelihood of a class that is 1 or 0, by its log-odds.
 *
 * Source of the distinctions, none of which loses digits: Mächler 2012, "Accurately computing log(1 − exp(−|a|))", equation 10;
 * scikit-learn 1.9, `_loss.pyx`.
 */
export const logLoss: Loss = {
  link: 'logit',
  value: (target, raw) => log1pExp(raw) - target * raw,
  gradient(target, raw) {
    if (raw <= SMALLEST) return Math.exp(raw) - target;
    const odds = Math.exp(-raw);
    return (1 - target - target * odds) / (1 + odds);
  },
  hessian(_, raw) {
    if (raw <= SMALLEST) return Math.exp(raw);
    const odds = Math.exp(-raw);
    return odds / (1 + odds) ** 2;
  },
};

/** The probability of log-odds. */
export const logistic = (raw: number) => 1 / (1 + Math.exp(-raw));

/** The log-odds of a probability. */
export const logit = (share: number) => Math.log(share / (1 - share));

/** Log-odds up to which the probability is their exponential. */
const SMALLEST = -37;

function log1pExp(raw: number): number {
  if (raw <= -2) return Math.log1p(Math.exp(raw));
  if (raw <= 18) return Math.log(1 + Math.exp(raw));
  return raw + Math.exp(-raw);
}
