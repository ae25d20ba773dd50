/* SPDX-License-Identifier: MIT */
/* Tools, legend and path: HTML in both kinds; in an .svg they stand in a
 * foreignObject that replaces the static texts, so that lines wrap with the
 * window. */
const button = (parent, text, act, hint, cls) => {
  const b = html('button', 'btn ' + (cls || ''), parent, text);
  b.type = 'button';
  if (hint) set(b, {title: hint, 'aria-label': hint});
  on(b, 'click', act);
  return b;
};
const views = {}, named = (e, name) => { e.id = P + 'pv-' + name; return e; };
let head = null, tools, bar, legend, result;
if (inline) [tools, bar, legend] = ['-tools', '-bar', '-legend'].map(id);
else {
  const old = id('-top');
  old.textContent = '';
  head = html('div', 'pv-head', el('foreignObject', old, {x: 0}));
  set(named(html('div', 'h1', head, J.title), 'h1'), {role: 'heading', 'aria-level': 1});
  named(html('div', 'sub', head, J.sub), 'sub');
  tools = set(named(html('div', 'tb', head), 'tools'), {role: 'toolbar', 'aria-label': 'Flame graph'});
  legend = named(html('ul', 'legend', head), 'legend');
  const under = html('div', 'under', head);
  bar = set(named(html('nav', 'crumbs', under), 'bar'), {'aria-label': 'Zoom path'});
  result = html('span', 'res', under);
}
tools.hidden = false;
const group = set(html('span', 'seg', tools),
  {role: 'group', 'aria-label': steps ? 'What widths stand for' : 'Direction of calls'});
for (const [name, text, hint] of steps ? [['after', 'Widths after'], ['before', 'before'], ['max', 'the larger']]
  : [['callees', 'Callees', 'Callees: who is called (c)'], ['callers', 'Callers', 'Callers: who calls (c)'],
    ['sandwich', 'Sandwich', 'Sandwich: both, around one function (s)']])
  views[name] = button(group, text, () => (steps ? chooseWidths : setView)(name), hint);
button(tools, 'Flip', flip, 'Flip: root at the top or the bottom (i)');
const foldButton = button(tools, 'Fold', toggleFold, 'Fold recursion: one row for repeated frames');
if (inline) button(tools, 'Reset zoom', () => zoom(0), '', 'wide');
if (panel) button(tools, 'Details', () => {
  panel.parentNode.classList.toggle('split', !(panel.hidden = !panel.hidden));
  render();
}, 'Details of the current frame', 'details');
html('span', 'sp', tools);
result = set(result || html('span', 'res', tools), {role: 'status'});
const stepBack = button(tools, '\u2039', () => step(-1), 'Previous match (N)');
const stepOn = button(tools, '\u203a', () => step(1), 'Next match (n)');
const field = set(named(html('input', 'q', tools), 'q'), {type: 'search', placeholder: 'Search (regex)   /',
  spellcheck: false, autocomplete: 'off', 'aria-label': 'Search functions and files, regular expression'});
on(field, 'input', () => search(field.value, () => save(true)));
button(tools, 'Theme', switchTheme, 'Switch between light and dark (t)');
button(tools, '?', help, 'Help: keys (?)');

if (legend && origins.length) {
  legend.textContent = '';
  for (const [name, text, part] of origins) {
    const b = html('button', '', html('li', '', legend));
    html('span', 'chip k' + (name.length ? name : name + 'a'), b);
    b.append(text + ' ');
    html('b', '', b, part);
    on(b, 'click', () => {
      only = only === name ? null : name;
      for (const e of legend.querySelectorAll('button')) e.ariaPressed = only !== null && e === b;
      paint();
    });
  }
  if (J.legend) html('li', 'mu', legend, J.legend);
}
function showTools() {
  for (const name in views) set(views[name], {'aria-pressed': name === (steps ? widths : view)});
  set(foldButton, {'aria-pressed': fold});
  foldButton.hidden = steps || !period || view !== 'callees';
  stepBack.hidden = stepOn.hidden = !hit;
  if (field.value !== query) field.value = query;
}
const say = text => { if (live) live.textContent = text; };
function drawBar() {
  bar.textContent = note || focus ? '' : view === 'callees'
    ? (J.hint || '').replace(WIDE[J.widths], WIDE[widths]) : view === 'sandwich'
    ? 'Sandwich of ' + FN[fnOf][0] + ': ' + value(T.tot[0]) + ' \u00b7 ' + pct(T.tot[0]) + ' of all. Callers on one side, callees on the other.'
    : 'Wider means more ' + (J.noun || 'time') + '. The second row is each function by itself; each further row is who called it.';
  if (note) html('b', 'err', bar, note);
  if (note || !focus) return;
  let list = [];
  for (let i = focus; i >= 0; i = T.par[i]) list.unshift(i);
  if (list.length > 8) list = [0, -1].concat(list.slice(-6));
  for (const i of list) {
    if (i) html('i', '', bar, '\u203a');
    if (i < 0) bar.append('\u2026');
    else if (i === focus) html('b', '', bar, nameOf(i));
    else on(html('button', '', bar, nameOf(i)), 'click', () => zoom(i));
  }
  html('span', '', bar, value(T.tot[focus]) + ' \u00b7 ' + pct(T.tot[focus]) + ' of all');
}
/* SVG has no sticky position: the header follows the window's top edge. */
function stick() {
  const at = where();
  if (head) set(head.parentNode, {y: max(0, -at.top / at.k).toFixed(0)});
}
function measure() {
  const box = inline ? svg.parentNode : svg;
  PAD = inline && innerWidth <= 640 ? 12 : J.pad; // as the page around it
  if (!inline) set(svg, {width: '100%'});
  W = max(200, (inline ? box.clientWidth : rectOf(box).width) - 2 * PAD);
}
function measureHeader() {
  if (!head) return;
  set(head.parentNode, {width: W + 2 * PAD, height: 1});
  const h = Math.ceil(head.offsetHeight);
  set(head.parentNode, {height: h});
  TOP = h + 4;
}
