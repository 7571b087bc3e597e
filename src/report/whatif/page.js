// The sliders of the what-if: what is moved is evaluated, and the verdict is written anew.
//
//   input ─→ state (fixed draws, sum) ─→ draws once, in slices ─→ Run.evaluate ─→ facts and table
//
// Promise: the report's own sentences and its own rule for digits and counts. Absent: arithmetic
// of the model (runtime.js), any figure of its own.
(() => {
  "use strict";
  const root = document.getElementById("whatif");
  const { program, sliders, sum, words, replicates } =
    JSON.parse(document.getElementById("whatif-data").textContent);

  // ---- numbers in words: the rule of report::number -----------------------------------------

  const supportedPlace = (error) => {
    const doubled = 2 * Math.abs(error);
    return doubled > 0 && Number.isFinite(doubled) ? leadingPlace(doubled) : null;
  };
  const leadingPlace = (x) => Number(x.toExponential().split("e")[1]);
  const power = (n) => {
    let p = 1;
    for (let i = 0; i < Math.abs(n); i++) p *= 10;
    return n < 0 ? 1 / p : p;
  };

  // Half to even, as the engine prints; the script's own rounds half up.
  function decimals(x, places) {
    const long = x.toFixed(60), cut = long.length - 60 + places;
    const text = x.toFixed(places);
    if (!/^50*$/.test(long.slice(cut).replace(".", ""))) return text;
    const below = long.slice(0, cut).replace(/\.$/, "");
    return Number(below.at(-1)) % 2 === 0 ? below : text;
  }

  function rounded(x, place) {
    if (place < 0) return decimals(x, -place);
    const step = power(place);
    return (Math.round(x / step) * step).toFixed(0);
  }

  function written(digits) {
    const [whole, fraction] = digits.split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.thousands);
    return fraction ? grouped + words.decimal + fraction : grouped;
  }

  const isNothing = (digits) => !/[1-9]/.test(digits);

  // Digits of a size, only as many as the error supports; scale: power of ten and finest place.
  function figure(scale, value, error) {
    if (value === 0) return "0";
    const unit = power(scale.unit), place = supportedPlace(error / unit);
    return written(rounded(value / unit, place === null ? scale.finest : Math.max(place, scale.finest)));
  }

  function scaleOf(amount) {
    const x = Math.abs(amount);
    if (x >= 999500) return { unit: 6, finest: -1 };
    if (x >= 10000) return { unit: 0, finest: 3 };
    return { unit: 0, finest: x >= 100 ? 0 : -2 };
  }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, key) =>
    key in values ? values[key] : place);

  function directed(scale, value, error) {
    const digits = figure(scale, Math.abs(value), error);
    return { digits, way: isNothing(digits) ? "unchanged" : value > 0 ? "extra" : "less" };
  }

  function amount(value, error) {
    const scale = scaleOf(value), { digits, way } = directed(scale, value, error);
    return fill(words.amounts[scale.unit][way], { digits });
  }

  function range(cost) {
    const scale = scaleOf(Math.max(Math.abs(cost.p10), Math.abs(cost.p90)));
    const spread = (cost.p90 - cost.p10) / 2.563;
    const error = Math.max(1.709 * spread / Math.sqrt(Math.max(program.replicates, 1)), cost.mcse);
    const low = directed(scale, cost.p10, error), high = directed(scale, cost.p90, error);
    return fill(words.ranges[scale.unit][low.way + " " + high.way], { low: low.digits, high: high.digits });
  }

  const costOf = (x) => ({ mean: -x.mean, mcse: x.mcse, p10: -x.p90, p90: -x.p10 });

  // ---- counts in words: the rule of report::likelihood --------------------------------------

  function outOf({ p, mcse }) {
    const { confidence } = program.rule;
    if (p >= 1) return ["all"];
    if (p <= 0) return ["none"];
    const place = supportedPlace(mcse), hundredths = place === null || place <= -2;
    const tenths = Math.round(p * 10);
    const misleads = [0.1, 0.3, 0.7, 0.9, confidence].some((l) => (p >= l) !== (tenths >= 10 * l));
    if (tenths < 1 || tenths > 9) return nearTheEnd(p, hundredths ? 100 : 10);
    return misleads && hundredths ? ["hits", onItsSide(p, confidence), 100] : ["hits", tenths, 10];
  }

  function nearTheEnd(p, of) {
    const hits = Math.round(p * of);
    if (hits === 0) return ["fewer", 1, of];
    return hits >= of ? ["more", of - 1, of] : ["hits", hits, of];
  }

  function onItsSide(p, confidence) {
    const limit = confidence * 100, hits = Math.round(p * 100);
    if (p >= confidence) return Math.max(hits, Math.ceil(limit));
    return hits >= limit ? Math.ceil(limit) - 1 : hits;
  }

  function counted(templates, probability) {
    const [kind, hits, of] = outOf(probability);
    return fill(templates[kind], { hits, of, replicates: written(String(program.replicates)) });
  }

  const likelihood = (p) => p >= 0.9 ? 0 : p >= 0.7 ? 1 : p > 0.3 ? 2 : p > 0.1 ? 3 : 4;

  function joined(items) {
    return items.length < 2 ? items.join("") : items.slice(0, -1).join(", ") + words.and + items.at(-1);
  }

  // ---- sentences ----------------------------------------------------------------------------

  function society(verdict) {
    const x = verdict.accounts.find((a) => a.account === "society").x, cost = costOf(x);
    const p = verdict.society, gains = p.p >= 0.5;
    const said = gains ? p : { p: 1 - p.p, mcse: p.mcse };
    const sentence = (gains ? words.gains : words.loses)[likelihood(said.p)];
    return [fill(sentence, { count: counted(words.count, said) }),
      fill(words.expectedOver, { amount: amount(cost.mean, cost.mcse), range: range(cost) }),
      words.noHealthGain].join(" ");
  }

  function balance(verdict, chosen) {
    if (words.blocked) return words.blocked;
    return (chosen === 0 ? words.outcomes : words.outcomesWithSum)[verdict.outcome];
  }

  function stands(account) {
    const cost = costOf(account.x);
    return fill(words.stands[account.account][account.standing], {
      count: counted(words.count, account.p), amount: amount(cost.mean, cost.mcse) });
  }

  function outside(verdict) {
    const ofPeople = (a) => a === "citizen" || a === "civil_society";
    const named = (people, sentence) => {
      const names = verdict.outside.filter((a) => ofPeople(a) === people).map((a) => words.subjects[a]);
      return names.length ? [fill(sentence, { names: joined(names) })] : [];
    };
    return [...named(false, words.outside.money), ...named(true, words.outside.time)].join(" ");
  }

  // ---- what is shown ------------------------------------------------------------------------

  const facts = root.querySelector("#whatif-verdict dl");

  function write(fact, label, text) {
    let entry = facts.querySelector('[data-fact="' + fact + '"]');
    if (!text) { if (entry) entry.remove(); return; }
    if (!entry) {
      entry = document.createElement("div");
      entry.dataset.fact = fact;
      entry.append(document.createElement("dt"), document.createElement("dd"));
      entry.firstChild.textContent = label;
      facts.append(entry);
    }
    if (entry.lastElementChild.textContent !== text) entry.lastElementChild.textContent = text;
  }

  function show(verdict, chosen) {
    write("society", "", society(verdict));
    write("balance", "", balance(verdict, chosen));
    for (const account of verdict.accounts) {
      if (account.standing) write(account.account, "", stands(account));
      const row = root.querySelector('tr[data-account="' + account.account + '"]');
      if (row) tabulate(row, account, verdict);
    }
    if (verdict.bound.length) {
      const holds = verdict.bound.filter((s) => s === "holds").length;
      write("bound", "", fill(words.bound, { holds, of: verdict.bound.length }));
    }
    write("outside", words.outsideLabel, outside(verdict));
  }

  function tabulate(row, account, verdict) {
    const cost = costOf(account.x);
    const p = account.account === "society" ? verdict.society : account.p;
    const stood = account.account === "society" ? "" : words.standings[account.standing || "shown"];
    const cells = [p ? counted(words.tally, p) : "", amount(cost.mean, cost.mcse), range(cost), stood];
    row.querySelectorAll("td").forEach((cell, i) => { cell.textContent = cells[i]; });
  }

  // ---- sliders ------------------------------------------------------------------------------

  const status = root.querySelector("#whatif-status");
  const verdictPart = [root.querySelector("#whatif-verdict dl"), root.querySelector("#whatif-table tbody")];
  const asRun = verdictPart.map((part) => part.innerHTML);
  const moved = new Map();
  let run = null, version = 0, working = false;

  // The round number at a position: exact, since a whole number is multiplied or divided by one.
  function valueAt(positions, k) {
    const whole = k * positions.digit, { exponent } = positions;
    return exponent < 0 ? whole / power(-exponent) : whole * power(exponent);
  }

  function printed(positions, k) {
    const value = valueAt(positions, k);
    const digits = Math.abs(value).toFixed(Math.max(0, -positions.exponent));
    return (value < 0 && !isNothing(digits) ? "−" : "") + written(digits);
  }

  function says(id) {
    if (id === "whatif-sum") return saysSum();
    const slider = sliders[Number(id.slice(7))];
    const of = (digits) => digits + " " + slider.unit;
    if (!moved.has(id)) return fill(words.varies, { mean: of(slider.mean) });
    return fill(words.fixed, { value: of(printed(slider.positions, moved.get(id))) });
  }

  function saysSum() {
    const value = chosenSum(), payer = value > 0 ? "region" : value < 0 ? "municipalities" : "nobody";
    const digits = (x) => written(Math.abs(x).toFixed(0));
    const year = fill(words.kroner, { digits: digits(value / program.years) });
    return fill(words.pays[payer], { sum: digits(value), year });
  }

  const chosenSum = () => moved.has("whatif-sum") ? valueAt(sum, moved.get("whatif-sum")) : 0;

  function fixedDraws() {
    const fixed = new Map();
    for (const [id, k] of moved) {
      if (id === "whatif-sum") continue;
      const slider = sliders[Number(id.slice(7))];
      fixed.set(slider.draw, valueAt(slider.positions, k));
    }
    return fixed;
  }

  function label(input) {
    const text = says(input.id);
    root.querySelector("#" + input.id + "-out").textContent = text;
    input.setAttribute("aria-valuetext", text);
    root.querySelector('[data-for="' + input.id + '"]').disabled = !moved.has(input.id);
  }

  function move(input) {
    moved.set(input.id, Number(input.value));
    label(input);
    renew();
  }

  function reset(input) {
    moved.delete(input.id);
    input.value = (input.id === "whatif-sum" ? sum : sliders[Number(input.id.slice(7))].positions).start;
    label(input);
  }

  const pause = () => new Promise((ready) => setTimeout(ready, 0));

  // Computes until what is shown is what is chosen; the page stays responsive in between.
  async function renew() {
    version++;
    if (working) return;
    working = true;
    try {
      for (let seen = 0; seen !== version;) {
        seen = version;
        if (moved.size === 0 && (replicates !== program.replicates || !run)) {
          verdictPart.forEach((part, i) => { part.innerHTML = asRun[i]; });
          say();
          continue;
        }
        await draws();
        const work = run.begin(fixedDraws());
        while (run.advance(work, 40) && seen === version) await pause();
        if (seen !== version) continue;
        const chosen = chosenSum();
        show(FairBalance.verdict(run, chosen), chosen);
        say();
      }
    } finally {
      working = false;
      makeAhead();
    }
  }

  function say() {
    status.textContent = moved.size === 0 ? words.asRun : fill(words.moved, { count: moved.size });
  }

  async function draws() {
    if (!run) run = new FairBalance.Run(program);
    while (run.pending) {
      const until = performance.now() + 40;
      do run.drawMore(); while (run.pending && performance.now() < until);
      const percent = Math.floor(100 * run.values.length / run.blocks);
      status.textContent = fill(words.computing, { percent });
      await pause();
    }
  }

  // While the reader looks at the sliders, and the page is idle, what a movement needs is made
  // ahead: the draws, then the rows, then what the slider under the pointer or the focus does not
  // reach. Whoever never comes here pays nothing.
  const whenIdle = window.requestIdleCallback
    || ((work) => setTimeout(() => work({ timeRemaining: () => 0 }), 20));
  let ahead = null, inHand = null, waiting = false;

  function workAhead(idle) {
    waiting = false;
    if (working) { ahead = null; return; }
    if (!run) run = new FairBalance.Run(program);
    do if (!oneStepAhead()) return; while (idle.timeRemaining() > 10);
    makeAhead();
  }

  // Whether something was done.
  function oneStepAhead() {
    if (run.pending) { run.drawMore(); return true; }
    ahead = ahead || nextAhead();
    if (!ahead) return false;
    if (!run.advance(ahead, 0)) ahead = null;
    return true;
  }

  function nextAhead() {
    const fixed = fixedDraws(), rows = run.begin(fixed);
    if (rows.stale.length) return rows;
    return inHand === null ? null : run.prepare(fixed, inHand);
  }

  function makeAhead() {
    if (waiting) return;
    waiting = true;
    whenIdle(workAhead);
  }

  function takeInHand(input) {
    inHand = input.id === "whatif-sum" ? null : sliders[Number(input.id.slice(7))].draw;
    // what is being made for another slider is not waited for
    if (ahead && ahead.mode === "keep") ahead = null;
    makeAhead();
  }

  if (window.IntersectionObserver) {
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      makeAhead();
    });
    seen.observe(root);
  }

  const inputs = [...root.querySelectorAll('input[type="range"]')];
  inputs.forEach((input) => {
    input.addEventListener("input", () => move(input));
    for (const event of ["pointerenter", "focus"]) input.addEventListener(event, () => takeInHand(input));
    root.querySelector('[data-for="' + input.id + '"]').addEventListener("click", () => {
      reset(input);
      input.focus();
      renew();
    });
  });
  const all = root.querySelector("#whatif-reset");
  if (all) all.addEventListener("click", () => { inputs.forEach(reset); renew(); });
  root.querySelector(".whatif-controls").hidden = false;
})();
