/* SPDX-License-Identifier: MIT */
/* -- Details panel of wide pages -- */

function togglePanel() {
  panel.hidden = !panel.hidden;
  panel.parentNode.classList.toggle('split', !panel.hidden);
  render();
}
function drawPanel() {
  if (!panel || panel.hidden) return;
  const at = cur || focus, f = T.fn[at];
  panel.textContent = '';
  describe(html('div', 'pv-details', panel), at);
  const here = outermost(base, f), node = {frames: here, weights: here.map(i => base.tot[i]),
    dep: 0, way: 1}, whole = totalOf(f), heavy = (a, b) => b.weight - a.weight;
  for (const [name, list] of [['Callers', callersOf(base, node, heavy)],
    ['Callees', calleesOf(base, here, 1, heavy)]]) {
    html('h3', '', panel, name);
    const ul = html('ul', '', panel);
    for (const o of list.slice(0, 10)) {
      const b = html('button', '', html('li', '', ul), FN[o.fn][0]);
      b.addEventListener('click', () => setView('sandwich', o.fn));
      html('b', '', b.parentNode, share(o.weight, whole));
    }
    if (!list.length) html('li', 'mu', ul, 'none');
    if (list.length > 10) html('li', 'mu', ul, plural(list.length - 10, 'more function'));
  }
}
