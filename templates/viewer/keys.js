/* SPDX-License-Identifier: MIT */
/* The keyboard: one tab stop, arrows inside. */
const childrenOf = (i, way) => {
  const list = [];
  eachChild(T, i, c => { if (sign(T.dep_[c]) === way) list.push(c); });
  return list;
};
const siblings = i => i ? childrenOf(T.par_[i], sign(T.dep_[i])) : [0];
/* Down is away from the root, and from the middle of a sandwich to the callees. */
function vertical(way) {
  const side = sign(T.dep_[cur]);
  select(side === -way || !side && way < 0 && view !== 'sandwich' ? T.par_[cur]
    : childrenOf(cur, way).sort((a, b) => T.tot_[b] - T.tot_[a])[0]);
}
const beside = way => () => { const list = siblings(cur); select(list[list.indexOf(cur) + way]); };
/* Makes a frame the current one, brings it to the eye and says it. */
function select(i) {
  if (!(i >= 0)) return;
  cur = i;
  if (abs(T.dep_[i]) < abs(T.dep_[focus])) {
    const want = pathOf(i);
    zoom(i);
    cur = follow(want);
  }
  keyed = true;
  reveal();
  outline();
  drawPanel();
  const b = boxOf(cur), at = where(), list = siblings(cur), f = T.fn_[cur], origin = originName(f);
  showTip(cur, at.left + (b.x + min(b.w / 2, 200)) * at.k, at.top + (b.y + ROW - 8) * at.k);
  say(FN[f][0] + ', total ' + pct(T.tot_[cur]) + ', self ' + pct(T.self_[cur]) + ', level ' + abs(T.dep_[cur]) + ', ' +
    (list.indexOf(cur) + 1) + ' of ' + list.length + (origin && ', ' + origin.toLowerCase()));
}
function reveal() {
  const at = where(), y = at.top + boxOf(cur).y * at.k, cover = coverOf();
  if (y < cover || y > innerHeight - 60) scrollBy(0, y - (cover + innerHeight) / 2);
}
const enter = () => frames.focus({preventScroll: true});
const goZoom = () => zoom(cur);
const KEYS = { // while the picture has the focus
  ArrowDown: () => vertical(flame ? -1 : 1), ArrowUp: () => vertical(flame ? 1 : -1),
  ArrowLeft: beside(-1), ArrowRight: beside(1),
  Home: () => select(siblings(cur)[0]), End: () => select(siblings(cur).pop()),
  Enter: goZoom, ' ': goZoom
};
const ACTS = { // keys anywhere on the page, and values of buttons
  i: flip, c: () => setView(view === 'callers' ? 'callees' : 'callers'), s: () => setView('sandwich'),
  t: switchTheme, n: () => step(1), N: () => step(-1), u: back, Backspace: back, Escape: escape,
  '?': dialog.isConnected && (() => { if (!dialog.open) dialog.showModal(); }),
  '/': field.isConnected && (() => field.focus()), y: () => copy(location.href),
  fold: toggleFold, all: () => zoom(0), details: toggleDetails, zoom: goZoom, only: () => searchOnly(cur),
  copy: () => copy(nameOf(cur)), close: () => { hide(card); dialog.close(); }
};
function onKey(ev) {
  const t = ev.target, k = ev.key, typing = t.matches('input,select,textarea');
  let act = null;
  if (!shown(svg) || dialog.open) return;
  if (modified(ev)) act = k === 'f' && !typing && !ev.altKey && ACTS['/'];
  else if (typing) act = t === field && {
    Escape: () => { search('', () => save(true)); enter(); },
    Enter: () => { enter(); step(1); }
  }[k];
  else act = t === frames && KEYS[k] || (k === 'Escape' || [frames, D.body, svg, page].includes(t)) && ACTS[k];
  if (!act) return;
  ev.preventDefault();
  act();
}
