/* SPDX-License-Identifier: MIT */
/* The first drawing. */
(window.PV ||= {}).d = { // a promise to tests: every frame, exactly
  fn: base.fn_, parent: base.par_, get self() { return base.exact_ || base.self_; },
  get total() { return base.exact_ ? sumUp(base.exact_, base.par_, new BigInt64Array(base.n)) : base.tot_; }
};
loadTheme();
// names in its tables search, which takes this script
each('a.fnm:not([href])', a => { a.href = '#' + address({s: exactly(a.textContent)}); }, D.getElementById(section) || D);
set(frames, {tabindex: 0, role: 'application', 'aria-roledescription': 'flame graph', 'aria-label': tools.dataset.keys || J.title});
if (steps) setWidths(J.widths);
measure();
if (view === 'sandwich') fnOf ||= dearest();
turn([]);
if (location.hash[1]) restore();
if (!height) render();
if (flame || view === 'sandwich') reveal(); // the root may be far down
setTimeout(() => { repeats(); refit(); }); // nobody waits for this one
return restore;
}
