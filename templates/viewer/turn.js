/* SPDX-License-Identifier: MIT */
/* Which tree is shown. */
let folded = null, period;
const repeats = () => period === undefined ? period = cycles(base) : period;

/* A step of a path; callers above a sandwich's function are told apart. */
const key = (fn, dep) => dep < 0 ? ~fn : fn;
/* A merged view is grown only as far as it can be seen: below the zoomed frame,
 * down to half a pixel of 'px'.  Zooming grows it anew. */
function merged(path, px) {
  const inside = node => {
    const d = abs(node.dep), up = node.up;
    node.on = !up || up.on && d <= path.length && path[d - 1] === key(node.fn, node.dep);
    node.limit = node.on && d === path.length ? node.weight * MIN / px : up && up.limit;
    return node.limit === undefined ? node.on : node.weight >= node.limit;
  };
  const callers = view === 'callers', seed = callers ? newNode(base.fn[0], 0) : outermost(base, fnOf);
  return grow(callers ? lend(seed, 0, total) : seed, node => {
    const d = node.dep, wide = inside(node);
    if (!d && callers) {
      const g = grouper(base, 1);
      for (let i = 1; i < base.n; i++) if (base.self[i]) g.add(i, base.self[i]);
      node.self = base.self[0];
      return g.list(order);
    }
    if (!d) {
      const {self} = node, up = callersOf(base, node, -1, order);
      node.self = self;
      return calleesOf(base, node, order).concat(up);
    }
    if (callers || d < 0) return wide ? callersOf(base, node, d + sign(d), order) : (node.self = 0, []);
    node.self = node.frames.reduce((sum, f) => sum + base.self[f], 0);
    return wide ? calleesOf(base, node, order) : [];
  });
}
function pathOf(i) {
  const path = [];
  for (; T.par[i] >= 0; i = T.par[i]) path.unshift(key(T.fn[i], T.dep[i]));
  return path;
}
/* The frame at the end of 'path', or the last that is still there. */
function follow(path) {
  let i = 0;
  for (const step of path) {
    let c = i + 1;
    while (c < T.end[i] && key(T.fn[c], T.dep[c]) !== step) c = T.end[c];
    if (c >= T.end[i]) break;
    i = c;
  }
  return i;
}
/* Chooses the tree for the state and keeps the zoom where it can. */
function turn(path) {
  hover = -1;
  hide(tip);
  hide(card);
  if (view !== 'callees') {
    T = merged(path, W);
    focus = cur = follow(path);
    return;
  }
  const real = T.home ? T.src[focus] : T === base ? focus : 0;
  if (fold && !repeats()) fold = false;
  if (fold) folded = folded || foldTree(base, period, order);
  T = fold ? folded : base;
  focus = cur = fold ? folded.home[real] : real;
}
