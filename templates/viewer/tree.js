/* SPDX-License-Identifier: MIT */
/* Every view is a tree in preorder, as parallel arrays.  'dep' is negative on
 * the callers' side of a sandwich; 'x0' is where a frame starts, in units of the
 * measure; 'end' is the index behind its last descendant; 'src', where it is
 * set, holds frames of the tree that this one was made from. */
const newTree = n => ({n: n, fn: new Uint32Array(n), par: new Int32Array(n),
  dep: new Int32Array(n), self: new Float64Array(n), tot: new Float64Array(n),
  x0: new Float64Array(n), end: new Uint32Array(n)});

/* Works out 'end' and 'x0': children lie side by side from their parent's left
 * edge, its self value is the gap at the right. */
function place(t) {
  const {n, par, dep, tot, x0, end} = t, next = new Float64Array(n);
  let up = 0;
  for (let i = n; i-- > 0;) {
    if (!end[i]) end[i] = i + 1;
    if (i && end[i] > end[par[i]]) end[par[i]] = end[i];
  }
  for (let i = 1; i < n; i++) {
    const p = par[i];
    if (dep[i] === -1) { next[i] = x0[i] = up; up += tot[i]; }
    else { next[i] = x0[i] = next[p]; next[p] += tot[i]; }
  }
  return t;
}
const DIGIT = new Uint8Array(128);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
  DIGIT[c.charCodeAt(0)] = DIGIT[0]++;
function reader(text) {
  let p = 0;
  const digit = () => DIGIT[text.charCodeAt(p++)];
  const num = as => { // as Number, or as BigInt, without losing bits above 2^53
    let v = as(0), scale = as(1), c;
    do {
      c = digit();
      v += as(c & 31) * scale;
      scale *= as(32);
    } while (c & 32);
    return v;
  };
  return {digit: digit, num: num};
}
function decode(J) {
  const n = J.n, t = newTree(n), read = reader(J.t), open = [];
  const as = J.big ? BigInt : Number, own = J.big ? new BigInt64Array(n) : t.self;
  for (let i = 0, d = -1; i < n; i++) {
    const two = read.digit(), up = two & 7, low = two >> 3;
    t.fn[i] = read.num(Number);
    d += 1 - up - (up === 7 ? read.num(Number) : 0);
    t.dep[i] = d;
    t.par[i] = d ? open[d - 1] : -1;
    open[d] = i;
    own[i] = as(low) + (low === 7 ? read.num(as) : as(0));
  }
  if (J.big) {
    t.self = Float64Array.from(own, Number);
    t.exact = own;
  }
  sumUp(t.self, t.par, t.tot);
  return place(t);
}
function sumUp(self, par, tot) {
  for (let i = self.length; i-- > 0;) {
    tot[i] += self[i];
    if (i) tot[par[i]] += tot[i];
  }
  return tot;
}
function column(J, key) {
  const text = J.cols && J.cols[key], read = text && reader(text);
  return text && new Float64Array(J.n).map(() => read.num(Number));
}
/* Calls act(c) for the children of a frame. */
function eachChild(t, i, act) {
  for (let c = i + 1; c < t.end[i]; c = t.end[c]) act(c);
}
