/* SPDX-License-Identifier: MIT */
/* -- Hit tests are arithmetic: there is no element for most frames -- */

function where(px, py) {
  const r = svg.getBoundingClientRect();
  return {x: (px - r.left) * (W + 2 * PAD) / r.width, y: (py - r.top) * height / r.height,
    scale: r.width / (W + 2 * PAD), left: r.left, top: r.top};
}
/* The frame, or the "small" box {n, w}, at a point of the window; else -1. */
function frameAt(px, py) {
  const at = where(px, py), row = Math.floor((at.y - TOP) / ROW);
  const d = flame ? rowMax - row : row + rowMin;
  if (at.y < TOP || d < rowMin || d > rowMax || at.x < PAD || at.x > PAD + W) return -1;
  const v = from + (at.x - PAD) * (to - from) / W;
  for (const s of small) if (s.dep === d && v >= s.x && v < s.x + s.w) return s;
  let i = 0;
  while (T.dep[i] !== d) {
    let c = i + 1;
    const e = T.end[i];
    while (c < e && !(v >= T.x0[c] && v < T.x0[c] + T.tot[c] && T.dep[c] * d > 0)) c = T.end[c];
    if (c >= e || T.tot[c] * W / (to - from) < MIN) return -1;
    i = c;
  }
  return T.dep[focus] * d < 0 ? -1 : i;
}
