/* SPDX-License-Identifier: MIT */
/* A picture in a page: the template holds its tools, popups and help, and the
 * page scrolls under them. */
const [tools, bar, legend, result, tip, card, dialog, panel] = ['tools', 'bar', 'legend', 'res', 'tip', 'card', 'help',
  'panel'].map(name => id('-' + name));
function measure() {
  PAD = innerWidth <= 640 ? 12 : J.pad; // as the page around it
  W = max(200, svg.parentNode.clientWidth - 2 * PAD);
}
const fitHeader = () => {};
const heightOf = rows => rows + J.bot;
const coverOf = () => rectOf(tools).height + 8;
const isTool = () => {};
