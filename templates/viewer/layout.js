/* SPDX-License-Identifier: MIT */
/* Which frames are wide enough, and where they are. */
const yOf = d => TOP + (flame ? rowMax - d : d - rowMin) * ROW;
const xOf = v => PAD + (min(max(v, from), to) - from) * W / (to - from || 1);
function boxOf(i) {
  const x = xOf(T.x0[i]), end = i ? xOf(T.x0[i] + T.tot[i]) : PAD + W; // also when all is 0
  return {x: x, y: yOf(T.dep[i]), w: end - x};
}
function layout() {
  const {n, par, dep, tot, x0, end} = T, side = sign(dep[focus]), least = MIN * (to - from || 1) / W;
  let run = {};
  vis = [];
  small = [];
  for (let i = 0; i < n;) {
    const left = max(x0[i], from), w = min(x0[i] + tot[i], to) - left, d = dep[i];
    if (i && (!(w > 0) || side * d < 0)) { i = end[i]; continue; }
    if (i && w < least) {
      if (run.par !== par[i] || run.dep !== d)
        small.push(run = {par: par[i], dep: d, x: left, w: 0, n: 0});
      run.w += w;
      run.n += end[i] - i;
      i = end[i];
      continue;
    }
    if (run.par === par[i]) run = {}; // a wide sibling ends it
    vis.push(i++);
  }
  small = small.filter(s => s.w >= least);
  slivers(MIN / least);
  rowMin = rowMax = 0;
  const row = d => { rowMin = min(rowMin, d); rowMax = max(rowMax, d); };
  for (const i of vis) row(dep[i]);
  for (const s of small) row(s.dep);
  const wide = W + 2 * PAD, rows = TOP + (rowMax - rowMin + 1) * ROW;
  height = inline ? rows + J.bot : max(rows + J.bot, innerHeight);
  for (const e of [svg, id('-bg')]) if (e) set(e, {width: wide, height: height});
  set(svg, {viewBox: '0 0 ' + wide + ' ' + height});
  if (id('-foot')) set(id('-foot'), {transform: 'translate(0,' + rows + ')'});
}
/* The picture's place in the window and its scale there. */
function where() {
  const r = rectOf(svg);
  return {left: r.left, top: r.top, k: r.width / (W + 2 * PAD) || 1};
}
/* Hit tests are arithmetic, there is no element for most frames: the frame, or
 * the "small" box, at a point of the window; else -1. */
function frameAt(px, py) {
  const at = where(), x = (px - at.left) / at.k, y = (py - at.top) / at.k;
  const row = floor((y - TOP) / ROW), d = flame ? rowMax - row : row + rowMin;
  const v = from + (x - PAD) * (to - from) / W, s = small.find(b => b.dep === d && v >= b.x && v < b.x + b.w);
  if (s) return s;
  if (row < 0 || d < rowMin || d > rowMax || x < PAD || x > PAD + W || T.dep[focus] * d < 0) return -1;
  let i = 0;
  while (T.dep[i] !== d) {
    let next = -1;
    eachChild(T, i, c => {
      if (v >= T.x0[c] && v < T.x0[c] + T.tot[c] && T.dep[c] * d > 0) next = c;
    });
    if (next < 0 || T.tot[next] * W / (to - from) < MIN) return -1;
    i = next;
  }
  return i;
}
