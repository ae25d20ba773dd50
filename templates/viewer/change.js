/* SPDX-License-Identifier: MIT */
/* -- A picture of two sides: `steps` has what changed, a digit a frame ---- */

const steps = J.cols && J.cols.step, now = {self: base.self, tot: base.tot}, gone = [];
const WIDE = {after: ' after. Hatched: gone.', before: ' before.', max: ' on the side where it is larger.'};
let widths = 'after';
if (steps)
  for (let i = base.n - 1; i > 0; i--) // the largest callee that is gone, of each frame
    if (old[i] && !now.tot[i]) {
      const g = gone[base.par[i]] || (gone[base.par[i]] = {i, sum: 0, n: 0});
      g.sum += old[i];
      g.n++;
      if (old[i] >= old[g.i]) g.i = i;
    }
function setWidths(to1) {
  widths = to1;
  base.self = to1 === 'before' ? oldSelf : to1 === 'max' ?
    oldSelf.map((v, i) => Math.max(v, now.self[i])) : now.self;
  base.tot = sumUp(base.self, base.par, new Float64Array(base.n));
  total = whole = to = place(base).tot[0];
  functionTotals = null;
}
const sign = i => i && steps && !old[i] && now.tot[i] ? '+' : '';
/* Slivers of at least 3 px at the right of what a frame still calls. */
function slivers(k) {
  if (!steps || widths !== 'after') return;
  for (const i of vis) {
    const g = gone[i], room = base.tot[i] * k, gap = base.self[i] * k;
    if (!g || room < 10 || g.sum < old[0] / 200) continue;
    const w = Math.max(3.6, Math.min(g.sum * k, gap, 40)) / k;
    const x = base.x0[i] + base.tot[i] - Math.max(w, base.self[i]);
    if (x >= from && x + w <= to) small.push({par: i, dep: base.dep[i] + 1, x, w, n: g.n, gone: g});
  }
}
function changeText(a, b) {
  const d = b - a;
  return 'before ' + value(a) + ', after ' + value(b) + ', ' + (d > 0 ? '+' : '') + value(d) +
    (a && b ? ' (\u00d7' + point(ratio(b, 10, a), 1) + ')' : a ? ' (gone)' : b ? ' (new)' : '');
}
function tellChange(box, i) {
  html('div', '', box, 'Total: ' + changeText(old[i], now.tot[i]));
  html('div', '', box, 'Self: ' + changeText(oldSelf[i], now.self[i]));
  const own = html('div', 'org', box), key = 'd' + steps[i];
  html('span', 'chip k' + key, own);
  html('span', '', own, J.origins.find(o => o[0] === key)[1]);
}
const widthButtons = {};
function widthTools(group) {
  set(group, {role: 'group', 'aria-label': 'What widths stand for'});
  for (const [key, text] of [['after', 'Widths after'], ['before', 'before'], ['max', 'the larger']])
    widthButtons[key] = button(group, text, '', () => {
      const path = pathOf(focus);
      setWidths(key);
      focus = cur = follow(path);
      hover = -1;
      if (hit) count();
      refresh();
      save();
    });
}
