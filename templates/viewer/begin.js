/* SPDX-License-Identifier: MIT */
/* The first drawing, and what tests see. */
const PV = window.PV = {
  d: {
    fn: base.fn, parent: base.par, get self() { return base.exact || base.self; },
    get total() { return base.exact ? sumUp(base.exact, base.par, new BigInt64Array(base.n)) : base.tot; }
  },
  f: FN, zoom: zoom, search: search, value: value, share: pct, boxOf: boxOf, nameLadder: nameLadder,
  words: {duration: duration, bytes: bytes, digits: digits, share: share},
  get tree() { return T; }, get focus() { return focus; }, get cur() { return cur; },
  get visible() { return vis; }, get small() { return small; }
};
loadTheme();
const section = P.slice(0, -1); // names in its tables search, which takes this script
for (const a of (P ? D.getElementById(section) : D).querySelectorAll('a.fnm:not([href])'))
  a.href = '#' + (P && section + '&') + 's=' + encodeURIComponent(exactly(a.textContent));
if (inline) { // an inline root's <title> would show as a tooltip everywhere
  const title = id('-title');
  svg.removeAttribute('aria-labelledby');
  set(svg, {'aria-label': J.title, 'aria-describedby': P + 'pv-desc'});
  if (title) title.remove();
}
set(frames, {tabindex: 0, role: 'application', 'aria-roledescription': 'flame graph',
  'aria-label': 'Flame graph. Arrow keys move between frames, Enter zooms, Escape resets, ' +
    'slash searches, question mark lists all keys.'});
if (J.widths && J.widths !== 'after') setWidths(J.widths);
measure();
if (view === 'sandwich' && !fnOf) fnOf = biggest('self', g => g !== base.fn[0]);
turn([]);
if (location.hash.length > 1) restore();
if (!height) render();
if (flame || view === 'sandwich') reveal(); // the root may be far down
setTimeout(() => { repeats(); showTools(); }); // nobody waits for this one
}
