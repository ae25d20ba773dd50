/* SPDX-License-Identifier: MIT */
/* A picture of two sides: 'steps' has what changed, a digit a frame. */
const steps = J.cols && J.cols.step, now = {self: base.self, tot: base.tot}, gone = [];
const WIDE = {after: ' after. Hatched: gone.', before: ' before.', max: ' on the side where it is larger.'};
let widths = 'after';
if (steps)
  for (let i = base.n; --i > 0;) // the largest callee that is gone, of each frame
    if (old[i] && !now.tot[i]) {
      const g = gone[base.par[i]] = gone[base.par[i]] || {at: i, sum: 0, count: 0};
      g.sum += old[i];
      g.count++;
      if (old[i] >= old[g.at]) g.at = i;
    }
function setWidths(kind) {
  widths = kind;
  base.self = kind === 'before' ? oldSelf
    : kind === 'max' ? oldSelf.map((v, i) => max(v, now.self[i])) : now.self;
  base.tot = sumUp(base.self, base.par, new Float64Array(base.n));
  total = whole = to = place(base).tot[0];
  sums = null;
}
const plusOf = i => i && steps && !old[i] && now.tot[i] ? '+' : '';
/* Slivers of at least 3 px at the right of what a frame still calls. */
function slivers(k) {
  if (steps && widths === 'after')
    for (const i of vis) {
      const g = gone[i], room = base.tot[i] * k, gap = base.self[i] * k;
      if (!g || room < 10 || g.sum < old[0] / 200) continue;
      const w = max(3.6, min(g.sum * k, gap, 40)) / k, x = base.x0[i] + base.tot[i] - max(w, base.self[i]);
      if (x >= from && x + w <= to) small.push({par: i, dep: base.dep[i] + 1, x: x, w: w, n: g.count, gone: g});
    }
}
function changeText(name, a, b) {
  const d = b - a;
  return name + ': before ' + value(a) + ', after ' + value(b) + ', ' + (d > 0 ? '+' : '') + value(d) +
    (a && b ? ' (\u00d7' + point(ratio(b, 10, a), 1) + ')' : a ? ' (gone)' : b ? ' (new)' : '');
}
function tellChange(box, i) {
  html('div', '', box, changeText('Total', old[i], now.tot[i]));
  html('div', '', box, changeText('Self', oldSelf[i], now.self[i]));
  swatch(box, 'd' + steps[i], origins.find(o => o[0] === 'd' + steps[i])[1]);
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
