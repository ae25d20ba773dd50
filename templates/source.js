/* SPDX-License-Identifier: MIT */
/* Annotated source: keys, ranges of lines, hiding lines without figures. */
(() => {
  const doc = document, all = (s) => [...doc.querySelectorAll(s)].filter((e) => e.getClientRects().length);
  if (!doc.querySelector('.src')) return;
  const make = (tag, text) => {
    const e = doc.createElement(tag);
    e.textContent = text;
    return e;
  };

  /* #L46-L52: the lines of a range have the looks of a target. */
  const mark = () => {
    const m = location.hash.match(/^#(.*L)(\d+)-L(\d+)$/);
    doc.querySelectorAll('.tg').forEach((e) => e.classList.remove('tg'));
    for (let i = m ? +m[2] : 1; m && i <= +m[3] && i < +m[2] + 9999; i++) {
      const row = doc.getElementById(m[1] + i);
      if (row) row.classList.add('tg');
      if (row && i == m[2]) row.scrollIntoView();
    }
  };
  addEventListener('hashchange', mark);
  mark();
  doc.addEventListener('click', (e) => {
    const a = e.target.closest('.ln a'), m = location.hash.match(/^#(.*L)(\d+)/);
    if (!a || !e.shiftKey || !m) return;
    const to = +a.textContent, from = +m[2];
    location.hash = m[1] + Math.min(from, to) + '-L' + Math.max(from, to);
    e.preventDefault();
  });

  /* Runs of more than 12 lines without figures become one row. */
  let hidden = false;
  const fold = (rows) => {
    if (rows.length < 13) return;
    const row = make('tr', ''), cell = make('td', ''), open = make('button', '\u22ef ' + rows.length + ' lines without figures');
    cell.colSpan = 99;
    cell.append(open);
    row.append(cell);
    row.className = 'fh run';
    rows[0].before(row);
    rows.forEach((r) => { r.hidden = true; });
    open.onclick = () => {
      rows.forEach((r) => { r.hidden = false; });
      row.remove();
    };
  };
  const hide = () => {
    hidden = !hidden;
    doc.querySelectorAll('.src tbody').forEach((body) => {
      let run = [];
      body.querySelectorAll('.run').forEach((r) => r.remove());
      [...body.rows].forEach((r) => {
        r.hidden = false;
        if (hidden && !r.className) run.push(r);
        else { fold(run); run = []; }
      });
      fold(run);
    });
    doc.querySelectorAll('.hotbar button').forEach((b) => b.setAttribute('aria-pressed', hidden));
  };
  doc.querySelectorAll('.hotbar').forEach((bar) => {
    const b = make('button', 'Hide lines without figures');
    b.setAttribute('aria-pressed', false);
    b.onclick = hide;
    bar.append(b);
  });

  const go = (rows, back) => {
    const y = (r) => r.getBoundingClientRect().top - 112;
    const next = back ? rows.reverse().find((r) => y(r) < -2) : rows.find((r) => y(r) > 2);
    if (!next) return;
    if (next.id) history.replaceState(null, '', '#' + next.id), location.replace('#' + next.id);
    else next.scrollIntoView();
  };
  const follow = (rel) => {
    const a = doc.querySelector('a[rel=' + rel + ']');
    if (a) a.click();
  };
  const help = () => {
    const box = make('dialog', '');
    box.append(make('p', 'n, p: next, previous hot line'), make('p', 'j, k: next, previous function'), make('p', '[, ]: previous, next file'),
      make('p', 'h: hide lines without figures'), make('p', '0: top'), make('p', 'Shift+click on a line number: a range'));
    doc.body.append(box);
    box.onclose = () => box.remove();
    box.showModal();
  };
  doc.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input,textarea,select,dialog')) return;
    const hot = '.src .h3,.src .h4,.src .h5,.src .h6';
    switch (e.key) {
      case 'n': go(all(hot)); break;
      case 'p': go(all(hot), true); break;
      case 'j': go(all('.src .fh[id]')); break;
      case 'k': go(all('.src .fh[id]'), true); break;
      case '[': follow('prev'); break;
      case ']': follow('next'); break;
      case '0': scrollTo(0, 0); break;
      case 'h': hide(); break;
      case '?': help(); break;
    }
  });
})();
