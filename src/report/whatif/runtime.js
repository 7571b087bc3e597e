// The engine's expectation layer in a page: draws, laws, columns, rows, verdict.
//
//   exported program ─ draws (by address) ─→ columns, 512 replicates at a time ─→ rows
//                         └ a parameter that is fixed: its column is one value      └→ verdict
//
// Promise: + − × ÷ √ in the engine's order, so a draw, a law and a column have the engine's bits.
// Absent: the page (page.js), words, any library, the network. 64-bit integers are two halves.
const FairBalance = (() => {
  "use strict";
  const BLOCK = 512;

  // ---- numeric: elementary ----------------------------------------------------------------

  const ROUNDER = 6755399441055744.0;
  const LN2_HIGH = 6.93147180369123816490e-1, LN2_LOW = 1.90821492927058770002e-10;
  const LEAST_NORMAL = 2.2250738585072014e-308;
  const EPSILON = 2.220446049250313e-16;
  const HALF_LN_TWO_PI = 0.91893853320467274178;
  const float = new Float64Array(1), halves = new Uint32Array(float.buffer);

  // 2ⁿ for n in [−1022, 1023], by halving and doubling: exact.
  const POWERS = new Float64Array(2046);
  POWERS[1022] = 1;
  for (let n = 1; n <= 1023; n++) POWERS[1022 + n] = POWERS[1021 + n] * 2;
  for (let n = 1; n <= 1022; n++) POWERS[1022 - n] = POWERS[1023 - n] * 0.5;

  function exp(x) {
    if (x !== x) return x;
    x = x > 710 ? 710 : x;
    x = x < -746 ? -746 : x;
    const n = (x * Math.LOG2E + ROUNDER) - ROUNDER;
    const r = (x - n * LN2_HIGH) - n * LN2_LOW;
    const half = (n * 0.5 + ROUNDER) - ROUNDER;
    const r2 = r * r, r4 = r2 * r2;
    const c01 = 0.5 + r * (1 / 6);
    const c23 = 1 / 24 + r * (1 / 120);
    const c45 = 1 / 720 + r * (1 / 5040);
    const c67 = 1 / 40320 + r * (1 / 362880);
    const c89 = 1 / 3628800 + r * (1 / 39916800);
    const c1011 = 1 / 479001600 + r * (1 / 6227020800);
    const low = c01 + r2 * c23;
    const high = (c45 + r2 * c67) + r4 * (c89 + r2 * c1011);
    return (1 + (r + r2 * (low + r4 * high))) * POWERS[half + 1022] * POWERS[n - half + 1022];
  }

  function ln(x) {
    if (!(x >= 0)) return NaN;
    if (x === Infinity) return x;
    if (x === 0) return -Infinity;
    const subnormal = x < LEAST_NORMAL;
    float[0] = subnormal ? x * 18014398509481984 : x;
    const bits = (halves[1] + (0x3ff00000 - 0x3fe6a09e)) >>> 0;
    let k = (bits >>> 20) - 1023;
    halves[1] = (bits & 0xfffff) + 0x3fe6a09e;
    const m = float[0];
    k = subnormal ? k - 54 : k;
    const f = m - 1;
    const s = f / (2 + f);
    const z = s * s, w = z * z;
    const odd = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1
      + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
    const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1
      + w * 1.531383769920937332e-1));
    const halfSquare = 0.5 * f * f;
    return k * LN2_HIGH + ((s * (halfSquare + (odd + even)) + k * LN2_LOW) - halfSquare + f);
  }

  function log1pMinusX(t) {
    if (!(t >= -0.4 && t <= 0.5)) return ln(1 + t) - t;
    const s = t / (2 + t), s2 = s * s;
    let tail = 0;
    for (let odd = 31; odd >= 3; odd -= 2) tail = tail * s2 + 1 / odd;
    return 2 * s * s2 * tail - t * s;
  }

  // ---- numeric: normal --------------------------------------------------------------------

  // Coefficients stand highest power first.
  function horner(coefficients, x) {
    let sum = coefficients[0];
    for (let i = 1; i < coefficients.length; i++) sum = sum * x + coefficients[i];
    return sum;
  }

  function expOfHalfSquare(z) {
    z = Math.abs(z);
    z = z > 60 ? 60 : z;
    const coarse = ((z * 16 + ROUNDER) - ROUNDER) * 0.0625;
    const rest = (z - coarse) * (z + coarse);
    return exp(-0.5 * coarse * coarse) * exp(-0.5 * rest);
  }

  const normalDensity = (z) => expOfHalfSquare(z) * 0.39894228040143267794;

  const MIDDLE = [[2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594,
    6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3,
    2.05107837782607147e3, 1.23033935479799725e3],
  [1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2,
    1.62138957456669019e3, 3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3,
    1.23033935480374942e3]];
  const FARTHER = [[1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
    1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4],
  [1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
    2.33520497626869185e-3]];

  function normalCdf(z) {
    if (z !== z) return z;
    const x = Math.abs(z) * Math.SQRT1_2;
    if (x <= 0.46875) return 0.5 + 0.5 * erfSmall(z * Math.SQRT1_2);
    const tail = 0.5 * expOfHalfSquare(z) * (x <= 4 ? horner(MIDDLE[0], x) / horner(MIDDLE[1], x)
      : erfcxFar(x));
    return z > 0 ? 1 - tail : tail;
  }

  function erfSmall(x) {
    const y = x * x;
    const above = (((1.85777706184603153e-1 * y + 3.16112374387056560) * y
      + 1.13864154151050156e2) * y + 3.77485237685302021e2) * y + 3.20937758913846947e3;
    const below = (((y + 2.36012909523441209e1) * y + 2.44024637934444173e2) * y
      + 1.28261652607737228e3) * y + 2.84423683343917062e3;
    return x * above / below;
  }

  function erfcxFar(x) {
    const y = 1 / (x * x);
    return (0.56418958354775628695 - y * horner(FARTHER[0], y) / horner(FARTHER[1], y)) / x;
  }

  const CENTRAL = [[2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
    4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
    1.3314166789178437745e2, 3.3871328727963666080],
  [5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
    2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
    4.2313330701600911252e1, 1]];
  const OUTER = [[7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
    1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550,
    4.63033784615654529590, 1.42343711074968357734],
  [1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
    1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940,
    2.05319162663775882187, 1]];
  const TAIL = [[2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
    2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580,
    5.46378491116411436990, 6.65790464350110377720],
  [2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
    7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
    5.99832206555887937690e-1, 1]];

  function normalQuantile(u) {
    const q = u - 0.5;
    const tail = q < 0 ? u : 1 - u;
    let value;
    if (tail > 1.3887943864964021e-11) {
      if (Math.abs(q) <= 0.425) {
        const r = 0.180625 - q * q;
        return q * (horner(CENTRAL[0], r) / horner(CENTRAL[1], r));
      }
      const r = Math.sqrt(-ln(tail)) - 1.6;
      value = horner(OUTER[0], r) / horner(OUTER[1], r);
    } else {
      if (tail === 0) return q < 0 ? -Infinity : Infinity;
      const r = Math.sqrt(-ln(tail)) - 5;
      value = horner(TAIL[0], r) / horner(TAIL[1], r);
    }
    return q < 0 ? -value : value;
  }

  // ---- numeric: gamma and beta ------------------------------------------------------------

  function stirling(a) {
    const y = 1 / (a * a);
    const series = 1 / 12 + y * (-1 / 360 + y * (1 / 1260 + y * (-1 / 1680 + y * (1 / 1188
      + y * (-691 / 360360 + y * (1 / 156 - y * 3617 / 122400))))));
    return series / a;
  }

  function lnGamma(x) {
    if (!(x > 0)) return NaN;
    let shifted = x, product = 1;
    while (shifted < 9) { product *= shifted; shifted += 1; }
    const value = (shifted - 0.5) * ln(shifted) - shifted + HALF_LN_TWO_PI + stirling(shifted);
    return product === 1 ? value : value - ln(product);
  }

  function stirlingRest(a) {
    return a >= 9 ? stirling(a) : lnGamma(a) - ((a - 0.5) * ln(a) - a + HALF_LN_TWO_PI);
  }

  function gammaDensity(a, x, lnX) {
    const off = (x - a) / a;
    if (Math.abs(off) < 0.5) {
      return a * log1pMinusX(off) - stirlingRest(a) + 0.5 * ln(a) - HALF_LN_TWO_PI;
    }
    return a * lnX - x - lnGamma(a);
  }

  // [ln P(a, x), ln Q(a, x)]
  function gammaTails(a, x, lnX) {
    const density = gammaDensity(a, x, lnX);
    if (x < a + 1) {
      const lower = density + ln(gammaSeries(a, x));
      return [lower, ln(1 - exp(lower))];
    }
    const upper = density + ln(gammaFraction(a, x));
    return [ln(1 - exp(upper)), upper];
  }

  function gammaSeries(a, x) {
    let term = 1 / a, sum = term, n = a;
    while (term > sum * 1e-17) { n += 1; term *= x / n; sum += term; }
    return sum;
  }

  const awayFromZero = (x) => Math.abs(x) < 1e-300 ? 1e-300 : x;

  function gammaFraction(a, x) {
    let b = x + 1 - a, c = 1 / 1e-300, d = 1 / b, h = d;
    for (let i = 1; i < 1e6; i++) {
      const numerator = -i * (i - a);
      b += 2;
      d = 1 / awayFromZero(numerator * d + b);
      c = awayFromZero(b + numerator / c);
      const factor = d * c;
      h *= factor;
      if (factor !== factor || Math.abs(factor - 1) < 3e-16) break;
    }
    return h;
  }

  const gammaLower = (a, x) => x <= 0 ? 0 : exp(gammaTails(a, x, ln(x))[0]);

  function betaDensity(a, b, logit) {
    const small = exp(-Math.abs(logit));
    const minor = small / (1 + small), major = 1 / (1 + small);
    const x = logit < 0 ? minor : major, rest = logit < 0 ? major : minor;
    const sum = a + b, p = a / sum, q = b / sum;
    const off = p < 0.5 ? x - p : q - rest;
    if (Math.abs(off / p) < 0.5 && Math.abs(off / q) < 0.5) {
      const spread = a * log1pMinusX(off / p) + b * log1pMinusX(-off / q);
      const rests = stirlingRest(sum) - stirlingRest(a) - stirlingRest(b);
      return spread + rests + 0.5 * ln(a * q) - HALF_LN_TWO_PI;
    }
    const lnMajor = -(log1pMinusX(small) + small), lnMinor = -Math.abs(logit) + lnMajor;
    const lnX = logit < 0 ? lnMinor : lnMajor, lnRest = logit < 0 ? lnMajor : lnMinor;
    return a * lnX + b * lnRest + lnGamma(sum) - lnGamma(a) - lnGamma(b);
  }

  function betaTails(a, b, logit) {
    const small = exp(-Math.abs(logit));
    const minor = small / (1 + small), major = 1 / (1 + small);
    const x = logit < 0 ? minor : major, rest = logit < 0 ? major : minor;
    const density = betaDensity(a, b, logit);
    if (x < (a + 1) / (a + b + 2)) {
      const lower = density + ln(betaFraction(a, b, x) / a);
      return [lower, ln(1 - exp(lower))];
    }
    const upper = density + ln(betaFraction(b, a, rest) / b);
    return [ln(1 - exp(upper)), upper];
  }

  function betaFraction(a, b, x) {
    let c = 1, d = 1 / awayFromZero(1 - (a + b) * x / (a + 1)), h = d;
    for (let m = 1; m < 1e6; m++) {
      const even = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m));
      d = 1 / awayFromZero(1 + even * d);
      c = awayFromZero(1 + even / c);
      h *= d * c;
      const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m));
      d = 1 / awayFromZero(1 + odd * d);
      c = awayFromZero(1 + odd / c);
      const factor = d * c;
      h *= factor;
      if (factor !== factor || Math.abs(factor - 1) < 3e-16) break;
    }
    return h;
  }

  // ---- kernels of the plan ----------------------------------------------------------------

  // Share picked by past use; what: 0 persons, 1 expected, 2 observed.
  function pastUse(what, rate, shape, atLeast) {
    const odds = rate / (shape + rate);
    let p = exp(shape * ln(shape / (shape + rate)));
    let persons = 1, expected = 1;
    for (let n = 0; n < atLeast; n++) {
      persons -= p;
      expected -= p * (shape + n) / (shape + rate);
      if (n + 1 === atLeast) {
        if (what === 0) return Math.max(persons, 0);
        if (what === 1) return Math.max(expected, 0);
        const nextOverRate = p * (shape + n) / ((n + 1) * (shape + rate));
        return Math.max(expected + atLeast * nextOverRate, 0);
      }
      p = p * (shape + n) / (n + 1) * odds;
    }
    return 1;
  }

  // Expectation of a bend; kind: 0 excess, 1 above, 2 limited.
  function bent(kind, mean, spread, threshold) {
    if (kind === 0) {
      const over = mean - threshold;
      if (spread <= 0) return Math.max(over, 0);
      const sd = Math.sqrt(spread), z = over / sd;
      return Math.max(over * normalCdf(z) + sd * normalDensity(z), Math.max(over, 0));
    }
    if (kind === 1) {
      if (spread <= 0) return mean >= threshold ? 1 : 0;
      return normalCdf((mean - threshold) / Math.sqrt(spread));
    }
    if (spread <= 0 || mean <= 0 || threshold <= 0) return Math.min(mean, threshold);
    const shape = 1 / (spread * spread), x = shape * threshold / mean;
    const below = gammaLower(shape, x);
    return Math.min(mean * gammaLower(shape + 1, x) + threshold * (1 - below),
      Math.min(mean, threshold));
  }

  // ---- laws -------------------------------------------------------------------------------

  const EDGE = 8.5, STEPS = 256, PER_UNIT = STEPS / (2 * EDGE);

  // Quintics of y(z) for a law on an unbounded scale, as in the engine's table.
  function table(law) {
    const nodes = new Array(STEPS + 1), middle = STEPS / 2;
    const ahead = (n, h) => n[0] + h * (n[1] + 0.5 * h * n[2]);
    nodes[middle] = tableNode(law, 0, law.start());
    for (let i = middle + 1; i <= STEPS; i++) {
      nodes[i] = tableNode(law, (i - middle) / PER_UNIT, ahead(nodes[i - 1], 1 / PER_UNIT));
    }
    for (let i = middle - 1; i >= 0; i--) {
      nodes[i] = tableNode(law, (i - middle) / PER_UNIT, ahead(nodes[i + 1], -1 / PER_UNIT));
    }
    const all = new Float64Array(6 * STEPS);
    for (let i = 0; i < STEPS; i++) quintic(nodes[i], nodes[i + 1], all, 6 * i);
    return all;
  }

  function tableNode(law, z, guess) {
    const y = solve(law, z, guess);
    const slope = exp(ln(normalDensity(z)) - law.density(y));
    return [y, slope, slope * (-z - law.slope(y) * slope)];
  }

  function solve(law, z, guess) {
    const expanded = law.expansion(z);
    if (expanded !== null) return expanded;
    const goal = ln(normalCdf(-Math.abs(z))), ceiling = law.ceiling();
    let y = guess;
    for (let i = 0; i < 200; i++) {
      const tails = law.tails(y);
      const tail = z <= 0 ? tails[0] : tails[1], sign = z <= 0 ? -1 : 1;
      const step = sign * (tail - goal) * exp(tail - law.density(y));
      y = y + step > ceiling ? ceiling : y + step;
      if (Math.abs(step) < 1e-10) break;
    }
    return y;
  }

  function quintic(left, right, out, at) {
    const h = 1 / PER_UNIT;
    const rise = right[0] - left[0], d0 = h * left[1], d1 = h * right[1];
    const s0 = h * h * left[2], s1 = h * h * right[2];
    out[at] = left[0];
    out[at + 1] = d0;
    out[at + 2] = 0.5 * s0;
    out[at + 3] = 10 * rise - 6 * d0 - 4 * d1 - 0.5 * (3 * s0 - s1);
    out[at + 4] = -15 * rise + 8 * d0 + 7 * d1 + 0.5 * (3 * s0 - 2 * s1);
    out[at + 5] = 6 * rise - 3 * (d0 + d1) - 0.5 * (s0 - s1);
  }

  function tableAt(quintics, z) {
    const position = (z + EDGE) * PER_UNIT;
    let step = (position - 0.5 + ROUNDER) - ROUNDER;
    step = step < 0 ? 0 : step;
    step = step > STEPS - 1 ? STEPS - 1 : step;
    const t = position - step, q = quintics, i = 6 * step;
    return q[i] + t * (q[i + 1] + t * (q[i + 2] + t * (q[i + 3] + t * (q[i + 4] + t * q[i + 5]))));
  }

  function gammaLaw(a) {
    return {
      tails: (y) => gammaTails(a, exp(y), y),
      density: (y) => gammaDensity(a, exp(y), y),
      slope: (y) => a - exp(y),
      start: () => a < 0.7 ? (lnGamma(a + 1) - Math.LN2) / a : ln(a - 0.33),
      ceiling: () => ln(a + 40 * Math.sqrt(a) + 800),
      expansion: (z) => {
        if (a < 1e5) return null;
        const root = Math.sqrt(a), z2 = z * z;
        const first = (z2 - 1) / 3, second = z * (z2 - 7) / (36 * root);
        const third = -((3 * z2 + 7) * z2 - 16) / (810 * a);
        const fourth = z * ((9 * z2 + 256) * z2 - 433) / (38880 * a * root);
        return ln(a + (root * z + (first + (second + (third + fourth)))));
      },
    };
  }

  function logistic(y) {
    const small = exp(y < 0 ? y : -y);
    return (y < 0 ? small : 1) / (1 + small);
  }

  function betaLaw(a, b) {
    return {
      tails: (y) => betaTails(a, b, y),
      density: (y) => betaDensity(a, b, y),
      slope: (y) => a - (a + b) * logistic(y),
      start: () => ln(a / b),
      ceiling: () => Infinity,
      expansion: (z) => {
        if (a < 1e6 || b < 1e6) return null;
        const n = a + b, sd = Math.sqrt(a * b / (n + 1)) / n;
        const skew = 2 * (b - a) * Math.sqrt(n + 1) / ((n + 2) * Math.sqrt(a * b));
        const excess = 6 * ((a - b) * (a - b) * (n + 1) / (a * b) - (n + 2)) / ((n + 2) * (n + 3));
        const z2 = z * z;
        const w = z + (z2 - 1) * skew / 6 + z * (z2 - 3) * excess / 24
          - z * (2 * z2 - 5) * skew * skew / 36;
        return ln((a / n + sd * w) / (b / n - sd * w));
      },
    };
  }

  function tabulated(law) {
    const quintics = table(law);
    return (z) => Math.abs(z) <= EDGE ? tableAt(quintics, z) : solve(law, z, law.start());
  }

  // From a uniform to a value, by family.
  const FAMILIES = {
    fixed: ([value]) => () => value,
    normal: ([mean, sd]) => (u) => mean + sd * normalQuantile(u),
    lognormal: ([median, sigma]) => (u) => median * exp(sigma * normalQuantile(u)),
    gamma: ([shape, scale]) => {
      const y = tabulated(gammaLaw(shape));
      return (u) => scale * exp(y(normalQuantile(u)));
    },
    beta: ([a, b, min, max]) => {
      const y = tabulated(betaLaw(a, b));
      return (u) => min + (max - min) * logistic(y(normalQuantile(u)));
    },
    uniform: ([min, max]) => (u) => min + (max - min) * u,
    triangular: ([min, mode, max]) => {
      const rise = mode - min, fall = max - mode, width = max - min;
      return (u) => u * width < rise ? min + Math.sqrt(u * width * rise)
        : max - Math.sqrt((1 - u) * width * fall);
    },
    empirical: (pairs) => (u) => {
      let i = 0;
      while (i < pairs.length / 2 - 1 && pairs[2 * i + 1] < u) i++;
      return pairs[2 * i];
    },
    three_point: ([mid, step, delta]) => (u) => {
      const z = normalQuantile(u);
      return mid + step * (delta === 0 ? z : (exp(delta * z) - 1) / delta);
    },
  };

  // A law's quantile. bounds: [min, max, probability below, probability within] or null; an open
  // bound is null.
  function quantileOf({ family, numbers, bounds }) {
    const at = FAMILIES[family](numbers);
    if (!bounds) return at;
    const [min, max, below, kept] = bounds;
    const largest = 1 - EPSILON / 2;
    return (u) => {
      let mapped = below + u * kept;
      mapped = mapped < LEAST_NORMAL ? LEAST_NORMAL : mapped;
      const x = at(mapped > largest ? largest : mapped);
      if (min !== null && x < min) return min;
      return max !== null && x > max ? max : x;
    };
  }

  // ---- draws ------------------------------------------------------------------------------

  const ROUND = (() => {
    const primes = [], root = (x, n) => {
      // the first 32 bits of the fraction of a root, by integers
      let low = 0n, high = 1n << 40n;
      while (high - low > 1n) {
        const m = (low + high) / 2n;
        if (m ** n <= (BigInt(x) << (32n * n))) low = m; else high = m;
      }
      return Number(low & 0xffffffffn);
    };
    for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
    return {
      k: primes.map((p) => root(p, 3n) | 0),
      start: primes.slice(0, 8).map((p) => root(p, 2n) | 0),
    };
  })();

  // SHA-256 (FIPS 180-4); the digest as eight words.
  function sha256(bytes) {
    const size = ((bytes.length + 72) >> 6) << 6;
    const padded = new Uint8Array(size), view = new DataView(padded.buffer);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    view.setUint32(size - 4, bytes.length * 8);
    const h = Int32Array.from(ROUND.start), w = new Int32Array(64);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < size; at += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7]
          + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, l] = h;
      for (let i = 0; i < 64; i++) {
        const one = (l + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g))
          + ROUND.k[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        l = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, l].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
    }
    return h;
  }

  // A number as eight bytes, the least first.
  function eight(n) {
    const bytes = [];
    for (let i = 0, x = BigInt(n); i < 8; i++, x >>= 8n) bytes.push(Number(x & 255n));
    return bytes;
  }

  // The key of a parameter's draws in a block: four words, low and high of each half.
  function key(format, seed, name, block) {
    const text = (t) => {
      const bytes = new TextEncoder().encode(t);
      return [0x74, ...eight(bytes.length), ...bytes];
    };
    const bytes = [...eight(format).slice(0, 4), ...text("parameter"), ...text(name),
      0x6e, ...eight(block), 0x73, ...eight(seed)];
    const swap = (x) => (x >>> 24 | x >>> 8 & 0xff00 | x << 8 & 0xff0000 | x << 24) >>> 0;
    return Array.from(sha256(Uint8Array.from(bytes)).subarray(0, 4), swap);
  }

  // Halves of a 64-bit product or sum stand in these.
  let high = 0, low = 0;

  function multiply(ah, al, bh, bl) {
    const a0 = al & 0xffff, a1 = al >>> 16, b0 = bl & 0xffff, b1 = bl >>> 16;
    const p00 = a0 * b0, p01 = a0 * b1, p10 = a1 * b0, p11 = a1 * b1;
    const middle = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
    low = (middle << 16 | p00 & 0xffff) >>> 0;
    const carry = p11 + Math.floor(p01 / 65536) + Math.floor(p10 / 65536) + (middle >>> 16);
    high = (carry + Math.imul(ah, bl) + Math.imul(al, bh)) >>> 0;
  }

  function mix(h, l) {
    const shifted = (n) => {
      const l2 = (l ^ (l >>> n | h << (32 - n))) >>> 0;
      h = (h ^ h >>> n) >>> 0;
      l = l2;
    };
    shifted(30);
    multiply(h, l, 0xBF58476D, 0x1CE4E5B9); h = high; l = low;
    shifted(27);
    multiply(h, l, 0x94D049BB, 0x133111EB); h = high; l = low;
    shifted(31);
    high = h; low = l;
  }

  function add(ah, al, bh, bl) {
    const sum = (al >>> 0) + (bl >>> 0);
    low = sum >>> 0;
    high = (ah + bh + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  }

  // Eight xoshiro256++ generators: high and low halves of four state words each.
  function lanes(k) {
    const state = new Uint32Array(64);
    for (let n = 1; n <= 32; n++) {
      multiply(0, n, 0x9E3779B9, 0x7F4A7C15);
      add(high, low, k[1], k[0]);
      mix(high, low);
      const ih = high, il = low;
      multiply(0, n, 0xD1B54A32, 0xD192ED03);
      add(high, low, k[3], k[2]);
      mix((ih ^ high) >>> 0, (il ^ low) >>> 0);
      state[2 * (n - 1)] = high;
      state[2 * (n - 1) + 1] = low;
    }
    return state;
  }

  // The next word of each replicate: high and low halves.
  function words(state, outHigh, outLow) {
    for (let lane = 0; lane < 8; lane++) {
      const at = (row) => 2 * (8 * row + lane);
      let ah = state[at(0)] | 0, al = state[at(0) + 1] | 0, bh = state[at(1)] | 0, bl = state[at(1) + 1] | 0;
      let ch = state[at(2)] | 0, cl = state[at(2) + 1] | 0, dh = state[at(3)] | 0, dl = state[at(3) + 1] | 0;
      for (let i = lane; i < BLOCK; i += 8) {
        let sum = (al >>> 0) + (dl >>> 0);
        const sl = sum | 0, sh = (ah + dh + (sum > 0xffffffff ? 1 : 0)) | 0;
        const rh = sh << 23 | sl >>> 9, rl = sl << 23 | sh >>> 9;
        sum = (rl >>> 0) + (al >>> 0);
        outLow[i] = sum;
        outHigh[i] = rh + ah + (sum > 0xffffffff ? 1 : 0);
        const th = bh << 17 | bl >>> 15, tl = bl << 17;
        ch ^= ah; cl ^= al;
        dh ^= bh; dl ^= bl;
        bh ^= ch; bl ^= cl;
        ah ^= dh; al ^= dl;
        ch ^= th; cl ^= tl;
        const keep = dh;
        dh = dl << 13 | dh >>> 19;
        dl = keep << 13 | dl >>> 19;
      }
      state[at(0)] = ah; state[at(0) + 1] = al; state[at(1)] = bh; state[at(1) + 1] = bl;
      state[at(2)] = ch; state[at(2) + 1] = cl; state[at(3)] = dh; state[at(3) + 1] = dl;
    }
  }

  const wordHigh = new Uint32Array(BLOCK), wordLow = new Uint32Array(BLOCK);
  const order = new Uint16Array(BLOCK);

  // Stratified uniforms: one in every 1/512.
  function hypercube(k, out) {
    const state = lanes(k);
    words(state, wordHigh, wordLow);
    for (let i = 0; i < BLOCK; i++) order[i] = i;
    for (let i = BLOCK - 1; i >= 1; i--) {
      const chosen = Math.floor(wordHigh[i] * (i + 1) / 4294967296);
      const kept = order[i];
      order[i] = order[chosen];
      order[chosen] = kept;
    }
    words(state, wordHigh, wordLow);
    for (let i = 0; i < BLOCK; i++) {
      const mantissa = order[i] * 8796093022208 + wordHigh[i] * 2048 + (wordLow[i] >>> 21);
      out[i] = (2 * mantissa + 1) / 9007199254740992;
    }
  }

  // Dependent uniforms of one block, in place; factor: rows of the lower triangle.
  function correlate(factor, rows) {
    const scores = rows.map((row) => Float64Array.from(row, normalQuantile));
    for (let r = 1; r < rows.length; r++) {
      for (let i = 0; i < BLOCK; i++) {
        let sum = 0;
        for (let j = 0; j < factor[r].length; j++) sum += factor[r][j] * scores[j][i];
        const u = normalCdf(sum), least = EPSILON / 2;
        rows[r][i] = u < least ? least : u > 1 - least ? 1 - least : u;
      }
    }
  }

  // Values of every draw in one block.
  function drawBlock(program, laws, block) {
    const uniforms = program.draws.map((draw) => {
      const out = new Float64Array(BLOCK);
      hypercube(key(program.format, program.seed, draw.name, block), out);
      return out;
    });
    for (const { draws, factor } of program.linked) {
      correlate(factor, draws.map((d) => uniforms[d]));
    }
    for (let d = 0; d < laws.length; d++) {
      const law = laws[d], row = uniforms[d];
      for (let i = 0; i < BLOCK; i++) row[i] = law(row[i]);
    }
    return uniforms;
  }

  // ---- columns ----------------------------------------------------------------------------

  const OP = { one: 0, draw: 1, complement: 2, product: 3, quotient: 4, positive: 5, minimum: 6,
    growth: 7, rationed: 8, ratio: 9, pastUse: 10, pinned: 11, capacity: 12, bent: 13, levels: 14 };

  // Columns that a node reads.
  function reads(program, node) {
    switch (node[0]) {
      case OP.complement: case OP.positive: case OP.growth: return [node[1]];
      case OP.product: case OP.quotient: case OP.minimum: case OP.rationed: case OP.ratio:
        return [node[1], node[2]];
      case OP.pastUse: return [node[2], node[3]];
      case OP.bent: return [node[2], node[3], node[4]];
      case OP.pinned: return program.forms[node[1]].columns;
      case OP.capacity: {
        const kernel = program.capacities[node[1]];
        return [...kernel.volumes, kernel.phase];
      }
      case OP.levels: {
        const kernel = program.levels[node[1]];
        return [...kernel.moves, ...(kernel.shares || []), ...(kernel.cuts || []).flat()];
      }
      default: return [];
    }
  }

  // Σ weight · column in the order of the terms, four at a time: the same sums, fewer passes.
  function weightedSum(form, lane, out) {
    out.fill(0);
    const { columns, weights } = form, n = columns.length;
    let t = 0;
    for (; t + 4 <= n; t += 4) {
      const a = lane[columns[t]], b = lane[columns[t + 1]];
      const c = lane[columns[t + 2]], d = lane[columns[t + 3]];
      const u = weights[t], v = weights[t + 1], w = weights[t + 2], x = weights[t + 3];
      for (let i = 0; i < BLOCK; i++) out[i] = out[i] + u * a[i] + v * b[i] + w * c[i] + x * d[i];
    }
    for (; t < n; t++) {
      const a = lane[columns[t]], u = weights[t];
      for (let i = 0; i < BLOCK; i++) out[i] += u * a[i];
    }
  }

  function product(a, b, out) {
    for (let i = 0; i < BLOCK; i++) out[i] = a[i] * b[i];
  }

  function compute(program, at, lane) {
    const node = program.nodes[at], out = lane[at];
    const a = lane[node[1]], b = lane[node[2]];
    switch (node[0]) {
      case OP.one: out.fill(1); break;
      case OP.complement: for (let i = 0; i < BLOCK; i++) out[i] = 1 - a[i]; break;
      case OP.product: product(a, b, out); break;
      case OP.quotient: for (let i = 0; i < BLOCK; i++) out[i] = a[i] / b[i]; break;
      case OP.positive: for (let i = 0; i < BLOCK; i++) out[i] = a[i] > 0 ? a[i] : 0; break;
      case OP.minimum: for (let i = 0; i < BLOCK; i++) out[i] = a[i] < b[i] ? a[i] : b[i]; break;
      case OP.growth:
        for (let i = 0; i < BLOCK; i++) {
          let g = 1;
          for (let k = 0; k < node[2]; k++) g = g * (1 + a[i]);
          out[i] = g;
        }
        break;
      case OP.rationed: for (let i = 0; i < BLOCK; i++) out[i] = b[i] > a[i] ? a[i] / b[i] : 1; break;
      case OP.ratio: for (let i = 0; i < BLOCK; i++) out[i] = b[i] === 0 ? 0 : a[i] / b[i]; break;
      case OP.pastUse: {
        const shape = lane[node[3]];
        for (let i = 0; i < BLOCK; i++) out[i] = pastUse(node[1], b[i], shape[i], node[4]);
        break;
      }
      case OP.pinned: weightedSum(program.forms[node[1]], lane, out); break;
      case OP.bent: {
        const spread = lane[node[3]], threshold = lane[node[4]];
        for (let i = 0; i < BLOCK; i++) out[i] = bent(node[1], b[i], spread[i], threshold[i]);
        break;
      }
      case OP.capacity: if (node[2] === 0) capacity(program.capacities[node[1]], lane, at); break;
      case OP.levels: if (node[2] === 0) levels(program.levels[node[1]], lane, at); break;
      default:
    }
  }

  // Needs of a capacity path by year, kept between blocks.
  const needs = [];

  // All years of a capacity path: its columns stand together from `first` on.
  function capacity(kernel, lane, first) {
    const phase = lane[kernel.phase], { step, closing, earliest, volumes } = kernel;
    while (needs.length < volumes.length) needs.push(new Float64Array(BLOCK));
    for (let t = 0; t < volumes.length; t++) whole(lane[volumes[t]], phase, step, needs[t]);
    for (let t = 0; t < volumes.length; t++) {
      const paid = lane[first + t];
      paid.fill(0);
      for (let y = earliest[t]; y <= t; y++) atLeast(needs[y], paid);
      if (t > 0) closed(lane[first + t - 1], closing, paid);
    }
  }

  function whole(volume, phase, step, need) {
    for (let i = 0; i < BLOCK; i++) need[i] = Math.ceil(volume[i] / step + phase[i]) * step;
  }

  function atLeast(need, paid) {
    for (let i = 0; i < BLOCK; i++) if (need[i] > paid[i]) paid[i] = need[i];
  }

  function closed(stood, closing, paid) {
    for (let i = 0; i < BLOCK; i++) {
      const surplus = stood[i] - paid[i];
      if (surplus > 0) paid[i] = paid[i] + (1 - closing) * surplus;
    }
  }

  // Moves out of a level that exceed 1 together are scaled down to 1.
  function scaled(kernel, p) {
    const leaving = new Float64Array(kernel.start.length);
    kernel.from.forEach((from, k) => { leaving[from] += p[k]; });
    kernel.from.forEach((from, k) => { p[k] *= leaving[from] > 1 ? 1 / leaving[from] : 1; });
  }

  // All years and levels of a group: columns together from `first` on.
  function levels(kernel, lane, first) {
    const n = kernel.start.length, m = kernel.from.length, years = kernel.kept.length;
    const stated = new Float64Array(m), old = new Float64Array(m), next = new Float64Array(m);
    const state = new Float64Array(n), now = new Float64Array(n);
    for (let i = 0; i < BLOCK; i++) {
      for (let k = 0; k < m; k++) stated[k] = old[k] = lane[kernel.moves[k]][i];
      scaled(kernel, old);
      for (let l = 0; l < n; l++) {
        state[l] = kernel.cuts ? 0 : kernel.start[l];
        lane[first + l][i] = state[l];
      }
      for (let t = 1; t < years; t++) {
        now.set(state);
        if (kernel.cuts) {
          emptied(kernel, lane, i, t, stated, old, next, state, now);
          for (let l = 0; l < n; l++) {
            now[l] *= kernel.kept[t];
            const share = lane[kernel.shares[t * n + l]][i];
            lane[first + t * n + l][i] = share > 0 ? -now[l] / share : 0;
          }
        } else {
          moved(kernel, old, state, now);
          for (let l = 0; l < n; l++) now[l] *= kernel.kept[t];
          if (!kernel.closed) newcomers(kernel, now);
          for (let l = 0; l < n; l++) lane[first + t * n + l][i] = now[l];
        }
        state.set(now);
      }
    }
  }

  function moved(kernel, p, state, now) {
    for (let k = 0; k < p.length; k++) {
      const flow = state[kernel.from[k]] * p[k];
      now[kernel.from[k]] -= flow;
      if (kernel.to[k] !== null) now[kernel.to[k]] += flow;
    }
  }

  function newcomers(kernel, now) {
    let sum = 0;
    for (let l = 0; l < now.length; l++) sum += now[l];
    const rest = 1 - sum;
    for (let l = 0; l < now.length; l++) now[l] += rest * kernel.inflow[l];
  }

  function emptied(kernel, lane, i, t, stated, old, next, state, now) {
    for (let k = 0; k < stated.length; k++) {
      next[k] = stated[k] * (1 - lane[kernel.cuts[t - 1][k]][i]);
    }
    scaled(kernel, next);
    for (let k = 0; k < stated.length; k++) {
      const from = kernel.from[k];
      const before = lane[kernel.shares[(t - 1) * kernel.start.length + from]][i];
      const flow = state[from] * next[k] + before * (next[k] - old[k]);
      now[from] -= flow;
      if (kernel.to[k] !== null) now[kernel.to[k]] += flow;
    }
  }

  // ---- a run ------------------------------------------------------------------------------

  // Numbers kept between two movements of one slider, at most: 128 MiB.
  const MOST_KEPT = 16 * 1024 * 1024;

  // The program's rows over all replicates; draws are kept, columns pass block by block.
  class Run {
    constructor(program) {
      this.program = program;
      this.blocks = Math.ceil(program.replicates / BLOCK);
      this.laws = null;
      this.values = [];
      const size = program.nodes.length;
      const scratch = new Float64Array(size * BLOCK);
      this.lane = Array.from({ length: size }, (_, c) => scratch.subarray(c * BLOCK, (c + 1) * BLOCK));
      this.rows = program.rows.map(() => new Float64Array(this.blocks * BLOCK));
      // what has been computed: the row's fixed values when it was
      this.done = program.rows.map(() => null);
      this.last = new Map();
      this.latest = null;
      // columns that the slider in hand does not reach, kept for its next movement
      this.kept = { key: null, columns: [], store: null };
      this.reach = new Map();
      this.readers = this.readByRow();
      this.sum = new Float64Array(BLOCK);
    }

    // For each row the columns behind it, ascending, and the draws among them.
    readByRow() {
      const { program } = this;
      const kernelStart = program.nodes.map((n, at) =>
        n[0] === OP.capacity || n[0] === OP.levels ? at - n[2] : at);
      return program.rows.map((row) => {
        const seen = new Uint8Array(program.nodes.length);
        program.forms[row.form].columns.forEach((c) => { seen[c] = 1; });
        for (let at = program.nodes.length - 1; at >= 0; at--) {
          if (!seen[at]) continue;
          reads(program, program.nodes[at]).forEach((c) => { seen[c] = 1; });
          seen[kernelStart[at]] = 1;
        }
        const columns = [];
        seen.forEach((s, at) => { if (s) columns.push(at); });
        const draws = columns.filter((c) => program.nodes[c][0] === OP.draw).map((c) => program.nodes[c][1]);
        return { columns, draws };
      });
    }

    // Whether draws are still to be made.
    get pending() { return this.values.length < this.blocks; }

    // Makes the draws of one more block.
    drawMore() {
      if (!this.laws) this.laws = this.program.draws.map((d) => quantileOf(d));
      this.values.push(drawBlock(this.program, this.laws, this.values.length));
    }

    // Work to evaluate the rows with some draws fixed: a map from draw to value. Rows that no
    // changed draw reaches keep what they hold.
    begin(fixed) {
      const signature = this.signatures(fixed);
      const rows = this.program.rows.map((_, r) => r);
      const stale = rows.filter((r) => this.done[r] !== signature[r]);
      stale.forEach((r) => { this.done[r] = null; });
      const work = this.work(fixed, signature, stale);
      if (stale.length) this.keepWhatStands(work);
      return work;
    }

    // Work ahead of a movement: what the slider of a draw does not reach is computed and kept, so
    // that its first movement takes no longer than its next. `null` where nothing is to be done.
    prepare(fixed, focus) {
      const signature = this.signatures(fixed);
      if (this.done.some((done, r) => done !== signature[r])) return null;
      const rows = this.program.rows.map((_, r) => r);
      const stale = rows.filter((r) => this.readers[r].draws.includes(focus));
      const work = this.work(fixed, signature, stale);
      if (stale.length) this.keepBeside(work, focus);
      return work.mode === "keep" ? work : null;
    }

    // What each row would hold with some draws fixed: the fixed values behind it.
    signatures(fixed) {
      return this.readers.map(({ draws }) =>
        draws.filter((d) => fixed.has(d)).map((d) => d + ":" + fixed.get(d)).join(" "));
    }

    work(fixed, signature, stale) {
      const seen = new Uint8Array(this.program.nodes.length);
      stale.forEach((r) => this.readers[r].columns.forEach((c) => { seen[c] = 1; }));
      const needed = [];
      seen.forEach((s, at) => { if (s) needed.push(at); });
      this.latest = { fixed, signature, stale, needed, next: stale.length ? 0 : this.blocks, mode: "whole" };
      return this.latest;
    }

    // Where one draw alone changes, columns that it does not reach are kept for the next time.
    keepWhatStands(work) {
      const { fixed } = work;
      const changed = [...new Set([...fixed.keys(), ...this.last.keys()])]
        .filter((d) => fixed.get(d) !== this.last.get(d));
      this.last = new Map(fixed);
      if (changed.length === 1) this.keepBeside(work, changed[0]);
    }

    // Lets a work use what is kept beside a draw, or keep it.
    keepBeside(work, focus) {
      const { fixed, stale, needed } = work, reached = this.reachOf(focus);
      const others = [...fixed].filter(([d]) => d !== focus).map(([d, x]) => d + ":" + x).join(" ");
      const key = focus + "|" + others + "|" + stale.join(" ");
      const moving = needed.filter((c) => reached[c]);
      if (this.kept.key === key) {
        work.needed = moving;
        work.mode = "kept";
        return;
      }
      const border = this.border(moving, stale, reached);
      const store = border.length * BLOCK * this.blocks <= MOST_KEPT;
      this.kept = { key: null, columns: border, store: null };
      if (store) this.kept.store = new Float64Array(border.length * BLOCK * this.blocks);
      work.mode = store ? "keep" : "whole";
      work.key = key;
    }

    // Columns that a draw reaches.
    reachOf(draw) {
      if (this.reach.has(draw)) return this.reach.get(draw);
      const { program } = this, reached = new Uint8Array(program.nodes.length);
      program.nodes.forEach((node, at) => {
        const own = node[0] === OP.draw && node[1] === draw;
        if (own || reads(program, node).some((c) => reached[c])) reached[at] = 1;
      });
      this.reach.set(draw, reached);
      return reached;
    }

    // Columns that do not move and are read by what does, or by a row.
    border(moving, stale, reached) {
      const { program } = this, border = new Set();
      const add = (c) => { if (!reached[c]) border.add(c); };
      moving.forEach((c) => reads(program, program.nodes[c]).forEach(add));
      stale.forEach((r) => program.forms[program.rows[r].form].columns.forEach(add));
      return [...border];
    }

    // Works on for so many milliseconds; whether something is left. Rows belong to the work that
    // was begun last: an older one that was broken off writes nothing more.
    advance(work, milliseconds) {
      if (work !== this.latest) return false;
      const until = performance.now() + milliseconds;
      while (work.next < this.blocks) {
        this.evaluateBlock(work.next++, work);
        if (performance.now() > until && work.next < this.blocks) return true;
      }
      work.stale.forEach((r) => { this.done[r] = work.signature[r]; });
      if (work.mode === "keep") this.kept.key = work.key;
      return false;
    }

    evaluate(fixed) {
      this.advance(this.begin(fixed), Infinity);
    }

    evaluateBlock(block, { needed, stale, fixed, mode }) {
      const { program, lane } = this, { columns, store } = this.kept;
      const at0 = block * columns.length * BLOCK;
      if (mode === "kept") {
        columns.forEach((c, i) => lane[c].set(store.subarray(at0 + i * BLOCK, at0 + (i + 1) * BLOCK)));
      }
      for (const at of needed) {
        const node = program.nodes[at];
        if (node[0] !== OP.draw) compute(program, at, lane);
        else if (fixed.has(node[1])) lane[at].fill(fixed.get(node[1]));
        else lane[at].set(this.values[block][node[1]]);
      }
      if (mode === "keep") columns.forEach((c, i) => store.set(lane[c], at0 + i * BLOCK));
      for (const r of stale) {
        weightedSum(program.forms[program.rows[r].form], lane, this.sum);
        const row = this.rows[r], from = block * BLOCK;
        for (let i = 0; i < BLOCK; i++) row[from + i] = this.sum[i] + 0;
      }
    }

    // A row's values, one a replicate, each moved by `by`.
    row(r, by) {
      const values = this.rows[r].subarray(0, this.program.replicates);
      return by ? values.map((x) => x + by) : values;
    }
  }

  // ---- figures ----------------------------------------------------------------------------

  // Mean and Monte Carlo error from block means (stats::BlockMeans).
  function estimate(value, n) {
    const sizes = [], means = [], spreads = [];
    for (let from = 0; from < n; from += BLOCK) {
      const size = Math.min(BLOCK, n - from);
      let sum = 0, squares = 0;
      for (let i = from; i < from + size; i++) sum += value(i);
      const mean = sum / size;
      for (let i = from; i < from + size; i++) { const off = value(i) - mean; squares += off * off; }
      sizes.push(size); means.push(mean); spreads.push(size > 1 ? squares / (size - 1) : null);
    }
    const total = sizes.reduce((a, b) => a + b, 0);
    const mean = sizes.reduce((sum, size, b) => sum + size * means[b], 0) / total;
    let variance;
    if (sizes.length >= 4) {
      const squares = sizes.reduce((sum, size, b) => sum + size * (means[b] - mean) * (means[b] - mean), 0);
      variance = squares / (sizes.length - 1);
    } else {
      const squares = sizes.reduce((sum, size, b) => sum + spreads[b] * (size - 1), 0);
      variance = squares / sizes.reduce((sum, size) => sum + (size - 1), 0);
    }
    return { mean, mcse: Math.sqrt(variance / total) };
  }

  function probability(values, holds) {
    const { mean, mcse } = estimate((i) => holds(values[i], i) ? 1 : 0, values.length);
    return { p: mean, mcse };
  }

  // The histogram's bin of a value: its ordered bits' top 24 (stats::Histogram).
  function binOf(x) {
    float[0] = x + 0;
    const top = halves[1];
    return (top & 0x80000000 ? ~top >>> 0 : (top | 0x80000000) >>> 0) >>> 8;
  }

  function binStart(bin) {
    const top = bin * 256 >>> 0;
    const negative = !(top & 0x80000000);
    halves[1] = negative ? ~top >>> 0 : (top & 0x7fffffff) >>> 0;
    halves[0] = negative ? 0xffffffff : 0;
    return float[0];
  }

  // The histogram's quantile, from sorted values.
  function quantile(sorted, p) {
    const n = sorted.length, position = p * (n - 1);
    const min = sorted[0] + 0, max = sorted[n - 1] + 0;
    if (position === 0) return min;
    if (position === n - 1) return max;
    const at = Math.min(Math.floor(position + 0.5), n - 1), bin = binOf(sorted[at]);
    let before = at, after = at + 1;
    while (before > 0 && binOf(sorted[before - 1]) === bin) before--;
    while (after < n && binOf(sorted[after]) === bin) after++;
    const share = Math.min(Math.max((position + 0.5 - before) / (after - before), 0), 1);
    let start = binStart(bin), end = binStart(bin + 1);
    start = start < min ? min : start;
    end = end > max ? max : end;
    return start === end ? start : start + share * (end - start);
  }

  const ascending = (values) => Float64Array.from(values).sort();

  function summary(values, sorted) {
    const { mean, mcse } = estimate((i) => values[i], values.length);
    return { mean: mean + 0, mcse, p10: quantile(sorted, 0.1), p90: quantile(sorted, 0.9) };
  }

  // ---- verdict ----------------------------------------------------------------------------

  function standing(p, confidence) {
    return p >= confidence ? "holds" : p <= 1 - confidence ? "burdened" : "undecided";
  }

  // Of who operates the task: neither loss nor profit, unless a profit is allowed.
  function operatorTest(y, tau, rule) {
    const most = rule.mayProfit ? Infinity : tau;
    const within = probability(y, (v) => v >= -tau && v <= most);
    const profits = probability(y, (v) => v > most), loses = probability(y, (v) => v < -tau);
    const sure = (p) => p.p >= rule.confidence;
    const stands = sure(within) ? "holds" : sure(profits) ? "profits" : sure(loses) ? "loses" : "undecided";
    return { p: within, standing: stands };
  }

  function kthLargest(sorted, confidence) {
    const n = sorted.length, k = Math.min(Math.max(Math.ceil(confidence * n), 1), n);
    return sorted[n - k];
  }

  // Pieces of the line of T where every tested party holds (verdict::zone).
  function zone(region, municipality, y, rule) {
    const highEnd = kthLargest(region, rule.confidence) + rule.tauRegion;
    const lowEnd = -kthLargest(municipality, rule.confidence) - rule.tauMunicipality;
    if (!y) return lowEnd <= highEnd ? [[lowEnd, highEnd]] : [];
    const n = y.length, k = Math.min(Math.max(Math.ceil(rule.confidence * n), 1), n);
    const tau = rule.tauMunicipality, pieces = [];
    for (let i = 0; i <= n - k; i++) {
      if (y[i + k - 1] - y[i] > 2 * tau) continue;
      const a = Math.max(-tau - y[i], lowEnd), b = Math.min(tau - y[i + k - 1], highEnd);
      if (a <= b) pieces.push([a, b]);
    }
    return pieces;
  }

  function nearestZero(pieces) {
    let best = null;
    for (const [a, b] of pieces) {
      const point = Math.min(Math.max(0, a), b);
      if (best === null || Math.abs(point) < Math.abs(best)) best = point;
    }
    return best;
  }

  // The verdict with `sum` kroner of present value moved from region to municipalities.
  function verdict(run, sum) {
    const { program } = run, { rule } = program;
    const find = (kind, of) => program.rows.findIndex((r) => r.kind === kind && r.of === of);
    const moves = { region: -sum, municipality: sum };
    const accounts = program.rows.flatMap((row, r) => row.kind === "x" ? [row.of] : []).map((account) => {
      const x = run.row(find("x", account), moves[account] || 0), sorted = ascending(x);
      return { account, values: x, sorted, x: summary(x, sorted) };
    });
    const of = (account) => accounts.find((a) => a.account === account);
    const region = of("region"), municipality = of("municipality"), society = of("society");
    region.p = probability(region.values, (v) => v >= -rule.tauRegion);
    region.standing = standing(region.p.p, rule.confidence);
    municipality.p = probability(municipality.values, (v) => v >= -rule.tauMunicipality);
    municipality.standing = standing(municipality.p.p, rule.confidence);
    const tested = [region, municipality], bound = [];
    const ours = find("y", "all");
    let y = null;
    if (ours >= 0) {
      const values = run.row(ours, sum);
      y = rule.mayProfit ? null : ascending(values);
      Object.assign(municipality, operatorTest(values, rule.tauMunicipality, rule));
      for (const { code, tau, share } of rule.contracting) {
        bound.push(operatorTest(run.row(find("y", code), sum * share), tau, rule).standing);
      }
    }
    const joint = -rule.tauRegion - rule.tauMunicipality;
    const k = municipality.values;
    const jointly = probability(region.values, (r, i) => r + k[i] >= joint);
    const standings = [...tested.map((a) => a.standing), ...bound];
    const holds = (s) => s === "holds";
    const pieces = zone(region.sorted, municipality.sorted, y, rule);
    const point = nearestZero(pieces);
    const settles = point !== null && (point !== 0 || ours < 0 || bound.every(holds));
    let outcome = "undecided";
    if (standings.every(holds)) outcome = "balanced";
    else if (settles) outcome = "balanced_if_compensated";
    else if (standings.some((s) => s === "burdened" || s === "loses")
      || jointly.p <= 1 - rule.confidence) outcome = "unbalanced";
    const burdened = (a) => !a.standing && a.account !== "society"
      && a.values.filter((v) => v < -1).length / a.values.length >= rule.confidence;
    return {
      accounts, outcome, bound,
      society: probability(society.values, (v) => v >= 0),
      outside: accounts.filter(burdened).map((a) => a.account),
    };
  }

  return { Run, verdict, BLOCK, exp, ln, normalCdf, normalQuantile, normalDensity, lnGamma,
    gammaLower, pastUse, bent, quantileOf, key, hypercube, correlate, drawBlock, estimate, summary,
    ascending, compute };
})();
