"""The reference task shift in numpy, strata lumped exactly to what the outputs need.

usage: reference_numpy.py REPLICATES ; prints "cpu SECONDS" and means of the differences.
Prices in thousand kroner. Deterministic seed; single thread.
"""
import sys
import time

import numpy as np

replicates = int(sys.argv[1])
chunk = 500
years = np.arange(10)
growth = 1.01 ** years

zipf = 1.0 / np.arange(1, 20)
people = 1.38e6 * zipf / zipf.sum()
age = np.dot([.12, .12, .14, .14, .15, .13, .12, .08], [.4, .3, .4, .6, .8, 1.2, 2.0, 3.5])
condition = np.array([.70, .15, .10, .05]) * np.array([1, 1.5, 2, 2.5])
need = np.array([.75, .15, .07, .03]) * np.array([1, 1.5, 2.5, 4])
exposure = people * age * condition.sum() * need.sum()
acute_eligible = people * age * condition[1:].sum() * need[1:].sum()
visit_eligible = (people * age * condition[1:].sum() * need.sum()).sum()
everybody = exposure.sum()

rng = np.random.default_rng(7)
root = np.linalg.cholesky(0.3 + 0.7 * np.eye(6))
base_rate = np.array([.07, .55, 1.6, .06, .02, .16])


def overdispersed(mean):
    """Count with variance 1.5 times the mean."""
    return rng.poisson(rng.standard_gamma(2.0 * mean) * 0.5)


start = time.process_time()
sums = np.zeros(3)
for first in range(0, replicates, chunk):
    n = min(chunk, replicates - first)
    rate = base_rate * np.exp(0.1 * rng.standard_normal((n, 6)) @ root.T - 0.005)
    avoided = rng.beta(20, 80, n)[:, None, None]
    moved = rng.beta(30, 70, n)[:, None]
    price = rng.gamma(100, 0.01, (n, 4))
    yearly = rate[:, :, None] * growth
    by_place = lambda k, who: yearly[:, k, :, None] * who

    intensity = rng.standard_gamma(2.0 * by_place(0, acute_eligible)) * 0.5
    away = rng.poisson(intensity * avoided)
    stay = rng.poisson((intensity * (1 - avoided)).sum(2))
    other = overdispersed(yearly[:, 0] * (everybody - acute_eligible.sum()))
    visits_moved = rng.poisson(yearly[:, 1] * visit_eligible * moved)
    visits_kept = rng.poisson(yearly[:, 1] * (everybody - visit_eligible * moved))
    consultations = rng.poisson(yearly[:, 2] * everybody)
    urgent = rng.poisson(yearly[:, 5] * everybody)
    episodes = overdispersed(by_place(3, exposure))
    short = rng.poisson(by_place(4, exposure))

    def cost(count, kind, mean):
        scale = price[:, kind].reshape((n,) + (1,) * (count.ndim - 1)) * mean / 2
        return rng.standard_gamma(2.0 * count) * scale

    away_total = away.sum(2)
    kept = cost(stay + other, 0, 60) + cost(visits_kept, 1, 3.5)
    gone = cost(away_total, 0, 60) + cost(visits_moved, 1, 3.5)
    town = cost(episodes, 2, 40) + cost(short, 3, 35)
    new_stays = cost(away, 3, 35) - 33 * away
    level = kept + gone + town.sum(2) + 0.6 * consultations + 1.8 * urgent
    hospital = (33 * away_total + 700000 - gone).sum(1)
    sums += [hospital.sum(), new_stays.sum(), (0.6 * visits_moved).sum()]
    assert np.isfinite(level).all()
print(f"cpu {time.process_time() - start:.4f}")
print("mean difference: hospital %.0f municipality %.0f gp %.0f" % tuple(sums / replicates))
