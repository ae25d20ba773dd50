/* SPDX-License-Identifier: MIT */
/* The keyboard: one tab stop, arrows inside. */
const childrenOf = (i, way) => {
  const list = [];
  eachChild(T, i, c => { if (sign(T.dep[c]) === way) list.push(c); });
  return list;
};
const siblings = i => i ? childrenOf(T.par[i], sign(T.dep[i])) : [0];
/* Down is away from the root, and from the middle of a sandwich to the callees. */
function vertical(way) {
  const side = sign(T.dep[cur]);
  select(side === -way || !side && way < 0 && view !== 'sandwich' ? T.par[cur]
    : childrenOf(cur, way).sort((a, b) => T.tot[b] - T.tot[a])[0]);
}
const beside = way => () => { const list = siblings(cur); select(list[list.indexOf(cur) + way]); };
/* Makes a frame the current one, brings it to the eye and says it. */
function select(i) {
  if (!(i >= 0)) return;
  cur = i;
  if (abs(T.dep[i]) < abs(T.dep[focus])) {
    const want = pathOf(i);
    zoom(i);
    cur = follow(want);
  }
  keyed = true;
  reveal();
  outline();
  drawPanel();
  const b = boxOf(cur), at = where(), list = siblings(cur), f = T.fn[cur], origin = originName(f);
  showTip(cur, at.left + (b.x + min(b.w / 2, 200)) * at.k, at.top + (b.y + ROW - 8) * at.k);
  say(FN[f][0] + ', total ' + pct(T.tot[cur]) + ', self ' + pct(T.self[cur]) + ', level ' + abs(T.dep[cur]) + ', ' +
    (list.indexOf(cur) + 1) + ' of ' + list.length + (origin && ', ' + origin.toLowerCase()));
}
function reveal() {
  const at = where(), y = at.top + boxOf(cur).y * at.k;
  if (y < (inline ? rectOf(tools).height + 8 : TOP) || y > innerHeight - 60) scrollBy(0, y - innerHeight / 2);
}
const KEYS = {
  ArrowDown: () => vertical(flame ? -1 : 1), ArrowUp: () => vertical(flame ? 1 : -1),
  ArrowLeft: beside(-1), ArrowRight: beside(1),
  Home: () => select(siblings(cur)[0]), End: () => select(siblings(cur).pop()),
  Enter: () => zoom(cur), ' ': () => zoom(cur)
};
const LETTERS = {
  i: flip, c: () => setView(view === 'callers' ? 'callees' : 'callers'), s: () => setView('sandwich'),
  t: switchTheme, n: () => step(1), N: () => step(-1), u: back, Backspace: back, Escape: escape,
  '?': help, '/': () => field.focus(), y: () => copy(location.href)
};
function onKey(ev) {
  const t = ev.target, k = ev.key, typing = /^(input|select|textarea)$/i.test(t.localName);
  let act = null;
  if (!shown(svg) || D.querySelector('dialog[open]')) return;
  if (ev.ctrlKey || ev.metaKey || ev.altKey) act = k === 'f' && !typing && !ev.altKey && LETTERS['/'];
  else if (typing) act = t === field && {
    Escape: () => { search('', () => save(true)); frames.focus(); },
    Enter: () => { frames.focus(); step(1); }
  }[k];
  else act = t === frames && KEYS[k] || (k === 'Escape' || [frames, D.body, svg, page].includes(t)) && LETTERS[k];
  if (!act) return;
  ev.preventDefault();
  act();
}
let dialog = null;
function help() {
  if (!dialog) {
    dialog = set(html('dialog', 'pv-help', layer), {'aria-label': 'Keys'});
    html('h2', '', dialog, 'Keys');
    const list = html('dl', '', dialog);
    for (const line of ['Arrow keys: widest callee, caller, neighbours', 'Home, End: first, last neighbour',
      'Enter, Space, click: zoom; on the zoomed frame: out', 'Backspace, u: zoom out one level',
      'Esc: clear search, then reset zoom', '/ or Ctrl+F: search; n and N: next, previous match',
      'Alt+click: every place where this function is called', 'i: root at the top or the bottom',
      'c: callers or callees', 's: sandwich of the current function', 't: light or dark', 'y: copy a link to this view']) {
      const at = line.indexOf(': ');
      html('dt', '', list, line.slice(0, at));
      html('dd', '', list, line.slice(at + 2));
    }
    button(dialog, 'Close', () => dialog.close());
    on(dialog, 'close', () => frames.focus());
  }
  if (!dialog.open) dialog.showModal();
}
