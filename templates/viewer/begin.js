/* SPDX-License-Identifier: MIT */
/* -- Start -- */

const PV = window.PV = {
  d: {fn: base.fn, parent: base.par, get self() { return base.exact || base.self; },
    get total() {
      return base.exact ? sumUp(base.exact, base.par, new BigInt64Array(base.n)) : base.tot;
    }},
  f: FN, zoom: zoom, search: search, value: value, share: pct, frameAt: frameAt, boxOf: boxOf,
  setView: setView, flip: flip, nameLadder: nameLadder,
  words: {duration: duration, bytes: bytes, digits: digits, share: share},
  get tree() { return T; }, get focus() { return focus; }, get cur() { return cur; },
  get visible() { return vis; }, get small() { return small; }, get cost() { return cost; }
};
loadTheme();
if (inline) { // an inline root's <title> would show as a tooltip everywhere
  const title = id('pv-title');
  svg.removeAttribute('aria-labelledby');
  set(svg, {'aria-label': J.title, 'aria-describedby': P + 'pv-desc'});
  if (title) title.remove();
}
set(frames, {tabindex: 0, role: 'application', 'aria-roledescription': 'flame graph',
  'aria-label': 'Flame graph. Arrow keys move between frames, Enter zooms, Escape resets, ' +
    'slash searches, question mark lists all keys.'});
tip.hide();
card.hide();
if (J.widths && J.widths !== 'after') setWidths(J.widths);
buildHeader();
measure();
if (view === 'sandwich' && !fnOf) fnOf = biggest('self', g => g !== base.fn[0]);
turn([]);
listen();
showTools();
if (location.hash.length > 1) restore();
render();
if (flame || view === 'sandwich') reveal(); // the root may be far down
setTimeout(() => { cyclesOnce(); showTools(); }); // nobody waits for this one
}
