/* SPDX-License-Identifier: MIT */
/* -- Search -- */

let searching = 0;
const fileOf = f => FN[f][3].file;
function search(text, done) {
  const turnNo = ++searching, marks = new Uint8Array(FN.length);
  let re, f = 0;
  query = text;
  if (!text) { hit = null; tell('', false); refresh(); if (done) done(); return; }
  try {
    re = new RegExp(text, /[A-Z]/.test(text.replace(/\\./g, '')) ? '' : 'i');
  } catch (e) { // the last good result stays
    tell('Not a valid pattern', true);
    return;
  }
  const slice = () => {
    if (turnNo !== searching) return;
    for (const stop = Math.min(FN.length, f + SLICE); f < stop; f++)
      if (re.test(FN[f][0]) || re.test(fileOf(f))) marks[f] = 1;
    if (f < FN.length) { setTimeout(slice); return; }
    marks[base.fn[0]] = 0; // the root is no function
    hit = marks;
    count();
    refresh();
    if (done) done();
  };
  slice();
}
/* The result line; nested matches are counted once, by the outermost. */
function count() {
  let n = 0, sum = 0, here = 0, stop = 0;
  const inZoom = focus && T === base;
  for (let i = 1; i < base.n; i++) {
    if (!hit[base.fn[i]]) continue;
    n++;
    if (i < stop) continue;
    sum += base.tot[i];
    stop = base.end[i];
  }
  if (inZoom) {
    stop = focus;
    for (let i = focus; i < base.end[focus]; i++)
      if (i >= stop && hit[base.fn[i]]) { here += base.tot[i]; stop = base.end[i]; }
  }
  const functions = hit.reduce((s, h) => s + h, 0);
  tell(n ? plural(n, 'frame') + ' in ' + plural(functions, 'function') + ' \u00b7 ' + pct(sum) +
    ' of all' + (inZoom ? ' \u00b7 ' + share(here, base.tot[focus]) + ' of the zoomed frame' : '')
    : 'No frame matches', false);
  PV.found = {frames: n, functions: functions, sum: sum};
}
function tell(text, bad) {
  result.textContent = text;
  result.className = bad ? 'res err' : 'res';
  showTools();
}
/* Repaints after a search; the header may have grown a line. */
function refresh() { showTools(); render(); }
function searchOnly(i) {
  card.hide();
  search('^' + nameOf(i).replace(/[.*+?^${}()|[\]\\\/]/g, '\\$&') + '$', () => save());
}
/* n, N: the next match on the screen; if there is none, the next anywhere. */
function step(way) {
  if (!hit) return;
  const match = i => i && hit[T.fn[i]];
  let list = vis.filter(i => match(i) && Math.abs(T.dep[i]) >= Math.abs(T.dep[focus]));
  if (!list.length) for (let i = 1; i < T.n; i++) if (match(i)) list.push(i);
  if (!list.length) return;
  let next = way > 0 ? list.find(i => i > cur) : list.reverse().find(i => i < cur);
  if (next === undefined) next = list[0];
  if (!vis.includes(next)) zoom(T.par[next]);
  keyed = true;
  select(next);
}
