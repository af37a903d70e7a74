(() => {
  const isModel = data.simulated ? ' (simulated)' : '';
  const hasModel = data.worth.compared > 0;

  /** A cell is a text, or a text and a smaller one below it. */
  function row(cells, tag = 'td') {
    const made = element('tr');
    for (const cell of cells) {
      const one = element(tag, Array.isArray(cell) ? cell[0] : cell);
      if (Array.isArray(cell)) one.append(element('small', cell[1]));
      made.append(one);
    }
    return made;
  }

  const range = (interval, text) => known(interval.low)
    ? [text(interval.value), text(interval.low) + ' to ' + text(interval.high)] : text(interval.value);

  function failures() {
    byId('failed-card').hidden = data.failed.length === 0;
    data.failed.forEach(one => byId('failed').append(element('li', one.name + ': ' + one.reason)));
  }

  function verdict() {
    const w = data.worth;
    const bps = x => number(Math.abs(x), 1) + ' bps';
    const cost = known(data.cost_usd) ? 'the calls cost ' + money(data.cost_usd) : 'the price of the calls is not known';
    const said = {
      no_model: 'Nothing is known about a model here: no answer of one can be compared with the rules.',
      not_worth_it: 'No: over all series the model' + isModel + ' was not worth its price, since a changed decision lost '
        + bps(w.worth_bps_per_change) + ' against the rules, and ' + cost + ' besides.',
      undecided: 'Not shown: over all series decisions changed by the model' + isModel + (w.worth_bps_per_change < 0 ? ' lost ' : ' gained ')
        + bps(w.worth_bps_per_change) + ' each against the rules, which chance could explain, and ' + cost + '.',
      worth_it: 'Yes: over all series a decision changed by the model' + isModel + ' gained ' + bps(w.worth_bps_per_change)
        + ' over the rules; ' + cost + (known(w.break_even_capital_usd) ? ', earned back from ' + money(w.break_even_capital_usd)
        + ' traded on each signal on.' : '.')
    }[w.verdict];
    const sure = !hasModel ? '' : !known(w.worth_low) ? 'There is too little data for an interval: ' + number(w.changes, 0)
      + ' changes among ' + number(w.compared, 0) + ' complex scenarios.' : 'The 95 % interval is ' + number(w.worth_low, 1) + ' to ' + number(w.worth_high, 1) + ' bps a change, from '
      + number(w.changes, 0) + ' changes among ' + number(w.compared, 0) + ' complex scenarios, with all series of a day drawn together; a true edge of '
      + bps(w.detectable_edge_bps) + ' would show in four of five samples of this size.';
    byId('verdict').append(element('b', said), element('span', sure));
    const count = verdict => data.series.filter(one => one.verdict === verdict).length;
    byId('verdicts').textContent = hasModel ? 'By itself, the model gained on ' + number(count('worth_it'), 0) + ' series, lost on '
      + number(count('not_worth_it'), 0) + ', and neither is shown on ' + number(count('undecided') + count('no_model'), 0)
      + '. Chance alone makes about 1 in 40 gain and 1 in 40 lose.' : '';
    byId('verdict-card').classList.add(w.verdict.replaceAll('_', '-'));
  }

  function portfolios() {
    const table = byId('portfolios');
    table.append(row(['', 'Net return', ['Sharpe', '95 % interval'], 'Max drawdown'], 'th'));
    for (const [key, name] of [['rules', 'rules'], ['hybrid', 'hybrid' + isModel], ['buy_and_hold', 'buy and hold']]) {
      const p = data.portfolios[key];
      const line = row([name, percent(p.total_return), range(p.sharpe, x => number(x, 2)), percent(p.max_drawdown)]);
      if (key === 'hybrid') line.className = 'strong';
      table.append(line);
    }
    const gain = data.hybrid_over_rules_per_year;
    byId('portfolios-text').textContent = 'The same capital in each series that has bars on a day, levelled every day; returns of days, after the '
      + 'netted cost.' + (hasModel && known(gain.low) ? ' Hybrid over rules: ' + percent(gain.value) + ' a year (' + percent(gain.low) + ' to '
      + percent(gain.high) + ').' : '');
  }

  function sources() {
    const table = byId('sources');
    table.append(row(['Source', 'Decisions', 'Signals', 'HOLD', ['Hit rate', '95 % interval'], ['Mean return, bps', '95 % interval'], ['Brier', '95 % interval']], 'th'));
    for (const s of data.sources) {
      const line = row([s.source + (s.simulated ? ' (simulated)' : ''), number(s.decisions, 0), number(s.signals, 0), percent(s.hold_share),
        range(s.hit_rate, x => percent(x)), range(s.mean_return, x => known(x) ? number(1e4 * x, 1) : '\u2013'), range(s.brier, x => number(x, 3))]);
      if (s.source === 'overall') line.className = 'strong';
      table.append(line);
    }
  }

  // ---- one line a series

  const words = { no_model: 'no answer', not_worth_it: 'lost', undecided: 'not shown', worth_it: 'gained' };
  const columns = [
    ['Series', one => one.name, one => one.name],
    ['Bars', one => one.bars, one => number(one.bars, 0)],
    ['From', one => one.from, one => day(one.from)],
    ['To', one => one.to, one => day(one.to)],
    ['To the model', one => one.model_share, one => percent(one.model_share)],
    ['Signals', one => one.signals, one => number(one.signals, 0)],
    ['Hit rate', one => one.hit_rate, one => percent(one.hit_rate)],
    ['Sharpe', one => one.sharpe.value, one => range(one.sharpe, x => number(x, 2))],
    ['Hybrid, net', one => one.hybrid, one => percent(one.hybrid)],
    ['Rules, net', one => one.rules, one => percent(one.rules)],
    ['Buy and hold', one => one.buy_and_hold, one => percent(one.buy_and_hold)],
    ['Max drawdown', one => one.max_drawdown, one => percent(one.max_drawdown)],
    ...(hasModel ? [
      ['Changes', one => one.changes, one => number(one.changes, 0)],
      ['Worth of a change, bps', one => one.worth_bps_per_change.value, one => range(one.worth_bps_per_change, x => number(x, 1))],
      ['Model', one => one.worth_bps_per_change.value, one => words[one.verdict]]] : []),
    ...(data.series.some(one => one.rejected_rows > 0) ? [['Rejected rows', one => one.rejected_rows, one => number(one.rejected_rows, 0)]] : []),
    ...(data.series.some(one => one.suspect_bars > 0) ? [['Suspect bars', one => one.suspect_bars, one => number(one.suspect_bars, 0)]] : [])];
  let by = 0;
  let down = false;

  function compare(a, b) {
    const [x, y] = [columns[by][1](a), columns[by][1](b)];
    if (!known(x) || !known(y)) return known(x) ? -1 : known(y) ? 1 : 0;
    const order = typeof x === 'string' ? x.localeCompare(y, 'en', { numeric: true }) : x - y;
    return down ? -order : order;
  }

  function series() {
    const part = byId('filter').value.toLowerCase();
    const shown = data.series.filter(one => one.name.toLowerCase().includes(part)).sort(compare);
    byId('shown').textContent = number(shown.length, 0) + ' of ' + number(data.series.length, 0);
    const head = element('tr');
    columns.forEach(([name], i) => {
      const cell = element('th');
      cell.ariaSort = i === by ? (down ? 'descending' : 'ascending') : 'none';
      const button = element('button', name + (i === by ? (down ? ' \u2193' : ' \u2191') : ''));
      button.onclick = () => {
        down = i === by ? !down : i > 0;
        by = i;
        series();
        byId('series').querySelectorAll('th button')[i].focus();
      };
      cell.append(button);
      head.append(cell);
    });
    byId('series').replaceChildren(head, ...shown.map(one => {
      const line = row(columns.map(column => column[2](one)));
      const model = columns.findIndex(column => column[0] === 'Model');
      if (model > 0) line.children[model].className = { worth_it: 'gain', not_worth_it: 'loss' }[one.verdict] || '';
      return line;
    }));
  }

  // ---- the chart

  function equity() {
    const box = byId('equity');
    box.replaceChildren();
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
    const axis = more => Object.assign({ stroke: colour('muted'), grid: { stroke: colour('grid'), width: 1 },
      ticks: { show: false }, font: '12px system-ui, sans-serif' }, more);
    const line = (label, name, width) => ({ label, stroke: colour(name), width, points: { show: false } });
    const positive = all => all.map(x => x > 0 ? x : null);
    const chart = data.chart;
    const iso = seconds => new Date(seconds * 1e3).toISOString().slice(0, 10);
    new uPlot({
      width: box.clientWidth, height: 280, scales: { x: { time: true }, y: { distr: 3 } },
      axes: [axis({ space: 90, values: (u, all) => all.map(iso) }), axis({ size: 64 })],
      series: [{ label: 'Day', value: (u, x) => known(x) ? iso(x) : '--' }, line('hybrid' + isModel, 'main', 2), line('rules', 'third', 1.5),
        line('buy and hold', 'other', 1.5)],
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1e3), 'Etc/UTC')
    }, [chart.equity.map((x, i) => (chart.first_day + i) * 86400), positive(chart.equity), positive(chart.rules), positive(chart.buy_and_hold)], box);
  }

  head(number(data.series.length, 0) + ' series');
  failures();
  verdict();
  portfolios();
  sources();
  series();
  equity();
  byId('filter').oninput = series;
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth !== width) {
      width = innerWidth;
      equity();
    }
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', equity);
})();
