/* SPDX-License-Identifier: MIT */
/* Annotated source: keys, ranges of lines, hiding lines without figures. */

/* #L46-L52: the lines of a range have the looks of a target. */
const mark = () => {
  const [, name, first, last] = location.hash.match(/^#(.*L)(\d+)-L(\d+)$/) || [];
  each('.tg', e => e.classList.remove('tg'));
  for (let i = +first; i <= last && i < +first + 9999; i++) {
    const row = D.getElementById(name + i);
    row?.classList.add('tg');
    if (i === +first) row?.scrollIntoView();
  }
};
function startRange(ev) {
  const a = ev.target.closest('.ln a'), m = location.hash.match(/^#(.*L)(\d+)/);
  if (!a || !ev.shiftKey || !m) return;
  const to = +a.textContent, from = +m[2];
  location.hash = m[1] + min(from, to) + '-L' + max(from, to);
  ev.preventDefault();
}
/* Runs of more than 12 lines without figures become one row. */
let hidden = false;
function foldLines(rows) {
  if (rows.length < 13) return;
  const row = html('tr', 'fh run'), cell = html('td', '', row);
  const open = html('button', '', cell, '⋯ ' + rows.length + ' lines without figures');
  const hide = yes => rows.forEach(r => { r.hidden = yes; });
  cell.colSpan = 99;
  rows[0].before(row);
  hide(true);
  on(open, 'click', () => {
    hide(false);
    row.remove();
  });
}
function hideLines() {
  hidden = !hidden;
  each('.run', r => r.remove());
  each('.src tbody', body => {
    let run = [];
    for (const r of body.rows) r.hidden = false;
    for (const r of [...body.rows])
      if (hidden && !r.className) run.push(r);
      else { foldLines(run); run = []; }
    foldLines(run);
  });
  each('.hl button', b => { b.ariaPressed = hidden; });
}
function go(selector, way) {
  const rows = [...D.querySelectorAll(selector)].filter(shown), y = r => rectOf(r).top - 112;
  const next = way < 0 ? rows.findLast(r => y(r) < -2) : rows.find(r => y(r) > 2);
  if (next?.id) {
    history.replaceState(null, '', '#' + next.id);
    location.replace('#' + next.id);
  } else next?.scrollIntoView();
}
function startSource() {
  const hot = '.src :is(.h3,.h4,.h5,.h6)', heads = '.src .fh[id]';
  const follow = rel => D.querySelector('a[rel=' + rel + ']')?.click();
  const keys = {
    n: () => go(hot, 1), p: () => go(hot, -1), j: () => go(heads, 1), k: () => go(heads, -1), h: hideLines,
    '[': () => follow('prev'), ']': () => follow('next'), 0: () => scrollTo(0, 0), '?': () => each('.keys', e => { if (shown(e.parentNode)) e.showModal(); })
  };
  mark();
  on(window, 'hashchange', mark);
  on(D, 'click', startRange);
  each('.hl button', b => {
    b.hidden = false;
    on(b, 'click', hideLines);
  });
  on(D, 'keydown', ev => { if (!modified(ev) && !ev.target.closest('input,textarea,select,dialog')) keys[ev.key]?.(); });
}
if (D.querySelector('.src')) startSource();
