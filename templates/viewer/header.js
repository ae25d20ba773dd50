/* SPDX-License-Identifier: MIT */
/* -- Header: HTML in both kinds; in an .svg it stands in a foreignObject that
 * replaces the static texts, so that its lines wrap with the window -- */

const panel = id('pv-panel');
let head = null, tools, bar, legend, result, field, stepBack, stepOn, foldButton;
const views = {};

function buildHeader() {
  if (inline) { tools = id('pv-tools'); bar = id('pv-bar'); legend = id('pv-legend'); tools.hidden = false; }
  else {
    header.textContent = '';
    head = html('div', 'pv-head', el('foreignObject', {x: 0, y: 0, width: 1, height: 1}, header));
    set(html('div', 'h1', head, J.title), {id: P + 'pv-h1', role: 'heading', 'aria-level': 1});
    html('div', 'sub', head, J.sub).id = P + 'pv-sub';
    tools = html('div', 'tb', head);
    set(legend = html('ul', 'legend', head), {id: P + 'pv-legend'});
    const under = html('div', 'under', head);
    set(bar = html('nav', 'crumbs', under), {id: P + 'pv-bar', 'aria-label': 'Zoom path'});
    result = html('span', 'res', under);
    set(tools, {id: P + 'pv-tools', role: 'toolbar', 'aria-label': 'Flame graph'});
  }
  buildTools();
  drawLegend();
}
function button(parent, text, hint, act) {
  const b = html('button', 'btn', parent, text);
  b.type = 'button';
  if (hint) set(b, {title: hint, 'aria-label': hint});
  b.addEventListener('click', act);
  return b;
}
function buildTools() {
  tools.textContent = '';
  const group = html('span', 'seg', tools);
  if (steps) widthTools(group);
  else set(group, {role: 'group', 'aria-label': 'Direction of calls'});
  for (const [key, text, hint] of [['callees', 'Callees', 'Callees: who is called (c)'],
    ['callers', 'Callers', 'Callers: who calls (c)'],
    ['sandwich', 'Sandwich', 'Sandwich: both, around one function (s)']])
    if (!steps) views[key] = button(group, text, hint, () => setView(key));
  button(tools, 'Flip', 'Flip: root at the top or the bottom (i)', flip);
  foldButton = button(tools, 'Fold', 'Fold recursion: one row for repeated frames', toggleFold);
  if (inline) button(tools, 'Reset zoom', '', () => zoom(0)).classList.add('wide');
  if (panel) button(tools, 'Details', 'Details of the current frame', togglePanel).classList.add('details');
  html('span', 'sp', tools);
  if (inline) result = html('span', 'res', tools);
  set(result, {role: 'status', 'aria-live': 'polite'});
  stepBack = button(tools, '\u2039', 'Previous match (N)', () => step(-1));
  stepOn = button(tools, '\u203a', 'Next match (n)', () => step(1));
  field = html('input', 'q', tools);
  set(field, {id: P + 'pv-q', type: 'search', placeholder: 'Search (regex)   /', spellcheck: 'false',
    autocomplete: 'off', 'aria-label': 'Search functions and files, regular expression'});
  field.addEventListener('input', () => search(field.value, () => save(true)));
  button(tools, 'Theme', 'Switch between light and dark (t)', switchTheme);
  button(tools, '?', 'Help: keys (?)', help);
}
function showTools() {
  for (const key in views) views[key].setAttribute('aria-pressed', view === key);
  for (const key in widthButtons) widthButtons[key].setAttribute('aria-pressed', widths === key);
  foldButton.setAttribute('aria-pressed', fold && view === 'callees');
  foldButton.hidden = steps || !period || !period.some(p => p) || view !== 'callees';
  stepBack.hidden = stepOn.hidden = !hit;
  if (field.value !== query) field.value = query;
}
function say(text) { if (live) live.textContent = text; }
function hintText() {
  if (view === 'sandwich') return 'Sandwich of ' + FN[fnOf][0] + ': ' + value(T.tot[0]) +
    ' \u00b7 ' + pct(T.tot[0]) + ' of all. Callers on one side, callees on the other.';
  if (view === 'callers') return 'Wider means more ' + (J.noun || 'time') +
    '. The second row is each function by itself; each further row is who called it.';
  return (J.hint || '').replace(WIDE[J.widths], WIDE[widths]);
}
function drawBar() {
  bar.textContent = '';
  if (note) html('span', 'err', bar, note);
  else if (!focus) bar.textContent = hintText();
  if (note || !focus) return;
  let list = [];
  for (let i = focus; i >= 0; i = T.par[i]) list.unshift(i);
  if (list.length > 8) list = [list[0], -1].concat(list.slice(-6));
  list.forEach((i, j) => {
    if (j) html('i', '', bar, '\u203a');
    if (i < 0) html('span', '', bar, '\u2026');
    else if (i === focus) html('b', '', bar, nameOf(i));
    else html('button', '', bar, nameOf(i)).addEventListener('click', () => zoom(i));
  });
  html('span', 'sum', bar, value(T.tot[focus]) + ' \u00b7 ' + pct(T.tot[focus]) + ' of all');
}
function drawLegend() {
  if (!legend || !(J.origins || []).length) return;
  legend.textContent = '';
  for (const [key, name, part] of J.origins) {
    const b = html('button', '', html('li', '', legend));
    html('span', 'chip k' + (typeof key === 'number' ? key + 'a' : key), b);
    html('span', '', b, name + ' ');
    html('b', '', b, part);
    b.setAttribute('aria-pressed', 'false');
    b.addEventListener('click', () => {
      only = only === key ? null : key;
      for (const e of Array.from(legend.querySelectorAll('button')))
        e.setAttribute('aria-pressed', only !== null && e === b);
      paint();
    });
  }
  if (J.legend) html('li', 'mu', legend, J.legend);
}
/* SVG has no sticky position: the header follows the window's top edge. */
function stick() {
  if (!head) return;
  const r = svg.getBoundingClientRect(), y = Math.max(0, -r.top * height / (r.height || 1));
  head.parentNode.setAttribute('y', y.toFixed(0));
}
function measureHeader() {
  if (!head) return;
  const fo = head.parentNode;
  set(fo, {width: W + 2 * PAD});
  const h = Math.ceil(head.offsetHeight);
  set(fo, {height: h});
  TOP = h + 4;
}
