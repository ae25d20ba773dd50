/* SPDX-License-Identifier: MIT */
/* Which tree is shown. */
let folded = null, period;
const repeats = () => period ??= cycles(base);

/* A step of a path; callers above a sandwich's function are told apart. */
const key = (fn, dep) => dep < 0 ? ~fn : fn;
/* A merged view is grown only as far as it can be seen: below the zoomed frame,
 * down to half a pixel of 'px'.  Zooming grows it anew. */
function merged(path, px) {
  const inside = node => {
    const d = abs(node.dep_), up = node.up_;
    node.on_ = !up || up.on_ && d <= path.length && path[d - 1] === key(node.fn_, node.dep_);
    node.limit_ = node.on_ && d === path.length ? node.weight_ * MIN / px : up?.limit_;
    return node.limit_ === undefined ? node.on_ : node.weight_ >= node.limit_;
  };
  const callers = view === 'callers';
  return grow(callers ? lend(newNode(base.fn_[0], 0), 0, total) : outermost(base, fnOf), node => {
    const d = node.dep_, wide = inside(node);
    if (!d && callers) {
      const g = grouper(base, 1);
      for (let i = 1; i < base.n; i++) if (base.self_[i]) g.add_(i, base.self_[i]);
      node.self_ = base.self_[0];
      return g.list_(order);
    }
    if (!d) {
      const self = node.self_, up = callersOf(base, node, -1, order);
      node.self_ = self;
      return calleesOf(base, node, order).concat(up);
    }
    if (callers || d < 0) return wide ? callersOf(base, node, d + sign(d), order) : (node.self_ = 0, []);
    node.self_ = node.frames_.reduce((sum, f) => sum + base.self_[f], 0);
    return wide ? calleesOf(base, node, order) : [];
  });
}
function pathOf(i) {
  const path = [];
  for (; T.par_[i] >= 0; i = T.par_[i]) path.unshift(key(T.fn_[i], T.dep_[i]));
  return path;
}
/* The frame at the end of 'path', or the last that is still there. */
function follow(path) {
  let i = 0;
  for (const step of path) {
    let c = i + 1;
    while (c < T.end_[i] && key(T.fn_[c], T.dep_[c]) !== step) c = T.end_[c];
    if (c >= T.end_[i]) break;
    i = c;
  }
  return i;
}
/* Chooses the tree for the state and keeps the zoom where it can. */
function turn(path) {
  hover = -1;
  hidePopups();
  if (view !== 'callees') {
    T = merged(path, W);
    focus = cur = follow(path);
    return;
  }
  const real = T.home_ ? T.src_[focus] : T === base ? focus : 0;
  if (fold && !repeats()) fold = false;
  if (fold) folded ||= foldTree(base, period, order);
  T = fold ? folded : base;
  focus = cur = fold ? folded.home_[real] : real;
}
