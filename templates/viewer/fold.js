/* SPDX-License-Identifier: MIT */
/* Recursion: one row in place of a run of repeated frames. */

/* Period 1-4 of the repetition that each frame is part of (0: none): at least
 * four turns of the cycle on one stack.  Null where nothing repeats. */
function cycles(base) {
  const {n, fn, par} = base;
  let period = null;
  for (let p = 4; p > 0; p--) { // shorter periods are written last and win
    const same = new Uint32Array(n), back = new Int32Array(n);
    let any = false;
    for (let i = 1; i < n; i++) {
      let a = i;
      for (let k = 0; k < p && a >= 0; k++) a = par[a];
      if (a > 0 && fn[a] === fn[i]) same[i] = same[par[i]] + 1;
      if (same[i] >= 3 * p) { back[i] = same[i] + p; any = true; }
    }
    if (any) period = period || new Uint8Array(n);
    for (let i = n; any && --i > 0;)
      if (back[i]) {
        period[i] = p;
        back[par[i]] = max(back[par[i]], back[i] - 1);
      }
  }
  return period;
}
function foldTree(base, period, order) {
  const t = grow(lend(newNode(base.fn[0], 0), 0, base.tot[0]), node => {
    const f = node.frames[0], kids = [];
    if (node.frames[1] || period[f]) return swallow(base, period, node, order);
    node.self = base.self[f];
    eachChild(base, f, c => kids.push(lend(newNode(base.fn[c], node.dep + 1), c, base.tot[c])));
    return kids;
  });
  t.home = new Int32Array(base.n);
  t.nodes.forEach((o, i) => o.frames.forEach(f => { t.home[f] = i; }));
  return t;
}
/* Takes the frames of the run that 'node' begins; what they call hangs below. */
function swallow(base, period, node, order) {
  const {frames} = node, first = frames[0], p = period[first];
  const inRun = c => p && (period[c] === p || p === 1 && base.fn[c] === node.fn);
  let deepest = 0;
  node.self = 0;
  for (const f of frames) { // grows while we walk
    node.self += base.self[f];
    deepest = max(deepest, base.dep[f] - base.dep[first] + 1);
    eachChild(base, f, c => { if (inRun(c)) frames.push(c); });
  }
  if (p) node.times = floor(deepest / p);
  return calleesOf(base, node, order, inRun);
}
