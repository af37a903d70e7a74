'use strict';
/* What the scripts of all pages use. */
const data = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);
const known = x => x !== null && x !== undefined;
const number = (x, digits) => known(x)
  ? x.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace(/^-(?=[0.]*$)/, '').replace('-', '\u2212') : '\u2013';
const percent = (x, digits = 1) => known(x) ? number(100 * x, digits) + ' %' : '\u2013';
const money = x => !known(x) ? 'unknown' : x === 0 ? '$0' : '$' + number(x, x < 1 ? 4 : 2);
const day = text => text.slice(0, 10);

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/* Title, notes and what may be said of the model's training data: alike for one series and for several. */
function head(bars) {
  document.title = data.title + ' \u2013 evaluation report';
  byId('title').textContent = data.title;
  byId('badge').hidden = !data.simulated;
  byId('about').textContent = number(data.bars, 0) + ' bars of ' + bars + ', ' + day(data.from) + ' to '
    + day(data.to) + '. Signals judged over ' + data.horizon_bars + (data.horizon_bars === 1 ? ' bar' : ' bars')
    + ', ' + data.cost_bps + ' bps charged on every trade. Model: ' + (data.model || 'none') + '.';
  data.notes.forEach(note => byId('notes').append(element('li', note)));
  const seen = {
    no: 'There is no sign of it here.',
    maybe: 'The model may have seen this: some bars are older than its stated knowledge cut-off.',
    unknown: 'The model may have seen this: its knowledge cut-off was not stated.'
  }[data.simulated ? 'no' : data.seen];
  byId('seen').textContent = data.simulated ? 'This model is simulated and has no training data.' : seen;
  if (!data.simulated && data.seen !== 'no') byId('notes').append(element('li', seen));
  byId('digest').textContent = data.digest;
}
