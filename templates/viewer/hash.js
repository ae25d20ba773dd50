/* SPDX-License-Identifier: MIT */
/* -- State in the hash -- */

/* FNV-1a of the names on the stack: survives new widths and new siblings. */
const coder = new TextEncoder(), coded = [];
const nameBytes = f => coded[f] || (coded[f] = coder.encode(FN[f][0]));
function fnv(h, f) {
  for (const b of nameBytes(f)) h = Math.imul(h ^ b, 16777619);
  return h;
}
const BASIS = 2166136261 | 0, SEMICOLON = 59;
function stackHash(t, i) {
  const path = [];
  let h = BASIS;
  for (; i > 0; i = t.par[i]) path.push(t.fn[i]);
  for (let k = path.length - 1; k >= 0; k--) {
    h = fnv(h, path[k]);
    if (k) h = Math.imul(h ^ SEMICOLON, 16777619);
  }
  return (h >>> 0).toString(36);
}
function findStack(t, z) {
  const want = parseInt(z, 36) | 0, hash = new Int32Array(t.n);
  for (let i = 1; i < t.n; i++) {
    const p = t.par[i];
    hash[i] = fnv(p ? Math.imul(hash[p] ^ SEMICOLON, 16777619) : BASIS, t.fn[i]);
    if (hash[i] === want) return i;
  }
  return 0;
}
function stateText() {
  const parts = [], put1 = (k, v) => parts.push(k + '=' + encodeURIComponent(v));
  if (P) parts.push(sectionOf(P));
  if (focus) put1('z', T.home ? stackHash(base, T.src[focus]) : stackHash(T, focus));
  if (query) put1('s', query);
  if (view !== 'callees') put1('v', view);
  if (view === 'sandwich') put1('f', FN[fnOf][0]);
  if (flame !== !!J.flame) put1('d', flame ? 'flame' : 'icicle');
  if (steps && widths !== J.widths) put1('w', widths);
  return parts.join('&');
}
let written = null;
function save(replace) {
  const text = stateText(), url = text ? '#' + text : location.pathname + location.search;
  if (text === written) return;
  written = text;
  try {
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
  } catch (e) { // file: and sandboxed frames may refuse
    try { location.hash = text; } catch (e2) { /* then without */ }
  }
}
function restore() {
  const hash = location.hash.slice(1), state = {};
  if (moving) return;
  if (!isFor(P)) { written = null; return; }
  unhide(P);
  if (hash === written) return;
  written = hash;
  for (const part of hash.split('&')) {
    const k = part.indexOf('=');
    try {
      if (k > 0) state[part.slice(0, k)] = decodeURIComponent(part.slice(k + 1));
    } catch (e) { /* a broken escape: as if it were not there */ }
  }
  note = '';
  flame = state.d ? state.d === 'flame' : !!J.flame;
  if (steps) setWidths(WIDE[state.w] ? state.w : J.widths);
  view = views[state.v] ? state.v : J.view || 'callees';
  if (view === 'sandwich' && state.f !== undefined) {
    fnOf = biggest('tot', f => FN[f][0] === state.f);
    if (!fnOf) { view = 'callees'; note = 'That function is not in this profile'; }
  }
  focus = 0;
  T = base;
  openStack(state.z);
  if ((state.s || '') !== query) search(state.s || '');
  refresh();
}
function openStack(z) {
  if (view === 'callees') {
    const i = z ? findStack(base, z) : 0;
    if (z && !i) note = 'That stack is not in this profile';
    focus = i;
    turn();
    return;
  }
  T = merged([], z ? 2e4 : W || 1200); // the path is unknown: grow far enough to find it
  const i = z ? findStack(T, z) : 0;
  if (z && !i) note = 'That stack is not in this profile';
  grown(pathOf(i));
}
/* The function of largest self, or total, value among those that `want` lets
 * through. */
function biggest(key, want) {
  let best = 0;
  totalOf(0);
  for (let f = 0; f < FN.length; f++)
    if (want(f) && (best === 0 || functionTotals[key][f] > functionTotals[key][best])) best = f;
  return best;
}
