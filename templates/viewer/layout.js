/* SPDX-License-Identifier: MIT */
/* -- Layout: which frames are wide enough -- */

const yOf = d => TOP + (flame ? rowMax - d : d - rowMin) * ROW;
const xOf = v => PAD + (Math.min(Math.max(v, from), to) - from) * W / (to - from || 1);
const rightOf = i => i ? xOf(T.x0[i] + T.tot[i]) : PAD + W; // also when all is 0

function layout() {
  const {n, par, dep, tot, x0, end} = T, side = Math.sign(dep[focus]);
  const k = W / (to - from || 1);
  let run = null;
  vis = [];
  small = [];
  rowMin = rowMax = 0;
  for (let i = 0; i < n;) {
    const left = x0[i], w = Math.min(left + tot[i], to) - Math.max(left, from);
    if (i && (!(w > 0) || side * dep[i] < 0)) { i = end[i]; continue; }
    if (i && w * k < MIN) {
      if (run && run.par === par[i] && run.up === dep[i] < 0) run.w += w;
      else small.push(run = {par: par[i], dep: dep[i], x: Math.max(left, from), w, n: 0,
        at: i, up: dep[i] < 0});
      run.n += end[i] - i;
      i = end[i];
      continue;
    }
    if (run && run.par === par[i]) run = null; // a wide sibling ends it
    if (dep[i] < rowMin) rowMin = dep[i];
    if (dep[i] > rowMax) rowMax = dep[i];
    vis.push(i++);
  }
  small = small.filter(s => s.w * k >= MIN);
  slivers(k);
  for (const s of small) {
    rowMin = Math.min(rowMin, s.dep);
    rowMax = Math.max(rowMax, s.dep);
  }
  const room = TOP + (rowMax - rowMin + 1) * ROW + J.bot;
  resizeTo(inline ? room : Math.max(room, window.innerHeight));
}
function resizeTo(h) {
  const wide = W + 2 * PAD, foot = id('pv-foot');
  height = h;
  set(svg, {width: wide, height: h, viewBox: '0 0 ' + wide + ' ' + h});
  const back = id('pv-bg');
  if (back) set(back, {width: wide, height: h});
  if (foot) foot.setAttribute('transform',
    'translate(0,' + (TOP + (rowMax - rowMin + 1) * ROW) + ')');
}
