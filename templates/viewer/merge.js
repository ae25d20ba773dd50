/* SPDX-License-Identifier: MIT */
/* Merged trees (callers, sandwich, folded recursion) are grown from a stack of
 * nodes; a node stands for several frames of the base tree, each with the weight
 * that it lends.  'children(node)' gives the next nodes in drawing order. */
function grow(first, children) {
  const nodes = [], stack = [first];
  while (stack.length) {
    const node = stack.pop();
    node.at = nodes.push(node) - 1;
    for (const kid of children(node).reverse()) {
      kid.up = node;
      stack.push(kid);
    }
  }
  const t = newTree(nodes.length);
  t.src = new Int32Array(t.n);
  t.times = new Uint32Array(t.n);
  t.nodes = nodes;
  nodes.forEach((o, i) => {
    t.fn[i] = o.fn;
    t.par[i] = o.up ? o.up.at : -1;
    t.dep[i] = o.dep;
    t.tot[i] = o.weight;
    t.self[i] = o.self;
    t.src[i] = o.frames[0];
    t.times[i] = o.times || 0;
  });
  return place(t);
}
const newNode = (fn, dep) => ({fn: fn, dep: dep, frames: [], weights: [], weight: 0, self: 0});
function lend(node, frame, weight) {
  const last = node.frames.length - 1;
  if (node.frames[last] === frame) node.weights[last] += weight;
  else { node.frames.push(frame); node.weights.push(weight); }
  node.weight += weight;
  return node;
}
/* Collects frames into one node a function. */
function grouper(base, dep) {
  const by = new Map();
  let node = {fn: -1}; // of the frame before: often the same
  return {
    add: (frame, weight) => {
      const f = base.fn[frame];
      if (node.fn !== f) node = by.get(f);
      if (!node) by.set(f, node = newNode(f, dep));
      lend(node, frame, weight);
    },
    list: order => [...by.values()].sort(order)
  };
}
function callersOf(base, node, dep, order) {
  const g = grouper(base, dep);
  node.self = 0;
  node.frames.forEach((frame, k) => {
    const p = base.par[frame];
    if (p > 0) g.add(p, node.weights[k]);
    else node.self += node.weights[k];
  });
  return g.list(order);
}
function calleesOf(base, node, order, skip) {
  const g = grouper(base, node.dep + 1);
  for (const frame of node.frames)
    eachChild(base, frame, c => { if (!skip || !skip(c)) g.add(c, base.tot[c]); });
  return g.list(order);
}
/* A node of the frames of function 'f' that no other frame of it calls: in a
 * sum over them recursion is counted once. */
function outermost(base, f) {
  const node = newNode(f, 0);
  for (let i = 0; i < base.n;) {
    if (base.fn[i] === f) {
      lend(node, i, base.tot[i]);
      node.self += base.self[i];
      i = base.end[i];
    } else i++;
  }
  return node;
}
