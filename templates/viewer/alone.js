/* SPDX-License-Identifier: MIT */
/* A picture by itself, an .svg: its tools, popups and help are HTML in
 * foreignObjects, made here, since an image of it must not show what cannot be
 * used.  Their values and texts are those of flame.html and diff.html. */
const named = (e, name) => { e.id = P + 'pv-' + name; return e; };
function button(parent, value, text, hint, cls) {
  const b = html('button', cls || 'btn', parent, text);
  b.type = 'button';
  b.value = value;
  if (hint) set(b, {title: hint, 'aria-label': hint});
  return b;
}
const panel = null, texts = id('-top');
empty(texts);
const head = html('div', 'pv-head', el('foreignObject', texts, {x: 0}));
set(named(html('div', 'h1', head, J.title), 'h1'), {role: 'heading', 'aria-level': 1});
named(html('div', 'sub', head, J.sub), 'sub');
const tools = set(named(html('div', 'tb', head), 'tools'), {role: 'toolbar', 'aria-label': 'Flame graph',
  'data-keys': 'Flame graph. Arrow keys move between frames, Enter zooms, Escape resets, ' +
    'slash searches, question mark lists all keys.'});
const legend = named(html('ul', 'key', head), 'legend'), under = html('div', 'under', head);
const bar = set(named(html('nav', 'way', under), 'bar'), {'aria-label': 'Zoom path'});
const result = set(html('span', 'res', under), {role: 'status'});
const popups = el('foreignObject', svg, {width: 1, height: 1, 'class': 'pop'});
const tip = html('div', 'tip', popups), card = html('div', 'tip tap', popups);
const dialog = set(html('dialog', 'dlg', popups), {'aria-label': 'Keys'});
const isTool = ev => ev.target.closest?.('foreignObject');

function putTools() {
  const group = set(html('span', 'seg', tools),
    {role: 'group', 'aria-label': cols.step ? 'What widths stand for' : 'Direction of calls'});
  for (const b of cols.step ? [['after', 'Widths after'], ['before', 'before'], ['max', 'the larger']]
    : [['callees', 'Callees', 'Callees: who is called (c)'], ['callers', 'Callers', 'Callers: who calls (c)'],
      ['sandwich', 'Sandwich', 'Sandwich: both, around one function (s)']])
    button(group, ...b).ariaPressed = false;
  button(tools, 'i', 'Flip', 'Flip: root at the top or the bottom (i)');
  if (!cols.step) button(tools, 'fold', 'Fold', 'Fold recursion: one row for repeated frames').ariaPressed = false;
  html('span', 'sp', tools);
  button(tools, 'N', '‹', 'Previous match (N)');
  button(tools, 'n', '›', 'Next match (n)');
  set(named(html('input', 'q', tools), 'q'), {type: 'search', placeholder: 'Search (regex)   /',
    spellcheck: false, autocomplete: 'off', 'aria-label': 'Search functions and files, regular expression'});
  button(tools, 't', 'Theme', 'Switch between light and dark (t)');
  button(tools, '?', '?', 'Help: keys (?)');
}
function putLegend() {
  for (const [name, text, part] of origins) {
    const li = html('li', '', legend);
    html('span', 'chip k' + name, li);
    li.append(text + ' ');
    html('b', '', li, part);
  }
  if (origins.length && J.legend) html('li', 'mu', legend, J.legend);
}
function putCard() {
  html('div', '', card);
  const row = html('div', 'acts', card);
  for (const [value, text] of [['zoom', 'Zoom'], ['only', 'Only this function'], ['copy', 'Copy name'],
    ['close', 'Close']])
    button(row, value, text);
}
function putHelp() {
  html('h2', '', dialog, 'Keys');
  const list = html('dl', '', dialog);
  for (const [keys, act] of [['Arrow keys', 'widest callee, caller, neighbours'],
    ['Home, End', 'first, last neighbour'], ['Enter, Space, click', 'zoom; on the zoomed frame: out'],
    ['Backspace, u', 'zoom out one level'], ['Esc', 'clear search, then reset zoom'],
    ['/ or Ctrl+F', 'search; n and N: next, previous match'],
    ['Alt+click', 'every place where this function is called'], ['i', 'root at the top or the bottom'],
    ['c', 'callers or callees'], ['s', 'sandwich of the current function'], ['t', 'light or dark'],
    ['y', 'copy a link to this view']]) {
    html('dt', '', list, keys);
    html('dd', '', list, act);
  }
  button(dialog, 'close', 'Close');
}
tip.hidden = card.hidden = true;
putTools();
putLegend();
putCard();
putHelp();

function measure() {
  set(svg, {width: '100%'});
  W = max(200, rectOf(svg).width - 2 * PAD);
}
/* SVG has no sticky position: the header follows the window's top edge. */
function stick() {
  const at = where();
  set(head.parentNode, {y: max(0, -at.top / at.k).toFixed(0)});
}
function fitHeader() {
  set(head.parentNode, {width: W + 2 * PAD, height: 1});
  const h = ceil(head.offsetHeight);
  set(head.parentNode, {height: h});
  TOP = h + 4;
  requestAnimationFrame(stick);
}
on(window, 'scroll', () => requestAnimationFrame(stick));
/* The picture fills the window; its footer stands below the last row. */
function heightOf(rows) {
  if (id('-foot')) set(id('-foot'), {transform: 'translate(0,' + rows + ')'});
  return max(rows + J.bot, innerHeight);
}
const coverOf = () => TOP;
const drawChips = () => {}; // its footer names the filters
