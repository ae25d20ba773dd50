/* SPDX-License-Identifier: MIT */
/* What readers do: zoom, turn, flip, choose a theme, copy. */
function render() {
  measure();
  if (view !== 'callees' && T.nodes_) {
    const at = pathOf(cur);
    turn(pathOf(focus));
    cur = follow(at);
  }
  from = T.x0_[focus];
  to = from + T.tot_[focus];
  drawBar();
  showTools();
  fitHeader();
  layout();
  paint();
  drawPanel();
}
/* After a change of what stands in the header. */
function refit() {
  const top = TOP;
  showTools();
  fitHeader();
  if (TOP !== top) render();
}
let animation = 0;
function zoom(i) {
  const a = from, b = to, quick = view === 'callees' && cost < 8 && vis.length <= 1500 &&
    !media('prefers-reduced-motion:reduce');
  if (!(i >= 0)) return;
  focus = cur = i;
  hover = -1;
  note = '';
  hidePopups();
  cancelAnimationFrame(animation);
  if (hit) count();
  render();
  save();
  if (quick) glide(a, b);
}
/* Eases from the interval [a, b] to the one just drawn, in 160 ms. */
function glide(a, b) {
  const a1 = from, b1 = to, began = performance.now();
  const frame = now => {
    const rest = pow(1 - min(1, max(0, (now - began) / 160)), 3);
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
/* What a sandwich is of where nobody said it. */
const dearest = () => biggest(0, f => f !== base.fn_[0]);
function setView(next, f) {
  if (steps) return;
  if (next === 'sandwich') fnOf = f || (cur ? T.fn_[cur] : view === next && fnOf) || dearest();
  if (view !== 'callees') focus = 0;
  view = next;
  turn([]);
  turned();
}
function flip() { flame = !flame; turned(); }
function toggleFold() { fold = !fold; turn(); turned(); }
function toggleDetails() {
  if (!panel) return;
  panel.parentNode.classList.toggle('split', !(panel.hidden = !panel.hidden));
  render();
}
function switchTheme() {
  const {dataset} = page, dark = dataset.theme ? dataset.theme === 'dark' : media('prefers-color-scheme:dark');
  dataset.theme = dark ? 'light' : 'dark';
  try { localStorage['pv-theme'] = dataset.theme; } catch { /* no store */ }
}
function loadTheme() {
  try {
    const kept = localStorage['pv-theme'];
    if (kept && !J.theme) page.dataset.theme = kept === 'dark' ? kept : 'light';
  } catch { /* no store */ }
}
function copy(text) {
  const failed = () => say('Could not copy');
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => say('Copied'), failed);
  else failed();
}
function back() { if (focus) zoom(T.par_[focus]); }
function escape() {
  if (query) search('', save);
  else if (focus || note) zoom(0);
  else hidePopups();
}
