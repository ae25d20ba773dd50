/* SPDX-License-Identifier: MIT */
/* What readers do: zoom, turn, flip, choose a theme, copy. */
function render() {
  measure();
  if (view !== 'callees' && T.nodes) {
    const at = pathOf(cur);
    turn(pathOf(focus));
    cur = follow(at);
  }
  from = T.x0[focus];
  to = from + T.tot[focus];
  drawBar();
  showTools();
  measureHeader();
  layout();
  paint();
  stick();
  drawPanel();
}
let animation = 0;
function zoom(i) {
  const a = from, b = to, quick = view === 'callees' && cost < 8 && vis.length <= 1500 &&
    !media('prefers-reduced-motion:reduce');
  if (!(i >= 0)) return;
  focus = cur = i;
  hover = -1;
  note = '';
  hide(tip);
  hide(card);
  cancelAnimationFrame(animation);
  if (hit) count();
  render();
  save();
  if (quick) glide(a, b);
}
/* Eases from the interval [a, b] to the one just drawn. */
function glide(a, b) {
  const a1 = from, b1 = to, began = performance.now();
  const frame = now => {
    const rest = pow(1 - min(1, max(0, (now - began) / EASE)), 3);
    from = a1 + (a - a1) * rest;
    to = b1 + (b - b1) * rest;
    layout();
    paint();
    if (rest) animation = requestAnimationFrame(frame);
  };
  frame(began);
}
/* After a turn of the whole picture. */
function turned() {
  if (hit) count();
  render();
  reveal();
  save();
}
function setView(next, f) {
  if (steps) return;
  if (next === 'sandwich')
    fnOf = f || (cur ? T.fn[cur] : view === next && fnOf) || biggest('self', g => g !== base.fn[0]);
  if (view !== 'callees') focus = 0;
  view = next;
  turn([]);
  turned();
}
function flip() { flame = !flame; turned(); }
function toggleFold() { fold = !fold; turn(); turned(); }
function switchTheme() {
  const now = page.dataset.theme, dark = now ? now === 'dark' : media('prefers-color-scheme:dark');
  page.dataset.theme = dark ? 'light' : 'dark';
  try { localStorage.setItem('pv-theme', page.dataset.theme); } catch (e) { /* no store */ }
}
function loadTheme() {
  try {
    const kept = localStorage.getItem('pv-theme');
    if (kept && !J.theme) page.dataset.theme = kept === 'dark' ? kept : 'light';
  } catch (e) { /* no store */ }
}
function copy(text) {
  const failed = () => say('Could not copy');
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => say('Copied'), failed);
  else failed();
}
function back() { if (focus) zoom(T.par[focus]); }
function escape() {
  if (query) search('', save);
  else if (focus || note) zoom(0);
  else { hide(tip); hide(card); }
}
