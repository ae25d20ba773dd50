/* SPDX-License-Identifier: MIT */
/* What tests see of a picture that stands by itself. */
window.PV = {
  f: FN, zoom: zoom, search: search, value: value, share: pct, boxOf: boxOf, nameLadder: nameLadder,
  words: {duration: duration, bytes: bytes, digits: digits, share: share},
  get tree() {
    return {n: T.n, fn: T.fn_, par: T.par_, dep: T.dep_, self: T.self_, tot: T.tot_, x0: T.x0_};
  },
  get focus() { return focus; }, get cur() { return cur; }, get visible() { return vis; },
  get small() { return small.map(s => ({n: s.n, x: s.x, w: s.w, par: s.par_, gone: s.gone_})); },
  get found() { return found && {frames: found[0], functions: found[1], sum: found[2]}; }
};
