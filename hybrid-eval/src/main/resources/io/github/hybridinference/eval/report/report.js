(() => {
  const series = data.series;
  const points = x => known(x) ? number(1e4 * x, 1) : '–';
  const isModel = data.simulated ? ' (simulated)' : '';

  // ---- words and tables

  /** Whether the model is worth its price here, how sure that is, and what to set: a sentence each, and the code. */
  function verdict() {
    const w = data.worth;
    const bps = x => number(Math.abs(x), 1) + ' bps';
    const cost = known(data.cost_usd) ? 'the calls cost ' + money(data.cost_usd) : 'the price of the calls is not known';
    const sure = !known(w.worth_low) ? 'There is too little data for an interval: ' + number(w.changes, 0) + ' changes among '
      + number(w.compared, 0) + ' complex scenarios.' : 'The 95 % interval is ' + number(w.worth_low, 1) + ' to ' + number(w.worth_high, 1) + ' bps a change, from '
      + number(w.changes, 0) + ' changes among ' + number(w.compared, 0) + ' complex scenarios, each answer charged its own entry '
      + 'and exit; a true edge of ' + bps(w.detectable_edge_bps) + ' would show in four of five samples of this size.';
    const rules = '// no .remote(model): the rules alone\nInferenceEngine engine = InferenceEngine.builder()\n        .build();';
    const keep = (more, why) => '// ' + why + '\nInferenceEngine engine = InferenceEngine.builder()\n        .remote(model)' + more + '\n        .build();';
    const said = {
      no_model: ['Nothing is known about a model here: no answer of one can be compared with the rules.',
        w.scenarios > 0 ? 'The rules answered all ' + number(w.scenarios, 0) + ' complex scenarios.' : 'No scenario was complex.',
        'Run the evaluation with a model, or with a journal that holds its answers; until then set the rules alone.', rules],
      not_worth_it: ['No: the model' + isModel + ' was not worth its price here, since a changed decision lost '
        + bps(w.worth_bps_per_change) + ' against the rules, and ' + cost + ' besides.', sure,
        'Set the rules alone, or change the prompt or the model and evaluate that on later bars.', rules],
      undecided: ['Not shown: decisions changed by the model' + isModel + (w.worth_bps_per_change < 0 ? ' lost ' : ' gained ')
        + bps(w.worth_bps_per_change) + ' each against the rules, which chance could explain, and ' + cost + '.', sure,
        'Set the rules alone, or keep the model at a small stake and record its answers until the interval leaves out zero.',
        keep('\n        .listener(journal)', 'records answers for the next evaluation;\n// without .remote(model): the rules alone')],
      worth_it: ['Yes: a decision changed by the model' + isModel + ' gained ' + bps(w.worth_bps_per_change) + ' over the rules; '
        + (known(w.break_even_capital_usd) ? cost + ', earned back from ' + money(w.break_even_capital_usd) + ' traded on each signal on.'
          : cost + ', so the capital from which it pays is open.'), sure,
        'Keep the model' + (known(w.break_even_capital_usd) ? ' if you trade more than that on each signal' : '')
        + ', and verify it on later bars.', keep('', 'worth its price on these bars')]
    }[w.verdict];
    const parts = ['b', 'span', 'span'].map((tag, i) => element(tag, said[i]));
    byId('verdict').append(parts[0], ' ', parts[1], ' ', parts[2]);
    byId('verdict-snippet').textContent = said[3];
    byId('verdict-card').classList.add(w.verdict.replaceAll('_', '-'));
  }

  // ---- the same bars

  const strategies = [['rules', 'rules'], ['hybrid', 'hybrid' + isModel], ['always_hold', 'always HOLD'], ['buy_and_hold', 'buy and hold']];

  function comparison() {
    const parts = data.comparison.parts;
    const whole = parts[0];
    const table = byId('comparison');
    table.append(row(['', 'Gross return', 'Net return', 'Net a year', 'Cost of trading', ['Sharpe, net', '95 % interval'], 'Max drawdown, net', 'Turnover per year'], 'th'));
    const years = (Date.parse(data.to) - Date.parse(data.from)) / (365.25 * 864e5);
    for (const [key, name] of strategies) {
      const s = whole[key];
      const line = row([name, percent(s.gross), percent(s.net), s.net > -1 && years > 1 ? percent(Math.pow(1 + s.net, 1 / years) - 1) : '–',
        percent(s.turnover_per_year * data.cost_bps / 1e4) + ' a year', range(s.sharpe, x => number(x, 2)), percent(s.max_drawdown), number(s.turnover_per_year, 0)]);
      if (key === 'hybrid') line.className = 'strong';
      table.append(line);
    }
    const matrix = byId('parts');
    matrix.append(row(['Net return', 'Bars', 'Rules', 'Hybrid' + isModel, 'Always HOLD', 'Buy and hold',
      ['Hybrid over rules', 'a year, 95 % interval']], 'th'));
    const both = s => [percent(s.net), 'gross ' + percent(s.gross)];
    const year = x => Math.sqrt(data.bars / Math.max(years, 1e-9)) * x;
    let before = 'all';
    for (const part of parts) {
      if (part.split !== before && part.split !== 'all') {
        const head = element('tr', undefined, 'group');
        const cell = element('td', part.split === 'year' ? 'By year' : 'By volatility before the bar');
        cell.colSpan = 7;
        head.append(cell);
        matrix.append(head);
        before = part.split;
      }
      const name = part.split === 'volatility' ? [part.name, percent(year(part.volatility_from), 0) + ' to '
        + percent(year(part.volatility_to), 0) + ' a year'] : part.name === 'all' ? 'all bars' : part.name;
      const line = row([name, number(part.bars, 0), both(part.rules), both(part.hybrid), percent(part.always_hold.net),
        both(part.buy_and_hold), range(part.hybrid_over_rules_per_year, x => percent(x))]);
      const gain = part.hybrid_over_rules_per_year;
      if (known(gain.low) && gain.low > 0) line.lastChild.className = 'gain';
      if (known(gain.high) && gain.high < 0) line.lastChild.className = 'loss';
      matrix.append(line);
    }
    byId('parts-text').textContent = 'Returns after the netted cost, compounded over the bars of each part; gross below. Volatility is that of the '
      + data.comparison.volatility_bars + ' moves before a bar, so it is known when the bar opens; the bounds of the thirds are those of all bars. '
      + 'The last column is the mean difference of a bar times the bars of a year; it is coloured where its interval leaves out zero, which '
      + 'one row of twenty does by chance.';
  }

  function reasons() {
    byId('reasons-card').hidden = data.worth.compared === 0;
    const table = byId('reasons');
    table.append(row(['Reason', 'Scenarios', 'Compared', 'Changes', ['Worth of a change, bps', '95 % interval'], 'Detectable, bps', 'Verdict'], 'th'));
    const bps = x => number(x, 1);
    const whole = { value: data.worth.worth_bps_per_change, low: data.worth.worth_low, high: data.worth.worth_high };
    const words = { no_model: 'no answer', not_worth_it: 'lost', undecided: 'not shown', worth_it: 'gained' };
    for (const r of data.worth_by_reason) {
      table.append(row([r.reason.toLowerCase().replaceAll('_', ' ').replace('rsi', 'RSI'), number(r.scenarios, 0), number(r.compared, 0), number(r.changes, 0),
        range(r.worth_bps_per_change, bps), bps(r.detectable_edge_bps), words[r.verdict]]));
    }
    table.append(row(['all', number(data.worth.scenarios, 0), number(data.worth.compared, 0), number(data.worth.changes, 0),
      range(whole, bps), bps(data.worth.detectable_edge_bps), words[data.worth.verdict]]));
    table.lastChild.className = 'strong';
  }

  function tiles() {
    const overall = data.sources[data.sources.length - 1];
    const folio = overall.portfolio;
    const flip = (data.cache || []).find(step => step.step === 1);
    const all = [
      ['Bars for the model', percent(data.model_share), 'the rest goes to the rules'],
      ['Cost' + isModel, money(data.cost_usd), 'over all bars'],
      ['Hit rate' + isModel, percent(overall.hit_rate.value),
        known(overall.hit_rate.low) ? percent(overall.hit_rate.low) + ' to ' + percent(overall.hit_rate.high) : 'too little data for an interval'],
      ['Sharpe' + isModel, number(folio.sharpe.value, 2), 'buy and hold ' + number(data.buy_and_hold.sharpe.value, 2)],
      ['Max drawdown' + isModel, percent(folio.max_drawdown), 'buy and hold ' + percent(data.buy_and_hold.max_drawdown)]
    ];
    if (flip) all.push(['Flip rate' + isModel, percent(flip.flip_rate), 'of cached answers']);
    for (const [name, value, beside] of all) {
      const tile = element('div', undefined, 'tile');
      tile.append(element('span', name), element('b', value), element('span', beside));
      byId('tiles').append(tile);
    }
  }

  function row(cells, tag = 'td') {
    const line = element('tr');
    for (const cell of cells) {
      const made = element(tag, Array.isArray(cell) ? cell[0] : cell);
      if (Array.isArray(cell) && cell[1]) made.append(element('small', cell[1]));
      line.append(made);
    }
    return line;
  }

  const range = (interval, words) => [words(interval.value),
    known(interval.low) ? words(interval.low) + ' to ' + words(interval.high) : ''];

  /** What the same actions reach at random, and how far the source is from it. */
  const atRandom = (chance, over, words) => [words(chance), known(over.low) ? words(over.value) + ' (' + words(over.low) + ' to '
    + words(over.high) + ')' : ''];

  function sources() {
    const table = byId('sources');
    table.append(row(['Source', 'Decisions', 'Signals', 'HOLD', 'Hit rate', ['Hits at random', 'difference'],
      ['Mean, bps', 'after netted cost'], ['Mean at random, bps', 'before cost; difference'], 'Brier', 'Sharpe',
      'Sortino', 'Max drawdown', 'Turnover per year'], 'th'));
    for (const s of data.sources) {
      const p = s.portfolio;
      const calibrated = s.confidence_calibration;
      table.append(row([
        s.source + (s.simulated ? ' (simulated)' : ''),
        number(s.decisions, 0),
        [number(s.signals, 0), number(s.independent, 0) + ' independent'],
        percent(s.hold_share),
        range(s.hit_rate, percent),
        atRandom(s.at_random.hit_rate, s.at_random.hits_over, percent),
        range(s.mean_return, points),
        atRandom(s.at_random.mean_return, s.at_random.return_over, points),
        number(s.brier.value, 3),
        range(p.sharpe, x => number(x, 2)),
        number(p.sortino.value, 2), percent(p.max_drawdown), number(p.turnover_per_year, 0)]));
    }
    confidences();
  }

  // shown where a figure changes by as much as it is rounded to
  function suspects() {
    const other = data.sources_without_suspects;
    if (!other) return;
    const words = (p, mean) => [number(p.sharpe.value, 2), percent(p.max_drawdown), mean ? points(mean.value) : '–'];
    const all = data.sources.map(s => [s.source, s.portfolio, s.mean_return])
      .concat([['buy and hold', data.buy_and_hold, null]]);
    const rest = new Map(other.map(s => [s.source, words(s.portfolio, s.mean_return)]));
    rest.set('buy and hold', words(data.buy_and_hold_without_suspects, null));
    const changed = all.filter(([name, p, mean]) => rest.has(name) && String(words(p, mean)) !== String(rest.get(name)));
    if (changed.length === 0) return;
    const table = byId('suspects-table');
    table.append(row(['Source', 'Sharpe', 'without', 'Max drawdown', 'without', 'Mean, bps after cost', 'without'], 'th'));
    for (const [name, p, mean] of changed) {
      const now = words(p, mean);
      const then = rest.get(name);
      table.append(row([name, now[0], then[0], now[1], then[1], now[2], then[2]]));
    }
    for (const suspect of data.data.suspects) byId('suspects').append(element('li', suspect));
    byId('suspects-card').hidden = false;
  }

  /** What the confidence of each source is worth, all of it on the second half of its signals. */
  function confidences() {
    for (const s of data.sources) {
      const c = s.confidence_calibration;
      if (!c || !known(c.brier_after)) continue;
      const stated = s.source === 'rules' || s.source === 'fallback' ? 'the confidence, a margin of votes,' : 'the confidence';
      byId('confidence').append(element('li', s.source + (s.simulated ? ' (simulated)' : '') + ': ' + (c.informative
        ? stated + ' carries information; the table below gives it its measured value'
        : stated + ' carries no information that shows here')
        + '. On ' + number(c.signals, 0) + ' later signals the Brier score is ' + number(c.brier_before, 3) + ' as stated, '
        + number(c.brier_after, 3) + ' calibrated and ' + number(c.brier_base_rate, 3)
        + ' if the hit rate of the earlier signals is stated each time (skill as stated ' + number(c.skill, 2) + ').'));
      if (c.informative) byId('confidence').append(element('pre', '.' + (s.source === 'rules' ? 'rulesConfidenceCalibration'
        : 'confidenceCalibration') + '(' + c.table + ')'));
    }
  }

  function parts() {
    const r = data.router;
    byId('router-card').hidden = !r;
    if (r) {
      byId('router-text').textContent = 'On ' + number(r.sampled, 0) + ' bars drawn at random, plain ones included, both rules and '
        + 'model were evaluated. The model' + isModel + ' changed the action on '
        + percent(r.sampled ? r.changed / r.sampled : null) + ' of them, with a mean gain of '
        + points(r.worth.value) + ' bps per change (' + points(r.worth.low) + ' to ' + points(r.worth.high)
        + '), after the netted cost of the portfolio. The line is the mean return of a decision, HOLD included.';
    }
    const learned = data.learned_router;
    byId('learned-card').hidden = !learned;
    if (learned) {
      const table = byId('learned-table');
      table.append(row(['Router', 'Asked', 'Changes kept', 'Gain a scenario, bps after cost'], 'th'));
      for (const [name, p] of [['fixed table', learned.table], ['learned', learned.learned]]) {
        table.append(row([name + isModel, percent(p.asked_share), range(p.kept_changes, percent), range(p.gain, points)]));
      }
      byId('learned-text').textContent = 'Trained on the first half of the complex scenarios, measured on the ' + number(learned.scenarios, 0)
        + ' of the second, of which the model changed ' + number(learned.changes, 0) + '. The ranking by the probability of a change has an area under its curve of '
        + number(learned.router_auc, 2) + ' (chance: 0.50); the 60 % that rank highest hold ' + percent(learned.router_kept_changes)
        + ' of the changes. The learned router may lose ' + percent(learned.allowed_loss, 0)
        + ' of the changes, with a confidence of 95 % if later bars are like those held back. The fixed table stays the default.';
    }
    const logged = data.logged_worth;
    byId('logged-card').hidden = !logged;
    if (logged) {
      const table = byId('logged-table');
      table.append(row(['Over', 'Scenarios', 'Changed', 'Worth of a change, bps after cost'], 'th'));
      table.append(row(['all complex scenarios' + isModel, number(logged.scenarios, 0), range(logged.change_share, percent),
        range(logged.worth, points)]));
      table.append(row(['those asked about' + isModel, number(logged.asked, 0), '', range(logged.of_asked, points)]));
      byId('logged-text').textContent = 'A router chose which scenarios to ask about, and explored ' + number(logged.explored, 0)
        + ' of the others. The first line counts each answer for one over the probability with which it was asked for, so that it stands'
        + ' for all scenarios; the second is the mean of what the router chose, and no estimate of all.';
    }
    const c = data.calibration;
    byId('calibration-card').hidden = !c;
    if (c) {
      byId('calibration-text').textContent = 'For ' + percent(c.wanted_share) + ' of the bars to go to the model. Fitted on the '
        + 'first half of the bars; on the second half, of which all figures here are, ' + percent(c.second_half_share)
        + ' went to it. Fitted and measured on other parts: ' + percent(c.expected_share.value) + ' (' + percent(c.expected_share.low) + ' to '
        + percent(c.expected_share.high) + ')' + (known(c.monthly_cost_usd.value) ? ', a month for '
        + money(c.monthly_cost_usd.value) + ' (' + money(c.monthly_cost_usd.low) + ' to '
        + money(c.monthly_cost_usd.high) + ')' + isModel : '') + '.';
      byId('snippet').textContent = c.snippet;
    }
    byId('cache-card').hidden = !data.cache;
    if (data.cache) {
      byId('cache-table').append(row(['Step', 'Requests', 'Hit rate', 'Flip rate', 'Confidence difference'], 'th'));
      data.cache.forEach(s => byId('cache-table').append(row([s.step === 0 ? 'unrounded' : '× ' + s.step,
        number(s.questions, 0), percent(s.hit_rate), percent(s.flip_rate), number(s.confidence_gap, 3)])));
    }
    byId('evidence-text').textContent = data.evidence.map(e => e.model + isModel + ' gave evidence in '
      + number(e.with_evidence, 0) + ' of ' + number(e.answers, 0) + ' answers. In ' + number(e.one_sided, 0)
      + ' it was one-sided (all overbought or all oversold), and ' + number(e.against, 0)
      + ' of these bought on overbought or sold on oversold evidence.').join(' ');
    const l = data.latency;
    byId('latency-text').textContent = number(l.answers, 0) + ' fresh answers' + isModel + '. Half within '
      + number(l.p50_ms, 1) + ' ms, nine of ten within ' + number(l.p90_ms, 1) + ' ms, 99 of 100 within '
      + number(l.p99_ms, 1) + ' ms.';
  }

  /** The set-ups that were looked at on these bars, and what choosing the best of them is worth. */
  function trials() {
    const t = data.trials;
    byId('trials-card').hidden = !t;
    if (!t) return;
    byId('tried').textContent = 'Set-ups that were looked at without --trials: the file of trials does not know them.';
    byId('trials-title').textContent = t.count === 1 ? 'The first set-up on these bars' : 'Best of ' + number(t.count, 0) + ' set-ups';
    const which = t.count === 1 ? 'the only set-up so far' : 'the best of ' + number(t.count, 0) + ' set-ups';
    byId('trials-verdict').textContent = (t.best_shows_an_edge ? 'An edge is shown by ' : 'No edge is shown by ') + which + ': its Sharpe ratio is ' + number(t.best.sharpe_annual, 2)
      + (t.count > 1 ? '; the best of as many set-ups without an edge reaches about ' + number(t.expected_best_of_none_annual, 2) : '')
      + '. The probability that its true Sharpe ratio is above zero (the deflated Sharpe ratio) is ' + percent(t.best.deflated_sharpe)
      + '; from 95 % on, that counts as an edge.'
      + (known(t.overfitting_probability) ? ' The probability of back-test overfitting is ' + percent(t.overfitting_probability)
        + ': so often the set-up that is best on one half of the bars is not above the median on the other.' : '');
    const table = byId('trials-table');
    table.append(row(['', 'Settings', 'Sharpe', 'Deflated', 'Skewness', 'Kurtosis', 'Returns'], 'th'));
    table.lastChild.children[1].className = 'words';
    for (const one of t.top) {
      const line = row([number(one.rank, 0), Object.entries(one.settings).sort(([a], [b]) => (b === 'model') - (a === 'model')).map(([k, v]) => k.replaceAll('_', ' ') + ': ' + v).join('; ')
        + (one.evaluated ? ' (this report)' : ''), number(one.sharpe_annual, 2), percent(one.deflated_sharpe), number(one.skewness, 2),
        number(one.kurtosis, 1), number(one.returns, 0)]);
      line.children[1].className = 'words';
      if (one.evaluated) line.className = 'strong';
      table.append(line);
    }
    byId('trials-text').textContent = 'Sharpe ratios are after cost and annualised. Deflated: Bailey and López de Prado, 2014; overfitting by '
      + 'combinatorially symmetric cross-validation with 16 stretches: Bailey, Borwein, López de Prado and Zhu, 2017. A set-up counts once for each '
      + 'different set of signals.' + (t.count > t.top.length ? ' The best ten and this one are shown.' : '')
      + (t.elsewhere ? ' ' + number(t.elsewhere, 0) + ' trials of other bars are in the file.' : '');
  }

  // ---- charts, drawn anew when the colours or the width change

  let drawn = [];
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  function axis(more) {
    return Object.assign({ stroke: colour('muted'), grid: { stroke: colour('grid'), width: 1 },
      ticks: { show: false }, font: '12px system-ui, sans-serif', labelFont: '12px system-ui, sans-serif' }, more);
  }

  function chart(id, height, options, values) {
    const box = byId(id);
    box.replaceChildren();
    if (!values[0] || values[0].length === 0) {
      box.append(element('p', 'Nothing to draw.', 'empty'));
      return null;
    }
    const made = new uPlot(Object.assign({ width: box.clientWidth, height }, options), values, box);
    drawn.push(made);
    return made;
  }

  const line = (label, name, more) => Object.assign({ label, stroke: colour(name), width: 1.5, points: { show: false } }, more);
  const marks = (label, name, size = 6) => ({ label, stroke: colour(name), paths: () => null,
    points: { show: true, size, width: 1, fill: colour(name), stroke: colour(name) } });
  const two = x => String(x).padStart(2, '0');
  const date = at => at.getUTCFullYear() + '-' + two(at.getUTCMonth() + 1) + '-' + two(at.getUTCDate());
  const clock = at => two(at.getUTCHours()) + ':' + two(at.getUTCMinutes());

  /** Days as days; times of day below them, with the day where it begins. */
  function timeAxis() {
    return axis({ space: 90, values: (u, all, index, space, step) => all.map(seconds => {
      const at = new Date(seconds * 1e3);
      return step >= 86400 ? date(at) : clock(at) === '00:00' ? date(at) : clock(at);
    }) });
  }

  const moment = label => ({ label, value: (u, seconds) => known(seconds)
    ? date(new Date(seconds * 1e3)) + ' ' + clock(new Date(seconds * 1e3)) : '--' });

  const utc = { tzDate: seconds => uPlot.tzDate(new Date(seconds * 1e3), 'Etc/UTC') };

  function price() {
    const at = side => series.price.map((value, i) => series.side[i] === side ? value : null);
    const made = chart('price', 340, Object.assign({
      scales: { x: { time: true } },
      axes: [timeAxis(), axis({ size: 64 })],
      series: [moment('Close (UTC)'), line('price', 'other', { width: 1.2 }), marks('BUY', 'buy'), marks('SELL', 'sell')]
    }, utc), [series.time, series.price, at(1), at(-1)]);
    const buttons = byId('windows');
    buttons.replaceChildren();
    const size = series.time.length;
    for (const last of [200, 1000, 5000, size].filter((n, i, all) => n <= size && all.indexOf(n) === i)) {
      const button = element('button', last === size ? 'all' : 'last ' + number(last, 0));
      button.onclick = () => made.setScale('x', { min: series.time[size - last], max: series.time[size - 1] });
      buttons.append(button);
    }
    if (made && size > 200) made.setScale('x', { min: series.time[size - 200], max: series.time[size - 1] });
  }

  function equity() {
    chart('equity', 280, Object.assign({
      scales: { x: { time: true }, y: { distr: 3 } },
      axes: [timeAxis(), axis({ size: 64 })],
      series: [moment('Bar (UTC)'), line('hybrid' + isModel, 'main', { width: 2 }), line('rules', 'third'), line('buy and hold', 'other')]
    }, utc), [series.time.slice(0, -1), ...[series.equity, series.rules, series.buy_and_hold].map(all => all.map(x => x > 0 ? x : null))]);
  }

  function reliability() {
    const names = { rules: 'other', model: 'main', cache: 'third', fallback: 'sell' };
    const shown = data.sources.filter(s => names[s.source] && s.reliability.length);
    const xs = [...new Set([0, 1, ...shown.flatMap(s => s.reliability.map(bin => bin.mean_confidence))])].sort((a, b) => a - b);
    const values = shown.map(s => xs.map(x => {
      const bin = s.reliability.find(b => b.mean_confidence === x);
      return bin ? bin.hit_share : null;
    }));
    chart('reliability', 280, {
      scales: { x: { time: false, range: [0, 1] }, y: { range: [0, 1] } },
      axes: [axis({ label: 'stated confidence' }), axis({ label: 'hit rate', size: 50 })],
      series: [{ label: 'Confidence', value: (u, x) => number(x, 2) },
        line('as stated', 'grid', { stroke: colour('other'), dash: [4, 4], width: 1 }),
        ...shown.map(s => Object.assign(line(s.source + (s.simulated ? ' (simulated)' : ''), names[s.source],
          { width: 1, spanGaps: true }), { paths: uPlot.paths.linear() }))],
      hooks: { draw: [u => dots(u, shown, names)] }
    }, shown.length ? [xs, xs, ...values] : [[]]);
  }

  function dots(u, shown, names) {
    const most = Math.max(...shown.flatMap(s => s.reliability.map(bin => bin.signals)));
    for (const s of shown) {
      u.ctx.fillStyle = colour(names[s.source]);
      for (const bin of s.reliability) {
        u.ctx.beginPath();
        u.ctx.arc(u.valToPos(bin.mean_confidence, 'x', true), u.valToPos(bin.hit_share, 'y', true),
          devicePixelRatio * (2.5 + 7 * Math.sqrt(bin.signals / most)), 0, 2 * Math.PI);
        u.ctx.fill();
      }
    }
  }

  /** The counts behind the dots, with the range that chance alone gives a bin (Wilson, as if signals did not overlap). */
  function reliabilityTable() {
    const table = byId('reliability-table');
    const shown = data.sources.filter(s => s.source !== 'overall' && s.reliability.length);
    if (!shown.length) return;
    table.append(row(['Source', 'Stated', 'Right', 'Signals'], 'th'));
    for (const s of shown) {
      for (const bin of s.reliability) {
        table.append(row([s.source + (s.simulated ? ' (simulated)' : ''), percent(bin.mean_confidence), percent(bin.hit_share), number(bin.signals, 0)]));
        if (bin.signals < 30) table.lastChild.className = 'few';
      }
    }
  }

  function routing() {
    const curve = [...(data.router ? data.router.curve : [])].sort((a, b) => a.model_share - b.model_share);
    const bps = pick => curve.map(point => known(pick(point.mean_return)) ? 1e4 * pick(point.mean_return) : null);
    chart('routing', 280, {
      scales: { x: { time: false, range: [0, 1] }, usd: {} },
      axes: [axis({ label: 'share of bars for the model', values: (u, all) => all.map(x => Math.round(100 * x) + ' %') }),
        axis({ label: 'mean return of a decision, bps', size: 50 }),
        axis({ scale: 'usd', side: 1, label: '$ per 1,000 bars', size: 60, grid: { show: false } })],
      bands: [{ series: [3, 2], fill: colour('band') }],
      series: [{ label: 'Share', value: (u, x) => percent(x) },
        line('result' + isModel, 'main', { width: 2, points: { show: true, size: 6, fill: colour('main') } }),
        line('low (95 %)', 'band', { stroke: 'transparent' }), line('high (95 %)', 'band', { stroke: 'transparent' }),
        line('cost' + isModel, 'sell', { scale: 'usd', dash: [5, 4] })]
    }, [curve.map(p => p.model_share), bps(i => i.value), bps(i => i.low), bps(i => i.high),
      curve.map(p => p.cost_per_1000_bars_usd)]);
  }

  /** Days, or weeks or months where the days would be too thin to see; a cost that is not known makes its sum unknown. */
  function cost() {
    const count = data.cost_by_day.length;
    const unit = count <= 120 ? 'day' : count <= 700 ? 'week' : 'month';
    const start = day => unit === 'month' ? day.slice(0, 7) + '-01' : unit === 'day' ? day
      : date(new Date(Date.parse(day) - (new Date(day).getUTCDay() + 6) % 7 * 864e5));
    const sums = new Map();
    for (const d of data.cost_by_day) {
      const sum = sums.has(start(d.day)) ? sums.get(start(d.day)) : 0;
      sums.set(start(d.day), known(sum) && known(d.usd) ? sum + d.usd : null);
    }
    byId('cost-title').textContent = 'Cost by ' + unit;
    const paid = data.cost_by_day.filter(d => d.usd > 0);
    const most = paid.reduce((a, b) => a.usd > b.usd ? a : b, { usd: 0 });
    byId('cost-text').textContent = 'By the day of the bar, UTC; the cost of the answers, without failed attempts.'
      + (paid.length ? ' ' + number(paid.length, 0) + ' of ' + number(count, 0) + ' days cost anything, the dearest ' + money(most.usd)
        + ' on ' + most.day + isModel + '.' : ' Nothing was paid.');
    const xs = [...sums.keys()].map(day => Date.parse(day) / 1e3);
    chart('cost', 260, Object.assign({
      scales: { x: { time: true }, y: { range: (u, min, max) => [0, max > 0 ? max * 1.1 : 1] } },
      axes: [timeAxis(), axis({ size: 70, values: (u, all) => all.map(x => '$' + +x.toPrecision(3)) })],
      series: [{ label: unit[0].toUpperCase() + unit.slice(1) + ' (UTC)', value: (u, seconds) => known(seconds) ? date(new Date(seconds * 1e3)) : '--' },
        line('cost' + isModel, 'main',
          { fill: colour('main'), paths: uPlot.paths.bars({ size: [0.8, 40] }), width: 0, value: (u, x) => known(x) ? money(x) : '--' })]
    }, utc), [xs, [...sums.values()]]);
  }

  function latency() {
    const buckets = data.latency.buckets;
    chart('latency', 260, {
      scales: { x: { time: false, distr: 3 }, y: { range: (u, min, max) => [0, max * 1.1 || 1] } },
      axes: [axis({ label: 'milliseconds, each bar 1.4 times the one before' }), axis({ label: 'answers', size: 60 })],
      series: [{ label: 'From ms', value: (u, x) => number(x, 1) },
        line('answers' + isModel, 'main', { fill: colour('band'), paths: uPlot.paths.bars({ size: [0.8, 60], align: 1 }), width: 1 })]
    }, [buckets.map(b => b.from_ms), buckets.map(b => b.answers)]);
  }

  function cache() {
    if (!data.cache) return;
    chart('cache', 220, {
      scales: { x: { time: false }, y: { range: [0, 1] } },
      axes: [axis({ label: 'rounding step' }), axis({ size: 50, values: (u, all) => all.map(x => Math.round(100 * x) + ' %') })],
      series: [{ label: 'Step' },
        line('hit rate', 'main', { width: 2, points: { show: true, size: 6, fill: colour('main') }, value: (u, x) => percent(x) }),
        line('flip rate', 'sell', { width: 2, points: { show: true, size: 6, fill: colour('sell') }, value: (u, x) => percent(x) })]
    }, [data.cache.map(s => s.step), data.cache.map(s => s.hit_rate), data.cache.map(s => s.flip_rate)]);
  }

  function draw() {
    drawn.forEach(made => made.destroy());
    drawn = [];
    [price, equity, reliability, routing, cost, latency, cache].forEach(one => one());
    document.documentElement.dataset.charts = String(drawn.length);
  }

  head(data.timeframe);
  document.querySelectorAll('.model-tag').forEach(tag => tag.textContent = data.simulated ? 'simulated' : '');
  verdict();
  tiles();
  comparison();
  reasons();
  sources();
  reliabilityTable();
  suspects();
  trials();
  parts();
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  let width = innerWidth;
  addEventListener('resize', () => {
    if (width !== innerWidth) { width = innerWidth; draw(); }
  });
})();
