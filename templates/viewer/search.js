/* SPDX-License-Identifier: MIT */
/* Search: each function is tested once, the frames are then counted. */
const SLICE = 2e4; // functions a regular expression sees per turn
let searching = 0, found;
function search(text, done) {
  const mine = ++searching, marks = new Uint8Array(FN.length);
  let re, f = 0;
  query = text;
  const finish = () => {
    hit = text ? marks : null;
    if (text) count();
    else tell('');
    render();
    done?.();
  };
  try { // smart case: a capital makes it exact
    re = new RegExp(text, /[A-Z]/.test(text.replace(/\\./g, '')) ? '' : 'i');
  } catch { tell('Not a valid pattern', ' bad'); return refit(); } // the last good result stays
  const slice = () => {
    if (mine !== searching) return;
    for (const stop = min(FN.length, f + SLICE); f < stop; f++) marks[f] = re.test(FN[f][0]) || re.test(FN[f][3]);
    if (f < FN.length) { setTimeout(slice); return; }
    marks[base.fn_[0]] = 0; // the root is no function
    finish();
  };
  if (text) slice();
  else finish();
}
/* The result line; nested matches are counted once, by the outermost. */
function count() {
  const {n, fn_, tot_, end_} = base;
  let frames = 0;
  const sumIn = (a, b) => {
    let sum = 0, stop = frames = 0;
    for (let i = a; i < b; i++) {
      if (!hit[fn_[i]]) continue;
      frames++;
      if (i >= stop) { sum += tot_[i]; stop = end_[i]; }
    }
    return sum;
  };
  const zoomed = focus && T === base && sumIn(focus, end_[focus]), sum = sumIn(0, n);
  const functions = hit.reduce((s, h) => s + h, 0);
  found = [frames, functions, sum];
  tell(frames ? plural(frames, 'frame') + ' in ' + plural(functions, 'function') + ' · ' + pct(sum) + ' of all' +
    (focus && T === base ? ' · ' + share(zoomed, tot_[focus]) + ' of the zoomed frame' : '') : 'No frame matches');
}
function tell(text, bad = '') {
  result.textContent = text;
  result.className = 'res' + bad;
}
/* An expression for one name; long ones are cut in tables. */
const exactly = name => '^' + name.replace(/[.*+?^${}()|[\]\\\/]/g, '\\$&').replace(/…?$/, m => m ? '' : '$');
function searchOnly(i) {
  hide(card);
  search(exactly(nameOf(i)), save);
}
/* n, N: the next match on the screen; if there is none, the next anywhere. */
function step(way) {
  const match = i => i && hit?.[T.fn_[i]];
  let list = vis.filter(i => match(i) && abs(T.dep_[i]) >= abs(T.dep_[focus]));
  if (!list[0]) list = [...T.fn_.keys()].filter(match);
  if (!list[0]) return;
  if (way < 0) list.reverse();
  const next = list.find(i => (i - cur) * way > 0) ?? list[0];
  if (!vis.includes(next)) zoom(T.par_[next]);
  select(next);
}
