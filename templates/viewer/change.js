/* SPDX-License-Identifier: MIT */
/* A picture of two sides: 'steps' has what changed, a digit a frame. */
const steps = cols.step, now = {self_: base.self_, tot_: base.tot_}, gone = [];
let widths = 'after';
if (steps)
  for (let i = base.n; --i > 0;) // the largest callee that is gone, of each frame
    if (old[i] && !now.tot_[i]) {
      const g = gone[base.par_[i]] ||= {at_: i, sum_: 0, count_: 0};
      g.sum_ += old[i];
      g.count_++;
      if (old[i] >= old[g.at_]) g.at_ = i;
    }
function setWidths(kind) {
  widths = kind;
  base.self_ = kind === 'before' ? oldSelf
    : kind === 'max' ? oldSelf.map((v, i) => max(v, now.self_[i])) : now.self_;
  base.tot_ = sumUp(base.self_, base.par_, numbers(base.n));
  total = whole = to = place(base).tot_[0];
  sums = null;
}
const plusOf = i => i && steps && !old[i] && now.tot_[i] ? '+' : '';
/* Slivers of at least 3 px at the right of what a frame still calls. */
function slivers(k) {
  if (steps && widths === 'after')
    for (const i of vis) {
      const g = gone[i], tot = base.tot_[i], gap = base.self_[i];
      if (!g || tot * k < 10 || g.sum_ < old[0] / 200) continue;
      const w = max(3.6, min(g.sum_ * k, gap * k, 40)) / k, x = base.x0_[i] + tot - max(w, gap);
      if (x >= from && x + w <= to) small.push({par_: i, dep_: base.dep_[i] + 1, x: x, w: w, n: g.count_, gone_: g});
    }
}
function changeText(name, a, b) {
  const d = b - a;
  return name + ': before ' + value(a) + ', after ' + value(b) + ', ' + (d > 0 ? '+' : '') + value(d) +
    (a && b ? ' (×' + point(ratio(b, 10, a), 1) + ')' : a ? ' (gone)' : b ? ' (new)' : '');
}
function tellChange(box, i) {
  const step = 'd' + steps[i];
  html('div', '', box, changeText('Total', old[i], now.tot_[i]));
  html('div', '', box, changeText('Self', oldSelf[i], now.self_[i]));
  swatch(box, step, originOf(step));
}
function chooseWidths(kind) {
  const path = pathOf(focus);
  setWidths(kind);
  focus = cur = follow(path);
  hover = -1;
  if (hit) count();
  render();
  save();
}
