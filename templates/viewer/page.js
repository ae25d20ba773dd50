/* SPDX-License-Identifier: MIT */
/* A picture in a page: the template holds its tools, popups and help, and the
 * page scrolls under them. */
const [tools, bar, legend, chips, result, tip, card] = ['tools', 'bar', 'legend', 'chips', 'res', 'tip',
  'card'].map(name => part(name)), dialog = part('help', 'dialog'), panel = id('-panel');
function measure() {
  PAD = innerWidth <= 640 ? 12 : J.pad; // as the page around it
  W = max(200, svg.parentNode.clientWidth - 2 * PAD);
}
/* Filters that the viewer set, or can undo, are taken back by a click on their
 * chips; what the command line left out of the data stays so. */
const FOLDED = '--fold-recursion';
if (J.fold) [...chips.children].find(li => li.textContent === FOLDED)?.remove();
function drawChips() {
  const add = (text, act) => {
    const b = html('button', '', html('li', '', chips), text + ' ×');
    b.ariaLabel = 'Remove filter: ' + text;
    on(b, 'click', act);
  };
  each('button', b => b.parentNode.remove(), chips);
  if (fold) add(FOLDED, toggleFold);
  if (only !== null) add('only ' + originOf(only), () => showOnly(null));
  chips.hidden = !chips.children.length;
}
const fitHeader = () => {};
const heightOf = rows => rows + J.bot;
const coverOf = () => rectOf(tools).height + 8;
const isTool = () => {};
