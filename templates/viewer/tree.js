/* SPDX-License-Identifier: MIT */
/* The flame graph viewer, for stand-alone .svg and for .html.
 *
 * It redraws the picture from the data island to zoom, search and turn it
 * around.  Only frames that carry a label become elements, narrower ones share
 * one path a colour, and only rows near the window are drawn: the cost follows
 * the screen, not the profile.  README.md above this folder is the contract.
 * The files from picture.js to begin.js are one function, which runs once a
 * picture. */
const MIN = 0.5; // px: narrower frames are merged into "small" boxes

/* Every view is a tree in preorder, as parallel arrays.  'dep' is negative on
 * the callers' side of a sandwich; 'x0' is where a frame starts, in units of the
 * measure; 'end' is the index behind its last descendant; 'src', where it is
 * set, holds frames of the tree that this one was made from. */
const numbers = n => new Float64Array(n), indices = n => new Int32Array(n);
const newTree = n => ({n: n, fn_: indices(n), par_: indices(n), dep_: indices(n),
  end_: indices(n), self_: numbers(n), tot_: numbers(n), x0_: numbers(n)});

/* Works out 'end' and 'x0': children lie side by side from their parent's left
 * edge, its self value is the gap at the right. */
function place(t) {
  const {n, par_, dep_, tot_, x0_, end_} = t, next = numbers(n);
  let up = 0;
  for (let i = n; i--;) {
    const p = par_[i], end = end_[i] ||= i + 1;
    if (i) end_[p] = max(end_[p], end);
  }
  for (let i = 1; i < n; i++) {
    const p = par_[i];
    next[i] = x0_[i] = dep_[i] === -1 ? up : next[p];
    if (dep_[i] === -1) up += tot_[i];
    else next[p] += tot_[i];
  }
  return t;
}
function decode(J) {
  const n = J.n, t = newTree(n), read = reader(J.t), open = [];
  const as = J.big ? BigInt : Number, own = J.big ? new BigInt64Array(n) : t.self_;
  for (let i = 0, d = -1; i < n; i++) {
    const two = read.digit_(), up = two & 7, low = two >> 3;
    t.fn_[i] = read.num_();
    d += 1 - up - (up === 7 && read.num_());
    t.dep_[i] = d;
    t.par_[i] = d ? open[d - 1] : -1;
    open[d] = i;
    own[i] = as(low) + (low === 7 ? read.num_(as) : as(0));
  }
  if (J.big) {
    t.self_ = Float64Array.from(own, Number);
    t.exact_ = own;
  }
  sumUp(t.self_, t.par_, t.tot_);
  return place(t);
}
function sumUp(self, par, tot) {
  for (let i = self.length; i--;) {
    tot[i] += self[i];
    if (i) tot[par[i]] += tot[i];
  }
  return tot;
}
function column(J, key) {
  const text = J.cols?.[key], read = text && reader(text);
  return text && numbers(J.n).map(() => read.num_());
}
/* Calls act(c) for the children of a frame. */
function eachChild(t, i, act) {
  for (let c = i + 1; c < t.end_[i]; c = t.end_[c]) act(c);
}
