/* SPDX-License-Identifier: MIT */
/* Recursion: one row in place of a run of repeated frames. */

/* Period 1-4 of the repetition that each frame is part of (0: none): at least
 * four turns of the cycle on one stack.  False where nothing repeats. */
function cycles(base) {
  const {n, fn_, par_} = base, period = indices(n);
  for (let p = 4; p; p--) { // shorter periods are written last and win
    const same = indices(n), back = indices(n);
    for (let i = 1; i < n; i++) {
      let a = i;
      for (let k = p; k-- && a >= 0;) a = par_[a];
      if (a > 0 && fn_[a] === fn_[i]) same[i] = same[par_[i]] + 1;
      if (same[i] >= 3 * p) back[i] = same[i] + p;
    }
    for (let i = n; --i > 0;)
      if (back[i]) {
        period[i] = p;
        back[par_[i]] = max(back[par_[i]], back[i] - 1);
      }
  }
  return period.some(p => p) && period;
}
function foldTree(base, period, order) {
  const t = grow(lend(newNode(base.fn_[0], 0), 0, base.tot_[0]), node => {
    const f = node.frames_[0], kids = [];
    if (node.frames_[1] || period[f]) return swallow(base, period, node, order);
    node.self_ = base.self_[f];
    eachChild(base, f, c => kids.push(lend(newNode(base.fn_[c], node.dep_ + 1), c, base.tot_[c])));
    return kids;
  });
  t.home_ = indices(base.n);
  t.nodes_.forEach((o, i) => o.frames_.forEach(f => { t.home_[f] = i; }));
  return t;
}
/* Takes the frames of the run that 'node' begins; what they call hangs below. */
function swallow(base, period, node, order) {
  const frames = node.frames_, first = frames[0], p = period[first];
  const inRun = c => p && (period[c] === p || p === 1 && base.fn_[c] === node.fn_);
  let deepest = 0;
  node.self_ = 0;
  for (const f of frames) { // grows while we walk
    node.self_ += base.self_[f];
    deepest = max(deepest, base.dep_[f] - base.dep_[first] + 1);
    eachChild(base, f, c => { if (inRun(c)) frames.push(c); });
  }
  if (p) node.times_ = floor(deepest / p);
  return calleesOf(base, node, order, inRun);
}
