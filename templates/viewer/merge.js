/* SPDX-License-Identifier: MIT */
/* Merged trees (callers, sandwich, folded recursion) are grown from a stack of
 * nodes; a node stands for several frames of the base tree, each with the weight
 * that it lends.  'children(node)' gives the next nodes in drawing order. */
function grow(first, children) {
  const nodes = [], stack = [first];
  for (let node; node = stack.pop();) {
    node.at_ = nodes.push(node) - 1;
    for (const kid of children(node).reverse()) {
      kid.up_ = node;
      stack.push(kid);
    }
  }
  const t = newTree(nodes.length);
  t.src_ = indices(t.n);
  t.times_ = indices(t.n);
  t.nodes_ = nodes;
  nodes.forEach((o, i) => {
    t.fn_[i] = o.fn_;
    t.par_[i] = o.up_ ? o.up_.at_ : -1;
    t.dep_[i] = o.dep_;
    t.tot_[i] = o.weight_;
    t.self_[i] = o.self_;
    t.src_[i] = o.frames_[0];
    t.times_[i] = o.times_;
  });
  return place(t);
}
const newNode = (fn, dep) => ({fn_: fn, dep_: dep, frames_: [], weights_: [], weight_: 0, self_: 0});
function lend(node, frame, weight) {
  const last = node.frames_.length - 1;
  if (node.frames_[last] === frame) node.weights_[last] += weight;
  else { node.frames_.push(frame); node.weights_.push(weight); }
  node.weight_ += weight;
  return node;
}
/* Collects frames into one node a function. */
function grouper(base, dep) {
  const by = new Map();
  let node = {}; // of the frame before: often the same
  return {
    add_: (frame, weight) => {
      const f = base.fn_[frame];
      if (node.fn_ !== f) node = by.get(f);
      if (!node) by.set(f, node = newNode(f, dep));
      lend(node, frame, weight);
    },
    list_: order => [...by.values()].sort(order)
  };
}
function callersOf(base, node, dep, order) {
  const g = grouper(base, dep);
  node.self_ = 0;
  node.frames_.forEach((frame, k) => {
    const p = base.par_[frame], weight = node.weights_[k];
    if (p > 0) g.add_(p, weight);
    else node.self_ += weight;
  });
  return g.list_(order);
}
function calleesOf(base, node, order, skip) {
  const g = grouper(base, node.dep_ + 1);
  for (const frame of node.frames_)
    eachChild(base, frame, c => { if (!skip?.(c)) g.add_(c, base.tot_[c]); });
  return g.list_(order);
}
/* A node of the frames of function 'f' that no other frame of it calls: in a
 * sum over them recursion is counted once. */
function outermost(base, f) {
  const node = newNode(f, 0);
  for (let i = 0; i < base.n;)
    if (base.fn_[i] === f) {
      lend(node, i, base.tot_[i]);
      node.self_ += base.self_[i];
      i = base.end_[i];
    } else i++;
  return node;
}
