/* SPDX-License-Identifier: MIT */
/* Period 1-4 of the repetition that each frame is part of (0: none): at least
 * four turns of the cycle on one stack. */
function cycles(base) {
  const {n, fn, par} = base, period = new Uint8Array(n), reach = new Int32Array(n);
  for (let p = 4; p > 0; p--) { // shorter periods are written last and win
    const same = new Uint32Array(n), back = new Int32Array(n);
    for (let i = 1; i < n; i++) {
      let a = i;
      for (let k = 0; k < p && a >= 0; k++) a = par[a];
      if (a > 0 && fn[a] === fn[i]) same[i] = same[par[i]] + 1;
      if (same[i] >= 3 * p) back[i] = same[i] + p;
    }
    for (let i = n - 1; i > 0; i--) {
      if (!back[i]) continue;
      period[i] = p;
      if (back[i] > reach[i]) reach[i] = back[i];
      if (back[i] - 1 > back[par[i]]) back[par[i]] = back[i] - 1;
    }
  }
  return period;
}
/* One row in place of a run of repeated frames; what they call hangs below. */
function foldTree(base, period, order) {
  const home = new Int32Array(base.n);
  const children = node => {
    if (node.frames.length === 1 && !period[node.frames[0]]) {
      const kids = [], f = node.frames[0];
      for (let c = f + 1; c < base.end[f]; c = base.end[c]) {
        const kid = newNode(base.fn[c], node.dep + 1);
        lend(kid, c, base.tot[c]);
        kids.push(kid);
      }
      node.self = base.self[f];
      return kids;
    }
    return swallow(base, period, node, order);
  };
  const root = newNode(base.fn[0], 0);
  lend(root, 0, base.tot[0]);
  const t = grow([root], children);
  t.nodes.forEach((o, i) => o.frames.forEach(f => { home[f] = i; }));
  t.home = home;
  return t;
}
function swallow(base, period, node, order) {
  const first = node.frames[0], p = period[first], inRun = c =>
    p && (period[c] === p || p === 1 && base.fn[c] === node.fn);
  let deepest = 0;
  node.self = 0;
  for (let k = 0; k < node.frames.length; k++) { // grows while we walk
    const f = node.frames[k];
    node.self += base.self[f];
    deepest = Math.max(deepest, base.dep[f] - base.dep[first] + 1);
    for (let c = f + 1; c < base.end[f]; c = base.end[c])
      if (inRun(c)) node.frames.push(c);
  }
  if (p) node.times = Math.floor(deepest / p);
  return calleesOf(base, node.frames, node.dep + 1, order, inRun);
}
