/* SPDX-License-Identifier: MIT */
/* ---- Trees ------------------------------------------------------------- */

/* Every view is a tree in preorder, as parallel arrays.  `dep` is negative on
 * the callers' side of a sandwich; `x0` is where a frame starts, in units of the
 * measure; `end` is the index behind its last descendant. */
function newTree(n) {
  return {n, fn: new Uint32Array(n), par: new Int32Array(n),
    dep: new Int32Array(n), self: new Float64Array(n),
    tot: new Float64Array(n), x0: new Float64Array(n),
    end: new Uint32Array(n), times: null, src: null};
}
/* Works out `end` and `x0`: children lie side by side from their parent's left
 * edge, its self value is the gap at the right. */
function place(t) {
  const {n, par, dep, tot, x0, end} = t, next = new Float64Array(n);
  let up = 0;
  for (let i = 0; i < n; i++) end[i] = i + 1;
  for (let i = n - 1; i > 0; i--)
    if (end[i] > end[par[i]]) end[par[i]] = end[i];
  for (let i = 1; i < n; i++) {
    const p = par[i];
    if (dep[i] === -1) { x0[i] = up; up += tot[i]; }
    else { x0[i] = next[p]; next[p] += tot[i]; }
    next[i] = x0[i];
  }
  return t;
}
function vlq(text) {
  const map = new Uint8Array(128), abc = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' +
    'abcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let i = 0; i < 64; i++) map[abc.charCodeAt(i)] = i;
  let p = 0;
  return {
    num(one) { // or just one digit
      let v = 0, scale = 1, c;
      if (one) return map[text.charCodeAt(p++)];
      do {
        c = map[text.charCodeAt(p++)];
        v += (c & 31) * scale;
        scale *= 32;
      } while (c & 32);
      return v;
    },
    big() { // the same without losing bits above 2^53
      let v = BigInt(0), shift = 0, c;
      do {
        c = map[text.charCodeAt(p++)];
        v |= BigInt(c & 31) << BigInt(shift);
        shift += 5;
      } while (c & 32);
      return v;
    }
  };
}
function decode(J) {
  const n = J.n, t = newTree(n), read = vlq(J.t), open = [];
  const exact = J.big ? new BigInt64Array(n) : null;
  for (let i = 0, d = -1; i < n; i++) {
    const two = read.num(1), up = two & 7, own = two >> 3;
    t.fn[i] = read.num();
    d += 1 - up - (up === 7 ? read.num() : 0);
    t.dep[i] = d;
    t.par[i] = d ? open[d - 1] : -1;
    open[d] = i;
    if (exact) exact[i] = BigInt(own) + (own === 7 ? read.big() : BigInt(0));
    t.self[i] = exact ? Number(exact[i]) : own + (own === 7 ? read.num() : 0);
  }
  t.exact = exact;
  sumUp(t.self, t.par, t.tot);
  return place(t);
}
function sumUp(self, par, tot) {
  for (let i = self.length - 1; i >= 0; i--) {
    tot[i] += self[i];
    if (i) tot[par[i]] += tot[i];
  }
  return tot;
}
function column(J, key) {
  if (!J.cols || !J.cols[key]) return null;
  const read = vlq(J.cols[key]), a = new Float64Array(J.n);
  for (let i = 0; i < J.n; i++) a[i] = read.num();
  return a;
}
