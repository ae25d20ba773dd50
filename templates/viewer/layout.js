/* SPDX-License-Identifier: MIT */
/* Which frames are wide enough, and where they are. */
const yOf = d => TOP + (flame ? rowMax - d : d - rowMin) * ROW;
const xOf = v => PAD + (min(max(v, from), to) - from) * W / (to - from || 1);
function boxOf(i) {
  const x = xOf(T.x0_[i]), end = i ? xOf(T.x0_[i] + T.tot_[i]) : PAD + W; // also when all is 0
  return {x: x, y: yOf(T.dep_[i]), w: end - x};
}
function layout() {
  const {n, par_, dep_, tot_, x0_, end_} = T, side = sign(dep_[focus]), least = MIN * (to - from || 1) / W;
  let run = {};
  vis = [];
  small = [];
  for (let i = 0; i < n;) {
    const left = max(x0_[i], from), w = min(x0_[i] + tot_[i], to) - left, d = dep_[i], p = par_[i];
    if (!i || w >= least && side * d >= 0) {
      if (run.par_ === p) run = {}; // a wide sibling ends it
      vis.push(i++);
      continue;
    }
    if (w > 0 && side * d >= 0) {
      if (run.par_ !== p || run.dep_ !== d) small.push(run = {par_: p, dep_: d, x: left, w: 0, n: 0});
      run.w += w;
      run.n += end_[i] - i;
    }
    i = end_[i];
  }
  small = small.filter(s => s.w >= least);
  slivers(MIN / least);
  rowMin = rowMax = 0;
  for (const d of [...vis.map(i => dep_[i]), ...small.map(s => s.dep_)]) {
    rowMin = min(rowMin, d);
    rowMax = max(rowMax, d);
  }
  const wide = W + 2 * PAD;
  height = heightOf(TOP + (rowMax - rowMin + 1) * ROW);
  for (const e of [svg, id('-bg')]) set(e, {width: wide, height: height});
  set(svg, {viewBox: '0 0 ' + wide + ' ' + height});
}
/* The picture's place in the window and its scale there. */
function where() {
  const {left, top, width} = rectOf(svg);
  return {left: left, top: top, k: width / (W + 2 * PAD) || 1};
}
/* Hit tests are arithmetic, there is no element for most frames: the frame, or
 * the "small" box, at an event's place; else -1. */
function frameAt(ev) {
  const at = where(), x = (ev.clientX - at.left) / at.k - PAD, row = floor(((ev.clientY - at.top) / at.k - TOP) / ROW);
  const d = flame ? rowMax - row : row + rowMin;
  const v = from + x * (to - from) / W, s = small.find(b => b.dep_ === d && v >= b.x && v < b.x + b.w);
  if (isTool(ev)) return -1;
  if (s) return s;
  if (row < 0 || d < rowMin || d > rowMax || x < 0 || x > W || T.dep_[focus] * d < 0) return -1;
  let i = 0;
  while (T.dep_[i] !== d) {
    let next = -1;
    eachChild(T, i, c => {
      if (v >= T.x0_[c] && v < T.x0_[c] + T.tot_[c] && T.dep_[c] * d > 0) next = c;
    });
    if (next < 0 || T.tot_[next] * W / (to - from) < MIN) return -1;
    i = next;
  }
  return i;
}
