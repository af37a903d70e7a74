(() => {
  const plain = x => x.toLocaleString('en');

  function row(cells, tag = 'td') {
    const made = element('tr');
    for (const [text, className] of cells) {
      made.append(element(tag, text, className));
    }
    return made;
  }

  document.title = data.title;
  byId('title').textContent = data.title;
  byId('about').textContent = plain(data.bars) + ' bars, cut at ' + data.cuts + ' of them and begun anew at ' + data.starts
    + '; a figure agrees within ' + plain(100 * data.tolerance) + ' % of its mean absolute value.';
  const said = element('b', !data.repeatable ? 'Some figures differ when they are made again from the same bars; nothing can be said of those.'
    : data.look_ahead > 0 ? (data.look_ahead === 1 ? 'One figure knows' : plain(data.look_ahead) + ' figures know')
      + ' later bars: a back-test shows what no live service can reach.' : 'No figure knows later bars, as far as these cuts show.');
  byId('verdict').append(said, data.slow_warm_up > 0 ? plain(data.slow_warm_up) + ' of ' + plain(data.figures)
    + ' figures need more than 100 bars to settle, or do not settle.' : 'All figures settle within 100 bars.');
  byId('verdict-card').classList.add(data.repeatable && data.look_ahead === 0 ? 'worth-it' : 'not-worth-it');
  const table = byId('checks');
  table.append(row([['Figure'], ['Knows later bars'], ['First at'], ['Warm-up, bars']], 'th'));
  for (const one of data.checks) {
    table.append(row([[one.name],
      !one.repeatable ? ['differs when repeated', 'loss'] : one.look_ahead_cuts > 0
        ? ['at ' + one.look_ahead_cuts + ' of ' + data.cuts + ' cuts', 'loss'] : ['no'],
      [one.first_look_ahead ? one.first_look_ahead.replace('T', ' ').replace('Z', '') + ', bar ' + plain(one.first_look_ahead_bar) : ''],
      ['warm_up_bars' in one ? plain(one.warm_up_bars) : 'does not settle', one.slow_warm_up ? 'loss' : '']]));
  }
})();
