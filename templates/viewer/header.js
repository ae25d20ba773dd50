/* SPDX-License-Identifier: MIT */
/* Tools, legend and path.  What a button does is its value: a key, a word, or
 * what is to be shown. */
const buttons = [...tools.querySelectorAll('button')], field = part('q', 'input');
const choices = Object.keys(J.hints), choose = steps ? chooseWidths : setView;
tools.hidden = false;
for (const box of [tools, card, dialog])
  each('button', b => on(b, 'click', () => (ACTS[b.value] || choose)(b.value)), box);
on(field, 'input', () => search(field.value, () => save(true)));
on(dialog, 'close', () => enter());
origins.forEach(([name], i) => {
  const li = legend.children[i], b = html('button');
  if (!li) return;
  b.append(...li.childNodes);
  li.append(b);
  on(b, 'click', () => showOnly(only === name ? null : name));
});
/* The frames of one origin, or all. */
function showOnly(name) {
  only = name;
  each('button', (e, i) => { e.ariaPressed = origins[i][0] === only; }, legend);
  drawChips();
  paint();
}
function showTools() {
  const chosen = steps ? widths : view, hidden = {fold: !period || view !== 'callees', n: !hit, N: !hit};
  for (const b of buttons) {
    b.hidden = hidden[b.value];
    if (b.ariaPressed) b.ariaPressed = b.value === chosen || fold && b.value === 'fold';
  }
  if (field.value !== query) field.value = query;
  drawChips();
}
const say = text => { live.textContent = text; };
function drawBar() {
  empty(bar);
  if (note) html('b', 'bad', bar, note);
  else if (focus) drawPath();
  else bar.append((view === 'sandwich' ? 'Sandwich of ' + FN[fnOf][0] + ': ' + amount(0) + '. ' : '') +
    J.hints[steps ? widths : view]);
}
function drawPath() {
  let list = [];
  for (let i = focus; i >= 0; i = T.par_[i]) list.unshift(i);
  if (list.length > 8) list.splice(1, list.length - 7, -1);
  for (const i of list) {
    if (i) bar.append('\u2002›\u2002');
    if (i < 0) bar.append('…');
    else if (i === focus) html('b', '', bar, nameOf(i));
    else on(html('button', '', bar, nameOf(i)), 'click', () => zoom(i));
  }
  html('span', '', bar, amount(focus));
}
