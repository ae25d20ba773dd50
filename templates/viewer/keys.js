/* SPDX-License-Identifier: MIT */
/* -- Keyboard -- */

function siblings(i) {
  const p = T.par[i], list = [];
  if (p < 0) return [i];
  for (let c = p + 1; c < T.end[p]; c = T.end[c]) if (T.dep[c] === T.dep[i]) list.push(c);
  return list;
}
function widestChild(i, way) {
  let best = -1;
  for (let c = i + 1; c < T.end[i]; c = T.end[c])
    if (Math.sign(T.dep[c] - T.dep[i]) === way && (best < 0 || T.tot[c] > T.tot[best])) best = c;
  return best;
}
function walk(dir) {
  const list = siblings(cur), k = list.indexOf(cur);
  let next = -1;
  if (dir === 'down' || dir === 'up') {
    const way = dir === 'down' ? 1 : -1, out = Math.sign(T.dep[cur]) === -way;
    next = out || !cur && view !== 'sandwich' && way < 0 ? T.par[cur] : widestChild(cur, way);
    if (way < 0 && T.dep[cur] > 0) next = T.par[cur];
  } else next = dir === 'first' ? list[0] : dir === 'last' ? list[list.length - 1]
    : list[k + (dir === 'right' ? 1 : -1)];
  if (next === undefined || next < 0) return;
  select(next);
}
/* Makes a frame the current one, brings it to the eye and says it. */
function select(i) {
  cur = i;
  const low1 = Math.abs(T.dep[i]) < Math.abs(T.dep[focus]);
  if (low1) { const want = pathOf(i); zoom(i); cur = follow(want); }
  keyed = true;
  reveal();
  outline();
  drawPanel();
  const b = boxOf(cur), at = where(0, 0);
  showTip(cur, at.left + (b.x + Math.min(b.w / 2, 200)) * at.scale,
    at.top + (b.y + ROW - 8) * at.scale);
  const list = siblings(cur), f = T.fn[cur];
  say(FN[f][0] + ', total ' + pct(T.tot[cur]) + ', self ' + pct(T.self[cur]) + ', level ' +
    Math.abs(T.dep[cur]) + ', ' + (list.indexOf(cur) + 1) + ' of ' + list.length +
    (originName(f) ? ', ' + originName(f).toLowerCase() : ''));
}
function reveal() {
  const at = where(0, 0), y = at.top + boxOf(cur).y * at.scale;
  const headroom = inline && tools ? tools.getBoundingClientRect().height + 8 : TOP;
  if (y < headroom || y > window.innerHeight - 60)
    window.scrollBy(0, y - window.innerHeight / 2);
}
const KEYS = {
  ArrowDown: () => walk(flame ? 'up' : 'down'), ArrowUp: () => walk(flame ? 'down' : 'up'),
  ArrowLeft: () => walk('left'), ArrowRight: () => walk('right'),
  Home: () => walk('first'), End: () => walk('last'),
  Enter: () => zoom(cur), ' ': () => zoom(cur)
};
const LETTERS = {
  i: flip, c: () => setView(view === 'callers' ? 'callees' : 'callers'),
  s: () => setView('sandwich'), t: switchTheme, n: () => step(1), N: () => step(-1), u: back,
  Backspace: back, Escape: escape, '?': help, '/': () => field.focus(),
  y: () => copy(location.href)
};
function onKey(ev) {
  const t = ev.target, typing = t && /^(input|select|textarea)$/i.test(t.localName || '');
  if ((ev.ctrlKey || ev.metaKey) && ev.key === 'f' && !typing && D.activeElement !== field) {
    field.focus();
    ev.preventDefault();
    return;
  }
  if (!visible() || D.querySelector('dialog[open]')) return;
  if (typing) {
    if (ev.key === 'Escape' && t === field) { search('', () => save(true)); frames.focus(); }
    else if (ev.key === 'Enter' && t === field) { frames.focus(); step(1); }
    return;
  }
  if (ev.ctrlKey || ev.metaKey || ev.altKey) return;
  const inGraph = t === frames, free = inGraph || t === D.body || t === svg || t === root;
  const act = inGraph && KEYS[ev.key] || (free || ev.key === 'Escape') && LETTERS[ev.key];
  if (!act) return;
  ev.preventDefault();
  act();
}
const visible = () => svg.getClientRects().length > 0;

const HELP = [['Arrow keys', 'widest callee, caller, neighbours'], ['Home, End', 'first, last neighbour'],
  ['Enter, Space, click', 'zoom to the frame; on the zoomed frame: out'],
  ['Backspace, u', 'zoom out one level'], ['Esc', 'clear search, then reset zoom'],
  ['/ or Ctrl+F', 'search; n and N: next, previous match'],
  ['Alt+click', 'every place where this function is called'],
  ['i', 'flip: root at the top or the bottom'], ['c', 'callers or callees'],
  ['s', 'sandwich of the current function'], ['t', 'light or dark'], ['y', 'copy a link to this view']];
let dialog = null;
function help() {
  if (!dialog) {
    dialog = html('dialog', 'pv-help', layer);
    dialog.setAttribute('aria-label', 'Keys');
    html('h2', '', dialog, 'Keys');
    const list = html('dl', '', dialog);
    for (const [key, what] of HELP) { html('dt', '', list, key); html('dd', '', list, what); }
    button(html('p', '', dialog), 'Close', '', () => dialog.close());
    dialog.addEventListener('close', () => frames.focus());
  }
  if (!dialog.open) dialog.showModal();
}
