'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = id => document.getElementById(id);
  const number = x => x.toLocaleString('en');

  function row(cells, tag = 'td') {
    const made = document.createElement('tr');
    for (const [text, className] of cells) {
      const cell = document.createElement(tag);
      cell.textContent = text;
      if (className) cell.className = className;
      made.append(cell);
    }
    return made;
  }

  document.title = data.title;
  byId('title').textContent = data.title;
  byId('about').textContent = number(data.bars) + ' bars, cut at ' + data.cuts + ' of them and begun anew at ' + data.starts
    + '; a figure agrees within ' + number(100 * data.tolerance) + ' % of its mean absolute value.';
  const said = document.createElement('b');
  said.textContent = !data.repeatable ? 'Some figures differ when they are made again from the same bars; nothing can be said of those.'
    : data.look_ahead > 0 ? (data.look_ahead === 1 ? 'One figure knows' : number(data.look_ahead) + ' figures know')
      + ' later bars: a back-test shows what no live service can reach.' : 'No figure knows later bars, as far as these cuts show.';
  byId('verdict').append(said, data.slow_warm_up > 0 ? number(data.slow_warm_up) + ' of ' + number(data.figures)
    + ' figures need more than 100 bars to settle, or do not settle.' : 'All figures settle within 100 bars.');
  byId('verdict-card').classList.add(data.repeatable && data.look_ahead === 0 ? 'worth-it' : 'not-worth-it');
  const table = byId('checks');
  table.append(row([['Figure'], ['Knows later bars'], ['First at'], ['Warm-up, bars']], 'th'));
  for (const one of data.checks) {
    table.append(row([[one.name],
      !one.repeatable ? ['differs when repeated', 'loss'] : one.look_ahead_cuts > 0
        ? ['at ' + one.look_ahead_cuts + ' of ' + data.cuts + ' cuts', 'loss'] : ['no'],
      [one.first_look_ahead ? one.first_look_ahead.replace('T', ' ').replace('Z', '') + ', bar ' + number(one.first_look_ahead_bar) : ''],
      ['warm_up_bars' in one ? number(one.warm_up_bars) : 'does not settle', one.slow_warm_up ? 'loss' : '']]));
  }
})();
