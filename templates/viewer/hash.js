/* SPDX-License-Identifier: MIT */
/* The state in the page's address. */

/* FNV-1a of the names on the stack: survives new widths and new siblings. */
const coder = new TextEncoder(), coded = [];
function fnv(h, f) {
  for (const b of coded[f] ||= coder.encode(FN[f][0])) h = Math.imul(h ^ b, 16777619);
  return h;
}
const hashBelow = (h, f) => fnv(h === null ? 2166136261 : Math.imul(h ^ 59, 16777619), f);
function stackHash(t, i) {
  const path = [];
  for (; i > 0; i = t.par_[i]) path.unshift(t.fn_[i]);
  return (path.reduce(hashBelow, null) >>> 0).toString(36);
}
/* The first frame of that name; 0 and a note if there is none. */
function findStack(t, z) {
  if (!z) return 0;
  const want = parseInt(z, 36) | 0, hash = [null];
  for (let i = 1; i < t.n; i++)
    if ((hash[i] = hashBelow(hash[t.par_[i]], t.fn_[i])) === want) return i;
  note = 'That stack is not in this profile';
  return 0;
}
/* "section&s=json" */
const address = state => [section, ...Object.entries(state).map(([k, v]) => v && k + '=' + encodeURIComponent(v))]
  .filter(part => part).join('&');
let written = null;
function save(replace) {
  const text = address({
    z: focus && (T.home_ ? stackHash(base, T.src_[focus]) : stackHash(T, focus)), s: query,
    v: view !== 'callees' && view, f: view === 'sandwich' && FN[fnOf][0],
    d: flame !== !!J.flame && (flame ? 'flame' : 'icicle'), r: fold !== !!J.fold && (fold ? 'fold' : 'all'),
    w: steps && widths !== J.widths && widths
  });
  if (text === written) return;
  written = text;
  try {
    history[replace ? 'replaceState' : 'pushState'](null, '', text ? '#' + text : location.pathname + location.search);
  } catch { location.hash = text; } // file: and sandboxes may refuse
}
function restore() {
  const hash = location.hash.slice(1);
  if (hash === written) return;
  written = hash;
  const state = Object.fromEntries(new URLSearchParams(hash.replaceAll('+', '%2B')));
  note = '';
  flame = state.d ? state.d === 'flame' : !!J.flame;
  if (steps) setWidths(choices.includes(state.w) ? state.w : J.widths);
  fold = state.r ? state.r === 'fold' : !!J.fold;
  view = !steps && choices.includes(state.v) ? state.v : J.view || 'callees';
  if (view === 'sandwich' && 'f' in state) {
    fnOf = biggest(1, f => FN[f][0] === state.f);
    if (!fnOf) { view = 'callees'; note = 'That function is not in this profile'; }
  }
  T = view === 'callees' ? base : merged([], state.z ? 2e4 : W); // the path is unknown: grow far enough
  focus = findStack(T, state.z);
  turn(pathOf(focus));
  if ((state.s || '') !== query) search(state.s || '');
  else render();
}
/* The function of largest self (0) or total value (1) among those that 'want'
 * lets through. */
function biggest(kind, want) {
  let best = 0;
  FN.forEach((x, f) => {
    if (want(f) && (!best || sumsOf(f)[kind] > sumsOf(best)[kind])) best = f;
  });
  return best;
}
