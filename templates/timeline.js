/* SPDX-License-Identifier: MIT */
/* Reads values off a memory timeline: a line and a card that follow the pointer
 * and the arrow keys.  The page is complete without it.
 *
 * The island (templates/README.md) tells each sample, or the least and greatest
 * of each of 4,000 columns: everywhere below a value is a pair [low, high]. */
(() => {
  'use strict';
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

  /* Differences (odd: below 0), each followed by the height of its column. */
  function decode(text, columns, unit) {
    const numbers = [], pairs = [];
    let value = 0, scale = 1, sum = 0;
    for (const letter of text) {
      const digit = digits.indexOf(letter);
      value += digit % 32 * scale;
      scale *= 32;
      if (digit < 32) {
        numbers.push(value);
        value = 0;
        scale = 1;
      }
    }
    for (let i = 0; i < numbers.length; i += 1 + columns) {
      sum += numbers[i] % 2 ? -(numbers[i] + 1) / 2 : numbers[i] / 2;
      pairs.push([sum * unit, (sum + (columns ? numbers[i + 1] : 0)) * unit]);
    }
    return pairs;
  }

  /* As the C code writes it. */
  function size(bytes) {
    let i = 0;
    for (; bytes >= 1023.5 && i < 6; i++) bytes /= 1024;
    return bytes.toFixed(i && bytes < 99.95 ? bytes < 9.995 ? 2 : 1 : 0)
      .replace(/^(\d)(\d{3})$/, '$1,$2') + (i ? ' ' + 'KMGTPE'[i - 1] + 'iB' : ' B');
  }

  /* One text for both ends where they read the same. */
  function span(pair, word) {
    const low = word(pair[0]), high = word(pair[1]);
    return low === high ? low : low + ' to ' + high;
  }

  /* The last time not after `t`, or -1. */
  function find(times, t) {
    let low = -1, high = times.length;
    while (high - low > 1) {
      const middle = low + high >> 1;
      if (times[middle][0] <= t) low = middle; else high = middle;
    }
    return low;
  }

  function put(parent, name, text, kind) {
    const element = parent.appendChild(document.createElement(name));
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }

  function draw(parent, name, attributes) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return parent.appendChild(element);
  }

  function start(island) {
    const data = JSON.parse(island.textContent), prefix = island.id.slice(0, -5);
    const figure = document.getElementById(prefix).parentNode, live = document.getElementById(prefix + '-live');
    const card = put(figure, 'div', '', 'read');
    let at = -1, marks = [], times;

    /* Not before it is asked for: a report has many of these. */
    function open() {
      if (times) return;
      data.r.forEach(run => {
        run.t = decode(run.t, run.c, run.q);
        run.s.forEach(s => { s.v = decode(s.v, run.c, 1); });
      });
      times = data.r[0].t;
    }

    function moment(t) {
      const s = t / 1e9;
      return data.snap ? 'snapshot ' + s : (s < 120 ? '' : Math.floor(s / 60) + ' min ') + +(s < 120 ? s : s % 60).toFixed(4) + ' s';
    }

    /* The picture that the style sheet shows: its plot, and pixels a unit. */
    function plot() {
      const svg = [...figure.children].find(e => e.clientWidth && e !== card);
      const outer = figure.getBoundingClientRect(), box = svg.getBoundingClientRect();
      const group = svg.querySelector('[data-box]'), b = group.dataset.box.split(' ').map(Number);
      return {g: group, x: b[0], y: b[1], w: b[2], h: b[3], k: box.width / svg.viewBox.baseVal.width,
        l: box.left, dx: box.left - outer.left, dy: box.top - outer.top};
    }

    /* What was drawn goes; the card is empty. */
    function hide() {
      marks.forEach(e => e.remove());
      marks = [];
      card.textContent = '';
      card.hidden = true;
    }

    function show(i) {
      const p = plot(), t = times[i], middle = (t[0] + t[1]) / 2;
      const x = p.x + p.w * (data.to > data.from ? (middle - data.from) / (data.to - data.from) : 0);
      hide();
      at = i;
      card.hidden = false;
      put(card, 'b', span(t, moment));
      const table = put(card, 'table', '');
      marks.push(draw(p.g, 'path', {'class': 'ti', fill: 'none', d: 'M' + x + ' ' + p.y + 'v' + p.h}));
      data.r.forEach(run => {
        const k = find(run.t, middle);
        if (k < 0 || middle > run.t[run.t.length - 1][1]) return;
        run.s.forEach((series, n) => {
          const v = series.v[k];
          if (n && !v[1]) return;
          const row = put(table, 'tr', '');
          put(put(row, 'td', ''), 'span', '', 'chip ' + series.c);
          row.firstChild.append(series.n);
          put(row, 'td', span(v, size), 'n');
          put(row, 'td', span(v, b => b.toLocaleString('en') + ' B'), 'n mu');
          if (n === run.d) marks.push(draw(p.g, 'circle', {'class': 'ti', cx: x, cy: p.y + p.h * (1 - v[1] / p.g.dataset.v1), r: 4}));
        });
      });
      const names = new Set(data.f.filter(f => f[1] <= t[1] && f[2] >= t[0]).map(f => f[0]));
      put(card, 'div', [...names].slice(0, 4).join(', '), 'mu');
      live.textContent = card.innerText;
      const place = p.dx + x * p.k, width = card.offsetWidth + 12, right = place + width < figure.clientWidth;
      card.style.left = Math.max(0, right ? place + 12 : place - width) + 'px';
      card.style.top = p.dy + (p.y + (right || place > width ? 0 : p.h + 30)) * p.k + 'px';
    }

    function near(event) {
      open();
      const p = plot(), x = (event.clientX - p.l) / p.k - p.x;
      if (x < -4 || x > p.w + 4) return hide();
      const t = data.from + (data.to - data.from) * x / p.w, i = Math.max(0, find(times, t));
      show(i + 1 < times.length && times[i + 1][0] - t < t - times[i][1] ? i + 1 : i);
      const line = event.target.parentNode.querySelector(':scope>[stroke-width="2"]');
      if (!line) return;
      const box = line.getBBox();
      marks.push(draw(p.g, 'rect', {'class': 'band', x: box.x, y: p.y, width: box.width, height: p.h}));
    }

    function key(event) {
      const by = {ArrowLeft: -1, ArrowRight: 1, Home: -1e9, End: 1e9}[event.key];
      if (event.key === 'Escape') hide();
      if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      open();
      show(Math.max(0, Math.min(times.length - 1, at + by * (event.shiftKey ? 10 : 1))));
    }

    hide();
    figure.tabIndex = 0;
    figure.setAttribute('aria-label', 'Memory over time; arrow keys read the values');
    figure.addEventListener('pointermove', near);
    figure.addEventListener('pointerdown', near);
    figure.addEventListener('pointerleave', hide);
    figure.addEventListener('keydown', key);
    figure.addEventListener('blur', hide);
  }

  document.querySelectorAll('script[id$="tl-data"]').forEach(start);
})();
