/* SPDX-License-Identifier: MIT */
/* -- Which tree is shown -- */

let folded = null, period = null;
function cyclesOnce() { return period || (period = cycles(base)); }
/* A merged view is grown only as far as it can be seen: below the zoomed frame,
 * down to half a pixel.  Zooming grows it anew. */
function merged(path, px) {
  const inside = node => {
    const d = Math.abs(node.dep);
    if (!node.up) { node.on = true; node.side = 0; }
    else {
      node.side = node.up.side || Math.sign(node.dep);
      node.on = node.up.on && d <= path.length && path[d - 1] === key(node);
    }
    if (node.on && d === path.length) node.limit = node.weight * MIN / px;
    else if (node.up && node.up.limit !== undefined) node.limit = node.up.limit;
    return node.limit !== undefined ? node.weight >= node.limit : node.on;
  };
  const key = node => node.dep < 0 ? ~node.fn : node.fn;
  const seed = view === 'callers' ? callersSeed() : sandwichSeed();
  return grow([seed.root], node => {
    if (!node.up) { inside(node); return seed.kids(); }
    node.way = view === 'callers' ? 1 : -1;
    if (view === 'sandwich' && node.dep > 0) {
      node.self = node.frames.reduce((s, f) => s + base.self[f], 0);
      return inside(node) ? calleesOf(base, node.frames, node.dep + 1, order) : [];
    }
    return inside(node) ? callersOf(base, node, order) : [];
  });
}
function callersSeed() {
  const rootNode = newNode(base.fn[0], 0), g = grouper(base, 1);
  lend(rootNode, 0, total);
  for (let i = 1; i < base.n; i++) if (base.self[i]) g.add(i, base.self[i]);
  rootNode.self = base.self[0];
  return {root: rootNode, kids: () => g.list(order)};
}
function sandwichSeed() {
  const node = newNode(fnOf, 0);
  outermost(base, fnOf).forEach(i => {
    lend(node, i, base.tot[i]);
    node.self += base.self[i];
  });
  return {root: node, kids: () => {
    const down = calleesOf(base, node.frames, 1, order);
    const asUp = {frames: node.frames, weights: node.weights, dep: 0, way: -1};
    return down.concat(callersOf(base, asUp, order));
  }};
}
function pathOf(i) {
  const path = [];
  for (; T.par[i] >= 0; i = T.par[i])
    path.unshift(T.dep[i] < 0 ? ~T.fn[i] : T.fn[i]);
  return path;
}
/* The frame at the end of `path`, or the last that is still there. */
function follow(path) {
  let i = 0;
  for (const step of path) {
    let c = i + 1;
    while (c < T.end[i] && (T.dep[c] < 0 ? ~T.fn[c] : T.fn[c]) !== step) c = T.end[c];
    if (c >= T.end[i]) break;
    i = c;
  }
  return i;
}
function grown(path) {
  T = merged(path, W || 1200);
  focus = cur = follow(path);
}
/* Chooses the tree for the state and keeps the zoom where it can. */
function turn(path) {
  hover = -1;
  tip.hide();
  card.hide();
  if (view !== 'callees') { grown(path || []); return; }
  const real = T.nodes && T.home ? T.src[focus] : T === base ? focus : 0;
  if (fold && !folded) folded = foldTree(base, cyclesOnce(), order);
  T = fold ? folded : base;
  focus = cur = fold ? folded.home[real] : real;
}
