/* SPDX-License-Identifier: MIT */
/* The state in the page's address. */

/* FNV-1a of the names on the stack: survives new widths and new siblings. */
const coder = new TextEncoder(), coded = [];
function fnv(h, f) {
  for (const b of coded[f] || (coded[f] = coder.encode(FN[f][0]))) h = Math.imul(h ^ b, 16777619);
  return h;
}
const hashBelow = (h, f) => fnv(h === null ? 2166136261 | 0 : Math.imul(h ^ 59, 16777619), f);
function stackHash(t, i) {
  const path = [];
  for (; i > 0; i = t.par[i]) path.unshift(t.fn[i]);
  return (path.reduce(hashBelow, null) >>> 0).toString(36);
}
/* The first frame of that name; 0 and a note if there is none. */
function findStack(t, z) {
  const want = parseInt(z, 36) | 0, hash = [null];
  for (let i = 1; z && i < t.n; i++)
    if ((hash[i] = hashBelow(hash[t.par[i]], t.fn[i])) === want) return i;
  if (z) note = 'That stack is not in this profile';
  return 0;
}
let written = null;
function save(replace) {
  const parts = Object.entries({
    z: focus && (T.home ? stackHash(base, T.src[focus]) : stackHash(T, focus)), s: query,
    v: view !== 'callees' && view, f: view === 'sandwich' && FN[fnOf][0],
    d: flame !== !!J.flame && (flame ? 'flame' : 'icicle'), r: fold !== !!J.fold && (fold ? 'fold' : 'all'),
    w: steps && widths !== J.widths && widths
  }).filter(e => e[1]).map(e => e[0] + '=' + encodeURIComponent(e[1]));
  if (P) parts.unshift(P.slice(0, -1));
  const text = parts.join('&');
  if (text === written) return;
  written = text;
  if (!nameHash(replace === true ? 'replaceState' : 'pushState', text ? '#' + text : location.pathname + location.search))
    location.hash = text;
}
function restore() {
  const hash = location.hash.slice(1), state = {};
  if (moving) return;
  if (!isFor(P)) { written = null; return; }
  unhide(P);
  if (hash === written) return;
  written = hash;
  hash.replace(/([^&=]+)=([^&]*)/g, (all, k, v) => {
    try { state[k] = decodeURIComponent(v); } catch (e) { /* a broken escape: as if it were not there */ }
  });
  note = '';
  flame = state.d ? state.d === 'flame' : !!J.flame;
  if (steps) setWidths(WIDE[state.w] ? state.w : J.widths);
  fold = state.r ? state.r === 'fold' : !!J.fold;
  view = !steps && views[state.v] ? state.v : J.view || 'callees';
  if (view === 'sandwich' && state.f !== undefined) {
    fnOf = biggest('tot', f => FN[f][0] === state.f);
    if (!fnOf) { view = 'callees'; note = 'That function is not in this profile'; }
  }
  T = view === 'callees' ? base : merged([], state.z ? 2e4 : W); // the path is unknown: grow far enough
  focus = findStack(T, state.z);
  turn(pathOf(focus));
  if ((state.s || '') !== query) search(state.s || '');
  else render();
}
/* The function of largest self, or total, value among those that 'want' lets
 * through. */
function biggest(kind, want) {
  let best = 0;
  FN.forEach((x, f) => {
    if (want(f) && (!best || sumsOf(f)[kind] > sumsOf(best)[kind])) best = f;
  });
  return best;
}
