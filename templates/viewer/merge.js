/* SPDX-License-Identifier: MIT */
/* Merged trees (callers, sandwich, folded recursion) are grown from a stack of
 * nodes; a node stands for several frames of the base tree, each with the weight
 * that it lends.  `children(node)` gives the next nodes in drawing order. */
function grow(roots, children) {
  const nodes = [], stack = roots.reverse();
  while (stack.length) {
    const node = stack.pop();
    node.at = nodes.push(node) - 1;
    const kids = children(node);
    for (let k = kids.length - 1; k >= 0; k--) {
      kids[k].up = node;
      stack.push(kids[k]);
    }
  }
  const t = newTree(nodes.length);
  t.src = new Int32Array(t.n);
  t.times = new Uint32Array(t.n);
  nodes.forEach((o, i) => {
    t.fn[i] = o.fn;
    t.par[i] = o.up ? o.up.at : -1;
    t.dep[i] = o.dep;
    t.tot[i] = o.weight;
    t.self[i] = o.self;
    t.src[i] = o.frames[0];
    t.times[i] = o.times || 0;
  });
  t.nodes = nodes;
  return place(t);
}
function newNode(fn, dep) {
  return {fn, dep, frames: [], weights: [], weight: 0, self: 0};
}
function lend(node, frame, weight) {
  const last = node.frames.length - 1;
  if (node.frames[last] === frame) node.weights[last] += weight;
  else { node.frames.push(frame); node.weights.push(weight); }
  node.weight += weight;
}
/* Collects frames into one node a function. */
function grouper(base, dep) {
  const by = new Map();
  let node = {fn: -1}; // of the frame before: often the same
  return {
    add(frame, weight) {
      const f = base.fn[frame];
      if (node.fn !== f) node = by.get(f);
      if (!node) by.set(f, node = newNode(f, dep));
      lend(node, frame, weight);
    },
    list: order => Array.from(by.values()).sort(order)
  };
}
function callersOf(base, node, order) {
  const g = grouper(base, node.dep + node.way);
  node.self = 0;
  node.frames.forEach((frame, k) => {
    const p = base.par[frame];
    if (p > 0) g.add(p, node.weights[k]);
    else node.self += node.weights[k];
  });
  return g.list(order);
}
function calleesOf(base, frames, dep, order, skip) {
  const g = grouper(base, dep);
  for (const frame of frames)
    for (let c = frame + 1; c < base.end[frame]; c = base.end[c])
      if (!skip || !skip(c)) g.add(c, base.tot[c]);
  return g.list(order);
}
/* Frames of function `f` that no other frame of it calls: in a sum over them
 * recursion is counted once. */
function outermost(base, f) {
  const list = [];
  for (let i = 0; i < base.n;) {
    if (base.fn[i] === f) { list.push(i); i = base.end[i]; }
    else i++;
  }
  return list;
}
