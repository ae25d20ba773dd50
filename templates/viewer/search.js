/* SPDX-License-Identifier: MIT */
/* Search: each function is tested once, the frames are then counted. */
let searching = 0;
function search(text, done) {
  const mine = ++searching, marks = new Uint8Array(FN.length);
  let re, f = 0;
  query = text;
  const finish = () => {
    hit = text ? marks : null;
    if (text) count();
    else tell('');
    render();
    if (done) done();
  };
  try { // smart case: a capital makes it exact
    re = new RegExp(text, /[A-Z]/.test(text.replace(/\\./g, '')) ? '' : 'i');
  } catch (e) { return tell('Not a valid pattern', ' err'); } // the last good result stays
  const slice = () => {
    if (mine !== searching) return;
    for (const stop = min(FN.length, f + SLICE); f < stop; f++) marks[f] = re.test(FN[f][0]) || re.test(FN[f][3]);
    if (f < FN.length) { setTimeout(slice); return; }
    marks[base.fn[0]] = 0; // the root is no function
    finish();
  };
  if (text) slice();
  else finish();
}
/* The result line; nested matches are counted once, by the outermost. */
function count() {
  const {n, fn, tot, end} = base, zoomed = focus && T === base;
  const sumIn = (a, b) => {
    let sum = 0, stop = a;
    for (let i = a; i < b; i++) {
      if (!hit[fn[i]]) continue;
      if (!a) frames++;
      if (i >= stop) { sum += tot[i]; stop = end[i]; }
    }
    return sum;
  };
  let frames = 0;
  const sum = sumIn(0, n), functions = hit.reduce((s, h) => s + h, 0);
  PV.found = {frames: frames, functions: functions, sum: sum};
  tell(frames ? plural(frames, 'frame') + ' in ' + plural(functions, 'function') + ' \u00b7 ' + pct(sum) + ' of all' +
    (zoomed ? ' \u00b7 ' + share(sumIn(focus, end[focus]), tot[focus]) + ' of the zoomed frame' : '') : 'No frame matches');
}
function tell(text, bad) {
  result.textContent = text;
  result.className = 'res' + (bad || '');
}
/* An expression for one name; long ones are cut in tables. */
const exactly = name => '^' + name.replace(/[.*+?^${}()|[\]\\\/]/g, '\\$&').replace(/\u2026?$/, m => m ? '' : '$');
function searchOnly(i) {
  hide(card);
  search(exactly(nameOf(i)), save);
}
/* n, N: the next match on the screen; if there is none, the next anywhere. */
function step(way) {
  const match = i => i && hit && hit[T.fn[i]];
  let list = vis.filter(i => match(i) && abs(T.dep[i]) >= abs(T.dep[focus]));
  if (!list.length) list = [...T.fn.keys()].filter(match);
  if (!list.length) return;
  if (way < 0) list.reverse();
  let next = list.find(i => (i - cur) * way > 0);
  if (next === undefined) next = list[0];
  if (!vis.includes(next)) zoom(T.par[next]);
  select(next);
}
